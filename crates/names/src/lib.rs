//! Names of people, places and organisations in German news: a tagger of our own, and how the names of an article are told apart.

pub mod article;
pub mod features;
pub mod model;
pub mod person;
pub mod tokens;
pub mod words;

pub use article::Collector;
use model::Model;
use words::WordTable;

/// Finds names with the weights of the program.
#[derive(Debug, Clone)]
pub struct Tagger {
    model: Model<'static>,
}

impl Default for Tagger {
    fn default() -> Tagger {
        let words = WordTable::new(include_bytes!("data/words.bin"));
        Tagger { model: Model::new(include_bytes!("data/model.bin"), words) }
    }
}

impl Tagger {
    /// The weights.
    #[must_use]
    pub fn model(&self) -> &Model<'static> {
        &self.model
    }
}
