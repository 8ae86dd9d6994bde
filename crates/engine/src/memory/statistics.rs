//! What words are weighed by: counted over all articles.

use super::MemoryEngine;
use crate::score::weight::Statistics;
use std::convert::Infallible;

impl Statistics for MemoryEngine {
    type Error = Infallible;

    fn articles(&self) -> Result<u64, Infallible> {
        Ok(self.articles().len() as u64)
    }

    fn words(&self) -> Result<u64, Infallible> {
        Ok(self.articles().iter().map(|kept| u64::from(kept.text.words)).sum())
    }

    fn with_stem(&self, stem: &str) -> Result<u64, Infallible> {
        Ok(self.count(|kept| !kept.text.of(stem).is_empty()))
    }

    fn with_form(&self, form: &str) -> Result<u64, Infallible> {
        Ok(self.count(|kept| kept.forms.contains(form)))
    }
}
