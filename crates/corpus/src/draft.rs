//! What a format found in a document, on its way to an [`Article`]: the steps that all formats share.

use crate::printed::PageWords;
use crate::structure::{self, Block, Known};
use crate::{Limits, RawDocument, ReadError, Settings, dates, pictures};
use findbuch_article::{Article, Names, Part, PartKind};
use findbuch_german::{is_surely_german, one_line};
use serde::{Deserialize, Serialize};

/// What a format found. Texts are as they stand in the source; [`Draft::finish`] cleans them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The article's own id.
    pub id: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Dachzeile.
    pub kicker: Option<String>,
    /// Schlagzeile.
    pub headline: Option<String>,
    /// Unterzeile.
    pub subhead: Option<String>,
    /// Vorspann.
    pub lead: Option<String>,
    /// The text below the headline.
    pub body: Vec<Block>,
    /// Authors as given; a text may hold several names.
    pub authors: Vec<String>,
    /// Signs that a page prints in the place of names: `ihm`, `srf/ihm`; they count where there are no names.
    pub signs: Vec<String>,
    /// Dates of publication as given, the best first.
    pub dates: Vec<String>,
    /// A line of the text that gives the date.
    pub date_line: Option<String>,
    /// Ortsmarke.
    pub dateline: Option<String>,
    /// The publication.
    pub source: Option<String>,
    /// Ressort.
    pub section: Option<String>,
    /// Agentur.
    pub agency: Option<String>,
    /// Schlagwörter.
    pub tags: Vec<String>,
    /// Reading time in minutes.
    pub reading_minutes: Option<u16>,
    /// Language as declared.
    pub language: Option<String>,
    /// The number of the version, if an agency's item has one.
    pub version: Option<u64>,
    /// The words of its pages as they are printed.
    pub printed: Option<PageWords>,
}

/// Most lines of an article, and the part of the largest file that its text may be.
const MAX_LINES: usize = 150_000;
const MAX_SHARE: u64 = 8;

/// Refuses a text that is more than an article has, before anything is made of it.
pub fn check_length(text: &str, limits: &Limits) -> Result<(), ReadError> {
    let limit = limits.max_bytes / MAX_SHARE;
    if text.len() as u64 > limit { Err(ReadError::TooLong { limit, lines: MAX_LINES }) } else { Ok(()) }
}

impl Draft {
    /// Cleans the texts, names the parts, and chooses date, id and language.
    ///
    /// # Errors
    /// [`ReadError::NoText`] where neither headline nor text is left, [`ReadError::TooLong`] where it is more than an article has.
    pub fn finish(mut self, document: &RawDocument<'_>) -> Result<Article, ReadError> {
        let limit = document.limits.max_bytes / MAX_SHARE;
        let lines = self.body.iter().flat_map(|block| &block.lines);
        let (count, bytes) = lines.fold((0, 0), |(count, bytes), line| (count + 1, bytes + line.len() as u64));
        if count > MAX_LINES || bytes > limit {
            return Err(ReadError::TooLong { limit, lines: MAX_LINES });
        }
        if let Some(settings) = &document.file.settings {
            self.overrule(settings);
        }
        for field in [
            &mut self.kicker,
            &mut self.headline,
            &mut self.subhead,
            &mut self.lead,
            &mut self.dateline,
            &mut self.source,
            &mut self.section,
            &mut self.agency,
            &mut self.id,
            &mut self.url,
        ] {
            *field = field.take().map(|text| one_line(&text)).filter(|text| !text.is_empty());
        }
        let origin = document.origin.cloned().unwrap_or_default();
        self.url = self.url.or(origin.url);
        // a moment in the place of a town
        self.dateline = self.dateline.filter(|town| town.bytes().filter(u8::is_ascii_digit).count() < 6);
        let body = clean(std::mem::take(&mut self.body));
        let text = structure::structure(&body, Known { lead: self.lead.is_some() });
        let mut parts = self.head_parts();
        parts.extend(text.parts);
        prefer_the_bodys_lead(&mut parts);
        structure::mark_repetitions(&mut parts);
        if !parts.iter().any(Part::is_searched) {
            return Err(ReadError::NoText);
        }
        let mut authors = if self.authors.is_empty() { text.authors } else { names(&self.authors) };
        let agency = authors.iter().find(|name| structure::is_agency(name)).cloned();
        authors.retain(|name| !structure::is_agency(name));
        if authors.is_empty() {
            authors = std::mem::take(&mut self.signs);
        }
        let path = document.file.display();
        let date_line = self.date_line.or(text.date_line);
        let date = dates::choose(
            &self.dates,
            date_line.as_deref(),
            self.url.as_deref(),
            &document.file.id,
            document.limits.today,
        );
        let date = match document.file.settings.as_ref().and_then(|s| s.dated(&document.file.id, document.limits.today))
        {
            Some(by_path) if date.as_ref().is_none_or(|date| date.value.day != by_path.value.day) => Some(by_path),
            _ => date,
        };
        let mut article = Article {
            id: self.id.or_else(|| self.url.clone()).unwrap_or_else(|| path_id(document)),
            path,
            record: document.record,
            authors,
            date,
            source: self.source,
            section: self.section,
            agency: self.agency.or(agency).or(text.agency),
            dateline: self.dateline.or(text.dateline),
            url: self.url,
            captured: origin.captured,
            reading_minutes: self.reading_minutes.or(text.reading_minutes),
            language: None,
            tags: tags(self.tags.iter().chain(&text.tags)),
            character_set: document.character_set(),
            version: self.version,
            names: Names::default(),
            printed: self.printed.and_then(|printed| pictures::found(printed, document).of_article(&parts)),
            parts,
        };
        article.language =
            self.language.as_deref().and_then(language_code).or_else(|| recognise_language(&article.parts));
        Ok(article)
    }

    /// The settings of the folder override what the file says.
    fn overrule(&mut self, settings: &Settings) {
        for (said, field) in [
            (&settings.source, &mut self.source),
            (&settings.section, &mut self.section),
            (&settings.agency, &mut self.agency),
            (&settings.language, &mut self.language),
        ] {
            if said.is_some() {
                field.clone_from(said);
            }
        }
    }

    fn head_parts(&mut self) -> Vec<Part> {
        let fields = [
            (PartKind::Kicker, self.kicker.take()),
            (PartKind::Headline, self.headline.take()),
            (PartKind::Subhead, self.subhead.take()),
            (PartKind::Lead, self.lead.take()),
        ];
        fields.into_iter().filter_map(|(kind, text)| Some(Part::new(kind, text?))).collect()
    }
}

/// Drops a lead from the metadata that repeats the first paragraph, which becomes the lead.
fn prefer_the_bodys_lead(parts: &mut Vec<Part>) {
    let Some(lead) = parts.iter().position(|p| p.kind == PartKind::Lead) else { return };
    let Some(first) = parts.iter().position(|p| p.kind == PartKind::Paragraph) else { return };
    if structure::same_text(&parts[lead].text, &parts[first].text) {
        parts[first].kind = PartKind::Lead;
        parts.remove(lead);
    }
}

fn clean(blocks: Vec<Block>) -> Vec<Block> {
    blocks
        .into_iter()
        .filter_map(|block| {
            let lines: Vec<String> = block.lines.iter().map(|l| one_line(l)).filter(|l| !l.is_empty()).collect();
            (!lines.is_empty()).then_some(Block { kind: block.kind, lines })
        })
        .collect()
}

/// The id of an article that brings none: its path, and its place in the file.
fn path_id(document: &RawDocument<'_>) -> String {
    match document.record {
        Some(record) => format!("{}:{record}", document.file.id),
        None => document.file.id.clone(),
    }
}

fn names(given: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in given.iter().flat_map(|text| structure::split_names(&one_line(text))) {
        // no name is in small letters throughout: those are signs, and names to log in with
        let small = name.chars().all(|c| c.is_lowercase() || !c.is_alphabetic());
        if !names.contains(&name) && (!small || structure::is_agency(&name)) {
            names.push(name);
        }
    }
    names
}

/// The tags that are told, each once.
fn tags<'a>(told: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in told.map(|tag| one_line(tag)).filter(|tag| !tag.is_empty()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// `de` of `de-AT`, `de_DE`, `deu`.
fn language_code(declared: &str) -> Option<String> {
    let code = declared.trim().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    match code.as_str() {
        "deu" | "ger" => Some("de".into()),
        "eng" => Some("en".into()),
        _ => (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())).then_some(code),
    }
}

/// Bytes of text that the language is recognised by, at most, and at least: in a word or two no library is sure.
const LANGUAGE_SAMPLE: usize = 400;
const MIN_LANGUAGE_SAMPLE: usize = 20;

/// The language of the longest part, where the library is sure.
fn recognise_language(parts: &[Part]) -> Option<String> {
    let text = &parts.iter().filter(|p| p.is_searched()).max_by_key(|p| p.text.len())?.text;
    let sample = &text[..text.floor_char_boundary(LANGUAGE_SAMPLE)];
    if sample.len() < MIN_LANGUAGE_SAMPLE {
        return None;
    }
    if is_surely_german(sample) {
        return Some("de".to_owned());
    }
    let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    isolang(info.lang()).map(str::to_owned)
}

/// Two-letter codes of the languages met in German archives.
fn isolang(lang: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    Some(match lang {
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Ita => "it",
        Lang::Spa => "es",
        Lang::Nld => "nl",
        Lang::Dan => "da",
        Lang::Pol => "pl",
        Lang::Ces => "cs",
        Lang::Tur => "tr",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Por => "pt",
        Lang::Swe => "sv",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileRef, Limits, Origin};
    use findbuch_article::DateFrom;
    use std::sync::Arc;

    fn file() -> FileRef {
        FileRef {
            path: "/a/bote/2023-09-12.txt".into(),
            id: "bote/2023-09-12.txt".into(),
            size: 0,
            mtime: 0,
            changed: 0,
            settings: None,
        }
    }

    fn finished(draft: Draft, file: &FileRef) -> Result<Article, ReadError> {
        let limits = Limits::on(jiff::civil::date(2026, 11, 24));
        draft.finish(&RawDocument { record: Some(7), ..RawDocument::new(file, &limits) })
    }

    fn body(texts: &[&str]) -> Vec<Block> {
        texts.iter().map(|text| Block::plain(vec![(*text).to_owned()])).collect()
    }

    const TEXT: &str = "Die Händler am Kai dürfen bis zum Herbst bleiben, teilte die Stadt Mehlau am Montag mit.";

    #[test]
    fn an_article_without_an_id_is_called_by_its_place() {
        let plain = || Draft { headline: Some(" Markt\n bleibt ".into()), body: body(&[TEXT]), ..Draft::default() };
        let article = finished(plain(), &file()).expect("an article");
        assert_eq!((article.id.as_str(), article.title().as_str()), ("bote/2023-09-12.txt:7", "Markt bleibt"));
        assert_eq!((article.path.as_str(), article.record), ("/a/bote/2023-09-12.txt", Some(7)));
        let addressed = Draft { url: Some("https://bote.example/markt".into()), ..plain() };
        assert_eq!(finished(addressed, &file()).expect("an article").id, "https://bote.example/markt");
        let own = Draft { id: Some("nb-17".into()), url: Some("https://bote.example/markt".into()), ..plain() };
        assert_eq!(finished(own, &file()).expect("an article").id, "nb-17");
    }

    #[test]
    fn where_nothing_is_left_there_is_no_article() {
        for draft in [
            Draft::default(),
            Draft { headline: Some(" \u{ad} ".into()), ..Draft::default() },
            Draft { body: vec![Block::marked(PartKind::Boilerplate, "Anzeige".into())], ..Draft::default() },
        ] {
            assert!(matches!(finished(draft, &file()), Err(ReadError::NoText)));
        }
    }

    #[test]
    fn agencies_are_no_authors() {
        let authors = vec!["Von Jelka Thorn und dpa".into(), "Jelka Thorn".into()];
        let article =
            finished(Draft { authors, body: body(&[TEXT]), ..Draft::default() }, &file()).expect("an article");
        assert_eq!((article.authors.join("|").as_str(), article.agency.as_deref()), ("Jelka Thorn", Some("dpa")));
    }

    #[test]
    fn an_author_given_as_an_address_is_none() {
        let authors =
            vec!["https://bote.example/autoren/imke-harms".into(), "Imke Harms, www.bote.example/imke".into()];
        let article =
            finished(Draft { authors, body: body(&[TEXT]), ..Draft::default() }, &file()).expect("an article");
        assert_eq!(article.authors, ["Imke Harms"]);
    }

    #[test]
    fn the_best_date_is_taken_and_says_where_it_is_from() {
        for (dates, line, expected, from) in [
            (vec!["2023-09-10".to_owned()], None, "2023-09-10", DateFrom::Metadata),
            (vec!["gestern".to_owned()], Some("Stand: 11. Mär 2023"), "2023-03-11", DateFrom::Text),
            (vec![], None, "2023-09-12", DateFrom::FileName),
        ] {
            let draft = Draft { dates, date_line: line.map(str::to_owned), body: body(&[TEXT]), ..Draft::default() };
            let date = finished(draft, &file()).expect("an article").date.expect("a date");
            assert_eq!((date.value.to_string().as_str(), date.from), (expected, from));
        }
    }

    #[test]
    fn settings_of_the_folder_override_the_file() {
        let mut settings = Settings::default();
        settings.source = Some("Norderfehner Bote".into());
        let file = FileRef { settings: Some(Arc::new(settings)), ..file() };
        let draft = Draft {
            source: Some("Blatt".into()),
            section: Some("Sport".into()),
            body: body(&[TEXT]),
            ..Draft::default()
        };
        let article = finished(draft, &file).expect("an article");
        assert_eq!((article.source.as_deref(), article.section.as_deref()), (Some("Norderfehner Bote"), Some("Sport")));
    }

    #[test]
    fn a_captured_page_keeps_address_and_moment() {
        let origin =
            Origin { url: Some("https://bote.example/a".into()), captured: Some("2021-05-04T10:00:00Z".into()) };
        let (file, limits) = (file(), Limits::on(jiff::civil::date(2026, 11, 24)));
        let document = RawDocument { origin: Some(&origin), ..RawDocument::new(&file, &limits) };
        let article = Draft { body: body(&[TEXT]), ..Draft::default() }.finish(&document).expect("an article");
        assert_eq!((article.url, article.captured), (origin.url.clone(), origin.captured.clone()));
    }

    #[test]
    fn languages_are_declared_or_recognised() {
        let german = [TEXT, "Der Markt, der seit Jahren am Kai steht, soll danach auf den Anger ziehen."];
        let english = ["The traders at the quay may stay until autumn, the town said on Monday, and then move."];
        for (declared, texts, expected) in [
            (Some("de-AT"), &english[..], Some("de")),
            (Some("deu"), &german[..], Some("de")),
            (Some("Deutsch"), &german[..], Some("de")),
            (None, &german[..], Some("de")),
            (None, &english[..], Some("en")),
        ] {
            let draft = Draft { language: declared.map(str::to_owned), body: body(texts), ..Draft::default() };
            let article = finished(draft, &file()).expect("an article");
            assert_eq!(article.language.as_deref(), expected, "{declared:?}");
        }
    }

    #[test]
    fn a_lead_that_is_the_first_paragraph_stands_once() {
        let draft =
            Draft { lead: Some(TEXT.into()), body: body(&[TEXT, "Im Mai stimmt der Rat ab."]), ..Draft::default() };
        let parts = finished(draft, &file()).expect("an article").parts;
        let kinds: Vec<PartKind> = parts.iter().map(|part| part.kind).collect();
        assert_eq!(kinds, [PartKind::Lead, PartKind::Paragraph]);
    }
}
