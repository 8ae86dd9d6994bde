//! The floor: a bare tantivy program that stores title and text of each article (zstd level 3) and indexes them in one stemmed
//! field with positions, without any table of analysed words.
//!
//! ```text
//! floor index ARTICLES.jsonl INDEX THREADS
//! floor queries INDEX QUERIES.jsonl
//! floor once INDEX WORD
//! ```

use findbuch_peers::{Kind, Query, Result, measure};
use rust_stemmers::{Algorithm, Stemmer};
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, PhrasePrefixQuery, PhraseQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::snippet::SnippetGenerator;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, IndexSettings, IndexWriter, Searcher, TantivyDocument, Term};

/// Memory of all threads before they write a segment.
const MEMORY: usize = 200 << 20;
/// Words between two that are near, and forms that a prefix may have: all.
const DISTANCE: u32 = 5;
const MOST_FORMS: u32 = u32::MAX;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["index", articles, folder, threads] => index(Path::new(articles), Path::new(folder), threads.parse()?),
        ["queries", folder, queries] => {
            let floor = Floor::open(Path::new(folder))?;
            measure(Path::new(queries), |query, snippets| Ok(floor.search(query, snippets)?.len()))
        }
        ["once", folder, word] => {
            let query = Query { kind: Kind::Word, words: vec![(*word).to_owned()] };
            for hit in Floor::open(Path::new(folder))?.search(&query, true)? {
                println!("{hit}");
            }
            Ok(())
        }
        _ => Err("usage: floor index|queries|once …".into()),
    }
}

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(Snowball).build()
}

fn index(articles: &Path, folder: &Path, threads: usize) -> Result<()> {
    let indexing =
        TextFieldIndexing::default().set_tokenizer("stems").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing) | STORED);
    fs::create_dir_all(folder)?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let index = Index::builder().schema(schema.build()).settings(settings).create_in_dir(folder)?;
    index.tokenizers().register("stems", analyzer());
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, MEMORY)?;
    for line in BufReader::new(File::open(articles)?).lines() {
        let article: Value = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::default();
        for key in ["title", "body"] {
            document.add_text(text, article[key].as_str().unwrap_or_default());
        }
        writer.add_document(document)?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// An open index.
struct Floor {
    searcher: Searcher,
    text: Field,
}

impl Floor {
    fn open(folder: &Path) -> Result<Floor> {
        let index = Index::open_in_dir(folder)?;
        index.tokenizers().register("stems", analyzer());
        Ok(Floor { searcher: index.reader()?.searcher(), text: index.schema().get_field("text")? })
    }

    /// The ten best articles: of each its number, or its title and a snippet.
    fn search(&self, query: &Query, snippets: bool) -> Result<Vec<String>> {
        let query = self.lower(query);
        let best = self.searcher.search(&*query, &TopDocs::with_limit(10).order_by_score())?;
        if !snippets {
            return Ok(best.into_iter().map(|(_, address)| address.doc_id.to_string()).collect());
        }
        let generator = SnippetGenerator::create(&self.searcher, &*query, self.text)?;
        let mut shown = Vec::new();
        for (_, address) in best {
            let document: TantivyDocument = self.searcher.doc(address)?;
            shown.push(generator.snippet_from_doc(&document).to_html());
        }
        Ok(shown)
    }

    fn lower(&self, query: &Query) -> Box<dyn tantivy::query::Query> {
        let mut terms: Vec<Term> = query.words.iter().flat_map(|word| self.terms(word)).collect();
        let all = |occur, terms: Vec<Term>| -> Box<dyn tantivy::query::Query> {
            let term =
                |term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn tantivy::query::Query>;
            Box::new(BooleanQuery::new(terms.into_iter().map(|of| (occur, term(of))).collect()))
        };
        match query.kind {
            Kind::Prefix => {
                let prefix = query.words.concat().to_lowercase();
                let mut query = PhrasePrefixQuery::new(vec![Term::from_field_text(self.text, &prefix)]);
                query.set_max_expansions(MOST_FORMS);
                Box::new(query)
            }
            Kind::Phrase if terms.len() > 1 => Box::new(PhraseQuery::new(terms)),
            Kind::Near if terms.len() > 1 => {
                let mut query = PhraseQuery::new(terms);
                query.set_slop(DISTANCE);
                Box::new(query)
            }
            Kind::Word if terms.len() == 1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            Kind::Or => all(Occur::Should, terms),
            _ => all(Occur::Must, terms),
        }
    }

    fn terms(&self, word: &str) -> Vec<Term> {
        let (mut terms, mut analyzer) = (Vec::new(), analyzer());
        analyzer.token_stream(word).process(&mut |token| terms.push(Term::from_field_text(self.text, &token.text)));
        terms
    }
}

#[derive(Clone)]
struct Snowball;

impl TokenFilter for Snowball {
    type Tokenizer<T: Tokenizer> = SnowballTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> SnowballTokenizer<T> {
        SnowballTokenizer { inner }
    }
}

#[derive(Clone)]
struct SnowballTokenizer<T> {
    inner: T,
}

impl<T: Tokenizer> Tokenizer for SnowballTokenizer<T> {
    type TokenStream<'a> = SnowballStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        SnowballStream { tail: self.inner.token_stream(text), stemmer: Stemmer::create(Algorithm::German) }
    }
}

struct SnowballStream<T> {
    tail: T,
    stemmer: Stemmer,
}

impl<T: TokenStream> TokenStream for SnowballStream<T> {
    fn advance(&mut self) -> bool {
        if !self.tail.advance() {
            return false;
        }
        let stem = self.stemmer.stem(&self.tail.token().text).into_owned();
        self.tail.token_mut().text = stem;
        true
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}
