//! What a query's words are searched as, for reading and as JSON.

use super::text::wrap;
use super::{View, printable};
use findbuch_engine::answer::{Answer, Explanation, Suggestion};
use findbuch_engine::plan::explain::{Explained, Way, WayKind};
use findbuch_engine::plan::word::ExpansionKind;
use findbuch_engine::synonyms::{FILE, FaultyLine, LineFault};
use findbuch_engine::text::found_forms::Form;
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use jiff::civil::Date;
use serde::Serialize;
use std::io::{Result, Write};

/// A word of the query as it stands in JSON.
#[derive(Serialize)]
pub struct ExplainedOut<'a> {
    word: &'a str,
    articles: u64,
    negated: bool,
    function_word: bool,
    searched_as: Vec<WayOut<'a>>,
}

#[derive(Serialize)]
struct WayOut<'a> {
    kind: &'static str,
    label: &'a str,
    articles: u64,
}

/// A word of the hits in which the query's words were found.
#[derive(Serialize)]
pub struct FormOut<'a> {
    form: &'a str,
    places: usize,
}

/// The forms found for JSON.
#[must_use]
pub fn forms_out(forms: &[Form]) -> Vec<FormOut<'_>> {
    forms.iter().map(|form| FormOut { form: &form.label, places: form.places }).collect()
}

/// The words of a query for JSON.
#[must_use]
pub fn out(explained: &[Explained]) -> Vec<ExplainedOut<'_>> {
    let way = |way: &'_ Way| (name(way.kind), way.articles);
    explained
        .iter()
        .map(|explained| ExplainedOut {
            word: &explained.word.typed,
            articles: explained.articles,
            negated: explained.word.negated,
            function_word: explained.word.functional,
            searched_as: explained
                .ways
                .iter()
                .map(|found| WayOut { kind: way(found).0, label: &found.label, articles: way(found).1 })
                .collect(),
        })
        .collect()
}

fn name(kind: WayKind) -> &'static str {
    match kind {
        WayKind::Form | WayKind::Other(ExpansionKind::Form) => "form",
        WayKind::Inflection | WayKind::Other(ExpansionKind::Word) => "stem",
        WayKind::Within => "part",
        WayKind::Other(ExpansionKind::Decompounded) => "apart",
        WayKind::Other(ExpansionKind::Joined) => "joined",
        WayKind::Other(ExpansionKind::Name) => "name",
        WayKind::Other(ExpansionKind::Synonym) => "synonym",
        WayKind::Other(ExpansionKind::Pattern) => "pattern",
    }
}

/// Writes the query as it was understood, if there is more to it than words side by side, its words, a block each, and the forms
/// found.
///
/// # Errors
/// What the output says.
pub fn write(out: &mut dyn Write, query: &Query, explanation: &Explanation, view: &View) -> Result<()> {
    let theme = &view.theme;
    if query.has_structure() {
        let canonical = query.canonical(view.lang);
        let line = format!("{} {}", view.lang.pick("Verstanden als:", "Understood as:"), printable(&canonical));
        writeln!(out, "{}\n", wrap(&line, view.width, "", "  "))?;
    }
    for explained in &explanation.words {
        let word = &explained.word;
        let remark = if word.functional && explained.articles == 0 {
            view.lang.pick(" (Funktionswort, wird nicht verlangt)", " (function word, not demanded)")
        } else if word.negated {
            view.lang.pick(" (ausgeschlossen)", " (excluded)")
        } else {
            ""
        };
        let title = format!("{}: {}{remark}", printable(&word.typed), articles(explained.articles, view));
        writeln!(out, "{}", theme.paint(theme.headline, &title))?;
        for way in &explained.ways {
            let off = switch_off(way.kind, view);
            let line = format!("{} · {}{off}", describe(way, view.lang), articles(way.articles, view));
            writeln!(out, "{}", wrap(&line, view.width, "  ", "    "))?;
        }
    }
    if !explanation.forms.is_empty() {
        writeln!(out, "{}", wrap(&also(&explanation.forms, view.lang), view.width, "", "  "))?;
    }
    writeln!(out)
}

/// Most forms that are told.
const MAX_FORMS: usize = 24;

/// The forms found, and how one is switched off.
fn also(forms: &[Form], lang: Lang) -> String {
    let told = forms.iter().take(MAX_FORMS);
    let told = told.map(|form| format!("{} {}", printable(&form.label), form.places)).collect::<Vec<_>>().join(", ");
    let more = if forms.len() > MAX_FORMS { ", …" } else { "" };
    lang.pick(
        format!("In diesen Treffern auch: {told}{more} (einzeln aus mit --without WORT)"),
        format!("In these hits also: {told}{more} (off one by one with --without WORD)"),
    )
}

fn articles(count: u64, view: &View) -> String {
    view.lang.pick(format!("{count} Artikel"), format!("{count} {}", if count == 1 { "article" } else { "articles" }))
}

/// What a way looks for, in words.
#[must_use]
pub fn describe(way: &Way, lang: Lang) -> String {
    let label = printable(&way.label);
    match way.kind {
        WayKind::Form | WayKind::Other(ExpansionKind::Form) => {
            lang.pick(format!("in dieser Form: {label}"), format!("in this form: {label}"))
        }
        WayKind::Inflection | WayKind::Other(ExpansionKind::Word) => {
            lang.pick(format!("in jeder Beugung, Stamm: {label}"), format!("in any inflection, stem: {label}"))
        }
        WayKind::Within => {
            lang.pick(format!("als Teil von Zusammensetzungen: {label}"), format!("as a part of compounds: {label}"))
        }
        WayKind::Other(ExpansionKind::Decompounded) => {
            lang.pick(format!("die Teile nahe beieinander: {label}"), format!("its parts close together: {label}"))
        }
        WayKind::Other(ExpansionKind::Joined) => {
            lang.pick(format!("zusammengeschrieben: {label}"), format!("written as one word: {label}"))
        }
        WayKind::Other(ExpansionKind::Name) => {
            lang.pick(format!("andere Schreibung: {label}"), format!("other spelling: {label}"))
        }
        WayKind::Other(ExpansionKind::Pattern) => {
            lang.pick(format!("als Wörter des Archivs: {label}"), format!("as words of the archive: {label}"))
        }
        WayKind::Other(ExpansionKind::Synonym) => lang.pick(format!("Synonym: {label}"), format!("synonym: {label}")),
    }
}

/// How a way is switched off.
fn switch_off(kind: WayKind, view: &View) -> &'static str {
    match kind {
        WayKind::Form | WayKind::Other(ExpansionKind::Form | ExpansionKind::Pattern) => "",
        WayKind::Other(ExpansionKind::Name | ExpansionKind::Synonym) => {
            view.lang.pick(" (aus mit --no-variants)", " (off with --no-variants)")
        }
        WayKind::Within | WayKind::Other(ExpansionKind::Decompounded) => {
            view.lang.pick(" (aus mit --no-compounds)", " (off with --no-compounds)")
        }
        _ => view.lang.pick(" (aus mit = vor dem Wort oder --exact)", " (off with = before the word or --exact)"),
    }
}

/// That a line of the synonyms is passed over, and how to write it.
#[must_use]
pub fn faulty_line(faulty: &FaultyLine, view: &View) -> String {
    let (fault, line) = match faulty.fault {
        LineFault::EmptySide => {
            (view.lang.pick("auf einer Seite steht kein Wort", "one side has no word"), faulty.line)
        }
        LineFault::Alone => {
            (view.lang.pick("ein Wort allein hat kein Synonym", "a word alone has no synonym"), faulty.line)
        }
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

/// That the dates of a query lie outside the archive's.
#[must_use]
pub fn outside((first, last): (Date, Date), lang: Lang) -> String {
    lang.pick(
        format!("Das Archiv reicht von {first} bis {last}; die Suche fragt nach einer Zeit außerhalb."),
        format!("The archive reaches from {first} to {last}; the query asks for a time outside."),
    )
}

/// What may be meant by words that no article has, a line each.
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

/// The lines above the hits: what was meant, where nothing can be, and which other spellings were searched.
#[must_use]
pub fn notices(answer: &Answer, view: &View) -> Vec<String> {
    let quoted = |word: &str| quoted(word, view);
    let mut lines = Vec::new();
    if let Some(corrected) = &answer.corrected {
        let unknown: Vec<String> = answer.suggestions.iter().map(|s| quoted(&s.typed)).collect();
        lines.push(view.lang.pick(
            format!("Kein Artikel hat {}. Gesucht wurde: {}", unknown.join(", "), printable(&corrected.text)),
            format!("No article has {}. Searched instead: {}", unknown.join(", "), printable(&corrected.text)),
        ));
    } else {
        lines.extend(did_you_mean(&answer.suggestions, view));
    }
    lines.extend(answer.archive.map(|archive| outside(archive, view.lang)));
    if !answer.hits.also.is_empty() {
        let words: Vec<String> = answer.hits.also.iter().map(|also| printable(&also.word)).collect();
        let list = words.join(", ");
        lines.push(view.lang.pick(
            format!("Auch gesucht: {list} (aus mit --no-variants)"),
            format!("Also searched: {list} (off with --no-variants)"),
        ));
    }
    lines
}
