//! What words weigh in an archive: by how few of its articles have them.

use crate::plan::word::Word;

/// Numbers about an archive that words are weighed by.
pub trait Statistics {
    /// Why they cannot be had.
    type Error;

    /// Articles.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn articles(&self) -> Result<u64, Self::Error>;

    /// Words of all texts.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn words(&self) -> Result<u64, Self::Error>;

    /// Articles with a stem in their text.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn with_stem(&self, stem: &str) -> Result<u64, Self::Error>;

    /// Articles with a form in their text.
    ///
    /// # Errors
    /// When the archive cannot be read.
    fn with_form(&self, form: &str) -> Result<u64, Self::Error>;
}

/// What a term weighs that so many of all articles have (Robertson and Spärck Jones), never negative.
#[must_use]
pub fn idf(frequency: u64, articles: u64) -> f32 {
    let (n, df) = (articles as f32, frequency.min(articles) as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}

/// The weight of a word: by the number of articles that have it in any of its spellings; those that have it as a part of compounds alone
/// do not make it less rare. A phrase weighs as much as its words together.
///
/// # Errors
/// Those of the statistics.
pub fn weight_of<S: Statistics>(word: &Word, statistics: &S, articles: u64) -> Result<f32, S::Error> {
    let sum = |terms: &[Box<str>], with: &dyn Fn(&str) -> Result<u64, S::Error>| -> Result<u64, S::Error> {
        terms.iter().map(|term| with(term)).sum()
    };
    if word.stems.len() > 1 {
        let mut weight = 0.0;
        for stems in &word.stems {
            weight += idf(sum(stems, &|stem| statistics.with_stem(stem))?, articles);
        }
        return Ok(weight);
    }
    if word.exact {
        return Ok(idf(sum(&word.forms, &|form| statistics.with_form(form))?, articles));
    }
    let mut total = 0;
    for expansion in &word.expansions {
        if let Some(stems) = expansion.single() {
            total += sum(stems, &|stem| statistics.with_stem(stem))?;
        }
    }
    Ok(idf(total, articles))
}
