//! What each word was searched as, with a link that switches each way off. The page shows a line that opens.

use super::frame::Link;
use crate::address::{Address, MAX_VALUES};
use findbuch_article::PartKind;
use findbuch_engine::answer::Explanation;
use findbuch_engine::plan::explain::{Explained, Way, WayKind};
use findbuch_engine::plan::related::Relatives;
use findbuch_engine::plan::word::{ExpansionKind, Word};
use findbuch_engine::text::found_forms::Form;
use findbuch_engine::{Hits, Snippet};
use findbuch_german::relatives;
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::explain::describe;
use findbuch_render::{number, plural};

/// Forms that are named in the line.
const NAMED: usize = 4;
/// Forms that are listed when it is open.
const LISTED: usize = 24;

/// What was searched.
#[derive(Debug, Clone)]
pub struct SearchedView {
    /// The line.
    pub summary: String,
    /// The query as it was understood, if it is more than words.
    pub understood: Option<String>,
    /// Its words.
    pub words: Vec<WordView>,
    /// Other forms and compounds in the hits shown.
    pub forms: Vec<FormView>,
    /// The search without page furniture, where hits were found by it.
    pub furniture: Option<Link>,
    /// The search with words of the same family too, and these, if they are not searched.
    pub related: Option<Link>,
    /// Whether it is open: a reader who has switched a form off may go on doing so.
    pub open: bool,
}

/// A form in the hits shown.
#[derive(Debug, Clone)]
pub struct FormView {
    /// The form.
    pub text: String,
    /// How often it is marked.
    pub places: String,
    /// The search without it.
    pub without: String,
}

/// A word of the query.
#[derive(Debug, Clone)]
pub struct WordView {
    /// The word and its articles.
    pub text: String,
    /// What the word is searched as.
    pub ways: Vec<WayView>,
}

/// A way in which a word is found.
#[derive(Debug, Clone)]
pub struct WayView {
    /// The way, and how many articles it finds.
    pub text: String,
    /// The search without it.
    pub off: Option<String>,
    /// What the link says.
    pub off_text: &'static str,
}

/// What a query was searched as; nothing if it has no words.
#[must_use]
pub fn view(
    query: &Query,
    explanation: &Explanation,
    hits: &Hits,
    address: &Address,
    lang: Lang,
) -> Option<SearchedView> {
    let Explanation { words, forms } = explanation;
    if words.is_empty() {
        return None;
    }
    let words = words.iter().map(|word| word_view(word, query, address, lang)).collect();
    let mut named: Vec<String> = hits.also.iter().map(|also| also.word.clone()).collect();
    let labels = forms.iter().map(|form| form.label.clone());
    named.extend(labels.filter(|label| !hits.also.iter().any(|also| also.word == *label)));
    let more = named.len() > NAMED;
    let list = named.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    let summary = match (list.is_empty(), address.exact) {
        (true, true) => {
            lang.pick("Gesucht: nur genau diese Formen".to_owned(), "Searched: these forms alone".to_owned())
        }
        (true, false) => lang.pick("Was wurde gesucht?".to_owned(), "What was searched?".to_owned()),
        (false, _) => {
            let rest = if more { " …" } else { "" };
            lang.pick(format!("auch: {list}{rest}"), format!("also: {list}{rest}"))
        }
    };
    let view = |form: &Form| FormView {
        text: form.label.clone(),
        places: number(form.places as f64, 0, lang),
        without: address.with(|without| without.without.push(form.label.clone())).at("/"),
    };
    let understood = query.has_structure().then(|| query.canonical(lang));
    let more_may_go = address.without.len() < MAX_VALUES;
    let related = related(&explanation.words, address, lang);
    let forms = forms.iter().filter(|_| more_may_go).take(LISTED).map(view).collect();
    let furniture = furniture(hits, address, lang);
    Some(SearchedView { furniture, summary, understood, words, forms, related, open: !address.without.is_empty() })
}

/// A link that leaves page furniture out, where a hit has a passage of it.
fn furniture(hits: &Hits, address: &Address, lang: Lang) -> Option<Link> {
    let of_furniture = |snippet: &Snippet| snippet.field == PartKind::Boilerplate.field_name();
    let href = || address.with(|without| (without.furniture, without.offset) = (false, 0)).at("/");
    let text = lang.pick("ohne Seitenelemente suchen", "search without page furniture");
    hits.hits.iter().flat_map(|hit| &hit.snippets).any(of_furniture).then(|| Link::new(text, href()))
}

/// A link that has words of the same family searched too, where the query has some that are not.
fn related(words: &[Explained], address: &Address, lang: Lang) -> Option<Link> {
    let is_related = |way: &Way| way.kind == WayKind::Other(ExpansionKind::Related);
    if address.exact || address.related == Relatives::Never || words.iter().flat_map(|word| &word.ways).any(is_related)
    {
        return None;
    }
    let plain = |word: &&Word| !(word.exact || word.phrase || word.functional || word.negated);
    let stems =
        words.iter().map(|explained| &explained.word).filter(plain).filter_map(|word| match word.stems.as_slice() {
            [stems] => stems.first(),
            _ => None,
        });
    let found: Vec<String> = stems.flat_map(|stem| relatives(stem)).take(NAMED).collect();
    let href = address.with(|with| with.related = Relatives::Always).at("/");
    let list = found.join(", ");
    let text = lang.pick(format!("auch verwandte Wörter suchen: {list}"), format!("search related words too: {list}"));
    (!found.is_empty()).then(|| Link::new(text, href))
}

fn word_view(explained: &Explained, query: &Query, address: &Address, lang: Lang) -> WordView {
    let articles = |count: u64| {
        let shown = number(count as f64, 0, lang);
        lang.pick(format!("{shown} Artikel"), format!("{shown} {}", plural(count, "article", "articles")))
    };
    let word = &explained.word;
    let remark = if word.negated {
        lang.pick(" (ausgeschlossen)", " (excluded)")
    } else if word.functional {
        lang.pick(" (Funktionswort)", " (function word)")
    } else {
        ""
    };
    let exactly = exactly(explained, query, address);
    let ways = explained.ways.iter().map(|way| {
        let (off, off_text) = match way.kind {
            WayKind::Other(ExpansionKind::Related) => {
                let without = address.with(|without| without.related = Relatives::Never).at("/");
                (Some(without), lang.pick("ausschalten", "switch off"))
            }
            WayKind::Other(ExpansionKind::Name | ExpansionKind::Synonym) => {
                let without = address.with(|without| without.without.push(way.label.clone())).at("/");
                (Some(without), lang.pick("ausschalten", "switch off"))
            }
            WayKind::Within | WayKind::Other(ExpansionKind::Decompounded) => {
                let whole = address.with(|whole| whole.compounds = false).at("/");
                (Some(whole), lang.pick("ausschalten", "switch off"))
            }
            WayKind::Inflection | WayKind::Other(ExpansionKind::Joined | ExpansionKind::Word) => {
                (exactly.clone(), lang.pick("nur genau dieses Wort", "this form alone"))
            }
            WayKind::Form | WayKind::Other(ExpansionKind::Form | ExpansionKind::Pattern) => (None, ""),
        };
        WayView { text: format!("{} · {}", describe(way, lang), articles(way.articles)), off, off_text }
    });
    let scope = if address.is_open() { "" } else { lang.pick(" im ganzen Archiv", " in the whole archive") };
    let text = format!("{}: {}{scope}{remark}", word.typed, articles(explained.articles));
    WordView { text, ways: ways.collect() }
}

/// The search with `=` before the word, which searches it in the form typed only.
fn exactly(explained: &Explained, query: &Query, address: &Address) -> Option<String> {
    let word = &explained.word;
    // in a corrected query the words have other positions than in the query typed
    let typed = query.text == address.q && query.slice(&word.span) == word.typed;
    if !typed || word.exact || word.phrase || word.negated || word.field.is_some() || word.pattern.is_some() {
        return None;
    }
    let (before, after) = address.q.split_at_checked(word.span.start)?;
    Some(address.with(|exact| exact.q = format!("{before}={after}")).at("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::Question;
    use crate::reply::Reply;
    use crate::testing::TestArchive;

    /// What the words of an address were searched as.
    fn searched(archive: &TestArchive, address: &str) -> String {
        archive.text(address, |job| {
            let question = Question::strict(job.query(), &[], job.today, job.bounds)?;
            let request = question.request(&job.snapshot);
            let answer = question.answer(&job.snapshot, &request, true)?;
            let explanation = answer.explanation(&*job.snapshot.engine, None)?;
            let view = view(&question.query, &explanation, &answer.hits, &question.address, job.lang);
            Ok(Reply::of("text/plain", format!("{view:#?}")))
        })
    }

    #[test]
    fn every_way_has_a_link_that_switches_it_off() {
        let archive = TestArchive::new();
        let view = searched(&archive, "/?q=Kran+Hafen&lang=en");
        for expected in [
            "\"Hafen: 2 articles\"",
            "\"Kran: 1 article\"",
            "\"/?q=Kran+%3DHafen&lang=en\"",
            "\"/?q=Kran+Hafen&compounds=0&lang=en\"",
        ] {
            assert!(view.contains(expected), "{expected} is not in {view}");
        }
    }

    #[test]
    fn forms_in_the_hits_can_be_switched_off() {
        let archive = TestArchive::new();
        let view = searched(&archive, "/?q=Meister");
        assert!(view.contains("summary: \"auch: Hafenmeister\"") && view.contains("open: false"), "{view}");
        assert!(view.contains("\"/?q=Meister&without=Hafenmeister\""), "{view}");
        let view = searched(&archive, "/?q=Hafen&without=Hafenmeister");
        assert!(view.contains("open: true") && view.contains("forms: []"), "{view}");
    }

    #[test]
    fn a_narrowed_search_says_that_counts_are_of_the_archive() {
        let archive = TestArchive::new();
        let view = searched(&archive, "/?q=Hafen+-Orgel&source=Die+Warte");
        assert!(view.contains("Hafen: 2 Artikel im ganzen Archiv"), "{view}");
        assert!(view.contains("Orgel: 1 Artikel im ganzen Archiv (ausgeschlossen)"), "{view}");
    }
}
