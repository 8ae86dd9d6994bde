//! Compares the articles of a changed file with those that the index has of it, so that only new or different ones are indexed.

use super::plan::Job;
use findbuch_article::{Article, Names};
use findbuch_corpus::Problem;
use findbuch_engine::{Engine, EngineError, Writer};
use std::collections::{HashMap, HashSet};

/// Most articles of one file that are alike to the letter and told apart by their numbers.
const MAX_ALIKE: u64 = 1 << 32;

/// Whether an article is the one that was indexed under this number.
#[must_use]
pub fn is_numbered(article: &Article, number: u64) -> bool {
    hash(article).is_ok_and(|hash| number.wrapping_sub(hash) < MAX_ALIKE)
}

/// Of what was read; the names that are recognised in it are no part of that.
fn hash(article: &Article) -> serde_json::Result<u64> {
    if !article.names.is_none() {
        return hash(&Article { names: Names::default(), ..article.clone() });
    }
    Ok(xxhash_rust::xxh3::xxh3_64(&serde_json::to_vec(article)?))
}

/// Numbers the articles of a file, so that they can be distinguished from each other and from what they were.
#[derive(Debug, Default)]
pub struct Contents(HashSet<u64>);

impl Contents {
    /// A number that is the same when the article is read again, and that no other article of the file has.
    ///
    /// # Errors
    /// When the article has no form as JSON.
    pub fn number(&mut self, article: &Article) -> Result<u64, EngineError> {
        let mut content = hash(article)
            .map_err(|source| EngineError::Encode { what: format!("the article {}", article.id), source })?;
        while !self.0.insert(content) {
            content = content.wrapping_add(1);
        }
        Ok(content)
    }
}

/// The articles of one file while it is read.
#[derive(Debug, Default)]
pub struct Records {
    contents: Contents,
    /// Articles that the index has and that were not read yet: number and id.
    old: HashMap<u64, String>,
    /// Ids of the articles that are added, if the index had some of the file.
    added: HashSet<String>,
    new: u64,
    unchanged: u64,
    /// An unchanged article.
    spare: Option<(u64, Article)>,
}

/// An article's number.
#[derive(Debug, Clone, Copy)]
pub enum Taken {
    /// To be indexed under it.
    New(u64),
    /// The index has it.
    Unchanged(u64),
}

/// How many articles of a file are new, changed, unchanged and removed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
}

impl Records {
    /// The articles of a job's file, as far as the index has them.
    pub fn of(job: &Job, index: Option<&dyn Engine>) -> Result<Records, EngineError> {
        let mut old = HashMap::new();
        if let Some(index) = index.filter(|_| job.known) {
            index.contents(&job.file.display(), &mut |content, id| {
                old.insert(content, id);
            })?;
        }
        Ok(Records { old, ..Records::default() })
    }

    /// The article's number, and whether it is to be indexed under it.
    ///
    /// # Errors
    /// When the article has no form as JSON.
    pub fn take(&mut self, article: &Article) -> Result<Taken, EngineError> {
        let content = self.contents.number(article)?;
        if self.old.remove(&content).is_some() {
            self.unchanged += 1;
            self.spare.get_or_insert_with(|| (content, article.clone()));
            return Ok(Taken::Unchanged(content));
        }
        self.new += 1;
        if !self.old.is_empty() || self.unchanged > 0 {
            self.added.insert(article.id.clone());
        }
        Ok(Taken::New(content))
    }

    /// Removes what is gone. At least one article is indexed anew, since the state of a file is stored with its articles.
    pub fn finish(
        mut self,
        result: &Result<(), Problem>,
        writer: &dyn Writer,
        add: &mut dyn FnMut(&Article, u64) -> Result<(), EngineError>,
    ) -> Result<Counts, EngineError> {
        let mut counts = Counts { new: self.new, unchanged: self.unchanged, ..Counts::default() };
        if self.new + self.unchanged == 0 {
            return Ok(counts);
        }
        let broken = result.is_err();
        for (content, id) in &self.old {
            let again = self.added.contains(id);
            if again {
                counts.changed += 1;
            } else if broken {
                continue;
            } else {
                counts.removed += 1;
            }
            writer.remove_content(*content);
        }
        counts.new -= counts.changed.min(counts.new);
        if let Some((content, article)) = self.spare.take().filter(|_| self.new == 0) {
            writer.remove_content(content);
            add(&article, content)?;
        }
        Ok(counts)
    }
}
