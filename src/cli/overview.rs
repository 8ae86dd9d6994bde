//! What `findbuch search` shows of a result as a whole: its number, facets, a timeline.

use super::terminal::note;
use super::{Outcome, timeline};
use findbuch_engine::answer::{Answer, days_within};
use findbuch_engine::timeline::Timeline;
use findbuch_engine::{Engine, FacetField, Hits, SearchRequest};
use findbuch_query::lang::Lang;
use findbuch_render::timeline::write_csv;
use findbuch_render::{View, facets, json, text};
use std::ffi::OsString;
use std::io::Write;

/// Arguments of `search` about the result as a whole.
#[derive(Debug, clap::Args)]
pub struct OverviewArgs {
    /// Print the number of hits alone; with --group that of stories behind a tab
    #[arg(long)]
    count: bool,
    /// Count all hits by source, section, author, agency, tag, person, organisation, place, year, month (Quelle, Ressort, Autor, Agentur, Schlagwort, Person, Organisation, Ort, Jahr, Monat); all
    /// of them, or those named
    #[arg(long, value_name = "LIST", num_args = 0..=1, require_equals = true, value_delimiter = ',')]
    facets: Option<Vec<String>>,
    /// Most values of a facet
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    facet_limit: u32,
    /// Fold near-identical articles under the earliest: the rule in text, and with --count a second number
    #[arg(long, overrides_with = "no_group")]
    group: bool,
    /// List every article by itself: the rule in all other forms
    #[arg(long, overrides_with = "group")]
    no_group: bool,
    #[command(flatten)]
    timeline: timeline::TimelineArgs,
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
    group: bool,
    timeline: Option<timeline::Asked>,
    form: Form,
}

impl OverviewArgs {
    /// The arguments as one request.
    ///
    /// # Errors
    /// What cannot be asked for, or not together.
    pub fn resolve(&self, form: Form, stories: bool, lang: Lang) -> anyhow::Result<Overview> {
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
        let timeline = self.timeline.resolve();
        if form == Form::Csv && !fields.is_empty() && timeline.is_some() {
            anyhow::bail!(
                "{}",
                lang.pick(
                    "--facets und --timeline sind in CSV zwei Tabellen: Rufen Sie findbuch für jede auf.",
                    "--facets and --timeline are two tables in CSV: run findbuch for each",
                )
            );
        }
        if form == Form::Other && (self.count || !fields.is_empty() || timeline.is_some()) {
            anyhow::bail!(
                "{}",
                lang.pick(
                    "Überblicke (--count, --facets, --timeline) gibt es mit --format text, json oder csv.",
                    "overviews (--count, --facets, --timeline) come with --format text, json or csv",
                )
            );
        }
        let group = self.group || (stories && form == Form::Text && !self.no_group && !self.count);
        Ok(Overview { count: self.count, facets: fields, limit: self.facet_limit as usize, group, timeline, form })
    }
}

impl Overview {
    /// Whether it is written in place of hits.
    fn is_instead(&self) -> bool {
        self.count || (self.form != Form::Json && (!self.facets.is_empty() || self.timeline.is_some()))
    }

    /// Adds to a request what is counted; where no hits are written, none is read.
    pub fn ask<'a>(&'a self, request: &mut SearchRequest<'a>) {
        (request.facets, request.days, request.group) = (&self.facets, self.timeline.is_some(), self.group);
        if self.is_instead() {
            *request = request.without_hits();
        }
    }

    /// Whether anything is counted.
    pub fn counts_any(&self) -> bool {
        self.count || !self.facets.is_empty() || self.timeline.is_some()
    }

    /// Whether the number of hits is all that is written.
    pub fn is_number(&self) -> bool {
        self.count
    }

    /// The timeline of a result, if one is asked for; its picture is written.
    ///
    /// # Errors
    /// When the index cannot be read or the picture not be written.
    pub fn timeline(
        &self,
        engine: &dyn Engine,
        answer: &Answer,
        request: &SearchRequest<'_>,
        view: &View,
    ) -> anyhow::Result<Option<Timeline>> {
        let Some(asked) = &self.timeline else { return Ok(None) };
        let timeline = asked.of(&answer.hits, &days_within(engine, request)?);
        let searched = answer.corrected.as_ref().unwrap_or(request.query);
        asked.write_picture(&timeline, &searched.text, view)?;
        Ok(Some(timeline))
    }

    /// For JSON.
    #[must_use]
    pub fn counts(&self, timeline: Option<Timeline>) -> json::Counts {
        json::Counts { facet_limit: self.limit, timeline }
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
        timeline: Option<&Timeline>,
        view: &View,
    ) -> anyhow::Result<Option<Outcome>> {
        if !self.is_instead() {
            return Ok(None);
        }
        let hits = &answer.hits;
        // articles that lack words are none of those asked for
        let total = if hits.relaxed.is_some() { 0 } else { hits.total };
        let stories = hits.stories.map(|stories| if total > 0 { stories } else { 0 });
        let outcome = if total > 0 { Outcome::Done } else { Outcome::NothingFound };
        if self.count {
            match self.form {
                Form::Json => json::write_count(out, total, stories)?,
                _ => match stories {
                    Some(stories) => writeln!(out, "{total}\t{stories}")?,
                    None => writeln!(out, "{total}")?,
                },
            }
        } else if self.form == Form::Text {
            text::write_head(out, &Hits { hits: Vec::new(), ..hits.clone() }, notices, view)?;
            if hits.total == 0 {
                writeln!(out, "{}", nothing_to_count(view.lang))?;
            } else {
                if let (Some(asked), Some(timeline)) = (&self.timeline, timeline) {
                    asked.write_text(out, timeline, view)?;
                }
                facets::write(out, &hits.facets, self.limit, view)?;
            }
        } else if let Some(timeline) = timeline {
            write_csv(out, timeline)?;
        } else {
            facets::write_csv(out, &hits.facets, self.limit, view.raw)?;
        }
        if self.form == Form::Csv && !self.count && hits.total == 0 {
            note(view, nothing_to_count(view.lang));
        }
        out.flush()?;
        Ok(Some(outcome))
    }
}

/// That there is nothing to count.
fn nothing_to_count(lang: Lang) -> &'static str {
    lang.pick("Ohne Treffer gibt es nichts zu zählen.", "Without hits there is nothing to count.")
}

impl Overview {
    /// Whether it counts by people, organisations or places that were asked for.
    #[must_use]
    pub fn counts_recognised(&self) -> bool {
        self.facets.len() < FacetField::ALL.len() && self.facets.iter().any(|field| field.is_recognised())
    }
}

/// That a word behind `--facets` is searched, where it names facets.
#[must_use]
pub fn facets_apart(word: &str, lang: Lang) -> String {
    lang.pick(
        format!("Hinweis: „{word}“ wird gesucht; als Facette zählt es mit Gleichheitszeichen: --facets={word}"),
        format!("Hint: “{word}” is searched; to count by it, write: --facets={word}"),
    )
}

/// The word behind `--facets` that is none of its values, since a space stands between, if it names facets.
#[must_use]
pub fn word_behind_facets(arguments: &[OsString]) -> Option<String> {
    let names = |word: &str| word.split(',').all(|name| FacetField::from_name(name.trim()).is_some());
    let behind = arguments.iter().zip(arguments.iter().skip(1)).find(|(option, _)| *option == "--facets");
    behind.and_then(|(_, word)| word.to_str()).filter(|word| names(word)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Args, FromArgMatches};

    fn resolved(arguments: &[&str], form: Form) -> Result<Overview, String> {
        let command = OverviewArgs::augment_args(clap::Command::new("x"));
        let matches = command.try_get_matches_from([&["x"], arguments].concat()).map_err(|error| error.to_string())?;
        let args = OverviewArgs::from_arg_matches(&matches).map_err(|error| error.to_string())?;
        args.resolve(form, true, Lang::En).map_err(|error| error.to_string())
    }

    #[test]
    fn facets_are_named_or_all() {
        let facets = |arguments: &[&str]| resolved(arguments, Form::Text).map(|overview| overview.facets);
        assert_eq!(facets(&[]), Ok(vec![]));
        assert_eq!(facets(&["--facets"]), Ok(FacetField::ALL.to_vec()));
        assert_eq!(facets(&["--facets=jahr, quelle,year"]), Ok(vec![FacetField::Year, FacetField::Source]));
        assert!(
            facets(&["--facets=farbe"]).expect_err("none").starts_with("there is no facet \"farbe\"; there are source")
        );
    }

    #[test]
    fn overviews_have_their_forms() {
        assert!(resolved(&["--facets", "--timeline", "month"], Form::Csv).expect_err("two").contains("two tables"));
        assert!(resolved(&["--count"], Form::Other).expect_err("none").contains("text, json or csv"));
        assert!(
            resolved(&["--facets", "--timeline", "month"], Form::Json).is_ok_and(|overview| !overview.is_instead())
        );
        assert!(resolved(&["--count"], Form::Json).is_ok_and(|overview| overview.is_instead() && overview.is_number()));
        assert!(resolved(&[], Form::Text).is_ok_and(|overview| overview.group && !overview.counts_any()));
        assert!(resolved(&["--no-group"], Form::Text).is_ok_and(|overview| !overview.group));
        assert!(resolved(&[], Form::Csv).is_ok_and(|overview| !overview.group));
    }

    #[test]
    fn a_word_behind_facets_is_noticed_if_it_names_some() {
        let behind = |line: &str| word_behind_facets(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(behind("findbuch search x --facets quelle,jahr").as_deref(), Some("quelle,jahr"));
        assert_eq!(behind("findbuch search x --facets Hafen"), None);
        assert_eq!(behind("findbuch search x --facets"), None);
    }
}
