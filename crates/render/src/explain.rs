//! What a query's words are searched as, for reading and as JSON.

use crate::escape::printable;
use crate::numbers::plural;
use crate::view::View;
use crate::wrap::wrap;
use findbuch_engine::answer::Explanation;
use findbuch_engine::plan::explain::{Explained, Way, WayKind};
use findbuch_engine::plan::word::ExpansionKind;
use findbuch_engine::text::found_forms::Form;
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use serde::Serialize;
use std::io::{Result, Write};

/// A word of the query as it stands in JSON.
#[derive(Serialize)]
pub(crate) struct ExplainedOut<'a> {
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

/// A form in which the hits have the query's words.
#[derive(Serialize)]
pub(crate) struct FormOut<'a> {
    form: &'a str,
    places: usize,
}

/// The forms found, for JSON.
pub(crate) fn forms_out(forms: &[Form]) -> Vec<FormOut<'_>> {
    forms.iter().map(|form| FormOut { form: &form.label, places: form.places }).collect()
}

/// The words of a query, for JSON.
pub(crate) fn out(explained: &[Explained]) -> Vec<ExplainedOut<'_>> {
    explained.iter().map(word_out).collect()
}

fn word_out(explained: &Explained) -> ExplainedOut<'_> {
    ExplainedOut {
        word: &explained.word.typed,
        articles: explained.articles,
        negated: explained.word.negated,
        function_word: explained.word.functional,
        searched_as: explained.ways.iter().map(way_out).collect(),
    }
}

fn way_out(way: &Way) -> WayOut<'_> {
    WayOut { kind: name(way.kind), label: &way.label, articles: way.articles }
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
        WayKind::Other(ExpansionKind::Related) => "related",
        WayKind::Other(ExpansionKind::Pattern) => "pattern",
    }
}

/// Writes the query as it was understood, if it is more than words side by side; then a block for each of its words, and the
/// forms found.
///
/// # Errors
/// When the output cannot be written.
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

/// Most forms that are listed.
const MAX_FORMS: usize = 24;

/// The forms found, and how one is switched off.
fn also(forms: &[Form], lang: Lang) -> String {
    let listed = forms.iter().take(MAX_FORMS).map(|form| format!("{} {}", printable(&form.label), form.places));
    let listed = listed.collect::<Vec<_>>().join(", ");
    let more = if forms.len() > MAX_FORMS { ", …" } else { "" };
    lang.pick(
        format!("In diesen Treffern auch: {listed}{more} (einzeln aus mit --without WORT)"),
        format!("In these hits also: {listed}{more} (off one by one with --without WORD)"),
    )
}

fn articles(count: u64, view: &View) -> String {
    view.lang.pick(format!("{count} Artikel"), format!("{count} {}", plural(count, "article", "articles")))
}

/// What a way of finding a word looks for, in the reader's language.
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
        WayKind::Other(ExpansionKind::Related) => lang.pick(format!("verwandt: {label}"), format!("related: {label}")),
        WayKind::Other(ExpansionKind::Synonym) => lang.pick(format!("Synonym: {label}"), format!("synonym: {label}")),
    }
}

/// How a way of finding a word is switched off on the command line.
fn switch_off(kind: WayKind, view: &View) -> &'static str {
    match kind {
        WayKind::Form | WayKind::Other(ExpansionKind::Form | ExpansionKind::Pattern) => "",
        WayKind::Other(ExpansionKind::Name | ExpansionKind::Synonym) => {
            view.lang.pick(" (aus mit --no-variants)", " (off with --no-variants)")
        }
        WayKind::Other(ExpansionKind::Related) => view.lang.pick(" (aus mit --no-related)", " (off with --no-related)"),
        WayKind::Within | WayKind::Other(ExpansionKind::Decompounded) => {
            view.lang.pick(" (aus mit --no-compounds)", " (off with --no-compounds)")
        }
        _ => view.lang.pick(" (aus mit = vor dem Wort oder --exact)", " (off with = before the word or --exact)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_has_a_name_and_words_and_most_can_be_switched_off() {
        use crate::Theme;
        let view = |lang| View {
            width: 80,
            theme: Theme::plain(),
            lang,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        for (kind, named, words, off) in [
            (WayKind::Form, "form", "in this form: Deich", ""),
            (WayKind::Inflection, "stem", "in any inflection, stem: Deich", "--exact"),
            (WayKind::Within, "part", "as a part of compounds: Deich", "--no-compounds"),
            (WayKind::Other(ExpansionKind::Word), "stem", "in any inflection, stem: Deich", "--exact"),
            (WayKind::Other(ExpansionKind::Decompounded), "apart", "its parts close together: Deich", "--no-compounds"),
            (WayKind::Other(ExpansionKind::Joined), "joined", "written as one word: Deich", "--exact"),
            (WayKind::Other(ExpansionKind::Name), "name", "other spelling: Deich", "--no-variants"),
            (WayKind::Other(ExpansionKind::Synonym), "synonym", "synonym: Deich", "--no-variants"),
            (WayKind::Other(ExpansionKind::Related), "related", "related: Deich", "--no-related"),
            (WayKind::Other(ExpansionKind::Pattern), "pattern", "as words of the archive: Deich", ""),
        ] {
            let way = Way { kind, label: "Deich".into(), articles: 1 };
            assert_eq!((way_out(&way).kind, describe(&way, Lang::En).as_str()), (named, words));
            for lang in [Lang::De, Lang::En] {
                let switch = switch_off(kind, &view(lang));
                assert!(switch.contains(off) && switch.is_empty() == off.is_empty(), "{kind:?}: {switch}");
            }
        }
    }

    #[test]
    fn long_lists_of_forms_end() {
        let forms: Vec<Form> = (0..30).map(|at| Form { label: format!("w{at}"), places: at }).collect();
        assert!(also(&forms, Lang::En).contains("w23 23, … (off one by one"));
        assert!(also(&forms[..2], Lang::De).starts_with("In diesen Treffern auch: w0 0, w1 1 (einzeln"));
    }
}
