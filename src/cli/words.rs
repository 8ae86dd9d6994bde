//! The options that say what counts as the same word.

use super::members::members;
use super::related;
use findbuch_engine::collections::Members;
use findbuch_engine::synonyms::Synonyms;
use findbuch_engine::{Engine, ExpansionOptions, IndexDir};
use findbuch_query::lang::Lang;

/// Arguments about words.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
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

/// What a search takes of the reader's own.
#[derive(Debug)]
pub struct Own {
    /// Synonyms.
    pub synonyms: Option<Synonyms>,
    /// The articles of collections.
    pub members: Members,
}

impl Args {
    /// What the search takes of the reader's own: synonyms, where they are searched, and collections.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn own(&self, index: &IndexDir, engine: &dyn Engine, lang: Lang) -> anyhow::Result<Own> {
        let plain = self.exact || self.no_variants;
        let synonyms = if plain { None } else { index.synonyms(&mut engine.analyzer())? };
        Ok(Own { synonyms, members: members(index, lang)? })
    }

    /// What words are searched as beside their own form.
    pub fn expansion<'a>(&'a self, own: &'a Own) -> ExpansionOptions<'a> {
        ExpansionOptions {
            german: !self.exact,
            compounds: !self.no_compounds,
            names: !self.exact && !self.no_variants,
            related: self.related.relatives(),
            synonyms: own.synonyms.as_ref(),
            members: Some(&own.members),
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
