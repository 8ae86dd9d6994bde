//! An article in memory, and its words as an index has them.

use crate::analysis::closeness::{in_order, together};
use crate::analysis::segments::Segments;
use crate::text::proximity_matches::{Text, texts};
use crate::versions::sketch::{Sketch, Sketcher};
use crate::{FileState, Record};
use findbuch_article::{Article, PartKind};
use findbuch_german::{Analyzer, Token};
use std::collections::{BTreeMap, BTreeSet};

/// An article and its analysis.
pub struct Kept {
    pub article: Article,
    pub file: FileState,
    pub folders: Vec<String>,
    /// See [`Record::content`].
    pub content: u64,
    /// The number of the update that added it.
    pub update: u64,
    pub texts: Vec<Text>,
    pub segments: Segments,
    /// The forms of its texts.
    pub forms: BTreeSet<Box<str>>,
    /// The stems of all its texts.
    pub text: Stems,
    /// The stems of the parts of compounds, at the positions of their compounds.
    pub compounds: Stems,
    /// For each kind of part the stems of the parts that nobody is quoted in.
    pub parts: BTreeMap<PartKind, Stems>,
    /// The sketch of its paragraphs.
    pub sketch: Option<Sketch>,
}

/// Where the stems of some texts stand, one position being left unused between two texts.
#[derive(Default)]
pub struct Stems {
    places: BTreeMap<Box<str>, Vec<u32>>,
    /// Words, those that a hyphen implies included.
    pub words: u32,
    next: u32,
}

impl Stems {
    fn add(&mut self, tokens: &[Token], stems_of: impl Fn(&Token) -> Vec<Box<str>>) {
        for (position, token) in (self.next..).zip(tokens) {
            for stem in stems_of(token) {
                self.words += 1;
                self.places.entry(stem).or_default().push(position);
            }
        }
        if !tokens.is_empty() {
            self.next += u32::try_from(tokens.len()).expect("an article of a test") + 1;
        }
    }

    /// The places of a stem, in order.
    pub fn of(&self, stem: &str) -> &[u32] {
        self.places.get(stem).map_or(&[], Vec::as_slice)
    }

    /// How often a stem stands there.
    pub fn count(&self, stem: &str) -> f32 {
        self.of(stem).len() as f32
    }

    /// All stems.
    pub fn stems(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(|stem| &**stem)
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

impl Kept {
    /// Analyses an article.
    pub fn new(record: &Record<'_>, update: u64, analyzer: &mut Analyzer) -> Kept {
        let article = record.article;
        let (texts, segments) = texts(article, |text| analyzer.tokens(text));
        let (mut text, mut compounds, mut parts) = (Stems::default(), Stems::default(), BTreeMap::new());
        let stems = |token: &Token| token.all_terms().map(|terms| terms.stem.clone()).collect::<Vec<_>>();
        for part in &texts {
            text.add(&part.tokens, stems);
            compounds.add(&part.tokens, |token| token.terms.parts.iter().map(|part| part.stem.clone()).collect());
            let of = part.part.and_then(|number| article.parts.get(number));
            if let Some(of) = of.filter(|part| part.attribution.is_none()) {
                parts.entry(of.kind).or_insert_with(Stems::default).add(&part.tokens, stems);
            }
        }
        let terms = texts.iter().flat_map(|text| text.tokens.iter().flat_map(Token::all_terms));
        Kept {
            article: article.clone(),
            file: record.file.clone(),
            folders: record.folders.to_vec(),
            content: record.content,
            update,
            forms: terms.map(|terms| terms.exact.clone()).collect(),
            text,
            compounds,
            parts,
            sketch: sketch(article, &texts),
            segments,
            texts,
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

/// The sketch of an article's paragraphs.
fn sketch(article: &Article, texts: &[Text]) -> Option<Sketch> {
    let mut sketcher = Sketcher::default();
    for text in texts {
        let of = text.part.and_then(|number| article.parts.get(number));
        if of.is_some_and(|part| part.kind == PartKind::Paragraph && part.attribution.is_none()) {
            let terms = text.tokens.iter().flat_map(Token::all_terms);
            terms.for_each(|terms| sketcher.word(&terms.stem));
        }
    }
    sketcher.finish()
}
