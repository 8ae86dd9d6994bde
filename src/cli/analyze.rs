//! `findbuch analyze`

use super::Outcome;
use clap::ValueEnum;
use findbuch_engine::IndexDir;
use findbuch_german::{Analyzer, fold, is_stop_word, names, normalize};
use serde::Serialize;
use std::io::Write;

/// Arguments of `analyze`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch analyze Putins Artilleriemunition
  findbuch analyze 'Müller, Mueller und MÜLLER'
  findbuch analyze 'Waffen- und Munitionslieferungen' Selenskyj

`or` stands before the stems of other words that a form can belong to, `=` before the parts of a compound, `also` before
what a word stands for by the hyphens round it or by a verb's particle, `names` before other spellings.

Two words match when their stems are the same; a word in the form typed ranks above its inflections.")]
pub struct Args {
    /// Words or sentences
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A table
    Text,
    /// A word a line
    Jsonl,
}

#[derive(Serialize)]
struct Step<'a> {
    word: &'a str,
    form: &'a str,
    stem: &'a str,
    /// Stems of the other words that the form can belong to.
    others: Vec<&'a str>,
    parts: Vec<&'a str>,
    /// Words that it stands for besides, by the hyphens round it.
    also: Vec<&'a str>,
    /// Other spellings of the name.
    names: Vec<&'static str>,
    function_word: bool,
}

/// Runs `analyze`.
pub fn run(args: &Args, index: &IndexDir) -> anyhow::Result<Outcome> {
    let text = args.text.join(" ");
    let text = normalize(&text);
    let mut analyzer = index.open().map_or_else(|_| Analyzer::default(), |engine| engine.analyzer());
    let tokens = analyzer.tokens(&text);
    let steps: Vec<Step<'_>> = tokens
        .iter()
        .map(|token| Step {
            word: &text[token.span.clone()],
            form: &token.terms.exact,
            stem: &token.terms.stem,
            others: token.terms.others.iter().map(|stem| &**stem).collect(),
            parts: token.terms.parts.iter().map(|part| &*part.stem).collect(),
            also: token.also.iter().map(|(terms, _)| &*terms.exact).collect(),
            names: names::spellings(&token.terms.exact)
                .unwrap_or_default()
                .iter()
                .copied()
                .filter(|name| fold(name) != *token.terms.exact)
                .collect(),
            function_word: is_stop_word(&token.terms.exact),
        })
        .collect();
    let mut out = super::terminal::out();
    match args.format {
        Format::Jsonl => {
            for step in &steps {
                serde_json::to_writer(&mut out, step)?;
                writeln!(out)?;
            }
        }
        Format::Text => {
            let longest = |words: Vec<&str>| words.iter().map(|word| word.chars().count()).max().unwrap_or(0).max(4);
            let word = longest(steps.iter().map(|step| step.word).collect());
            let form = longest(steps.iter().map(|step| step.form).collect());
            writeln!(out, "{:<word$}  {:<form$}  stem", "word", "form")?;
            for step in &steps {
                let remark = if step.function_word { "  (function word: not demanded)" } else { "" };
                let parts =
                    if step.parts.is_empty() { String::new() } else { format!(" = {}", step.parts.join(" + ")) };
                let list = |sign: &str, words: &[&str]| {
                    if words.is_empty() { String::new() } else { format!("  {sign} {}", words.join(", ")) }
                };
                let (others, also) = (list("or", &step.others), list("also", &step.also));
                let names = list("names", &step.names);
                writeln!(
                    out,
                    "{:<word$}  {:<form$}  {}{others}{parts}{also}{names}{remark}",
                    step.word, step.form, step.stem
                )?;
            }
        }
    }
    out.flush()?;
    Ok(if steps.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}
