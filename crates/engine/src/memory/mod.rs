//! An engine that holds its articles in memory and tries all of them: for tests alone, as the plainest definition of what an
//! engine does.

mod dictionary;
mod matches;

use crate::Record;
use crate::analyzers::AnalyzerPool;
use crate::plan::prepared::{Prepared, prepare};
use crate::plan::request::SearchRequest;
use crate::plan::resolve::ExclusionCache;
use crate::store::FileState;
use crate::text::highlight::Highlighter;
use crate::text::proximity_matches::{Text, texts};
use crate::text::segments::Segments;
use findbuch_article::Article;
use findbuch_german::{Token, words};
use findbuch_query::{Field, Query};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The articles, and what is kept between requests.
#[derive(Default)]
pub struct MemoryEngine {
    articles: Vec<Kept>,
    analyzers: Arc<AnalyzerPool>,
    exclusions: ExclusionCache,
}

/// An article and its analysis.
struct Kept {
    article: Article,
    file: FileState,
    folders: Vec<String>,
    content: u64,
    texts: Vec<Text>,
    segments: Segments,
    /// The forms of its texts.
    forms: BTreeSet<Box<str>>,
}

impl MemoryEngine {
    /// Articles that are of no file.
    pub fn of(articles: impl IntoIterator<Item = Article>) -> MemoryEngine {
        let mut engine = MemoryEngine::default();
        for article in articles {
            engine.add(&Record { file: &FileState::default(), folders: &[], article: &article, content: 0 });
        }
        engine
    }

    /// Adds an article.
    pub fn add(&mut self, record: &Record<'_>) {
        let mut analyzer = self.analyzers.take();
        let (texts, segments) = texts(record.article, |text| analyzer.get().tokens(text));
        let terms = texts.iter().flat_map(|text| text.tokens.iter().flat_map(Token::all_terms));
        self.articles.push(Kept {
            article: record.article.clone(),
            file: record.file.clone(),
            folders: record.folders.to_vec(),
            content: record.content,
            forms: terms.map(|terms| terms.exact.clone()).collect(),
            segments,
            texts,
        });
    }

    /// Settles what a request is searched as.
    pub fn prepared<'a>(&self, request: &SearchRequest<'a>) -> Result<Prepared<'a>, crate::EngineError> {
        prepare(request, self, &self.exclusions, &self.analyzers)
    }

    /// The forms of a name, in order.
    fn name_forms(&self, name: &str) -> Vec<Box<str>> {
        let mut analyzer = self.analyzers.take();
        words(name).map(|span| analyzer.get().entry(&name[span]).exact.into()).collect()
    }
}

/// The names of an article in a field.
fn names(article: &Article, field: Field) -> Vec<&str> {
    match field {
        Field::Author => article.authors.iter().chain(&article.agency).map(String::as_str).collect(),
        Field::Section => article.section.as_deref().into_iter().collect(),
        Field::Source => article.source.as_deref().into_iter().collect(),
        Field::Agency => article.agency.as_deref().into_iter().collect(),
        Field::Tag => article.tags.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What marks a query's words in an article that is alone in its archive.
pub fn highlighter(query: &str, article: &Article) -> Highlighter {
    let query = Query::parse(query, jiff::civil::date(2026, 1, 1)).expect("query");
    let engine = MemoryEngine::of([article.clone()]);
    Highlighter::new(engine.prepared(&SearchRequest::new(&query)).expect("a plan").plan())
}
