//! What `findbuch search` tells of a result as a whole: its number, facets.

use super::Outcome;
use crate::engine::answer::Answer;
use crate::engine::{FacetField, Hits, SearchRequest};
use crate::lang::Lang;
use crate::render::{View, facets, json, text};
use std::io::Write;

/// Arguments of `search` about the result as a whole.
#[derive(Debug, clap::Args)]
pub struct OverviewArgs {
    /// Print the number of hits alone
    #[arg(long)]
    count: bool,
    /// Count all hits by source, section, author, agency, year, month (Quelle, Ressort, Autor, Agentur, Jahr, Monat); all
    /// of them, or those named
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, value_delimiter = ',')]
    facets: Option<Vec<String>>,
    /// Most values of a facet
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    facet_limit: u32,
}

/// How an overview is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For reading.
    Text,
    /// One object, with the hits.
    Json,
    /// Rows.
    Csv,
    /// Any other, which has no overview.
    Other,
}

/// What is asked about the result as a whole.
#[derive(Debug)]
pub struct Overview {
    count: bool,
    /// What is counted by.
    pub facets: Vec<FacetField>,
    limit: usize,
    form: Form,
}

impl OverviewArgs {
    /// The arguments as one request.
    ///
    /// # Errors
    /// What cannot be asked for, or not together.
    pub fn resolve(&self, form: Form, lang: Lang) -> anyhow::Result<Overview> {
        let mut fields = Vec::new();
        for name in self.facets.iter().flatten().map(|name| name.trim()).filter(|name| !name.is_empty()) {
            let field = FacetField::from_name(name).ok_or_else(|| {
                let known = FacetField::ALL.map(|field| lang.pick(field.german_name(), field.name())).join(", ");
                anyhow::anyhow!(
                    "{}",
                    lang.pick(
                        format!("Eine Facette „{name}“ gibt es nicht; es gibt {known}."),
                        format!("there is no facet \"{name}\"; there are {known}"),
                    )
                )
            })?;
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        if self.facets.is_some() && fields.is_empty() {
            fields = FacetField::ALL.to_vec();
        }
        if form == Form::Other && (self.count || !fields.is_empty()) {
            anyhow::bail!(
                "{}",
                lang.pick(
                    "Überblicke (--count, --facets) gibt es mit --format text, json oder csv.",
                    "overviews (--count, --facets) come with --format text, json or csv",
                )
            );
        }
        Ok(Overview { count: self.count, facets: fields, limit: self.facet_limit as usize, form })
    }
}

impl Overview {
    /// Whether it is written in place of hits.
    fn is_instead(&self) -> bool {
        self.count || (self.form != Form::Json && !self.facets.is_empty())
    }

    /// The request with what is counted; where no hits are written, none is prepared.
    #[must_use]
    pub fn ask<'a>(&'a self, request: SearchRequest<'a>) -> SearchRequest<'a> {
        let request = SearchRequest { facets: &self.facets, ..request };
        if self.is_instead() { super::search::without_hits(request) } else { request }
    }

    /// For JSON.
    #[must_use]
    pub fn counts(&self) -> json::Counts {
        json::Counts { facet_limit: self.limit }
    }

    /// Writes it; nothing where hits are wanted.
    ///
    /// # Errors
    /// What the output says.
    pub fn write(
        &self,
        out: &mut dyn Write,
        answer: &Answer,
        notices: &[String],
        view: &View,
    ) -> anyhow::Result<Option<Outcome>> {
        if !self.is_instead() {
            return Ok(None);
        }
        let hits = &answer.hits;
        // articles that lack words are none of those asked for
        let total = if hits.relaxed.is_some() { 0 } else { hits.total };
        let outcome = if total > 0 { Outcome::Done } else { Outcome::NothingFound };
        if self.count {
            match self.form {
                Form::Json => json::write_count(out, total)?,
                _ => writeln!(out, "{total}")?,
            }
        } else if self.form == Form::Text {
            text::write_head(out, &Hits { hits: Vec::new(), ..hits.clone() }, notices, view)?;
            facets::write(out, &hits.facets, self.limit, view)?;
        } else {
            facets::write_csv(out, &hits.facets, self.limit)?;
        }
        out.flush()?;
        Ok(Some(outcome))
    }
}
