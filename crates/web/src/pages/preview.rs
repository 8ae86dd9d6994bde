//! What the list of hits shows of an article beside it: its beginning, and the places found behind that.
//!
//! It is a piece of a page, which the script puts into the list; without a script the hit's link opens the article.

use super::collections::{Marks, marks as collected};
use super::frame::filled;
use super::hits::{date_and_source, href};
use crate::address::Address;
use crate::articles::find;
use crate::ask::Question;
use crate::error::WebError;
use crate::job::Job;
use crate::reply::Reply;
use askama::Template;
use findbuch_article::{Article, Part, PartKind};
use findbuch_engine::text::highlight::{Found, Highlighter};
use findbuch_german::sentences;
use findbuch_query::lang::Lang;
use findbuch_render::html::Html;
use findbuch_render::plural;
use std::ops::Range;

/// Bytes of the text that are enough of its beginning.
const BEGINNING: usize = 900;
/// Most places behind the beginning.
const PLACES: usize = 6;
/// Most bytes of a sentence before and behind what is marked in it.
const AROUND: usize = 160;

#[derive(Template)]
#[template(path = "preview.html")]
struct Preview {
    lang: Lang,
    language: Option<String>,
    href: String,
    headline: Html,
    meta: String,
    collecting: Marks,
    beginning: Vec<(PartKind, Html)>,
    /// Whether the text goes on.
    more: bool,
    places: Vec<(String, Html)>,
    /// `und 12 weitere Fundstellen`
    rest: Option<String>,
}

/// The preview of an article.
///
/// # Errors
/// When there is none of the id, and those of the search.
pub fn piece(job: &Job, id: &str) -> Result<Reply, WebError> {
    let article = &find(job, id)?;
    let mut question = Question::lenient(job.query(), &["copy"], job.today, job.bounds);
    let found = match question.address.q.trim() {
        "" => Found::default(),
        _ => question.without_broad_words(|question| found(job, question, article))?,
    };
    let (address, lang) = (&question.address, job.lang);
    let plain = Address { lang: address.lang, ..Address::default() };
    let page = href(article, address);
    let (headline, shown) = (headline(article, &found), shown(article, &found));
    let left = shown.left;
    let (german, english) =
        plural(left as u64, ("weitere Fundstelle", "more place"), ("weitere Fundstellen", "more places"));
    let place = |(number, text)| (format!("{page}#t{number}"), text);
    filled(&Preview {
        lang,
        language: article.language.clone().filter(|code| code.bytes().all(|byte| byte.is_ascii_alphabetic())),
        headline,
        meta: date_and_source(article, &job.view()),
        collecting: collected(job, id, &plain),
        beginning: shown.beginning,
        more: shown.more,
        places: shown.places.into_iter().map(place).collect(),
        rest: (left > 0).then(|| lang.pick(format!("und {left} {german}"), format!("and {left} {english}"))),
        href: page,
    })
    .map_err(WebError::from)
}

/// What an article has of a query.
fn found(job: &Job, question: &Question, article: &Article) -> Result<Found, WebError> {
    let prepared = job.snapshot.engine.prepare(&question.request(&job.snapshot));
    let prepared = prepared.map_err(|error| question.web_error(error))?;
    Ok(Highlighter::new(prepared.plan()).find(article, |_| true))
}

/// What is marked in a part.
fn spans(found: &Found, number: usize) -> Vec<Range<usize>> {
    found.of_part(number).iter().map(|mark| mark.span.clone()).collect()
}

fn headline(article: &Article, found: &Found) -> Html {
    let part = article.parts.iter().enumerate().find(|(_, part)| part.kind == PartKind::Headline);
    let Some((number, part)) = part else { return Html::text(&article.title()) };
    Html::sequence(marked(&part.text, &(0..part.text.len()), &spans(found, number)))
}

/// What is shown of a text.
#[derive(Default)]
struct Shown {
    beginning: Vec<(PartKind, Html)>,
    more: bool,
    /// The sentences behind the beginning with something marked, each with the number of its first mark on the article's page.
    places: Vec<(usize, Html)>,
    /// Marks that are not shown.
    left: usize,
}

fn shown(article: &Article, found: &Found) -> Shown {
    let (mut shown, mut bytes, mut first) = (Shown::default(), 0, 1);
    // marks are numbered as on the article's page
    let numbered = article.parts.iter().enumerate().filter(|(_, part)| part.is_searched());
    for (number, part) in numbered {
        let marks = spans(found, number);
        let mut begun = 0;
        // where a part is cut off, the beginning ends
        if is_text(part) && bytes < BEGINNING && !shown.more {
            begun = end_of_beginning(&part.text, BEGINNING - bytes);
            bytes += begun;
            shown.beginning.push((part.kind, Html::sequence(marked(&part.text, &(0..begun), &marks))));
            shown.more |= begun < part.text.len();
        } else {
            shown.more |= is_text(part);
        }
        if !matches!(part.kind, PartKind::Kicker | PartKind::Headline) {
            behind(&mut shown, part, begun, &marks, first);
        }
        first += marks.len();
    }
    shown
}

/// Whether a part is shown where an article begins.
fn is_text(part: &Part) -> bool {
    !matches!(part.kind, PartKind::Kicker | PartKind::Headline | PartKind::Caption | PartKind::Boilerplate)
}

/// Where the last sentence ends that does not go beyond so many bytes; a longer one is cut between words.
fn end_of_beginning(text: &str, enough: usize) -> usize {
    let most = enough.max(AROUND);
    if text.len() <= most {
        return text.len();
    }
    let ends = sentences(text).into_iter().map(|sentence| sentence.end);
    let blank = |most: usize| text.get(..text.floor_char_boundary(most))?.rfind(char::is_whitespace);
    ends.take_while(|end| *end <= most).last().or_else(|| blank(most)).unwrap_or_else(|| text.floor_char_boundary(most))
}

/// Adds the sentences of a part behind its beginning that have something marked; the first of the marks has the number `first`.
fn behind(shown: &mut Shown, part: &Part, begun: usize, marks: &[Range<usize>], first: usize) {
    for sentence in sentences(&part.text).into_iter().filter(|sentence| sentence.start >= begun) {
        let within = |mark: &Range<usize>| mark.start >= sentence.start && mark.end <= sentence.end;
        let Some(at) = marks.iter().position(within) else { continue };
        let count = marks.iter().filter(|mark| within(mark)).count();
        if shown.places.len() == PLACES {
            shown.left += count;
            continue;
        }
        let window = window(&part.text, &sentence, &marks[at]);
        let dots = |is_cut: bool| is_cut.then_some((None, "…"));
        let pieces = dots(window.start > sentence.start).into_iter().chain(marked(&part.text, &window, marks));
        let pieces = pieces.chain(dots(window.end < sentence.end));
        shown.places.push((first + at, Html::sequence(pieces)));
    }
}

/// So much of a sentence as is shown round a mark, from blank to blank.
fn window(text: &str, sentence: &Range<usize>, mark: &Range<usize>) -> Range<usize> {
    let blank = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_whitespace);
    let start = mark.start.saturating_sub(AROUND);
    let start = if start <= sentence.start {
        sentence.start
    } else {
        (start..mark.start).find(|at| blank(*at)).unwrap_or(mark.start)
    };
    let end = mark.end + AROUND;
    let end = if end >= sentence.end {
        sentence.end
    } else {
        (mark.end..end).rev().find(|at| blank(*at)).unwrap_or(mark.end)
    };
    start..end
}

/// A piece of a text in pieces, each with the element of what is marked.
fn marked<'a>(text: &'a str, piece: &Range<usize>, marks: &[Range<usize>]) -> Vec<(Option<&'static str>, &'a str)> {
    let (mut pieces, mut at) = (Vec::new(), piece.start);
    for mark in marks.iter().filter(|mark| mark.start >= piece.start && mark.end <= piece.end) {
        pieces.push((None, text.get(at..mark.start).unwrap_or_default()));
        pieces.push((Some("mark"), text.get(mark.clone()).unwrap_or_default()));
        at = mark.end;
    }
    pieces.push((None, text.get(at..piece.end).unwrap_or_default()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_engine::text::highlight::Mark;

    /// An article of these paragraphs in which `Hafen` is marked.
    fn article(paragraphs: &[String]) -> (Article, Found) {
        let parts: Vec<Part> = paragraphs.iter().map(|text| Part::new(PartKind::Paragraph, text)).collect();
        let of = |part: &Part| {
            let found = part.text.match_indices("Hafen");
            found.map(|(at, word)| Mark { span: at..at + word.len(), pattern: 0 }).collect()
        };
        let found = Found { marks: parts.iter().map(of).collect(), places: Vec::new() };
        (Article { parts, ..Article::default() }, found)
    }

    #[test]
    fn what_follows_the_beginning_is_shown_where_something_is_marked() {
        let filler = "Am Deich standen Helfer. ".repeat(40);
        let paragraphs =
            ["Der Hafen schlief.".to_owned(), filler, "Der Kran hob. Der Hafen und der Hafen lagen da. Ende.".into()];
        let (article, found) = article(&paragraphs);
        let shown = shown(&article, &found);
        assert_eq!(shown.beginning[0].1.to_string(), "Der <mark>Hafen</mark> schlief.");
        let last = shown.beginning.last().expect("a beginning").1.to_string();
        assert!(shown.beginning.len() == 2 && last.ends_with("Helfer.") && last.len() <= BEGINNING, "{last}");
        assert!(shown.more && shown.left == 0);
        let place = "Der <mark>Hafen</mark> und der <mark>Hafen</mark> lagen da.";
        assert_eq!(
            shown.places.iter().map(|(number, text)| (*number, text.to_string())).collect::<Vec<_>>(),
            [(2, place.to_owned())]
        );
    }

    #[test]
    fn places_are_few_and_the_others_counted() {
        let paragraphs = ["Anfang. ".repeat(200), "Der Hafen liegt da. ".repeat(9)];
        let (article, found) = article(&paragraphs);
        let shown = shown(&article, &found);
        assert_eq!((shown.places.len(), shown.left), (PLACES, 3));
    }

    #[test]
    fn text_without_an_end_is_cut_between_words_and_characters() {
        let (article, found) =
            article(&["ö".repeat(9000), format!("{} Hafen {}", "wäre ".repeat(500), "öde ".repeat(500))]);
        let shown = shown(&article, &found);
        assert!(shown.beginning[0].1.to_string().len() <= BEGINNING && shown.more);
        let (_, place) = &shown.places[0];
        let place = place.to_string();
        assert!(
            place.starts_with("… wäre") && place.contains("<mark>Hafen</mark>") && place.ends_with("öde…"),
            "{place}"
        );
        assert!(place.len() < 3 * AROUND, "{place}");
    }
}
