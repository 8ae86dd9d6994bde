//! Who and what occurs together: the most frequent names of articles, and how many articles have two of them. Drawn as a circle of names
//! with lines between them, the thicker the more articles.

use findbuch_article::Article;
use std::collections::HashMap;
use std::f64::consts::TAU;

/// Most names.
const MAX_NAMES: usize = 16;
/// Most pairs.
const MAX_PAIRS: usize = 40;
/// The picture's size, and the circle in it.
pub const WIDTH: u32 = 860;
/// See [`WIDTH`].
pub const HEIGHT: u32 = 560;
const RADIUS: f64 = 190.0;
/// Width of the line of the pair that most articles have, and of those that one in a hundred of these has.
const THICKEST: f64 = 9.0;
const THINNEST: f64 = 0.8;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person.
    Person,
    /// A party, company, authority or club.
    Organisation,
}

/// A name.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The name.
    pub name: String,
    /// What it is of.
    pub kind: Kind,
    /// Articles that have it.
    pub articles: u64,
    /// Its place in the picture, from the left.
    pub x: f64,
    /// And from the top.
    pub y: f64,
}

impl Node {
    /// Where its text is fastened: on the left half of the circle it ends there.
    #[must_use]
    pub fn anchor(&self) -> &'static str {
        if self.x < f64::from(WIDTH) / 2.0 { "end" } else { "start" }
    }

    /// Where its text begins or ends, from the left.
    #[must_use]
    pub fn text_x(&self) -> f64 {
        if self.anchor() == "end" { self.x - 12.0 } else { self.x + 12.0 }
    }
}

/// Two names that articles have together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Place of the one among the names, and of the other.
    pub of: [usize; 2],
    /// Articles that have both.
    pub articles: u64,
    /// How thick its line is.
    pub width: f64,
}

/// Names and pairs of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Network {
    /// In the order of the circle.
    pub nodes: Vec<Node>,
    /// The most frequent first.
    pub pairs: Vec<Pair>,
}

impl Network {
    /// The network of articles.
    #[must_use]
    pub fn of<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Network {
        let mut counts: HashMap<(Kind, &str), u64> = HashMap::new();
        let mut lists: Vec<Vec<(Kind, &str)>> = Vec::new();
        for article in articles {
            let of = |kind, names: &'a [String]| names.iter().map(move |name| (kind, name.as_str()));
            let people = of(Kind::Person, &article.names.people);
            let mut names: Vec<_> = people.chain(of(Kind::Organisation, &article.names.organisations)).collect();
            names.sort_unstable();
            names.dedup();
            for name in &names {
                *counts.entry(*name).or_default() += 1;
            }
            lists.push(names);
        }
        let mut names: Vec<((Kind, &str), u64)> = counts.into_iter().collect();
        names.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        names.truncate(MAX_NAMES);
        let places: HashMap<(Kind, &str), usize> =
            names.iter().enumerate().map(|(at, (name, _))| (*name, at)).collect();
        let mut together: HashMap<[usize; 2], u64> = HashMap::new();
        for list in &lists {
            let mut of_list: Vec<usize> = list.iter().filter_map(|name| places.get(name).copied()).collect();
            of_list.sort_unstable();
            for (at, one) in of_list.iter().enumerate() {
                for other in of_list.iter().skip(at + 1) {
                    *together.entry([*one, *other]).or_default() += 1;
                }
            }
        }
        let mut pairs: Vec<([usize; 2], u64)> = together.into_iter().collect();
        pairs.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        pairs.truncate(MAX_PAIRS);
        let most = pairs.first().map_or(1, |(_, articles)| *articles).max(1) as f64;
        let count = names.len().max(1) as f64;
        let nodes = names.into_iter().enumerate().map(|(at, ((kind, name), articles))| {
            // no name at the very top, where two would meet
            let angle = TAU * (at as f64 + 0.5) / count;
            let (x, y) =
                (f64::from(WIDTH) / 2.0 + RADIUS * angle.sin(), f64::from(HEIGHT) / 2.0 - RADIUS * angle.cos());
            Node { name: name.to_owned(), kind, articles, x: rounded(x), y: rounded(y) }
        });
        let nodes = nodes.collect();
        let width = |articles: u64| rounded((THICKEST * articles as f64 / most).max(THINNEST));
        let pairs = pairs.into_iter().map(|(of, articles)| Pair { of, articles, width: width(articles) });
        Network { nodes, pairs: pairs.collect() }
    }

    /// The two names of a pair.
    #[must_use]
    pub fn names(&self, pair: &Pair) -> Option<[&Node; 2]> {
        Some([self.nodes.get(pair.of[0])?, self.nodes.get(pair.of[1])?])
    }
}

fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::Names;

    fn article(people: &[&str], organisations: &[&str]) -> Article {
        let of = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let names = Names { people: of(people), organisations: of(organisations), places: Vec::new() };
        Article { names, ..Article::default() }
    }

    #[test]
    fn names_that_articles_share_are_joined() {
        let articles = [
            article(&["Imke Harms", "Hauke Brons"], &["Deichverband"]),
            article(&["Imke Harms"], &["Deichverband"]),
            article(&["Hauke Brons"], &[]),
            article(&[], &[]),
        ];
        let network = Network::of(&articles);
        let names: Vec<(&str, u64)> = network.nodes.iter().map(|node| (node.name.as_str(), node.articles)).collect();
        assert_eq!(names, [("Hauke Brons", 2), ("Imke Harms", 2), ("Deichverband", 2)]);
        let pairs: Vec<_> = network.pairs.iter().map(|pair| (pair.of, pair.articles)).collect();
        assert_eq!(pairs, [([1, 2], 2), ([0, 1], 1), ([0, 2], 1)]);
        assert!(network.pairs[0].width > network.pairs[1].width);
        let [one, other] = network.names(&network.pairs[0]).expect("names");
        assert_eq!((one.name.as_str(), other.kind), ("Imke Harms", Kind::Organisation));
    }

    #[test]
    fn it_stays_within_its_picture_and_its_bounds() {
        let people: Vec<String> = (0..50).map(|at| format!("Jelka Thorn {at:02}")).collect();
        let people: Vec<&str> = people.iter().map(String::as_str).collect();
        let network = Network::of(&[article(&people, &[])]);
        assert_eq!((network.nodes.len(), network.pairs.len()), (MAX_NAMES, MAX_PAIRS));
        for node in &network.nodes {
            assert!((0.0..f64::from(WIDTH)).contains(&node.x) && (0.0..f64::from(HEIGHT)).contains(&node.y));
        }
        assert_eq!(Network::of(&[]), Network::default());
    }
}
