//! The options that say what counts as the same word.

use super::related;
use findbuch_engine::synonyms::{Synonyms, SynonymsError};
use findbuch_engine::{Engine, ExpansionOptions, IndexDir};

/// Arguments about words.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Search the forms as typed: no inflections, no parts of compounds, no other spellings
    #[arg(long)]
    pub exact: bool,
    /// Search no other spellings of names and no synonyms
    #[arg(long)]
    no_variants: bool,
    #[command(flatten)]
    related: related::Args,
    /// Search no parts of compounds, and no compounds by their parts
    #[arg(long, conflicts_with = "exact")]
    no_compounds: bool,
    /// Search no page furniture, where a word stands in it alone: teasers, links, subscription lines
    #[arg(long)]
    pub no_furniture: bool,
    /// Switch off one word of those that are searched as well: another spelling, a synonym, an inflection, or a compound in all
    /// its inflections; --explain names them
    #[arg(long, value_name = "WORD", conflicts_with = "exact")]
    without: Vec<String>,
}

impl Args {
    /// The user's synonyms, where they are searched.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn synonyms(&self, index: &IndexDir, engine: &dyn Engine) -> Result<Option<Synonyms>, SynonymsError> {
        if self.exact || self.no_variants { Ok(None) } else { index.synonyms(&mut engine.analyzer()) }
    }

    /// What words are searched as beside their own form.
    pub fn expansion<'a>(&'a self, synonyms: Option<&'a Synonyms>) -> ExpansionOptions<'a> {
        ExpansionOptions {
            german: !self.exact,
            compounds: !self.no_compounds,
            names: !self.exact && !self.no_variants,
            related: self.related.relatives(),
            synonyms,
            excluded: &self.without,
        }
    }

    /// The options, as typed.
    pub fn options(&self) -> impl Iterator<Item = String> {
        let switches = [
            (self.exact, "--exact"),
            (self.no_variants, "--no-variants"),
            (self.no_compounds, "--no-compounds"),
            (self.no_furniture, "--no-furniture"),
        ];
        let on = switches.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).chain(self.related.option());
        on.map(str::to_owned).chain(self.without.iter().map(|word| format!("--without {word}")))
    }
}
