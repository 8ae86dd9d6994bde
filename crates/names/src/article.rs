//! The names of an article: what the tagger finds in its texts, brought to one form each.
//!
//! A name that is told once with forename and surname is known by either alone. A genitive is brought to the name, where the article
//! or the table of words has that; what stands before a name and is none elsewhere, a title or an office, is taken off. A name that is
//! taken for two kinds is of the one that the tagger is surer of, over the whole article.

use crate::Tagger;
use crate::model::{Kind, Mention};
use crate::tokens::{Divider, Token};
use crate::words::{Known, hash};
use findbuch_article::{Article, Names};
use std::collections::{HashMap, HashSet};

/// Most names of a kind that an article has, and most bytes and tokens of a name: what is longer is a list or a ruin.
const MOST: usize = 100;
const MAX_BYTES: usize = 80;
const MAX_TOKENS: usize = 8;

/// What the tagger says of a name, over an article.
#[derive(Debug, Clone, Copy, Default)]
struct Evidence {
    /// How sure it is of each kind, in the order of [`Kind::ALL`].
    margins: [i64; 3],
    count: usize,
    /// When it was first met.
    first: usize,
}

/// Collects the names of one article after another.
#[derive(Debug, Clone, Default)]
pub struct Collector {
    tagger: Tagger,
    divider: Divider,
    tokens: Vec<Token>,
    names: HashMap<String, Evidence>,
}

impl Collector {
    /// The names in the searched parts of an article.
    pub fn of(&mut self, article: &Article) -> Names {
        for part in article.parts.iter().filter(|part| part.is_searched()) {
            self.read(&part.text);
            if let Some(attribution) = &part.attribution {
                self.read(attribution);
            }
        }
        self.finish()
    }

    /// Reads a text of the article at hand.
    fn read(&mut self, text: &str) {
        let model = self.tagger.model();
        self.divider.divide(text, &model.words, &mut self.tokens);
        for mention in model.mentions(&self.tokens) {
            if let Some((kind, name)) = self.name(text, &mention) {
                let first = self.names.len();
                let known = self.names.entry(name).or_insert(Evidence { first, ..Evidence::default() });
                known.count += 1;
                known.margins[kind as usize] += i64::from(mention.margin.max(1));
            }
        }
    }

    /// The kind and name of a mention, with single spaces, without what stands before it.
    fn name(&self, text: &str, mention: &Mention) -> Option<(Kind, String)> {
        let tokens = self.tokens.get(mention.tokens.clone())?;
        let title = |token: &&Token| mention.kind == Kind::Person && token.known.is_no_name();
        let titles = tokens.iter().take_while(title).count();
        let tokens = tokens.get(titles..)?;
        let (first, last) = (tokens.first()?, tokens.last()?);
        let span = first.span.start..last.span.end;
        if tokens.len() > MAX_TOKENS || span.len() > MAX_BYTES {
            return None;
        }
        let mut kind = mention.kind;
        if let ([only], Kind::Person | Kind::Place) = (tokens, kind)
            && only.known.is_mostly_no_name()
        {
            return None;
        }
        // an institute that is named after someone, and what a person is to someone
        if let (Some([_, tail]), Kind::Person) = (last.pieces, kind)
            && tail.is_mostly_no_person()
        {
            kind = if tokens.len() > 1 { Kind::Organisation } else { return None };
        }
        let words: Vec<&str> = text.get(span)?.split_whitespace().collect();
        Some((kind, words.join(" ")))
    }

    /// The names of the article, whose texts have been read; the next text is of another.
    fn finish(&mut self) -> Names {
        let found = std::mem::take(&mut self.names);
        let mut nominatives: HashMap<String, Evidence> = HashMap::with_capacity(found.len());
        let ends: HashSet<&str> = found.keys().filter_map(|name| name.split(' ').next_back()).collect();
        for (name, evidence) in &found {
            let base = self.nominative(name, &ends);
            let known =
                nominatives.entry(base.to_owned()).or_insert(Evidence { first: usize::MAX, ..Evidence::default() });
            known.count += evidence.count;
            known.first = known.first.min(evidence.first);
            known.margins.iter_mut().zip(evidence.margins).for_each(|(sum, margin)| *sum += margin);
        }
        let kind = |evidence: &Evidence| {
            Kind::ALL.into_iter().max_by_key(|kind| (evidence.margins[*kind as usize], 3 - *kind as usize))
        };
        // forenames and surnames of people with both
        let mut parts: HashMap<&str, &str> = HashMap::new();
        for (name, evidence) in &nominatives {
            if kind(evidence) == Some(Kind::Person)
                && let (Some((forename, _)), Some((_, surname))) = (name.split_once(' '), name.rsplit_once(' '))
            {
                for part in [forename, surname] {
                    let known = parts.entry(part).or_insert(name);
                    // of two, the one that is met more often, then first
                    let weight = |name: &str| nominatives.get(name).map(|e| (e.count, usize::MAX - e.first));
                    if weight(name) > weight(known) {
                        *known = name;
                    }
                }
            }
        }
        let mut merged: HashMap<&str, Evidence> = HashMap::new();
        for (name, evidence) in &nominatives {
            let full = if kind(evidence) == Some(Kind::Person) { parts.get(name.as_str()).copied() } else { None };
            let known =
                merged.entry(full.unwrap_or(name)).or_insert(Evidence { first: usize::MAX, ..Evidence::default() });
            known.count += evidence.count;
            known.first = known.first.min(evidence.first);
            known.margins.iter_mut().zip(evidence.margins).for_each(|(sum, margin)| *sum += margin);
        }
        let mut ordered: Vec<(&str, Evidence)> = merged.into_iter().collect();
        ordered.sort_unstable_by_key(|(_, evidence)| (usize::MAX - evidence.count, evidence.first));
        let mut names = Names::default();
        for (name, evidence) in ordered {
            let list = match kind(&evidence) {
                Some(Kind::Person) => &mut names.people,
                Some(Kind::Place) => &mut names.places,
                Some(Kind::Organisation) => &mut names.organisations,
                None => continue,
            };
            if list.len() < MOST {
                list.push(name.to_owned());
            }
        }
        names
    }

    /// The name without a genitive's ending, where the article or the table has it so.
    fn nominative<'a>(&self, name: &'a str, ends: &HashSet<&str>) -> &'a str {
        if let Some(base) = name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")) {
            return base;
        }
        if let Some(base) = name.strip_suffix(['’', '\'']) {
            return base;
        }
        let Some(base) = name.strip_suffix('s') else { return name };
        let last = |name: &'a str| name.split(' ').next_back().unwrap_or(name);
        if let (Some((_, tail)), Some((_, base_tail))) = (last(name).rsplit_once('-'), last(base).rsplit_once('-')) {
            let is_noun = |word: &str| self.tagger.model().words.get(hash(word.as_bytes())).is_no_name();
            if is_noun(tail) && is_noun(base_tail) {
                return base;
            }
        }
        let of_news: Known = self.tagger.model().words.get(hash(last(name).as_bytes()));
        if last(base).chars().count() > 2 && (ends.contains(last(base)) || of_news.is_genitive()) { base } else { name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&str]) -> Names {
        let mut collector = Collector::default();
        for text in texts {
            collector.read(text);
        }
        collector.finish()
    }

    #[test]
    fn chunks_of_one_person_meet() {
        let found = names(&[
            "Bundeskanzler Olaf Scholz sprach am Montag in Berlin mit Emmanuel Macron.",
            "Scholz sagte, er halte nichts davon. Macrons Berater widersprachen dem Kanzler. Kanzler Scholz' Antwort blieb aus.",
        ]);
        assert_eq!(found.people, ["Olaf Scholz", "Emmanuel Macron"]);
        assert_eq!(found.places, ["Berlin"]);
    }

    #[test]
    fn an_institute_named_after_someone_is_no_person() {
        let found = names(&["Das Robert Koch-Institut meldete am Montag mehr Fälle."]);
        assert_eq!(
            (found.people.as_slice(), found.organisations.as_slice()),
            (&[][..], &["Robert Koch-Institut".to_owned()][..])
        );
    }

    #[test]
    fn an_article_leaves_nothing_to_the_next() {
        let mut collector = Collector::default();
        collector.read("Angela Merkel reiste nach Paris.");
        assert_eq!(collector.finish().people, ["Angela Merkel"]);
        assert_eq!(collector.finish(), Names::default());
    }
}
