//! The page of hits.

use super::facets::{self, FacetView, Limit, chips};
use super::frame::{Frame, Link, Notice, filled};
use super::hits::{self, HitView};
use super::searched::{self, SearchedView};
use super::star::{Does, Marking};
use super::start;
use super::timeline::{self, TimelineView};
use crate::address::{Address, MAX_OFFSET, values};
use crate::ask::Question;
use crate::error::WebError;
use crate::expected::{BadParameter, Expected};
use crate::job::Job;
use crate::parameters::SEARCH;
use crate::reply::Reply;
use askama::Template;
use findbuch_engine::answer::Answer;
use findbuch_engine::plan::explain::Explained;
use findbuch_engine::{Days, FacetField, SearchRequest, Sort};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::notices::{outside_archive, relaxed_notice, unquoted_notice};
use findbuch_render::{cite, text};
use jiff::civil;
use std::borrow::Cow;

/// What hits are counted by.
const FACETS: [FacetField; 9] = [
    FacetField::Source,
    FacetField::Section,
    FacetField::Year,
    FacetField::Person,
    FacetField::Organisation,
    FacetField::Place,
    FacetField::Tag,
    FacetField::Author,
    FacetField::Agency,
];

/// Hits on a page that can be chosen.
const SIZES: [usize; 4] = [10, 20, 50, 100];

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    frame: Frame,
    notices: Vec<Notice>,
    count: String,
    sort: Vec<Link>,
    chips: Vec<Link>,
    timeline: Option<TimelineView>,
    searched: Option<SearchedView>,
    hits: Vec<HitView>,
    marking: Option<Marking>,
    start: usize,
    nothing: Nothing,
    pager: Pager,
    sizes: Vec<Link>,
    tools: Vec<Link>,
    citation: String,
    facets: Vec<FacetView>,
    range: Range,
}

/// What the page says instead of hits.
struct Nothing {
    text: String,
    hints: Vec<Notice>,
}

/// The pages before and after.
struct Pager {
    before: Option<String>,
    here: String,
    after: Option<String>,
}

/// The fields for a range of days.
struct Range {
    /// First day, as typed.
    from: String,
    /// Last day, as typed.
    to: String,
    /// Whether the two are no period.
    wrong: bool,
    /// The time near which articles come first, as typed.
    around: String,
    /// The days at which a calendar opens for each of the three: the first, the last, the first near which; empty where none is typed.
    days: [String; 3],
    /// The other choices.
    hidden: Vec<(String, String)>,
}

impl Range {
    /// The fields of a search; a period that could not be read stays as it was typed.
    fn of(question: &Question, typed: &str) -> Range {
        let address = &question.address;
        let open = address.with(|open| {
            (open.from, open.to, open.around) = (String::new(), String::new(), String::new());
        });
        let wrong = question.bad.iter().any(is_period);
        let field = |name: &str, read: &str| match values(typed, name).pop().filter(|_| wrong) {
            Some(typed) => typed,
            None => read.to_owned(),
        };
        let (from, to) = (field("from", &address.from), field("to", &address.to));
        let day = |day: Option<civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (published, near) = (question.published, address.near());
        let days = [
            published.and_then(|days| days.from),
            published.and_then(|days| days.until),
            near.and_then(|days| days.from),
        ];
        Range { from, to, wrong, around: address.around.clone(), days: days.map(day), hidden: open.pairs() }
    }
}

/// The search page; the start page if the address asks for nothing.
///
/// # Errors
/// Those of the search, and of the template.
pub fn page(job: &Job) -> Result<Reply, WebError> {
    let finds = FACETS.map(facets::find_name);
    let mut question = Question::lenient(job.query(), &finds.each_ref().map(String::as_str), job.today, job.bounds);
    question.without_broad_words(|question| answered(job, question))
}

fn answered(job: &Job, question: &Question) -> Result<Reply, WebError> {
    let (address, lang) = (&question.address, job.lang);
    if address.q.trim().is_empty() && address.is_open() && address.sort == Sort::Relevance {
        return start::build(job, address);
    }
    let request = SearchRequest {
        facets: &FACETS,
        days: true,
        group: address.group.unwrap_or(job.snapshot.stories),
        ..question.request(&job.snapshot)
    };
    let answer = question.answer(&job.snapshot, &request, true)?;
    let searched = &answer.plan.query;
    let explained = answer.explanation(&*job.snapshot.engine, request.deadline);
    let explained = explained.map_err(|error| question.web_error(error))?;
    let found = &answer.hits;
    let marking = Marking::of(job, address);
    let views = found.hits.iter().map(|hit| hits::view(hit, address, job, marking.as_ref()));
    let views = views.collect::<Result<Vec<_>, _>>()?;
    let none = Days::default();
    let days = found.days.as_ref().unwrap_or(&none);
    // what hits are shares of; numbers need none of it
    let all =
        if address.relative { job.snapshot.days_within(&request) } else { job.snapshot.days().map(Cow::Borrowed) };
    let all = all.map_err(|error| question.web_error(error))?;
    let mut frame = Frame::of(job, address, "hits", &address.q);
    let newest = address.with(|newest| newest.sort = Sort::Newest);
    frame.feed = question.ignored.is_empty().then(|| newest.at("/feed.atom"));
    let has_words = !address.q.trim().is_empty();
    let page = SearchPage {
        notices: notices(job, question, &answer),
        count: text::count_line(&answer.hits, &job.view()),
        sort: if views.is_empty() { Vec::new() } else { orders(address, lang) },
        chips: chips(address, "/", lang),
        timeline: timeline::view(days, &all, address, lang),
        searched: has_words.then(|| searched::view(searched, &explained, found, address, lang)).flatten(),
        start: address.offset + 1,
        nothing: nothing(question, &answer, &explained.words, lang),
        pager: pager(address, &answer, lang),
        sizes: sizes(address, &answer),
        tools: match question.without_ignored(lang) {
            Some(searched) if !views.is_empty() => tools(&searched, lang),
            _ => Vec::new(),
        },
        citation: cite::text(&question.citation(&job.snapshot, &answer)?, &job.view()),
        facets: facets::views(&found.facets, address, 2, job.query(), lang),
        range: Range::of(question, job.query()),
        hits: views,
        marking,
        frame,
    };
    Ok(filled(&page)?)
}

/// The lines above the hits.
fn notices(job: &Job, question: &Question, answer: &Answer) -> Vec<Notice> {
    let (lang, view) = (job.lang, &job.view());
    let address = &question.address;
    let mut notices = Vec::new();
    notices.extend(question.ignored_notices(lang).into_iter().map(Notice::plain));
    for bad in &question.bad {
        if is_period(bad) {
            notices.push(Notice::plain(period_notice(job.query(), lang)));
        } else if let Some(expected) = bad.expected {
            let expected = expected.localise(lang);
            notices.push(Notice::plain(lang.pick(
                format!("Übergangen: „{}“ der Adresse {expected}.", bad.name),
                format!("Passed over: \"{}\" of the address {expected}.", bad.name),
            )));
        }
    }
    notices.extend(unquoted_notice(&answer.plan.unquoted, lang).map(Notice::plain));
    let with = |q: &str| address.with(|with| q.clone_into(&mut with.q)).at("/");
    if let Some(corrected) = &answer.corrected {
        let unknown: Vec<String> =
            answer.suggestions.iter().map(|s| lang.pick(format!("„{}“", s.typed), format!("“{}”", s.typed))).collect();
        let text = lang.pick(
            format!("Kein Artikel hat {}. Gesucht wurde:", unknown.join(", ")),
            format!("No article has {}. Searched instead:", unknown.join(", ")),
        );
        let as_typed = address.with(|typed| typed.correct = false).at("/");
        let back =
            lang.pick(format!("doch nach „{}“ suchen", address.q), format!("search for “{}” after all", address.q));
        notices.push(Notice { text, links: vec![(corrected.text.clone(), with(&corrected.text)), (back, as_typed)] });
    } else {
        for suggestion in &answer.suggestions {
            let text = lang.pick(
                format!("Kein Artikel hat „{}“. Meinten Sie:", suggestion.typed),
                format!("No article has “{}”. Did you mean:", suggestion.typed),
            );
            let links = suggestion.words.iter().map(|word| {
                let replaced = replaced(&question.query, &suggestion.typed, word);
                (word.clone(), with(&replaced))
            });
            notices.push(Notice { text, links: links.collect() });
        }
    }
    for hint in question.query.hints() {
        let links = hint.query.iter().map(|query| (lang.pick("so suchen", "search so").to_owned(), with(query)));
        notices.push(Notice { text: hint.message(lang), links: links.collect() });
    }
    if let Some(archive) = answer.archive {
        let open = address.with(|open| (open.from, open.to) = (String::new(), String::new()));
        let everywhere = (lang.pick("ohne Zeitraum suchen", "search without dates").to_owned(), open.at("/"));
        let links = if open.is_open() == address.is_open() { Vec::new() } else { vec![everywhere] };
        notices.push(Notice { text: outside_archive(archive, lang), links });
    }
    if let Some(relaxed) = &answer.hits.relaxed {
        notices.push(Notice::plain(relaxed_notice(&relaxed.missing, view)));
    }
    notices
}

/// Whether what cannot be used is the period.
fn is_period(bad: &BadParameter) -> bool {
    matches!(bad.name.as_str(), "from" | "to") && bad.expected == Some(Expected::Date)
}

/// That the period is passed over, and how one is written.
fn period_notice(typed: &str, lang: Lang) -> String {
    let ends: Vec<String> = ["from", "to"].iter().filter_map(|name| values(typed, name).pop()).collect();
    let (typed, expected) = (ends.join(" – "), Expected::Date.localise(lang));
    lang.pick(
        format!("Der Zeitraum „{typed}“ ist nicht zu lesen und wird übergangen. Ein Ende {expected}."),
        format!("The period “{typed}” cannot be read and is passed over. An end {expected}."),
    )
}

/// The query with a word replaced by another.
fn replaced(query: &Query, typed: &str, word: &str) -> String {
    query.text.replacen(typed, word, 1)
}

fn orders(address: &Address, lang: Lang) -> Vec<Link> {
    let names = [
        (Sort::Relevance, lang.pick("beste zuerst", "best first")),
        (Sort::Newest, lang.pick("neueste", "newest")),
        (Sort::Oldest, lang.pick("älteste", "oldest")),
    ];
    let link = |(sort, name): (Sort, &str)| {
        let href = address.with(|sorted| sorted.sort = sort).at("/");
        Link { on: address.sort == sort, ..Link::new(name, href) }
    };
    names.into_iter().map(link).collect()
}

fn pager(address: &Address, answer: &Answer, lang: Lang) -> Pager {
    let hits = &answer.hits;
    let all = hits.stories.unwrap_or(hits.total);
    let at = |offset: usize| Address { offset, ..address.clone() }.at("/");
    let before = (address.offset > 0).then(|| at(address.offset.saturating_sub(address.limit)));
    let next = address.offset + address.limit;
    let full = hits.hits.len() == address.limit && next < MAX_OFFSET;
    let more = (next as u64) < all || hits.hits.iter().any(|hit| !hit.missing.is_empty());
    let page = address.offset / address.limit + 1;
    let pages = all.div_ceil(address.limit as u64).max(page as u64);
    let here = lang.pick(format!("Seite {page} von {pages}"), format!("Page {page} of {pages}"));
    Pager { before, here, after: (full && more).then(|| at(next)) }
}

/// How many hits a page may have; none where the smallest page holds all.
fn sizes(address: &Address, answer: &Answer) -> Vec<Link> {
    if answer.hits.hits.len() < SIZES[0] && address.offset == 0 {
        return Vec::new();
    }
    let link = |limit| {
        let href = address.with(|sized| sized.limit = limit).at("/");
        Link { on: address.limit == limit, ..Link::new(limit.to_string(), href) }
    };
    SIZES.map(link).into()
}

/// Links to the whole result for other programs.
fn tools(address: &Address, lang: Lang) -> Vec<Link> {
    let whole = address.with(|whole| whole.limit = Address::default().limit);
    let export = |name: &str, format: &str| Link::new(name, whole.at(&format!("/export/{format}")));
    let newest = whole.with(|newest| newest.sort = Sort::Newest);
    vec![
        export("CSV", "csv"),
        export("JSONL", "jsonl"),
        export("BibTeX", "bibtex"),
        export("RIS", "ris"),
        Link {
            on: true,
            ..Link::new(lang.pick("Atom-Feed abonnieren", "subscribe to the Atom feed"), newest.at("/feed.atom"))
        },
        Link::new(
            lang.pick("diese Seite als JSON", "this page as JSON"),
            SEARCH.at("/api/v1/search", &address.query()),
        ),
    ]
}

/// What the page says instead of hits: what limits the search, and how to go on.
fn nothing(question: &Question, answer: &Answer, explained: &[Explained], lang: Lang) -> Nothing {
    let address = &question.address;
    let text = if answer.hits.total > 0 {
        lang.pick(
            format!("Diese Seite ist leer: es gibt nur {} Treffer.", answer.hits.total),
            format!("This page is empty: there are only {} hits.", answer.hits.total),
        )
    } else {
        lang.pick("Kein Artikel passt.".into(), "No article matches.".into())
    };
    let mut hints = Vec::new();
    let mut hint = |text: &str, links| hints.push(Notice { text: text.to_owned(), links });
    if address.offset > 0 && answer.hits.total > 0 {
        let first = address.with(|_| {}).at("/");
        hint(
            lang.pick("Zurück zum Anfang:", "Back to the beginning:"),
            vec![(lang.pick("erste Seite", "first page").into(), first)],
        );
    }
    if !address.q.trim().is_empty() && !address.q.contains(char::is_alphanumeric) {
        let q = address.q.trim();
        let text = lang.pick(
            format!("„{q}“ hat keinen Buchstaben und keine Ziffer, nach denen gesucht werden kann."),
            format!("“{q}” has no letter and no digit that could be searched for."),
        );
        hint(&text, Vec::new());
    }
    if !address.without.is_empty() {
        let all = address.with(|all| all.without.clear()).at("/");
        let link = (lang.pick("alle wieder einschalten", "switch all on again").to_owned(), all);
        let text = lang.pick("Ausgeschaltet:", "Switched off:");
        hint(&format!("{text} {}.", address.without.join(", ")), vec![link]);
    }
    let absent = explained.iter().filter(|word| word.articles == 0 && !word.word.negated && !word.word.functional);
    for word in absent.filter(|word| !word.word.has_exclusions()) {
        let text = lang.pick(
            format!("„{}“ steht in keinem Artikel.", word.word.typed),
            format!("No article has “{}”.", word.word.typed),
        );
        hint(&text, Vec::new());
    }
    if !address.is_open() {
        let open = address.with(|open| {
            open.only.clear();
            open.not.clear();
            (open.from, open.to) = (String::new(), String::new());
        });
        let link = (lang.pick("überall suchen", "search everywhere").to_owned(), open.at("/"));
        hint(lang.pick("Die Suche ist eingegrenzt:", "The search is narrowed:"), vec![link]);
    }
    if address.exact {
        let loose = address.with(|loose| loose.exact = false).at("/");
        let link = (
            lang.pick("auch gebeugt und in Zusammensetzungen suchen", "search inflections and compounds too")
                .to_owned(),
            loose,
        );
        hint(lang.pick("Gesucht wurden nur genau diese Formen:", "These forms alone were searched:"), vec![link]);
    }
    if address.q.contains(['"', '„', '“', '»']) {
        let plain = address.with(|plain| plain.q = address.q.replace(['"', '„', '“', '”', '»', '«'], " ")).at("/");
        let link = (lang.pick("ohne Anführungszeichen suchen", "search without quotation marks").to_owned(), plain);
        hint(
            lang.pick(
                "Wendungen in Anführungszeichen gelten Wort für Wort:",
                "Phrases in quotation marks are taken word for word:",
            ),
            vec![link],
        );
    }
    let help = Address { lang: address.lang, ..Address::default() }.at("/help");
    let link = (lang.pick("Hilfe zur Suche", "How to search").to_owned(), help);
    if answer.hits.total == 0 {
        hint(
            lang.pick("Andere Wörter, oder weniger davon, finden mehr.", "Other words, or fewer, find more."),
            vec![link],
        );
    }
    Nothing { text, hints }
}

#[cfg(test)]
mod tests {
    use crate::testing::TestArchive;

    #[test]
    fn hits_stand_with_counts_facets_and_links() {
        let archive = TestArchive::new();
        let page = archive.text("/?q=Hafen&limit=1", |job| super::page(&job));
        for expected in [
            "<mark>Hafen</mark>",
            "2 Treffer, Nr. 1",
            "Seite 1 von 2",
            "rel=\"next\" href=\"/?q=Hafen&#38;limit=1&#38;offset=1\"",
            "href=\"/?q=Hafen&#38;source=Die+Warte&#38;limit=1\"",
            "href=\"/export/csv?q=Hafen\"",
            "href=\"/api/v1/search?q=Hafen&#38;limit=1\"",
            "/feed.atom?q=Hafen&#38;sort=newest",
        ] {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
    }

    #[test]
    fn what_is_ignored_is_said_and_not_in_the_links() {
        let archive = TestArchive::new();
        let page = archive.text("/?q=Hafen+titel:(&sort=best", |job| super::page(&job));
        assert!(page.contains("Übergangen:") && page.contains("„sort“ der Adresse"), "{page}");
        assert!(
            page.contains("/export/csv?q=Hafen\"") && page.contains("/feed.atom?q=Hafen&#38;sort=newest"),
            "{page}"
        );
    }

    #[test]
    fn a_search_without_hits_says_what_limits_it() {
        let archive = TestArchive::new();
        let address = "/?lang=en&q=%22Zeppelin+Hafen%22+UND+Zeppelin&exact=1&source=Die+Warte&correct=0";
        let page = archive.text(address, |job| super::page(&job));
        for expected in [
            "No article matches.",
            "The search is narrowed:",
            "These forms alone were searched:",
            "Phrases in quotation marks are taken word for word:",
            "href=\"/?q=%22Zeppelin+Hafen%22+UND+Zeppelin&#38;source=Die+Warte&#38;correct=0&#38;lang=en\"",
        ] {
            assert!(page.contains(expected), "{expected} is not in {page}");
        }
        let behind = archive.text("/?q=Hafen&offset=50", |job| super::page(&job));
        assert!(
            behind.contains("Diese Seite ist leer: es gibt nur 2 Treffer.") && behind.contains("erste Seite"),
            "{behind}"
        );
    }

    #[test]
    fn a_phrase_searched_as_words_and_a_time_are_said() {
        let archive = TestArchive::new();
        let page = archive.text("/?q=%22Zeppelin+Hafen%22&around=2023-09", |job| super::page(&job));
        assert!(page.contains("„Zeppelin Hafen“ steht so in keinem Artikeltext; gesucht wurden die Wörter."), "{page}");
        assert!(page.contains("zuerst um 2023-09") && page.contains("name=\"around\" value=\"2023-09\""), "{page}");
        let bad = archive.text("/?q=Hafen&around=bald", |job| super::page(&job));
        assert!(bad.contains("„around“ der Adresse"), "{bad}");
    }

    #[test]
    fn without_a_query_it_is_the_start_page() {
        let archive = TestArchive::new();
        let page = archive.text("/", |job| super::page(&job));
        assert!(page.contains("3 Artikel aus 2 Quellen, erschienen vom 12.09.2023 bis zum 14.05.2024."), "{page}");
    }
}
