//! Chooses the weights of the ranking on several sets of judged queries, so that they hold on sets that it has not seen.
//!
//! ```text
//! cargo run --release --example tune_ranking -- SET… [--start NAME=NUMBER,…] [--every N] [--rounds N] [--svg FILE]
//! ```
//!
//! A set is a folder with `docs.jsonl` (or `docs.jsonl.zst`), `queries.tsv` and `qrels.tsv` as `findbuch evaluate` takes them; its index
//! is made beside them once. The figure is the mean of the sets' nDCG@10, each set counting the same however many queries it has.
//!
//! 1. From the point at hand each weight is tried at several multiples of its value, all others left as they are. It moves to the
//!    middle of the stretch in which the figure stays within [`FLAT`] of its best, not to the best: what is best by less than
//!    that is chance. This is repeated for so many rounds.
//! 2. The same is done without each of the sets in turn, and the point found is measured on the set left out.
//! 3. Sets are split by the year and by the source of the relevant article, and the final point is compared with the start on each
//!    part, with 95 % intervals by paired bootstrap over the queries.
//! 4. The figure along each weight is printed, and drawn as SVG.

mod ascent;
mod intervals;
mod plot;
mod sets;

use ascent::Ascent;
use findbuch_engine::{Ranking, Weight};
use intervals::{Interval, interval};
use sets::Set;
use std::path::PathBuf;

/// How far below the best of a stretch the figure may stay for the stretch to count as flat.
pub const FLAT: f64 = 0.0007;

/// What is asked for.
struct Args {
    sets: Vec<PathBuf>,
    start: Ranking,
    every: usize,
    rounds: usize,
    svg: Option<PathBuf>,
}

fn args() -> Result<Args, Box<dyn std::error::Error>> {
    let mut args = Args { sets: Vec::new(), start: Ranking::default(), every: 1, rounds: 1, svg: None };
    let mut given = std::env::args().skip(1);
    while let Some(arg) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--start" => {
                for pair in value()?.split(',') {
                    let (name, number) = pair.split_once('=').ok_or_else(|| format!("{pair}: write NAME=NUMBER"))?;
                    args.start.set(name, number.parse()?, false)?;
                }
            }
            "--every" => args.every = value()?.parse::<usize>()?.max(1),
            "--rounds" => args.rounds = value()?.parse()?,
            "--svg" => args.svg = Some(value()?.into()),
            _ => args.sets.push(arg.into()),
        }
    }
    Ok(args)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Args { sets, start, every, rounds, svg } = args()?;
    if sets.is_empty() {
        println!("skipped: name folders with docs.jsonl, queries.tsv and qrels.tsv");
        return Ok(());
    }
    let sets: Vec<Set> = sets.iter().map(|folder| Set::open(folder, every)).collect::<Result<_, _>>()?;
    let engines = sets.iter().map(Set::engine).collect::<Result<Vec<_>, _>>()?;
    let mut ascent = Ascent::new(&sets, &engines)?;
    let all: Vec<usize> = (0..sets.len()).collect();

    let mut point = start;
    for round in 1..=rounds {
        point = ascent.round(point, &all)?;
        println!("round {round}: mean {:.4}  {}", ascent.mean(&point, &all)?, written(&point));
    }
    println!("\nleft out, tuned on the others: before, after, and where all sets were tuned on");
    for (out, set) in sets.iter().enumerate().filter(|_| rounds > 0 && sets.len() > 1) {
        let others: Vec<usize> = all.iter().copied().filter(|at| *at != out).collect();
        let mut without = start;
        for _ in 0..rounds {
            without = ascent.round(without, &others)?;
        }
        let at = |ascent: &mut Ascent<'_>, point: &Ranking| ascent.mean(point, &[out]);
        let (before, after, tuned) = (at(&mut ascent, &start)?, at(&mut ascent, &without)?, at(&mut ascent, &point)?);
        println!("{:<18} {before:.4} {after:.4} {tuned:.4}  {}", set.name, written(&without));
    }
    println!("\npart of a set: queries, before, after, difference with its 95 % interval");
    for (at, set) in sets.iter().enumerate() {
        let (before, after) = (ascent.figures(&start, at)?, ascent.figures(&point, at)?);
        for (name, queries) in set.parts(&*engines[at])? {
            let pairs: Vec<(f64, f64)> = queries.iter().map(|query| (before[*query], after[*query])).collect();
            let Interval { from, until, means: (before, after) } = interval(&pairs);
            let sign = if from > 0.0 || until < 0.0 { " *" } else { "" };
            let difference = after - before;
            println!(
                "{name:<34} {:>5} {before:.4} {after:.4} {difference:+.4} [{from:+.4}, {until:+.4}]{sign}",
                pairs.len()
            );
        }
    }
    println!("\nmean difference along each weight, all others as they are");
    let mut curves = Vec::new();
    for weight in ascent::tuned() {
        let curve = ascent.curve(&point, weight, &all)?;
        let best = curve.iter().map(|(_, figure)| *figure).fold(f64::MIN, f64::max);
        let flat: Vec<f32> =
            curve.iter().filter(|(_, figure)| *figure >= best - 0.002).map(|(value, _)| *value).collect();
        let range = flat.first().zip(flat.last()).map(|(from, until)| format!("{from:.2} to {until:.2}"));
        let shown: Vec<String> = curve.iter().map(|(value, figure)| format!("{value:.2}: {figure:.4}")).collect();
        println!(
            "{:<16} {:.3}  within .002: {}  {}",
            weight.name,
            weight.of(&point),
            range.unwrap_or_default(),
            shown.join("  ")
        );
        curves.push((weight, curve));
    }
    if let Some(path) = svg {
        std::fs::write(&path, plot::svg(&curves, &point))?;
    }
    Ok(())
}

/// The weights that are tuned, as `evaluate --ranking` takes them.
fn written(point: &Ranking) -> String {
    let all = ascent::tuned().into_iter();
    all.map(|weight: Weight| format!("{}={:.3}", weight.name, weight.of(point))).collect::<Vec<_>>().join(",")
}
