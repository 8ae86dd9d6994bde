//! `findbuch evaluate`

use super::output::Output;
use super::{Outcome, clock, losses, related};
use crate::evaluate::{Figures, figures, mean, parse_judgements, parse_slices};
use anyhow::Context;
use findbuch_engine::{Detail, ExpansionOptions, Hits, IndexDir, Ranking, SearchRequest};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use std::fs::read_to_string;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Arguments of `evaluate`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch evaluate --queries queries.tsv --qrels qrels.tsv
  findbuch evaluate --queries queries.tsv --qrels qrels.tsv --slices slices.tsv --run findbuch.run

queries.tsv has `query id ⇥ text` a line, qrels.tsv `query id ⇥ article id ⇥ grade`, 1 or more. Operators in a query hold
where it can be parsed; where it cannot, it is searched as plain words.")]
pub struct Args {
    /// Queries
    #[arg(long, value_name = "TSV")]
    queries: PathBuf,
    /// Relevant articles
    #[arg(long, value_name = "TSV")]
    qrels: PathBuf,
    /// Groups of queries that get figures of their own
    #[arg(long, value_name = "TSV")]
    slices: Option<PathBuf>,
    /// Where to write the hits in TREC's format
    #[arg(long, value_name = "FILE")]
    run: Option<PathBuf>,
    /// Show so many of the queries that went worst: the first hit beside the article that was wanted, with what their scores are
    /// made of
    #[arg(long, value_name = "N")]
    losses: Option<usize>,
    /// Search the forms as typed alone, as `search --exact` does
    #[arg(long)]
    exact: bool,
    /// Search no other spellings and synonyms, as `search --no-variants` does
    #[arg(long)]
    no_variants: bool,
    #[command(flatten)]
    related: related::Args,
    /// Weights of the ranking to try, such as k1=0.9,proximity=0
    #[arg(long, value_name = "NAME=NUMBER,…", value_delimiter = ',')]
    ranking: Vec<String>,
}

/// Hits of each query that count.
const DEPTH: usize = 100;

/// Runs `evaluate`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let read = |path: &Path| read_to_string(path).with_context(|| path.display().to_string());
    let judgements = parse_judgements(&read(&args.qrels)?);
    let ranking = ranking(index.ranking()?, &args.ranking)?;
    let engine = index.open()?;
    let synonyms = if args.exact || args.no_variants { None } else { index.synonyms(&mut engine.analyzer())? };
    let expansion = ExpansionOptions {
        german: !args.exact,
        names: !args.exact && !args.no_variants,
        related: args.related.relatives(),
        ..ExpansionOptions::default()
    };
    let mut run = args.run.as_deref().map(|path| Output::file(path, "--run")).transpose()?;
    let (mut all, mut lost) = (Vec::new(), Vec::new());
    for line in read(&args.queries)?.lines() {
        let Some((id, text)) = line.split_once('\t') else { continue };
        let Some(relevant) = judgements.get(id) else { continue };
        let query = Query::parse(text, clock::today()).unwrap_or_else(|_| Query::from_plain_text(text));
        let expansion = ExpansionOptions { synonyms: synonyms.as_ref(), ..expansion };
        let request =
            SearchRequest { limit: DEPTH, ranking, detail: Detail::Id, expansion, ..SearchRequest::new(&query) };
        let hits = engine.search(&engine.prepare(&request)?)?;
        if let Some(run) = &mut run {
            write_run(run, id, &hits)?;
        }
        let figures = figures(hits.hits.iter().map(|hit| hit.article.id.as_str()), relevant);
        if figures.precision_at_1 == 0.0 && args.losses.is_some() {
            lost.push((figures.ndcg_at_10, id.to_owned(), query, relevant));
        }
        all.push((id.to_owned(), figures));
    }
    anyhow::ensure!(!all.is_empty(), "no query of {} is judged in {}", args.queries.display(), args.qrels.display());
    if let Some(run) = run {
        run.finish()?;
    }
    let mut out = super::terminal::out();
    print(&mut out, "all", &mean(&all.iter().map(|(_, f)| *f).collect::<Vec<_>>()))?;
    if let Some(path) = &args.slices {
        for (name, queries) in parse_slices(&read(path)?, all.iter().map(|(id, _)| id)) {
            let figures: Vec<Figures> = all.iter().filter(|(id, _)| queries.contains(id)).map(|(_, f)| *f).collect();
            print(&mut out, &name, &mean(&figures))?;
        }
    }
    lost.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (_, id, query, relevant) in lost.iter().take(args.losses.unwrap_or(0)) {
        let expansion = ExpansionOptions { synonyms: synonyms.as_ref(), ..expansion };
        let detail = Detail::Article;
        let request =
            SearchRequest { limit: DEPTH, ranking, detail, terms: true, expansion, ..SearchRequest::new(query) };
        let hits = engine.search(&engine.prepare(&request)?)?;
        losses::print(&mut out, id, &query.text, &hits.hits, relevant, lang)?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn print(out: &mut impl Write, name: &str, figures: &Figures) -> std::io::Result<()> {
    writeln!(
        out,
        "{name:<28} P@1 {:.4}  MRR@10 {:.4}  nDCG@10 {:.4}  R@10 {:.4}  R@100 {:.4}  ({} queries)",
        figures.precision_at_1,
        figures.mrr_at_10,
        figures.ndcg_at_10,
        figures.recall_at_10,
        figures.recall_at_100,
        figures.queries
    )
}

/// `query Q0 article rank score findbuch`
fn write_run(run: &mut impl Write, query: &str, hits: &Hits) -> std::io::Result<()> {
    for hit in &hits.hits {
        let id: String = hit.article.id.split_whitespace().collect::<Vec<_>>().join("_");
        writeln!(run, "{query} Q0 {id} {} {} findbuch", hit.rank, hit.score)?;
    }
    Ok(())
}

/// The weights of the index with those given.
fn ranking(mut ranking: Ranking, given: &[String]) -> anyhow::Result<Ranking> {
    for assignment in given {
        let (name, value) = assignment.split_once('=').with_context(|| format!("{assignment}: write NAME=NUMBER"))?;
        let number: f32 = value.parse().with_context(|| format!("{assignment}: {value} is not a number"))?;
        ranking.set(name, number, false)?;
    }
    Ok(ranking)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_set_by_name() {
        let given = ["k1=0.5".to_owned(), "window=7".to_owned()];
        let set = ranking(Ranking::default(), &given).expect("weights");
        assert!((set.k1 - 0.5).abs() < f32::EPSILON && set.window == 7);
        for (wrong, message) in [
            ("k1", "write NAME=NUMBER"),
            ("k1=x", "x is not a number"),
            ("k2=1", "k2 is no weight"),
            ("b=-1", "b = -1: a weight is a number from 0 to 1000"),
        ] {
            let error = format!("{:#}", ranking(Ranking::default(), &[wrong.to_owned()]).expect_err(wrong));
            assert!(error.contains(message), "{error}");
        }
    }
}
