//! Notices above the hits: what was searched instead, what may be meant, what lies outside the archive.

use crate::escape::printable;
use crate::numbers::plural;
use crate::view::View;
use findbuch_engine::answer::{Answer, Suggestion};
use findbuch_engine::synonyms::{FILE, FaultyLine, LineFault};
use findbuch_query::lang::Lang;
use jiff::civil::Date;

/// A line of the synonyms that is ignored: why, and how to write it.
#[must_use]
pub fn faulty_line(faulty: &FaultyLine, view: &View) -> String {
    let line = faulty.line;
    let fault = match faulty.fault {
        LineFault::EmptySide => view.lang.pick("auf einer Seite steht kein Wort", "one side has no word"),
        LineFault::Alone => view.lang.pick("ein Wort allein hat kein Synonym", "a word alone has no synonym"),
    };
    view.lang.pick(
        format!(
            "{FILE}, Zeile {line}: {fault}. Die Zeile wird übergangen; schreiben Sie „Bahn, Zug“ oder „Kanzler => Regierungschef“."
        ),
        format!(
            "{FILE}, line {line}: {fault}. The line is passed over; write “Bahn, Zug” or “Kanzler => Regierungschef”."
        ),
    )
}

/// The query asks for dates before the first or after the last day of the archive.
///
/// ```
/// use findbuch_query::lang::Lang;
/// use findbuch_render::notices::outside_archive;
/// use jiff::civil::date;
///
/// let notice = outside_archive((date(1998, 11, 2), date(2025, 5, 24)), Lang::En);
/// assert_eq!(notice, "The archive reaches from 1998-11-02 to 2025-05-24; the query asks for a time outside.");
/// ```
#[must_use]
pub fn outside_archive((first, last): (Date, Date), lang: Lang) -> String {
    lang.pick(
        format!("Das Archiv reicht von {first} bis {last}; die Suche fragt nach einer Zeit außerhalb."),
        format!("The archive reaches from {first} to {last}; the query asks for a time outside."),
    )
}

/// Suggestions for words that no article has, a line for each word.
#[must_use]
pub fn did_you_mean(suggestions: &[Suggestion], view: &View) -> Vec<String> {
    let line = |suggestion: &Suggestion| {
        let list = suggestion.words.iter().map(|word| printable(word)).collect::<Vec<_>>().join(", ");
        let typed = quoted(&suggestion.typed, view);
        view.lang.pick(
            format!("Kein Artikel hat {typed}. Meinten Sie: {list}?"),
            format!("No article has {typed}. Did you mean: {list}?"),
        )
    };
    suggestions.iter().map(line).collect()
}

fn quoted(word: &str, view: &View) -> String {
    view.lang.pick(format!("„{}“", printable(word)), format!("“{}”", printable(word)))
}

/// Phrases that no article has in its text, and that their words were searched instead; nothing if there are none.
///
/// ```
/// use findbuch_query::lang::Lang;
/// use findbuch_render::notices::unquoted_notice;
///
/// let notice = unquoted_notice(&["Nicht mit uns".to_owned()], Lang::De);
/// assert_eq!(
///     notice.as_deref(),
///     Some("„Nicht mit uns“ steht so in keinem Artikeltext; gesucht wurden die Wörter. Wörtlich sucht =\"…\".")
/// );
/// ```
#[must_use]
pub fn unquoted_notice(phrases: &[String], lang: Lang) -> Option<String> {
    if phrases.is_empty() {
        return None;
    }
    let quoted = |phrase: &String| lang.pick(format!("„{}“", printable(phrase)), format!("“{}”", printable(phrase)));
    let list = phrases.iter().map(quoted).collect::<Vec<_>>().join(", ");
    let (stand, are) = plural(phrases.len() as u64, ("steht", "is"), ("stehen", "are"));
    Some(lang.pick(
        format!("{list} {stand} so in keinem Artikeltext; gesucht wurden die Wörter. Wörtlich sucht =\"…\"."),
        format!(
            "{list} {are} in no article’s text as written; the words were searched. =\"…\" searches to the letter."
        ),
    ))
}

/// The notices of an answer, a line each: phrases searched as words, corrections or suggestions, dates outside the archive, other
/// spellings searched.
#[must_use]
pub fn of_answer(answer: &Answer, view: &View) -> Vec<String> {
    let mut lines: Vec<String> = unquoted_notice(&answer.plan.unquoted, view.lang).into_iter().collect();
    if let Some(corrected) = &answer.corrected {
        let unknown: Vec<String> = answer.suggestions.iter().map(|s| quoted(&s.typed, view)).collect();
        let (unknown, searched) = (unknown.join(", "), printable(&corrected.text));
        lines.push(view.lang.pick(
            format!("Kein Artikel hat {unknown}. Gesucht wurde: {searched}"),
            format!("No article has {unknown}. Searched instead: {searched}"),
        ));
    } else {
        lines.extend(did_you_mean(&answer.suggestions, view));
    }
    lines.extend(answer.archive.map(|archive| outside_archive(archive, view.lang)));
    if !answer.hits.also.is_empty() {
        let list = answer.hits.also.iter().map(|also| printable(&also.word)).collect::<Vec<_>>().join(", ");
        lines.push(view.lang.pick(
            format!("Auch gesucht: {list} (aus mit --no-variants)"),
            format!("Also searched: {list} (off with --no-variants)"),
        ));
    }
    lines
}

/// No article has all the words: the hits are the best of those that have some, and the first lacks `missing`.
#[must_use]
pub fn relaxed_notice(missing: &[String], view: &View) -> String {
    let missing = missing.iter().map(|word| quoted(word, view)).collect::<Vec<_>>().join(", ");
    if missing.is_empty() {
        return view.lang.pick(
            "Kein Artikel hat alle Wörter zugleich. Die besten Teiltreffer:".into(),
            "No article has all the words. The best partial matches:".into(),
        );
    }
    view.lang.pick(
        format!("Kein Artikel hat alle Wörter. Die besten Teiltreffer; dem ersten fehlt: {missing}"),
        format!("No article has all the words. The best partial matches; the first lacks: {missing}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;

    fn view(lang: Lang) -> View {
        View { width: 80, theme: Theme::plain(), lang, working_dir: "/".into(), raw: false, gone: Vec::new() }
    }

    #[test]
    fn partial_matches_name_what_the_first_lacks() {
        let missing = ["Kim".to_owned(), "Un\u{7}".to_owned()];
        for (lang, missing, end) in [
            (Lang::De, &missing[..], "dem ersten fehlt: „Kim“, „Un\u{fffd}“"),
            (Lang::En, &missing[..], "the first lacks: “Kim”, “Un\u{fffd}”"),
            (Lang::De, &[], "alle Wörter zugleich. Die besten Teiltreffer:"),
            (Lang::En, &[], "The best partial matches:"),
        ] {
            let notice = relaxed_notice(missing, &view(lang));
            assert!(notice.ends_with(end), "{notice}");
        }
    }

    #[test]
    fn faulty_lines_are_named_with_an_example() {
        for (fault, german) in [(LineFault::EmptySide, "kein Wort"), (LineFault::Alone, "kein Synonym")] {
            let line = faulty_line(&FaultyLine { line: 3, fault }, &view(Lang::De));
            assert!(line.starts_with("synonyms.txt, Zeile 3: ") && line.contains(german), "{line}");
        }
    }
}
