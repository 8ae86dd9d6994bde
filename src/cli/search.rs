//! `findbuch search`

use super::asked::{Asked, CitationPlace};
use super::form::{Format, kwic_format, tsv_alone, whole_format};
use super::index::Bar;
use super::narrowing::Narrowing;
use super::output::Output;
use super::paths::canonical;
use super::terminal::{self, Color, note};
use super::{Outcome, clock, kwic, messages, narrowing, overview, time_limit, whole, words, worker};
use crate::update::{PART_BYTES, UpdateRequest, update};
use clap::ValueEnum;
use findbuch_engine::answer::{answer, to_the_letter};
use findbuch_engine::{Detail, EngineError, Hits, IndexDir, Prepared, SearchRequest, Sort, State};
use findbuch_query::lang::Lang;
use findbuch_query::{Field, Query};
use findbuch_render::records::write_records;
use findbuch_render::{View, errors, explain, json, notices, plural, text};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// That people, organisations and places cannot be searched.
const NO_NAMES_DE: &str =
    "Der Index kennt keine Namen. So bauen Sie ihn mit ihnen neu auf: findbuch index --rebuild --names";
const NO_NAMES_EN: &str = "The index has no names. Make it anew with them: findbuch index --rebuild --names";

/// Arguments of `search`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch search Kim Jong Un Munition                    all words
  findbuch search '\"Kim Jong Un\" Munition -Handball'      a phrase, a word excluded
  findbuch search 'Munition ODER Granaten' --in articles  bring the folder up to date, search it alone
  findbuch search 'titel:Fähre datum:2012-06..2012-12'    by field and date
  findbuch search Hochwasser --sort newest --format json  for other programs
  findbuch search 'Glocke* NAH/5 Turm datum:letztes-jahr' wildcards, words close together, days from today

  findbuch search =Waffe                                  this form alone
  findbuch search Munition --facets=quelle,jahr           how many hits each source and year has
  findbuch search Munition --timeline month               bars by month; --per-thousand, --svg FILE
  findbuch search Selenskyj --explain                     what is searched, and what each way brings

docs/QUERY.md describes the language of queries, docs/GERMAN.md what is found as the same word. Articles
that lack some of the words come after those that have all, with a notice.")]
pub struct Args {
    /// Words, phrases in quotation marks, -exclusions, AND/UND, OR/ODER, NOT/NICHT, field:word, wildcards * and ?,
    /// NEAR/5 or NAH/5, SENTENCE or SATZ
    #[arg(value_name = "QUERY", required = true)]
    query: Vec<String>,
    /// Search only this folder or file, after bringing the index up to date with it
    #[arg(long = "in", value_name = "PATH")]
    within: Option<PathBuf>,
    /// With --in: search the index as it is
    #[arg(long, requires = "within")]
    no_update: bool,
    /// Hits on a page
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Which page, from 1
    #[arg(long, value_name = "P", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    page: u32,
    /// Hits to skip, in place of a page
    #[arg(long, value_name = "N", conflicts_with = "page", value_parser = clap::value_parser!(u32).range(..=1_000_000_000))]
    offset: Option<u32>,
    /// Order of the hits
    #[arg(long, value_enum, default_value_t = SortArg::Relevance)]
    sort: SortArg,
    /// Form of the output; docs/JSON.md describes json and jsonl
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    words: words::Args,
    #[command(flatten)]
    narrowing: narrowing::Args,
    /// Show before the hits what each word is searched as and how many articles that brings, and with each hit what its score is
    /// made of
    #[arg(long)]
    explain: bool,
    /// Put articles from about this time first among others as good: 2024-05-12, 2024-05, gestern, "Mai 2024"; the articles found
    /// stay the same
    #[arg(long, value_name = "DATE")]
    around: Option<String>,
    #[command(flatten)]
    overview: overview::OverviewArgs,
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    color: Color,
    #[command(flatten)]
    whole: whole::Args,
    #[command(flatten)]
    time: time_limit::Args,
    /// The word behind `--facets` that names facets and is searched
    #[arg(skip)]
    pub(super) behind_facets: Option<String>,
}

/// An order of hits.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum SortArg {
    /// The best first
    Relevance,
    /// The latest first
    Newest,
    /// The earliest first
    Oldest,
}

impl From<SortArg> for Sort {
    fn from(sort: SortArg) -> Sort {
        match sort {
            SortArg::Relevance => Sort::Relevance,
            SortArg::Newest => Sort::Newest,
            SortArg::Oldest => Sort::Oldest,
        }
    }
}

/// Runs `search`.
pub fn run(args: &Args, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let query = Query::parse(&super::arguments::restore(&args.query).join(" "), clock::today())
        .map_err(|error| anyhow::anyhow!("{}", error.message(lang)))?;
    search(args, &query, index, lang).map_err(|error| match error.downcast::<EngineError>() {
        Ok(
            error @ (EngineError::TooManyForms { .. } | EngineError::UnknownCollection { .. } | EngineError::TimedOut),
        ) => {
            anyhow::anyhow!("{}", errors::localise(&error, &query, lang))
        }
        Ok(other) => other.into(),
        Err(other) => other,
    })
}

fn search(args: &Args, query: &Query, index: &IndexDir, lang: Lang) -> anyhow::Result<Outcome> {
    let mut overview = args.overview.resolve(args.format.overview(), index.store().capabilities().stories, lang)?;
    let within = args.within.as_deref().map(canonical).transpose()?;
    if let (Some(path), Some(typed)) = (&within, &args.within)
        && !args.no_update
    {
        bring_up_to_date(index, path, typed, lang)?;
    }
    let engine = index.open()?;
    let own = args.words.own(index, &*engine, lang)?;
    let Narrowing { only, not, published } = args.narrowing.resolve(lang)?;
    let offset = args.first_hit();
    let request = SearchRequest {
        ranking: index.ranking()?,
        around: args.around.as_deref().map(|text| clock::days(text, lang)).transpose()?,
        terms: args.explain,
        within: within.as_deref(),
        only: &only,
        not: &not,
        published,
        offset,
        limit: args.limit as usize,
        sort: args.sort.into(),
        // what is explained tells the forms of titles and passages
        detail: if args.explain { Detail::Snippets } else { args.format.detail() },
        fill: !args.format.is_list(),
        // places in context are those of the text
        furniture: !args.words.no_furniture && !args.whole.kwic.kwic,
        expansion: args.words.expansion(&own),
        deadline: args.time.deadline(),
        ..SearchRequest::new(query)
    };
    let view = View { gone: engine.state().gone.clone(), ..args.view(lang)? };
    terminal::hint(&view, query);
    args.behind_facets.iter().for_each(|word| note(&view, &overview::facets_apart(word, lang)));
    for faulty in own.synonyms.iter().flat_map(|synonyms| &synonyms.faults) {
        note(&view, &notices::faulty_line(faulty, &view));
    }
    let prepared = engine.prepare(&request)?;
    without_names(&mut overview, &prepared, &view, engine.state());
    let asked = Asked {
        all: args.whole.all,
        output: args.whole.output.as_deref(),
        cite: args.whole.cite,
        prepared: &prepared,
        options: args.options(),
        engine: &*engine,
        view: &view,
    };
    if let Some(outcome) = args.whole(&asked, lang)? {
        return Ok(outcome);
    }
    let prepared = prepared.clone().adjusted(|request| overview.ask(request));
    let started = Instant::now();
    // what counts, or is for another program, is to the letter
    let corrects = matches!(args.format, Format::Text | Format::Json) && !overview.counts_any();
    let answer = if corrects { answer(&*engine, &prepared) } else { to_the_letter(&*engine, &prepared) };
    let answer = answer?;
    let hits = &answer.hits;
    let explained = args.explain.then(|| answer.explanation(&*engine, request.deadline)).transpose()?;
    let took_ms = (started.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    let total = if hits.relaxed.is_some() { 0 } else { hits.total };
    let citation = asked.citation(answer.corrected.as_ref().unwrap_or(query), total)?;
    let page = json::Page { offset, limit: request.limit, took_ms, cite: citation.as_ref() };
    let mut out = Output::open(asked.output)?;
    let timeline = overview.timeline(&*engine, &answer, &request, &view)?;
    let notices = notices::of_answer(&answer, &view);
    let overviewed = overview.write(&mut out, &answer, &notices, timeline.as_ref(), &view)?;
    if let Some(explained) = explained.as_ref().filter(|_| overviewed.is_some() || args.format.records().is_some()) {
        explain::write(&mut std::io::stderr().lock(), &answer.plan.query, explained, &view)?;
    }
    match args.format.records() {
        _ if overviewed.is_some() => {}
        None if args.format == Format::Json => {
            let counts = overview.counts(timeline);
            json::write_answer(&mut out, &answer, query, explained.as_ref(), page, &counts, &view)?;
        }
        None => {
            if let Some(explained) = &explained {
                explain::write(&mut out, &answer.plan.query, explained, &view)?;
            }
            text::write_hits(&mut out, hits, &notices, &view)?;
        }
        Some(format) => write_records(format, hits, &mut out, &view)?,
    }
    if let Some(citation) = citation.as_ref().filter(|_| args.format != Format::Json) {
        let place = if overview.is_number() { CitationPlace::StandardError } else { args.format.place_of_citation() };
        asked.write_citation(&mut out, citation, place)?;
    }
    out.finish()?;
    if args.format != Format::Text || overview.is_number() {
        let relaxed = hits.relaxed.iter().filter(|_| !overview.is_number());
        let relaxed = relaxed.map(|relaxed| notices::relaxed_notice(&relaxed.missing, &view));
        relaxed.chain(notices).for_each(|notice| note(&view, &notice));
    }
    if let Some(outcome) = overviewed {
        return Ok(outcome);
    }
    if hits.total > 0 && hits.hits.is_empty() {
        let beyond = args.offset.map_or(Beyond::Page(offset / request.limit + 1), |_| Beyond::Offset(offset));
        note(&view, &beyond.line(hits, lang));
    }
    Ok(if hits.hits.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// What of a result lies behind its end.
enum Beyond {
    Page(usize),
    Offset(usize),
}

impl Beyond {
    fn line(&self, hits: &Hits, lang: Lang) -> String {
        let total = hits.total;
        let (stories, english_stories) = match hits.stories.filter(|stories| *stories < total) {
            Some(stories) => (format!(", ohne Dubletten {stories}"), format!(", {stories} without duplicates")),
            None => (String::new(), String::new()),
        };
        let german = format!("{total} Treffer{stories}");
        let english = format!("{total} {}{english_stories}", plural(total, "hit", "hits"));
        match self {
            Beyond::Page(page) => lang.pick(
                format!("Seite {page} ist leer: es gibt nur {german}."),
                format!("page {page} is empty: there are only {english}"),
            ),
            Beyond::Offset(offset) => lang.pick(
                format!("--offset {offset} übergeht alle: es gibt nur {german}."),
                format!("--offset {offset} passes over all: there are only {english}"),
            ),
        }
    }
}

impl Args {
    /// Hits before the first that is given.
    fn first_hit(&self) -> usize {
        self.offset.map_or((self.page as usize - 1) * self.limit as usize, |offset| offset as usize)
    }

    /// How it is to look, where it goes.
    fn view(&self, lang: Lang) -> anyhow::Result<View> {
        let view = match &self.whole.output {
            Some(_) if self.color != Color::Always => terminal::file_view(lang)?,
            _ => terminal::view(self.color, lang)?,
        };
        let view = View { raw: self.whole.raw, ..view };
        Ok(if self.whole.kwic.kwic { terminal::wide(&view, self.whole.output.is_some()) } else { view })
    }

    /// Writes places in context, or the whole result, where that is asked for.
    fn whole(&self, asked: &Asked<'_>, lang: Lang) -> anyhow::Result<Option<Outcome>> {
        let kwic = &self.whole.kwic;
        let outcome = match (self.format, self.format.records()) {
            (Format::Text, _) if kwic.kwic => kwic::write(asked, kwic, kwic::Form::Text, lang),
            (Format::Csv, _) if kwic.kwic => kwic::write(asked, kwic, kwic::Form::Rows(b','), lang),
            (Format::Tsv, _) if kwic.kwic => kwic::write(asked, kwic, kwic::Form::Rows(b'\t'), lang),
            _ if kwic.kwic => anyhow::bail!("{}", kwic_format(lang)),
            (Format::Tsv, _) => anyhow::bail!("{}", tsv_alone(lang)),
            (_, Some(format)) if self.whole.all => whole::export(asked, format),
            _ if self.whole.all => anyhow::bail!("{}", whole_format(lang)),
            _ => return Ok(None),
        };
        outcome.map(Some)
    }

    /// The options that change what matches, as typed.
    fn options(&self) -> Vec<String> {
        let within = self.within.as_ref().map(|path| format!("--in {}", path.display()));
        let around = self.around.as_ref().map(|around| format!("--around {around}"));
        around.into_iter().chain(within).chain(self.words.options()).chain(self.narrowing.options()).collect()
    }
}

/// Of an index without people, organisations and places: says so where a search asks for them, and counts by none where it does not.
fn without_names(overview: &mut overview::Overview, prepared: &Prepared<'_>, view: &View, state: &State) {
    if state.names {
        return;
    }
    let is_name = |field: Option<Field>| matches!(field, Some(Field::Person | Field::Organisation | Field::Place));
    let narrows = || {
        let request = prepared.request();
        request.only.iter().chain(request.not).any(|(field, _)| field.is_recognised())
    };
    if overview.counts_recognised() || prepared.plan().words.iter().any(|word| is_name(word.field)) || narrows() {
        note(view, view.lang.pick(NO_NAMES_DE, NO_NAMES_EN));
    } else {
        overview.facets.retain(|field| !field.is_recognised());
    }
}

/// Updates the index for `path`; where another program is just writing, the last commit is searched.
fn bring_up_to_date(index: &IndexDir, path: &Path, typed: &Path, lang: Lang) -> anyhow::Result<()> {
    let (today, now) = (clock::today(), clock::timestamp());
    let limits = worker::limits(today)?;
    let paths = [path.to_path_buf()];
    let stop = AtomicBool::new(false);
    let request = UpdateRequest {
        index: index.path(),
        paths: &paths,
        moved: None,
        rebuild: false,
        names: None,
        limits: &limits,
        stop: &stop,
        now,
        memory: None,
        part_bytes: PART_BYTES,
    };
    let mut bar = Bar::default();
    let store = index.store();
    let result = update(&*store, &request, &mut |step| bar.show(step));
    bar.finish();
    let mut err = std::io::stderr().lock();
    match result {
        Ok(summary) => {
            if summary.changed_anything() {
                let (read, removed, unread) =
                    (summary.new + summary.changed, summary.removed_files, summary.problems.len());
                let typed = typed.display();
                let reasons = lang.pick(
                    format!("; {unread} Dateien nicht lesbar (Gründe: findbuch index {typed})"),
                    format!("; {unread} files cannot be read (reasons: findbuch index {typed})"),
                );
                let message = lang.pick(
                    format!("Index auf dem neuesten Stand: {read} Artikel gelesen, {removed} Dateien entfernt"),
                    format!("index brought up to date: {read} articles read, {removed} files removed"),
                );
                writeln!(err, "{message}{}", if unread > 0 { reasons.as_str() } else { "" })?;
            }
            Ok(())
        }
        Err(error @ (EngineError::Locked(_) | EngineError::ReadOnly(_) | EngineError::Io { .. }))
            if store.open().is_ok() =>
        {
            let searched = lang.pick("Durchsucht wird der letzte Stand.", "The last commit is searched.");
            writeln!(err, "findbuch: {}\n{searched}", messages::localise(error.into(), lang))?;
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
