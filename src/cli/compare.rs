//! `findbuch compare`

use super::narrowing::Narrowing;
use super::terminal::{self, Color};
use super::timeline::UnitArg;
use super::{Outcome, clock, narrowing, time_limit, words};
use clap::ValueEnum;
use findbuch_engine::compare::{Asked, Failed, both, compare};
use findbuch_engine::{IndexDir, SearchRequest};
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::compare as rendered;
use findbuch_render::errors;
use std::io::Write;

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch compare Wärmepumpe Fernwärme                       two searches
  findbuch compare sammlung:hafen sammlung:werft              two collections
  findbuch compare 'Kim quelle:Warte' 'Kim quelle:Bote' --from 2020 --format json

Side by side stand how many articles each finds and both do, when they were published, their sources, who and what is named (of an
index with --names), and the words by which they differ: log-likelihood keyness, counted in the best articles of each.")]
pub struct Args {
    /// The first search
    #[arg(value_name = "A")]
    first: String,
    /// The second search
    #[arg(value_name = "B")]
    second: String,
    /// Best articles of each whose words are counted
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    sample: u32,
    /// By day, month or year (tag, monat, jahr), instead of what suits the time
    #[arg(long, value_enum, value_name = "UNIT")]
    by: Option<UnitArg>,
    /// Form of the output; docs/JSON.md describes json
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    words: words::Args,
    #[command(flatten)]
    narrowing: narrowing::Args,
    #[command(flatten)]
    time: time_limit::Args,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object
    Json,
}

/// Values of a facet in JSON.
const VALUES: usize = 100;

/// Runs `compare`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let read =
        |text: &str| Query::parse(text, clock::today()).map_err(|error| anyhow::anyhow!("{}", error.message(lang)));
    let (first, second) = (read(&args.first)?, read(&args.second)?);
    let view = terminal::view(args.color, lang)?;
    terminal::hint(&view, &first);
    terminal::hint(&view, &second);
    let Narrowing { only, not, published } = args.narrowing.resolve(lang)?;
    let engine = index.open()?;
    let own = args.words.own(index, &*engine, lang)?;
    let ranking = index.ranking()?;
    let request = |query| SearchRequest {
        only: &only,
        not: &not,
        published,
        ranking,
        expansion: args.words.expansion(&own),
        deadline: args.time.deadline(),
        ..SearchRequest::new(query)
    };
    let together = both(&first, &second);
    let asked = Asked {
        requests: [request(&first), request(&second)],
        both: together.as_ref().map(request),
        sample: args.sample as usize,
        by: args.by.map(Into::into),
    };
    let compared = match compare(&*engine, &asked) {
        Ok(compared) => compared,
        Err(Failed { set, error }) => {
            let query = if set == 0 { &first } else { &second };
            let fault = errors::of_word(&error, query).map(|fault| fault.message(lang));
            return Err(fault.map_or_else(|| error.into(), anyhow::Error::msg));
        }
    };
    let mut out = terminal::out();
    match args.format {
        Format::Text => rendered::write(&mut out, &compared, &view)?,
        Format::Json => rendered::write_json(&mut out, &compared, VALUES)?,
    }
    out.flush()?;
    let any = compared.sides.iter().any(|side| side.total > 0);
    Ok(if any { Outcome::Done } else { Outcome::NothingFound })
}
