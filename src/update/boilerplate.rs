//! Lines that many articles of a source repeat: they belong to its web pages, not to the articles.

use findbuch_article::{Article, Part, PartKind};
use std::collections::{BTreeSet, HashMap};
use std::path::Path;

/// Fewest articles of a source, under different headlines, that repeat a line of the page …
const MIN_ARTICLES: usize = 5;
/// … and greatest number of the source's articles for one with the line.
const ONE_OF: usize = 33;
/// Fewest words of a crosshead that is learnt: "Hintergrund" stays a crosshead, however often it is repeated.
const MIN_CROSSHEAD_WORDS: usize = 4;
/// Most lines that are remembered while learning, and that are learnt.
const MAX_REMEMBERED: usize = 500_000;
const MAX_LEARNT: usize = 5_000;

/// The lines that were learnt, by a hash of source and line.
#[derive(Debug, Clone, Copy)]
pub struct Boilerplate<'a>(pub &'a BTreeSet<u64>);

impl Boilerplate<'_> {
    /// Marks the parts of an article that are learnt lines as boilerplate, unless nothing else would be left.
    pub fn mark(self, article: &mut Article) {
        if self.0.is_empty() {
            return;
        }
        let source = source(article);
        let is_learnt = |part: &Part| can_be_furniture(part) && self.0.contains(&hash(source, &part.text));
        let learnt: Vec<usize> =
            article.parts.iter().enumerate().filter(|(_, part)| is_learnt(part)).map(|(at, _)| at).collect();
        let left = |(at, part): (usize, &Part)| part.is_searched() && !learnt.contains(&at);
        if !article.parts.iter().enumerate().any(left) {
            return;
        }
        for at in learnt {
            if let Some(part) = article.parts.get_mut(at) {
                part.kind = PartKind::Boilerplate;
            }
        }
    }
}

/// Where a line was seen.
#[derive(Debug)]
struct Seen {
    source: u64,
    /// Number of articles.
    count: u64,
    /// Headlines above it, at most [`MIN_ARTICLES`] of them.
    headlines: BTreeSet<u64>,
}

impl Seen {
    fn in_source(source: u64) -> Seen {
        Seen { source, count: 0, headlines: BTreeSet::new() }
    }

    fn add_headline(&mut self, headline: u64) {
        if self.headlines.len() < MIN_ARTICLES {
            self.headlines.insert(headline);
        }
    }
}

/// Learns lines.
#[derive(Debug, Default)]
pub struct Learner {
    /// By the hash of the line.
    lines: HashMap<u64, Seen>,
    /// Articles of each source.
    articles: HashMap<u64, u64>,
}

impl Learner {
    /// Reads an article.
    pub fn read(&mut self, article: &Article) {
        let source = source(article);
        let of = hash(source, "");
        *self.articles.entry(of).or_default() += 1;
        let headline = hash(&article.title(), "");
        let lines: BTreeSet<u64> =
            article.parts.iter().filter(|part| can_be_furniture(part)).map(|part| hash(source, &part.text)).collect();
        for line in lines {
            if self.lines.len() < MAX_REMEMBERED || self.lines.contains_key(&line) {
                let seen = self.lines.entry(line).or_insert_with(|| Seen::in_source(of));
                seen.count += 1;
                seen.add_headline(headline);
            }
        }
    }

    /// Merges what another learner has read.
    pub fn join(&mut self, other: Learner) {
        for (source, articles) in other.articles {
            *self.articles.entry(source).or_default() += articles;
        }
        for (line, more) in other.lines {
            let seen = self.lines.entry(line).or_insert_with(|| Seen::in_source(more.source));
            seen.count += more.count;
            more.headlines.into_iter().for_each(|headline| seen.add_headline(headline));
        }
    }

    /// The lines that stand in many articles of their source.
    pub fn learn(self) -> BTreeSet<u64> {
        let mut learnt: Vec<(u64, u64)> = self
            .lines
            .into_iter()
            .filter(|(_, seen)| {
                let articles = self.articles.get(&seen.source).copied().unwrap_or_default();
                seen.headlines.len() >= MIN_ARTICLES && seen.count * ONE_OF as u64 >= articles
            })
            .map(|(line, seen)| (seen.count, line))
            .collect();
        learnt.sort_unstable_by(|a, b| b.cmp(a));
        learnt.into_iter().take(MAX_LEARNT).map(|(_, line)| line).collect()
    }
}

/// Headlines and captions belong to their article, even if they are repeated.
fn can_be_furniture(part: &Part) -> bool {
    match part.kind {
        PartKind::Lead | PartKind::Paragraph | PartKind::PullQuote => true,
        PartKind::Crosshead => part.text.split_whitespace().count() >= MIN_CROSSHEAD_WORDS,
        _ => false,
    }
}

/// The publication, or the folder where the article names none.
fn source(article: &Article) -> &str {
    let folder = || Path::new(&article.path).parent().and_then(Path::to_str).unwrap_or("");
    article.source.as_deref().unwrap_or_else(folder)
}

fn hash(source: &str, line: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64_with_seed(line.as_bytes(), xxhash_rust::xxh3::xxh3_64(source.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(source: &str, headline: &str, lines: &[&str]) -> Article {
        let mut parts = vec![Part::new(PartKind::Headline, headline)];
        parts.extend(lines.iter().map(|line| Part::new(PartKind::Paragraph, *line)));
        Article { source: Some(source.into()), parts, ..Article::default() }
    }

    fn learnt(articles: &[Article]) -> BTreeSet<u64> {
        let (mut one, mut other) = (Learner::default(), Learner::default());
        for (at, article) in articles.iter().enumerate() {
            if at % 2 == 0 { one.read(article) } else { other.read(article) }
        }
        one.join(other);
        one.learn()
    }

    /// Whether the line is marked in an article of the Bote.
    fn check(boilerplate: &BTreeSet<u64>, line: &str, expected: bool) {
        let mut article = article("Bote", "Neu", &["Der Text des Tages.", line]);
        Boilerplate(boilerplate).mark(&mut article);
        assert_eq!(article.parts[2].kind == PartKind::Boilerplate, expected, "{line}");
        assert_eq!(article.parts[1].kind, PartKind::Paragraph);
    }

    #[test]
    fn lines_of_many_articles_of_a_source_are_the_pages() {
        let (always, once) = ("Der Bote erscheint werktags.", "Das Fest beginnt um acht.");
        let mut articles: Vec<Article> =
            (0..6).map(|n| article("Bote", &format!("Nr. {n}"), &[&format!("Text {n}."), always])).collect();
        articles.push(article("Bote", "Fest", &[once]));
        articles.extend((0..9).map(|_| article("Bote", "Dieselbe Meldung", &["Sie kam neunmal."])));
        articles.extend((0..4).map(|n| article("Blatt", &format!("Nr. {n}"), &["Nur viermal."])));
        let boilerplate = learnt(&articles);
        check(&boilerplate, always, true);
        check(&boilerplate, once, false);
        check(&boilerplate, "Sie kam neunmal.", false);
        check(&boilerplate, "Nur viermal.", false);
        let mut elsewhere = article("Blatt", "Zitat", &[always]);
        Boilerplate(&boilerplate).mark(&mut elsewhere);
        assert_eq!(elsewhere.parts[1].kind, PartKind::Paragraph, "of another source");
    }

    #[test]
    fn a_line_must_be_frequent_and_something_must_be_left() {
        let line = "Mit Material der Agentur.";
        let mut articles: Vec<Article> = (0..5).map(|n| article("Bote", &format!("A {n}"), &[line])).collect();
        let mut bare = Article { parts: vec![Part::new(PartKind::Paragraph, line)], ..articles[0].clone() };
        Boilerplate(&learnt(&articles)).mark(&mut bare);
        assert_eq!(bare.parts[0].kind, PartKind::Paragraph);
        articles.extend((0..200).map(|n| article("Bote", &format!("B {n}"), &[&format!("Text {n}.")])));
        check(&learnt(&articles), line, false);
    }
}
