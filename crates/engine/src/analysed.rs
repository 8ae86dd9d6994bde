//! An article as every index has it: its words at their positions with their stems and forms, the parts of compounds, and where
//! sentences, paragraphs and segments begin. One definition for all engines.
//!
//! It is handed on word by word and not kept, since each engine has a form of its own for it and a copy of every article is slow.

use crate::analysis::furniture;
use crate::analysis::segments::{Boundary, Placing, searched};
use crate::versions::sketch::{self, Sketch, Sketcher};
use findbuch_article::{Article, PartKind};
use findbuch_german::{Analyzer, Entry, words};
use std::ops::Range;

/// Begins what a sketch has of a word that hyphens imply; no word has it. A part of every sketch in an index.
const IMPLIED: char = '\u{1e}';

/// A word of an article.
#[derive(Debug, Clone, Copy)]
pub struct AnalysedWord<'a> {
    /// Its stem.
    pub stem: &'a str,
    /// Its form; none where the article had it before. A form may still come more than once.
    pub form: Option<&'a str>,
    /// Whether it stands at the position of the word before it: a hyphen implies it, or it is another word that the form may belong to.
    pub same_place: bool,
}

/// Takes what an article is analysed to, in the order of positions.
pub trait TermSink {
    /// The next word of the text, with all that it is analysed to: its stem, its form where the article did not have the word before, the stems of
    /// other words that the form may belong to, and its parts.
    fn written(&mut self, position: usize, entry: &Entry<'_>, is_new: bool) {
        let form = is_new.then_some(entry.exact());
        self.word(AnalysedWord { stem: entry.stem(), form, same_place: false });
        for other in entry.others() {
            self.word(AnalysedWord { stem: other, form: None, same_place: true });
        }
        for part in entry.parts() {
            self.compound_part(position, &part.stem);
        }
    }

    /// The next term of the text: all of a written word, unless [`TermSink::written`] takes it whole, or what a hyphen implies.
    fn word(&mut self, word: AnalysedWord<'_>);

    /// A part of the compound that was the last word, by its stem and the compound's position.
    fn compound_part(&mut self, position: usize, stem: &str);

    /// What begins at a position of the text at hand; all of a text come behind its words.
    fn boundary(&mut self, position: usize, boundary: Boundary);

    /// A text of so many written words ends. `part` is the kind of the part that it is alone; a part that quotes someone has two
    /// texts, which count for the article and for no kind of part.
    fn text_ends(&mut self, part: Option<PartKind>, words: usize);

    /// The next term of a text that is page furniture, as [`furniture`] has it; `same_place` as of an [`AnalysedWord`].
    fn furniture(&mut self, term: &str, same_place: bool);

    /// A text that is page furniture ends.
    fn furniture_ends(&mut self);
}

/// What is kept of a word of the table.
#[derive(Debug, Clone, Copy, Default)]
struct SeenWord {
    /// The article that last had it; 0 where none had.
    article: u32,
    /// The hash by which sketches have its stem.
    hash: u64,
}

/// Analyses articles; keeps the table of analysed words from one to the next.
pub struct ArticleAnalyzer {
    analyzer: Analyzer,
    /// The numbered words of the table.
    seen: Vec<SeenWord>,
    generation: u32,
    article: u32,
    /// The words of the text at hand.
    spans: Vec<Range<usize>>,
    /// A word for the sketch.
    implied: String,
}

impl ArticleAnalyzer {
    /// Analyses with the terms of `analyzer`.
    pub fn new(analyzer: Analyzer) -> ArticleAnalyzer {
        let (seen, spans, implied) = (Vec::new(), Vec::new(), String::new());
        ArticleAnalyzer { analyzer, seen, generation: 0, article: 0, spans, implied }
    }

    /// Hands `sink` what the article is analysed to, and gives the sketch of its paragraphs; nothing for a short article.
    pub fn analyse(&mut self, article: &Article, sink: &mut impl TermSink) -> Option<Sketch> {
        self.article = self.article.wrapping_add(1).max(1);
        let (mut sketcher, mut placing) = (Sketcher::default(), Placing::default());
        for (_, part) in searched(article) {
            let kind = part.attribution.is_none().then_some(part.kind);
            let mut sketcher = (kind == Some(PartKind::Paragraph)).then_some(&mut sketcher);
            for text in std::iter::once(&part.text).chain(&part.attribution) {
                self.text(text, placing.position(), sketcher.as_deref_mut(), sink);
                placing.place(part.kind, text, &self.spans, |position, boundary| sink.boundary(position, boundary));
                sink.text_ends(kind, self.spans.len());
            }
        }
        for part in article.parts.iter().filter(|part| part.is_furniture()) {
            for text in std::iter::once(&part.text).chain(&part.attribution) {
                self.furniture(text, sink);
            }
        }
        sketcher.finish()
    }

    /// The words of a text that is page furniture.
    fn furniture(&mut self, text: &str, sink: &mut impl TermSink) {
        self.spans.clear();
        self.spans.extend(words(text));
        let implied = self.analyzer.implied_words(text, &self.spans);
        let mut implied = implied.iter().peekable();
        for (at, span) in self.spans.iter().enumerate() {
            let entry = self.analyzer.entry_at(text, span.clone());
            sink.furniture(entry.stem(), false);
            sink.furniture(&furniture::form(entry.exact()), true);
            for other in entry.others() {
                sink.furniture(other, true);
            }
            for part in entry.parts() {
                sink.furniture(&furniture::part(&part.stem), true);
            }
            while let Some(word) = implied.next_if(|word| word.at == at) {
                let entry = self.analyzer.entry(&word.word);
                if word.is_number() {
                    sink.furniture(&furniture::part(entry.stem()), true);
                } else {
                    sink.furniture(entry.stem(), true);
                    sink.furniture(&furniture::form(entry.exact()), true);
                }
            }
        }
        sink.furniture_ends();
    }

    /// The words of a text that begins at `position`.
    fn text(&mut self, text: &str, position: usize, mut sketcher: Option<&mut Sketcher>, sink: &mut impl TermSink) {
        self.spans.clear();
        self.spans.extend(words(text));
        if let (Some(sketcher), []) = (&mut sketcher, self.spans.as_slice()) {
            // a paragraph without words is one word of a sketch
            sketcher.word("");
        }
        let implied = self.analyzer.implied_words(text, &self.spans);
        let mut implied = implied.iter().peekable();
        for (at, span) in self.spans.iter().enumerate() {
            let entry = self.analyzer.entry_at(text, span.clone());
            if entry.generation() != self.generation {
                self.generation = entry.generation();
                self.seen.clear();
            }
            if self.seen.len() <= entry.number() {
                self.seen.resize(entry.number() * 3 / 2 + 64, SeenWord::default());
            }
            let seen = &mut self.seen[entry.number()];
            if seen.article == 0 {
                seen.hash = sketch::hash(entry.stem());
            }
            sink.written(position + at, &entry, seen.article != self.article);
            seen.article = self.article;
            if let Some(sketcher) = &mut sketcher {
                sketcher.hashed(seen.hash);
            }
            while let Some(word) = implied.next_if(|word| word.at == at) {
                let entry = self.analyzer.entry(&word.word);
                if word.is_number() {
                    // a date in figures is found as a part is, and makes no article longer
                    sink.compound_part(position + at, entry.stem());
                    continue;
                }
                sink.word(AnalysedWord { stem: entry.stem(), form: Some(entry.exact()), same_place: true });
                if let Some(sketcher) = &mut sketcher {
                    self.implied.clear();
                    self.implied.push(IMPLIED);
                    self.implied.push_str(entry.stem());
                    sketcher.word(&self.implied);
                }
            }
        }
    }

    /// The forms of a name, in order.
    pub fn name(&mut self, name: &str, mut form: impl FnMut(&str)) {
        for span in words(name) {
            form(self.analyzer.entry(&name[span]).exact());
        }
    }

    /// The words that articles are analysed with.
    pub fn analyzer(&mut self) -> &mut Analyzer {
        &mut self.analyzer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::Part;

    /// What a sink is handed, a line each.
    #[derive(Default)]
    struct Lines(Vec<String>);

    impl TermSink for Lines {
        fn word(&mut self, word: AnalysedWord<'_>) {
            let implied = if word.same_place { "+" } else { "" };
            self.0.push(format!("{implied}{} {}", word.stem, word.form.unwrap_or("-")));
        }

        fn compound_part(&mut self, position: usize, stem: &str) {
            self.0.push(format!("part {position} {stem}"));
        }

        fn boundary(&mut self, position: usize, boundary: Boundary) {
            self.0.push(format!("{} {position}", boundary.term()));
        }

        fn text_ends(&mut self, part: Option<PartKind>, words: usize) {
            self.0.push(format!("end {words} {}", part.map_or("-", PartKind::field_name)));
        }

        fn furniture(&mut self, term: &str, same_place: bool) {
            self.0.push(format!("furniture {}{term}", if same_place { "~" } else { "" }));
        }

        fn furniture_ends(&mut self) {
            self.0.push("end of furniture".into());
        }
    }

    fn article(parts: Vec<Part>) -> Article {
        Article { parts, ..Article::default() }
    }

    #[test]
    fn texts_are_handed_on_in_the_order_of_positions() {
        use PartKind::{Headline, Paragraph, PullQuote};
        let quote = Part { attribution: Some("Ein Wirt".into()), ..Part::new(PullQuote, "Das Tal") };
        let parts = vec![quote, Part::new(Paragraph, "…"), Part::new(Headline, "Brief- und Postkarten. Ein Tal")];
        let mut lines = Lines::default();
        let mut analyzer = ArticleAnalyzer::new(Analyzer::default());
        assert_eq!(analyzer.analyse(&article(parts.clone()), &mut lines), None, "too short for a sketch");
        let expected = [
            "brief brief",
            "+briefkarte briefkarten",
            "und und",
            "postkarte postkarten",
            "part 2 post",
            "part 2 karte",
            "ein ein",
            "tal tal",
            "h 0",
            "s 3",
            "end 5 headline",
            "end 0 body",
            "das das",
            "tal -",
            "q 6",
            "end 2 -",
            "ein -",
            "wirt wirt",
            "q 9",
            "end 2 -",
        ];
        assert_eq!(lines.0, expected);
        let mut again = Lines::default();
        analyzer.analyse(&article(parts), &mut again);
        assert_eq!(again.0, lines.0, "each article has its forms anew");
    }

    #[test]
    fn furniture_stands_by_itself_behind_all_texts() {
        let parts = vec![
            Part::new(PartKind::Boilerplate, "Mehr Postkarten"),
            Part::new(PartKind::Headline, "Ein Tal"),
            Part { repeated: true, ..Part::new(PartKind::Boilerplate, "Ein Tal") },
        ];
        let mut lines = Lines::default();
        ArticleAnalyzer::new(Analyzer::default()).analyse(&article(parts), &mut lines);
        let expected = [
            "ein ein",
            "tal tal",
            "h 0",
            "end 2 headline",
            "furniture mehr",
            "furniture ~=mehr",
            "furniture postkarte",
            "furniture ~=postkarten",
            "furniture ~+post",
            "furniture ~+karte",
            "end of furniture",
        ];
        assert_eq!(lines.0, expected);
    }

    #[test]
    fn sketches_are_of_paragraphs_that_quote_nobody() {
        let sketch = |parts: Vec<Part>| {
            ArticleAnalyzer::new(Analyzer::default()).analyse(&article(parts), &mut Lines::default())
        };
        let words: Vec<String> = (0..60).map(|number| format!("wort{number}")).collect();
        let text = words.join(" ");
        let paragraph = || Part::new(PartKind::Paragraph, text.clone());
        let own = sketch(vec![paragraph()]);
        assert!(own.is_some());
        let quoted = Part { attribution: Some("Ilse".into()), ..Part::new(PartKind::Paragraph, "Ganz anders war es.") };
        assert_eq!(sketch(vec![Part::new(PartKind::Headline, "Ganz anders"), paragraph(), quoted]), own);
        assert_ne!(sketch(vec![paragraph(), Part::new(PartKind::Paragraph, "Mit mehr Text.")]), own);
        let mut sketcher = Sketcher::default();
        let before = ["", "brief", "\u{1e}briefkarte", "und", "postkarte"];
        for word in before.into_iter().chain(words.iter().map(String::as_str)) {
            sketcher.word(word);
        }
        let wordless = Part::new(PartKind::Paragraph, "…");
        let implied = Part::new(PartKind::Paragraph, format!("Brief- und Postkarten {text}"));
        assert_eq!(sketch(vec![wordless, implied]), sketcher.finish(), "as in the indexes that there are");
    }
}
