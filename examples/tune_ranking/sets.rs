//! A set of judged queries with the index of its articles.

use findbuch::evaluate::{Grades, figures, parse_judgements};
use findbuch::update::{PART_BYTES, UpdateRequest, update};
use findbuch_corpus::Limits;
use findbuch_engine::{Detail, Engine, IndexDir, Prepared, Ranking, SearchRequest};
use findbuch_query::Query;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// Hits that the figure looks at.
const DEPTH: usize = 10;
/// Fewest queries of a part of a set.
const LEAST: usize = 60;

/// A part of a set: its name, and the numbers of its queries.
pub type Part = (String, Vec<usize>);

/// Judged queries.
pub struct Set {
    /// The name of its folder.
    pub name: String,
    index: PathBuf,
    queries: Vec<(Query, Grades)>,
}

impl Set {
    /// Reads every `every`th query of a folder, and makes its index if there is none.
    pub fn open(folder: &Path, every: usize) -> Result<Set, Box<dyn std::error::Error>> {
        let folder = folder.canonicalize()?;
        let read = |name: &str| {
            std::fs::read_to_string(folder.join(name)).map_err(|e| format!("{}/{name}: {e}", folder.display()))
        };
        let judgements = parse_judgements(&read("qrels.tsv")?);
        let queries = read("queries.tsv")?;
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let judged = queries.lines().step_by(every).filter_map(|line| {
            let (id, text) = line.split_once('\t')?;
            let query = Query::parse(text, today).unwrap_or_else(|_| Query::from_plain_text(text));
            Some((query, judgements.get(id)?.clone()))
        });
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let set = Set { name, index: folder.join("index"), queries: judged.collect() };
        if !set.index.exists() {
            set.make_index(&folder)?;
        }
        Ok(set)
    }

    fn make_index(&self, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
        let docs =
            ["docs.jsonl", "docs.jsonl.zst"].map(|name| folder.join(name)).into_iter().find(|path| path.exists());
        let paths = [docs.ok_or_else(|| format!("{} has no docs.jsonl", folder.display()))?.canonicalize()?];
        let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let (limits, stop) = (Limits::on(today), AtomicBool::new(false));
        let now = jiff::Timestamp::now().to_string();
        let request = UpdateRequest {
            index: &self.index,
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
        let summary = update(&*IndexDir::new(&self.index).store(), &request, &mut |_| {})?;
        if summary.problems.is_empty() {
            Ok(())
        } else {
            Err(format!("{} was not read as a whole", folder.display()).into())
        }
    }

    /// Its index.
    pub fn engine(&self) -> Result<Box<dyn Engine>, Box<dyn std::error::Error>> {
        Ok(IndexDir::new(&self.index).open()?)
    }

    /// Its queries, each prepared once: what they are searched as does not depend on the weights.
    pub fn prepared<'a>(&'a self, engine: &dyn Engine) -> Result<Vec<Prepared<'a>>, Box<dyn std::error::Error>> {
        let request = |query| SearchRequest { limit: DEPTH, detail: Detail::Id, ..SearchRequest::new(query) };
        Ok(self.queries.iter().map(|(query, _)| engine.prepare(&request(query))).collect::<Result<_, _>>()?)
    }

    /// The nDCG@10 of a query, by its number, with these weights.
    pub fn figure(
        &self,
        number: usize,
        prepared: &Prepared<'_>,
        engine: &dyn Engine,
        ranking: Ranking,
    ) -> Result<f64, findbuch_engine::EngineError> {
        let hits = engine.search(&prepared.clone().adjusted(|request| request.ranking = ranking))?;
        let found = hits.hits.iter().map(|hit| hit.article.id.as_str());
        Ok(self.queries.get(number).map_or(0.0, |(_, relevant)| figures(found, relevant).ndcg_at_10))
    }

    /// The whole set and its parts by year and source of a relevant article, each with the numbers of its queries.
    pub fn parts(&self, engine: &dyn Engine) -> Result<Vec<Part>, Box<dyn std::error::Error>> {
        let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, (_, relevant)) in self.queries.iter().enumerate() {
            let Some(article) =
                relevant.keys().min().map(|id| engine.articles(id)).transpose()?.and_then(|mut a| a.pop())
            else {
                continue;
            };
            let year = article.date.as_ref().map(|date| date.value.day.year().to_string());
            for part in year.into_iter().chain(article.source) {
                parts.entry(format!("{} {part}", self.name)).or_default().push(number);
            }
        }
        let mut all = vec![(self.name.clone(), (0..self.queries.len()).collect())];
        all.extend(
            parts.into_iter().filter(|(_, queries)| queries.len() >= LEAST && queries.len() < self.queries.len()),
        );
        Ok(all)
    }
}
