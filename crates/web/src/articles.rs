//! The article that an address names by its id.

use crate::address::values;
use crate::error::WebError;
use crate::expected::{BadParameter, Expected};
use crate::job::Job;
use findbuch_article::Article;

/// The article with an id. If several claim the id, the parameter `copy` chooses one, counted from 1.
///
/// # Errors
/// When there is none, when `copy` is no number, or when the index cannot be read.
pub fn find(job: &Job, id: &str) -> Result<Article, WebError> {
    let copy = match values(job.query(), "copy").pop() {
        None => 1,
        Some(copy) => {
            let copy = copy.parse::<usize>().ok().filter(|copy| *copy > 0);
            copy.ok_or_else(|| WebError::BadParameter(BadParameter::of("copy", Expected::Number(1, usize::MAX))))?
        }
    };
    let found = job.snapshot.engine.articles(id)?;
    // the engine takes paths of files as well; here only an id names an article
    let mut found = found.into_iter().filter(|article| article.id == id);
    found.nth(copy - 1).ok_or_else(|| WebError::NoArticle(id.to_owned()))
}
