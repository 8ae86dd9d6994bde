//! The options for words of the same family.

use findbuch_engine::plan::related::Relatives;

/// `--related` and `--no-related`.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Search words of the same family in every query, such as Verhaftung for verhaften, not only in questions and sentences
    #[arg(long, conflicts_with = "exact")]
    related: bool,
    /// Search words of the same family in no query
    #[arg(long, conflicts_with_all = ["exact", "related"])]
    no_related: bool,
}

impl Args {
    /// Whether they are searched.
    pub fn relatives(&self) -> Relatives {
        match (self.related, self.no_related) {
            (true, _) => Relatives::Always,
            (_, true) => Relatives::Never,
            _ => Relatives::InSentences,
        }
    }

    /// The option that was given, as typed.
    pub fn option(&self) -> Option<&'static str> {
        match self.relatives() {
            Relatives::Always => Some("--related"),
            Relatives::Never => Some("--no-related"),
            Relatives::InSentences => None,
        }
    }
}
