//! Suggestions while a query is typed: words of the archive, names, and headlines.
//!
//! All of them are looked up and none is guessed: words and names are spelled as in an article. At most [`MAX_READ`] stored articles are
//! read.

mod names;
mod spelling;
mod typed;

use crate::lookup::names::folded;
use crate::lookup::{Place, Wanted};
use crate::{Engine, EngineError, FacetField};
use findbuch_article::{Article, Dated, PartKind};
use findbuch_german::{Analyzer, Terms, is_stop_word};
use serde::Serialize;
use spelling::Spellings;
use std::collections::HashSet;
use typed::Typed;

/// Most stored articles that are read.
pub const MAX_READ: usize = 30;
/// Most suggestions of a kind.
pub const MOST: usize = 10;
/// Of the articles read, those read for names and headlines; the others are for the spelling of words.
const FOR_NAMES: usize = 8;
const FOR_HEADLINES: usize = 10;
/// Forms that are looked at, inflections of one word among them.
const FORMS: usize = 60;

/// What a text may become.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Suggestions {
    /// For its last word, the most frequent first.
    pub words: Vec<SuggestedWord>,
    /// For the whole text, or for the value of the field that it ends in.
    pub names: Vec<SuggestedName>,
    /// Articles that are headed so.
    pub headlines: Vec<SuggestedHeadline>,
}

/// A word of the archive.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuggestedWord {
    /// As articles spell it.
    pub text: String,
    /// The query with it in place of what is typed of it.
    pub query: String,
    /// Articles that have this form.
    pub articles: u64,
}

/// A name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuggestedName {
    /// As the archive writes it.
    pub text: String,
    /// The query with it in place of what is typed.
    pub query: String,
    /// Articles that have it: of an author or a source all, of others those among the few that were read.
    pub articles: u64,
}

/// An article by its headline.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SuggestedHeadline {
    /// The headline.
    pub text: String,
    /// The article's id.
    pub id: String,
    /// Its file, absolute.
    pub path: String,
    /// Its place in a file of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Dated>,
}

/// Suggestions for what stands in the search box, at most so many of a kind, and [`MOST`].
///
/// # Errors
/// When the index cannot be read.
pub fn suggest(engine: &dyn Engine, typed: &str, most: usize) -> Result<Suggestions, EngineError> {
    let most = most.min(MOST);
    if let Some((field, value)) = typed::field(typed) {
        let names = engine.names(field, &typed::names_of_value(value), most)?;
        let names = names.into_iter().map(|name| {
            let query = typed::with_value(typed, value, &name.0);
            SuggestedName { query, ..named(name) }
        });
        return Ok(Suggestions { names: names.collect(), ..Suggestions::default() });
    }
    let text = typed;
    let Some(typed) = Typed::of(typed).filter(|_| most > 0) else { return Ok(Suggestions::default()) };
    let mut analyzer = engine.analyzer();
    let mut read: Vec<Article> = Vec::new();
    let (mut names, mut headlines) = (Vec::new(), Vec::new());
    if typed.plain {
        let texts = articles_with_names(engine, &typed, &mut analyzer)?;
        names = all_names(engine, &texts, &typed, most)?;
        let wanted = wanted(&typed, &mut analyzer, |word| !is_stop_word(word));
        let headed = engine.search_headlines_or_phrases(Place::Headline, &wanted, FOR_HEADLINES)?;
        headlines = matching_headlines(&headed, &typed, most);
        read.extend(texts);
        read.extend(headed);
    }
    let mut words = words(engine, &typed, &read, &mut analyzer, most)?;
    for word in &mut words {
        word.query = typed::with_word(text, &word.text);
    }
    Ok(Suggestions { words, names, headlines })
}

fn named((text, articles): (String, u64)) -> SuggestedName {
    SuggestedName { query: text.clone(), text, articles }
}

/// The words typed as an article must have them.
fn wanted(typed: &Typed<'_>, analyzer: &mut Analyzer, counts: impl Fn(&str) -> bool) -> Vec<Wanted> {
    let mut stems =
        |word: &str| analyzer.readings(word).iter().flat_map(Terms::stems).map(|stem| stem.clone().into()).collect();
    let whole = typed.complete.iter().zip(&typed.folded).filter(|(_, folded)| counts(folded));
    let mut wanted: Vec<Wanted> =
        whole.map(|(word, _)| Wanted { terms: stems(word), beginnings: Vec::new() }).collect();
    if let Some(last) = typed.last {
        wanted.push(Wanted { terms: stems(last), beginnings: typed.beginnings.clone() });
    }
    wanted
}

/// The articles that have what is typed most often, then those that have all but the last word.
fn articles_with_names(
    engine: &dyn Engine,
    typed: &Typed<'_>,
    analyzer: &mut Analyzer,
) -> Result<Vec<Article>, EngineError> {
    // no name begins with a function word
    if typed.folded.first().is_some_and(|first| is_stop_word(first)) {
        return Ok(Vec::new());
    }
    let mut wanted = wanted(typed, analyzer, |_| true);
    let mut texts = engine.search_headlines_or_phrases(Place::SideBySide, &wanted, FOR_NAMES)?;
    if texts.len() < FOR_NAMES && typed.last.is_some() && wanted.len() > 1 {
        wanted.pop();
        for article in engine.search_headlines_or_phrases(Place::SideBySide, &wanted, FOR_NAMES - texts.len())? {
            if !texts.contains(&article) {
                texts.push(article);
            }
        }
    }
    Ok(texts)
}

/// The names in some texts, and the authors and sources of the archive.
fn all_names(
    engine: &dyn Engine,
    texts: &[Article],
    typed: &Typed<'_>,
    most: usize,
) -> Result<Vec<SuggestedName>, EngineError> {
    let mut found = names::names(texts, typed);
    for field in [FacetField::Author, FacetField::Source] {
        let known = engine.names(field, &typed.name_pattern(), most)?;
        for name in known.into_iter().map(named) {
            match found.iter_mut().find(|other| folded(&other.text) == folded(&name.text)) {
                Some(other) => other.articles = other.articles.max(name.articles),
                None => found.push(name),
            }
        }
    }
    let known: Vec<String> = found.iter().map(|name| folded(&name.text)).collect();
    found.retain(|name| {
        let name = folded(&name.text);
        !known.iter().any(|other| names::is_inflected(&name, other))
    });
    found.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.text.cmp(&b.text)));
    found.truncate(most);
    Ok(found)
}

/// The headlines that have the words typed: first those that begin so, then those that have them side by side.
fn matching_headlines(articles: &[Article], typed: &Typed<'_>, most: usize) -> Vec<SuggestedHeadline> {
    let mut found: Vec<(u8, SuggestedHeadline)> = Vec::new();
    for article in articles {
        let Some(text) = article.first(PartKind::Headline) else { continue };
        let folded = folded(text);
        let Some(how) = typed.how_contained(&folded) else { continue };
        let Article { id, path, record, date, .. } = article.clone();
        found.push((how, SuggestedHeadline { text: text.to_owned(), id, path, record, date }));
    }
    found.sort_by_key(|(how, _)| *how);
    found.into_iter().map(|(_, headline)| headline).take(most).collect()
}

/// The words that the last one typed may become, one form of each.
fn words(
    engine: &dyn Engine,
    typed: &Typed<'_>,
    read: &[Article],
    analyzer: &mut Analyzer,
    most: usize,
) -> Result<Vec<SuggestedWord>, EngineError> {
    let mut forms: Vec<(String, u64)> = Vec::new();
    for beginning in &typed.beginnings {
        forms.extend(engine.terms_with_prefix(beginning, FORMS)?);
    }
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    forms.dedup();
    let mut spellings = Spellings::of(&typed.beginnings, read);
    let mut left = MAX_READ.saturating_sub(read.len());
    let mut stems: HashSet<Box<str>> = HashSet::new();
    let mut words: Vec<SuggestedWord> = Vec::new();
    for (form, articles) in forms {
        if words.len() >= most {
            break;
        }
        let stem = analyzer.readings(&form).into_iter().next().map(|terms| terms.stem);
        if stem.is_some_and(|stem| !stems.insert(stem)) {
            continue;
        }
        if !spellings.is_sure(&form) && left > 0 {
            let wanted = Wanted { terms: vec![form.clone()], beginnings: Vec::new() };
            let examples = engine.search_headlines_or_phrases(Place::Form, &[wanted], 1)?;
            left -= examples.len();
            spellings.read(&examples);
        }
        let text = spellings.of_form(&form).unwrap_or(form);
        words.push(SuggestedWord { text, query: String::new(), articles });
    }
    Ok(words)
}
