//! Indexing against its floor: a bare tantivy program that stores the same text and indexes it in one stemmed field with
//! positions, without any table of analysed words.
//!
//! `cargo bench --bench indexing -- articles.jsonl` (one JSON object a line with `title` and `body`) runs the bare program
//! and `findbuch index` in turn and prints the CPU seconds of each, their ratio, and the size of both indexes.

use rust_stemmers::{Algorithm, Stemmer};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use tantivy::schema::{IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const ROUNDS: usize = 5;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [mode, articles, folder] if mode == "floor" => floor(Path::new(articles), Path::new(folder)),
        [articles] => compare(Path::new(articles)),
        _ => {
            println!("skipped: name a JSONL file of articles with the keys title and body");
            Ok(())
        }
    }
}

/// Runs both in turn and prints CPU seconds and bytes.
fn compare(articles: &Path) -> Result<()> {
    let text = text_bytes(articles)?;
    let scratch = tempfile::tempdir()?;
    let input = scratch.path().join("articles");
    fs::create_dir(&input)?;
    fs::hard_link(articles, input.join("articles.jsonl"))
        .or_else(|_| fs::copy(articles, input.join("articles.jsonl")).map(drop))?;
    println!("{text} bytes of text; CPU seconds of floor and findbuch, their ratio");
    let mut ratios = Vec::new();
    let (bare, ours) = (scratch.path().join("bare"), scratch.path().join("index"));
    for _ in 0..ROUNDS {
        for folder in [&bare, &ours] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        let floor = cpu_of(Command::new(std::env::current_exe()?).arg("floor").arg(articles).arg(&bare))?;
        let findbuch =
            cpu_of(Command::new(env!("CARGO_BIN_EXE_findbuch")).arg("--index").arg(&ours).arg("index").arg(&input))?;
        println!("{floor:6.2} {findbuch:6.2} {:5.2}", findbuch / floor);
        ratios.push(findbuch / floor);
    }
    ratios.sort_by(f64::total_cmp);
    println!("median ratio {:.2} ({:.2} to {:.2})", ratios[ROUNDS / 2], ratios[0], ratios[ROUNDS - 1]);
    let share = |folder: &Path| Ok::<f64, std::io::Error>(size(folder)? as f64 / text as f64);
    println!("index ÷ text: floor {:.3}, findbuch {:.3}", share(&bare)?, share(&ours)?);
    Ok(())
}

/// User and system seconds of a child, from what the system has counted for all children before and after.
fn cpu_of(command: &mut Command) -> Result<f64> {
    let children = || -> Result<f64> {
        let stat = fs::read_to_string("/proc/self/stat")?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
        let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
        Ok((ticks(13) + ticks(14)) / 100.0)
    };
    let before = children()?;
    let status = command.stdout(Stdio::null()).status()?;
    if !status.success() {
        return Err(format!("{command:?}: {status}").into());
    }
    Ok(children()? - before)
}

fn size(folder: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)?.flatten() {
        bytes += if entry.path().is_dir() { size(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(bytes)
}

fn text_bytes(articles: &Path) -> Result<usize> {
    let mut bytes = 0;
    for line in BufReader::new(File::open(articles)?).lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
        bytes += ["title", "body"].iter().map(|key| article[key].as_str().unwrap_or_default().len()).sum::<usize>();
    }
    Ok(bytes)
}

/// The bare program, with one indexing thread.
fn floor(articles: &Path, folder: &Path) -> Result<()> {
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
    for line in BufReader::new(File::open(articles)?).lines() {
        let article: serde_json::Value = serde_json::from_str(&line?)?;
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
