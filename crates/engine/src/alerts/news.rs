//! What is new in the result of a saved search. An article is new once: it is recognised by its name and by its text, neither of
//! which an index made anew changes. An article that has been seen and whose text has changed waits until changed ones are asked
//! for.

use crate::alerts::saved::{Own, Saved};
use crate::alerts::seen::{Novelty, Seen};
use crate::plan::prepared::Plan;
use crate::text::highlight::Highlighter;
use crate::text::shown::{Shown, shown};
use crate::{Detail, Engine, EngineError, Hit, SearchRequest, Sort};
use findbuch_article::Article;
use findbuch_query::Query;
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3;

/// The hits of a saved search that have not been seen, the latest first. What it yields counts as seen.
pub struct News<'a> {
    plan: Arc<Plan>,
    hits: Box<dyn Iterator<Item = Result<Hit, EngineError>> + 'a>,
    highlighter: Highlighter,
    seen: Seen,
    changed: bool,
    count: usize,
    waiting: usize,
}

impl<'a> News<'a> {
    /// Searches for `saved`, whose query is parsed in `query`; with `changed`, articles whose text has changed are new too.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(
        engine: &'a dyn Engine,
        saved: &Saved,
        query: &Query,
        own: Own<'_>,
        changed: bool,
    ) -> Result<News<'a>, EngineError> {
        let request = SearchRequest {
            within: saved.within.as_deref(),
            sort: Sort::Newest,
            detail: Detail::Article,
            // whoever watches for a phrase waits for the article that has it
            loose_phrases: false,
            expansion: saved.expansion(own),
            // a teaser of the same page on every article is no news
            furniture: false,
            ..SearchRequest::new(query)
        };
        let prepared = engine.prepare(&request)?;
        let hits = engine.stream(&prepared)?.hits;
        let highlighter = Highlighter::new(prepared.plan());
        let plan = Arc::clone(prepared.plan());
        Ok(News { plan, hits, highlighter, seen: saved.seen.clone(), changed, count: 0, waiting: 0 })
    }

    /// What the saved query is searched as.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// Hits yielded so far.
    #[must_use]
    pub fn yielded(&self) -> usize {
        self.count
    }

    /// Articles so far that have been seen and whose changed text waits.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// What has been seen when all hits have been taken.
    #[must_use]
    pub fn into_seen(self) -> Seen {
        self.seen
    }
}

impl Iterator for News<'_> {
    type Item = Result<Hit, EngineError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut hit = match self.hits.next()? {
                Ok(hit) => hit,
                Err(error) => return Some(Err(error)),
            };
            let novelty = self.seen.add(name_hash(&hit.article), text_hash(&hit.article), self.changed);
            self.waiting += usize::from(novelty == Novelty::Waiting);
            if novelty == Novelty::New {
                self.count += 1;
                hit.rank = self.count;
                let Shown { title, snippets } = shown(&hit.article, Detail::Snippets, None, &mut self.highlighter);
                return Some(Ok(Hit { title, snippets, ..hit }));
            }
        }
    }
}

/// Hash of what names an article: an address, wherever the article is, or an id of its own, within its file. Where only the file
/// names it, headline and day belong to the name, since records move within a file and a file may have another article tomorrow.
fn name_hash(article: &Article) -> u64 {
    let id = article.id.as_str();
    let of_path = match article.record {
        Some(record) => id.strip_suffix(&record.to_string()).and_then(|id| id.strip_suffix(':')).unwrap_or(id),
        None => id,
    };
    if article.path.strip_suffix(of_path).is_some_and(|folder| folder.is_empty() || folder.ends_with('/')) {
        let day = article.date.as_ref().map(|date| date.value.day.to_string());
        // undated articles of one headline in one file differ in their text alone
        let text = (day.is_none() && article.record.is_some()).then(|| text_hash(article).to_string());
        return hash("place", [&article.path, &article.title(), &day.unwrap_or_default(), &text.unwrap_or_default()]);
    }
    if id.contains("://") { hash("address", [id]) } else { hash("id", [&article.path, id]) }
}

/// Hash of an article's texts, independent of the kinds of their parts, and of where and when it was published.
fn text_hash(article: &Article) -> u64 {
    let source = article.source.as_deref().unwrap_or_default();
    let date = article.date.as_ref().map(|date| date.value.day.to_string()).unwrap_or_default();
    let texts = article.parts.iter().map(|part| part.text.as_str());
    hash("text", [source, &date].into_iter().chain(texts))
}

fn hash<'a>(kind: &'a str, texts: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) -> u64 {
    let mut hash = Xxh3::new();
    hash.update(kind.as_bytes());
    for text in texts {
        // a byte that no text has separates them
        hash.update(&[0xff]);
        hash.update(text.as_ref().as_bytes());
    }
    hash.digest()
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::{Part, PartKind};

    fn article(id: &str, path: &str, record: Option<u64>, headline: &str, text: &str) -> Article {
        let parts = vec![Part::new(PartKind::Headline, headline), Part::new(PartKind::Paragraph, text)];
        Article { id: id.into(), path: path.into(), record, parts, ..Article::default() }
    }

    /// Whether the second article is known when the first has been seen.
    #[track_caller]
    fn check(first: &Article, second: &Article, known: bool) {
        let same = name_hash(first) == name_hash(second) || text_hash(first) == text_hash(second);
        assert_eq!(same, known, "{first:?}\n{second:?}");
    }

    #[test]
    fn articles_are_recognised() {
        let file = |path: &str, headline: &str, text: &str| article(&path[3..], path, None, headline, text);
        check(&file("/a/b/x.txt", "Orgel", "eins"), &file("/a/b/x.txt", "Orgel", "zwei"), true);
        check(&file("/a/b/x.txt", "Orgel", "eins"), &file("/a/b/y.txt", "Orgel", "eins"), true);
        check(&file("/a/b/x.txt", "Orgel", "eins"), &file("/a/b/x.txt", "Markt", "zwei"), false);
        check(&file("/a/b/x.txt", "Orgel", "eins"), &file("/a/b/y.txt", "Orgel", "zwei"), false);
    }

    #[test]
    fn records_may_move_within_a_file() {
        let record = |number: u64, headline: &str, text: &str| {
            article(&format!("b/x.jsonl:{number}"), "/a/b/x.jsonl", Some(number), headline, text)
        };
        check(&record(1, "Orgel", "eins"), &record(2, "Orgel", "eins"), true);
        check(&record(1, "Orgel", "eins"), &record(1, "Markt", "zwei"), false);
        check(&record(1, "Kurz gemeldet", "eins"), &record(2, "Kurz gemeldet", "zwei"), false);
    }

    #[test]
    fn ids_of_their_own_name_articles() {
        let own = |id: &str, path: &str, text: &str| article(id, path, Some(1), "Orgel", text);
        let url = "https://warte.example/orgel";
        check(&own(url, "/a/x.html", "eins"), &own(url, "/b/y.html", "zwei"), true);
        check(&own("17", "/a/x.csv", "eins"), &own("17", "/a/x.csv", "zwei"), true);
        check(&own("17", "/a/x.csv", "eins"), &own("17", "/a/y.csv", "zwei"), false);
    }
}
