//! The floor that indexing is measured against: a bare tantivy program that stores the same text and indexes it in one
//! stemmed field with positions, without any table of analysed words.
//!
//! `cargo bench --bench floor -- articles.jsonl INDEX` reads one JSON object a line with `title` and `body`, writes an
//! index to the new folder INDEX with one thread, and prints articles, bytes of text and bytes of the index. The other
//! side of the comparison is `findbuch index`; docs/BENCHMARKS.md tells how the two are run.

use rust_stemmers::{Algorithm, Stemmer};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [articles, folder] = arguments.as_slice() else {
        println!("skipped: name a JSONL file of articles and a folder for the index");
        return Ok(());
    };
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
    let analyzer = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).filter(Snowball).build();
    index.tokenizers().register("stems", analyzer);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 200 << 20)?;
    let (mut count, mut bytes) = (0, 0);
    for line in BufReader::new(File::open(articles)?).lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        let mut document = TantivyDocument::default();
        for key in ["title", "body"] {
            let part = article[key].as_str().unwrap_or_default();
            bytes += part.len();
            document.add_text(text, part);
        }
        writer.add_document(document)?;
        count += 1;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let size: u64 = fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len())).sum();
    println!("{count} articles, {bytes} bytes of text, {size} bytes of index");
    Ok(())
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
