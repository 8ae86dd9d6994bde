//! An article and its words as an index has them.

use crate::analysed::{AnalysedWord, ArticleAnalyzer, TermSink};
use crate::analysis::closeness::{in_order, together};
use crate::analysis::segments::{Boundary, Segments};
use crate::text::proximity_matches::{Text, texts};
use crate::versions::sketch::Sketch;
use crate::{FileState, Record};
use findbuch_article::{Article, PartKind};
use std::collections::{BTreeMap, BTreeSet};

/// An article and its analysis.
pub struct Kept {
    pub article: Article,
    pub file: FileState,
    pub folders: Vec<String>,
    pub texts: Vec<Text>,
    pub segments: Segments,
    /// The forms of its texts.
    pub forms: BTreeSet<Box<str>>,
    /// The stems of all its texts.
    pub text: Stems,
    /// The stems of the parts of compounds, at the positions of their compounds.
    pub compounds: Stems,
    /// The terms of page furniture.
    pub furniture: Stems,
    /// For each kind of part the stems of the parts that nobody is quoted in.
    pub parts: BTreeMap<PartKind, Stems>,
    /// The sketch of its paragraphs.
    pub sketch: Option<Sketch>,
}

/// Where the stems of some texts stand, one position being left unused between two texts.
#[derive(Default)]
pub struct Stems {
    /// For each stem its places, in order.
    pub places: BTreeMap<Box<str>, Vec<u32>>,
    /// Words, those that a hyphen implies included.
    pub words: u32,
    next: u32,
}

impl Stems {
    fn add(&mut self, position: u32, stem: &str) {
        self.words += 1;
        self.places.entry(stem.into()).or_default().push(position);
    }

    /// Adds the words of a text, each with whether it stands at the position of the one before it.
    fn add_text(&mut self, words: &[(Box<str>, bool)]) {
        for (stem, same_position) in words {
            self.next += u32::from(!same_position);
            self.add(self.next - 1, stem);
        }
        self.next += u32::from(!words.is_empty());
    }

    /// The places of a stem, in order.
    pub fn of(&self, stem: &str) -> &[u32] {
        self.places.get(stem).map_or(&[], Vec::as_slice)
    }

    /// How often a stem stands there.
    pub fn count(&self, stem: &str) -> f32 {
        self.of(stem).len() as f32
    }

    /// Where several words begin that stand together, for each the stems that do.
    pub fn together(&self, slots: &[Vec<Box<str>>], between: Option<u32>) -> Vec<u32> {
        let words: Vec<Vec<u32>> = slots
            .iter()
            .map(|stems| stems.iter().flat_map(|stem| self.of(stem)).copied().collect::<BTreeSet<u32>>())
            .map(|places| places.into_iter().collect())
            .collect();
        let words: Vec<&[u32]> = words.iter().map(Vec::as_slice).collect();
        let mut starts = Vec::new();
        match between {
            None => in_order(&words, &mut starts),
            Some(between) => together(&words, between, &mut starts, &mut Vec::new()),
        }
        starts
    }
}

/// The words of an article, gathered from its analysis.
#[derive(Default)]
struct Gathered {
    /// The text at hand.
    words: Vec<(Box<str>, bool)>,
    forms: BTreeSet<Box<str>>,
    text: Stems,
    compounds: Stems,
    parts: BTreeMap<PartKind, Stems>,
    segments: Segments,
    /// The page furniture at hand, and all.
    loose: Vec<(Box<str>, bool)>,
    furniture: Stems,
}

fn number(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl TermSink for Gathered {
    fn word(&mut self, word: AnalysedWord<'_>) {
        self.words.push((word.stem.into(), word.same_place));
        self.forms.extend(word.form.map(Into::into));
    }

    fn compound_part(&mut self, position: usize, stem: &str) {
        self.compounds.add(number(position), stem);
    }

    fn boundary(&mut self, position: usize, boundary: Boundary) {
        self.segments.push(number(position), boundary);
    }

    fn text_ends(&mut self, part: Option<PartKind>, _: usize) {
        let words = std::mem::take(&mut self.words);
        self.text.add_text(&words);
        if let Some(kind) = part {
            self.parts.entry(kind).or_default().add_text(&words);
        }
    }

    fn furniture(&mut self, term: &str, same_place: bool) {
        self.loose.push((term.into(), same_place));
    }

    fn furniture_ends(&mut self) {
        let words = std::mem::take(&mut self.loose);
        self.furniture.add_text(&words);
    }
}

impl Kept {
    /// Analyses an article.
    pub fn new(record: &Record<'_>, analyzer: &mut ArticleAnalyzer) -> Kept {
        let article = record.article;
        let mut gathered = Gathered::default();
        let sketch = analyzer.analyse(article, &mut gathered);
        let (texts, _) = texts(article, |text| analyzer.analyzer().tokens(text));
        let Gathered { forms, text, compounds, parts, segments, furniture, .. } = gathered;
        Kept {
            article: article.clone(),
            file: record.file.clone(),
            folders: record.folders.to_vec(),
            texts,
            segments,
            forms,
            text,
            compounds,
            furniture,
            parts,
            sketch,
        }
    }

    /// When it was published, in seconds since 1970.
    pub fn seconds(&self) -> Option<i64> {
        self.article.date.as_ref().map(|date| date.value.seconds())
    }

    /// The day of its publication, counted from 1970.
    pub fn day(&self) -> Option<i64> {
        self.article.date.as_ref().map(|date| date.value.days())
    }

    /// Words of its headline.
    pub fn headline_words(&self) -> u32 {
        self.parts.get(&PartKind::Headline).map_or(0, |headline| headline.words)
    }
}
