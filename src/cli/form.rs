//! The forms that `findbuch search` writes in, and what each is for.

use super::asked::CitationPlace;
use super::overview;
use clap::ValueEnum;
use findbuch_engine::Detail;
use findbuch_query::lang::Lang;
use findbuch_render::records::RecordFormat;

/// A form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Text,
    /// One object with all hits of the page
    Json,
    /// A hit a line
    Jsonl,
    /// A hit a row
    Csv,
    /// A hit a row, between tabs; with --kwic
    Tsv,
    /// A list for notes
    Markdown,
    /// Entries of a bibliography
    Bibtex,
    /// Entries for reference managers
    Ris,
    /// The files' paths
    Paths,
}

impl Format {
    /// The format, if it is written hit by hit.
    pub fn records(self) -> Option<RecordFormat> {
        match self {
            Format::Text | Format::Json | Format::Tsv => None,
            Format::Jsonl => Some(RecordFormat::Jsonl),
            Format::Csv => Some(RecordFormat::Csv),
            Format::Markdown => Some(RecordFormat::Markdown),
            Format::Bibtex => Some(RecordFormat::Bibtex),
            Format::Ris => Some(RecordFormat::Ris),
            Format::Paths => Some(RecordFormat::Paths),
        }
    }

    /// What it needs of each hit.
    pub fn detail(self) -> Detail {
        if self.records().is_none_or(RecordFormat::has_snippets) { Detail::Snippets } else { Detail::Article }
    }

    /// Whether it is for lists that hold what was asked for and nothing else.
    pub fn is_list(self) -> bool {
        !matches!(self, Format::Text | Format::Json | Format::Jsonl)
    }

    /// Where a citation stands.
    pub fn place_of_citation(self) -> CitationPlace {
        match self {
            Format::Text => CitationPlace::Below,
            Format::Markdown => CitationPlace::BelowMarkdown,
            _ => CitationPlace::StandardError,
        }
    }

    /// How an overview is written.
    pub fn overview(self) -> overview::Form {
        match self {
            Format::Text => overview::Form::Text,
            Format::Json => overview::Form::Json,
            Format::Csv => overview::Form::Csv,
            _ => overview::Form::Other,
        }
    }
}

/// That `--kwic` wants another format.
pub fn kwic_format(lang: Lang) -> &'static str {
    lang.pick(
        "--kwic gibt es in diesen Formaten: --format text, csv oder tsv.",
        "--kwic comes in these forms: --format text, csv or tsv",
    )
}

/// That rows between tabs are for places.
pub fn tsv_alone(lang: Lang) -> &'static str {
    lang.pick(
        "--format tsv gibt es mit --kwic; sonst nehmen Sie --format csv.",
        "--format tsv goes with --kwic; take --format csv",
    )
}

/// That `--all` wants another format.
pub fn whole_format(lang: Lang) -> &'static str {
    lang.pick(
        "--all schreibt in einem dieser Formate: --format csv, jsonl, markdown, bibtex, ris oder paths. Zum Lesen gibt es -n und --page.",
        "--all writes one of these: --format csv, jsonl, markdown, bibtex, ris or paths; for reading there are -n and --page",
    )
}
