//! Renamed files: their articles are copied within the index, and the files are not read again.

use super::plan::{Job, Plan, Renamed, settings_of};
use super::records::{Contents, is_numbered};
use super::task::{Shared, Task, lock};
use findbuch_article::{Article, DateFrom};
use findbuch_corpus::{self, Format};
use findbuch_engine::{Adder, Engine, FileState, Record};
use findbuch_files::{decode_path, encode_path};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Finds new files that are vanished ones under another name: of the same size and with the same bytes. `folders` are those that
/// were indexed.
pub fn follow(plan: &mut Plan, folders: &[PathBuf]) {
    let mut by_size: HashMap<u64, Vec<&FileState>> = HashMap::new();
    for file in &plan.vanished {
        by_size.entry(file.size).or_default().push(file);
    }
    let mut taken = HashSet::new();
    for job in plan.jobs.iter_mut().filter(|job| !job.known) {
        let Some(candidates) = by_size.get(&job.file.size) else { continue };
        let Ok(hash) = findbuch_corpus::hash(&job.file.path) else { continue };
        let same = candidates.iter().find(|old| old.hash == hash && !taken.contains(old.path.as_str()));
        if let Some(old) = same {
            taken.insert(old.path.as_str());
            let path = decode_path(&old.path);
            let anchor = folders.iter().find(|folder| path.starts_with(folder)).unwrap_or(&path);
            let above = anchor.parent().map(|above| encode_path(above).trim_end_matches('/').to_owned() + "/");
            job.renamed = Some(Renamed { file: (*old).clone(), above: above.unwrap_or_default() });
        }
    }
}

/// Adds the articles of a renamed file as the index has them. False if the file must be read.
pub fn add(job: &Job, task: &Task<'_>, adder: &mut dyn Adder, shared: &Mutex<Shared<'_>>) -> bool {
    let Some(renamed) = &job.renamed else { return false };
    let Some(articles) = moved(renamed, job, task.index) else { return false };
    let old = &renamed.file;
    let file = job.state(old.hash);
    let mut contents = Contents::default();
    let outcome = articles.iter().try_for_each(|article| {
        let content = contents.number(article)?;
        task.versions.note(article, content, job, false, task.index)?;
        adder.add(&Record { file: &file, folders: &job.folders, article, content })
    });
    let shared = &mut lock(shared);
    shared.failure = outcome.err().or(shared.failure.take());
    let summary = &mut *shared.summary;
    summary.renamed += old.articles;
    summary.removed = summary.removed.saturating_sub(old.articles);
    summary.removed_files = summary.removed_files.saturating_sub(1);
    true
}

/// The articles of a file under its new name; nothing if anything in them depends on the name.
fn moved(renamed: &Renamed, job: &Job, index: Option<&dyn Engine>) -> Option<Vec<Article>> {
    let old = &renamed.file;
    if old.settings != settings_of(&job.file) {
        return None;
    }
    if Format::of(Path::new(&old.path)) != Some(job.format) || Format::of(&job.file.path) != Some(job.format) {
        return None;
    }
    let (new_path, new_id) = (job.file.display(), &job.file.id);
    let old_id = old.path.strip_prefix(renamed.above.as_str())?;
    let mut articles = index?.articles(&old.path).ok()?;
    // a damaged article would be copied as if it were whole
    let mut numbers = Vec::new();
    index?.contents(&old.path, &mut |number, _| numbers.push(number)).ok()?;
    if !articles.iter().all(|article| numbers.iter().any(|number| is_numbered(article, *number))) {
        return None;
    }
    let dated_by_name = |article: &Article| article.date.as_ref().is_some_and(|date| date.from == DateFrom::FileName);
    if articles.len() as u64 != old.articles || articles.iter().any(dated_by_name) {
        return None;
    }
    for article in &mut articles {
        // the path of a member of a container is longer than that of the file
        article.path = new_path.clone() + article.path.strip_prefix(old.path.as_str())?;
        if let Some(rest) = article.id.strip_prefix(old_id) {
            article.id = new_id.clone() + rest;
        }
    }
    Some(articles)
}
