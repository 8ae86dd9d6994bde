//! Names in articles: runs of words with capital letters, as German writes names of several words.

use super::SuggestedName;
use super::typed::Typed;
use crate::lookup::names::folded;
use findbuch_article::Article;
use findbuch_german::{fold, is_stop_word, words};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Most words of a name.
const MAX_WORDS: usize = 5;
/// Small words within names, and those that may follow `von` and `van`.
const PARTICLES: [&str; 12] = ["von", "van", "de", "di", "da", "del", "du", "la", "le", "al", "bin", "ben"];
const AFTER_VON: [&str; 3] = ["der", "den", "dem"];

/// Fewest characters of the one word typed for which names are looked for.
const MIN_TYPED: usize = 3;
/// Most different names that are compared with each other.
const MAX_COMPARED: usize = 200;
/// Endings of a name that is inflected.
const ENDINGS: [&str; 4] = ["s", "es", "n", "en"];

/// A name in the articles.
#[derive(Default)]
struct Found<'a> {
    articles: HashSet<usize>,
    /// How often each spelling stands there.
    spellings: HashMap<&'a str, u64>,
    /// Whether it stands within a sentence, where capital letters tell something.
    within: bool,
}

/// The names that begin with what is typed, each with the number of the articles that have it, in no order.
pub fn names(articles: &[Article], typed: &Typed<'_>) -> Vec<SuggestedName> {
    if typed.complete.is_empty() && typed.last.is_none_or(|last| last.chars().count() < MIN_TYPED) {
        return Vec::new();
    }
    let mut names: HashMap<String, Found<'_>> = HashMap::new();
    for (number, article) in articles.iter().enumerate() {
        for part in article.parts.iter().filter(|part| part.is_searched()) {
            for span in runs(&part.text, typed) {
                let before = part.text.get(..span.start).unwrap_or_default().trim_end();
                let Some(name) = part.text.get(span) else { continue };
                let found = names.entry(folded(name)).or_default();
                found.articles.insert(number);
                *found.spellings.entry(name).or_default() += 1;
                found.within |= before.ends_with(|char: char| char.is_alphanumeric() || matches!(char, ',' | ')'));
            }
        }
    }
    let mut names: Vec<(String, Found<'_>)> = names
        .into_iter()
        .filter(|(_, found)| !typed.complete.is_empty() || found.within || found.spellings.values().sum::<u64>() > 1)
        .collect();
    names.sort_unstable_by(|a, b| b.1.articles.len().cmp(&a.1.articles.len()).then_with(|| a.0.cmp(&b.0)));
    names.truncate(MAX_COMPARED);
    let spelled = |found: Found<'_>| {
        let (text, _) = found.spellings.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))?;
        Some(SuggestedName { text: text.to_owned(), query: text.to_owned(), articles: found.articles.len() as u64 })
    };
    joined(names).into_iter().filter_map(|(_, found)| spelled(found)).collect()
}

/// Whether a folded name is another one inflected: Kim Jong Uns.
pub fn is_inflected(name: &str, of: &str) -> bool {
    name.strip_prefix(of).is_some_and(|rest| ENDINGS.contains(&rest))
}

/// Joins inflected names with their own, and what stands behind a name now and then: Kim Jong Uns Zug.
fn joined<'a>(names: Vec<(String, Found<'a>)>) -> Vec<(String, Found<'a>)> {
    let base_of = |name: &str, articles: usize| {
        names.iter().position(|(other, found)| {
            let behind = name.strip_prefix(other.as_str());
            is_inflected(name, other)
                || behind.is_some_and(|rest| rest.starts_with("s "))
                || behind.is_some_and(|rest| rest.starts_with(' ') && found.articles.len() >= 2 * articles)
        })
    };
    let bases: Vec<Option<usize>> = names.iter().map(|(name, found)| base_of(name, found.articles.len())).collect();
    let mut kept: Vec<Option<(String, Found<'a>)>> = names.into_iter().map(Some).collect();
    for (at, base) in bases.iter().enumerate() {
        let Some(mut base) = *base else { continue };
        // the name of a name of a name; each is shorter than the one before
        while let Some(Some(shorter)) = bases.get(base) {
            base = *shorter;
        }
        let Some((_, found)) = kept.get_mut(at).and_then(Option::take) else { continue };
        if let Some(Some((_, known))) = kept.get_mut(base) {
            known.articles.extend(found.articles);
        }
    }
    kept.into_iter().flatten().collect()
}

/// Where names of two words or more stand that begin with what is typed.
fn runs(text: &str, typed: &Typed<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let spans: Vec<Range<usize>> = words(text).collect();
    for (at, first) in spans.iter().enumerate() {
        let Some(word) = text.get(first.clone()).filter(|word| is_capital(word) && typed.begins_quickly(word)) else {
            continue;
        };
        let form = fold(word);
        let may_begin = match typed.folded.first() {
            Some(whole) => *whole == form,
            None => typed.beginnings.iter().any(|beginning| form.starts_with(beginning.as_str())),
        };
        if !may_begin || is_stop_word(&form) {
            continue;
        }
        let end = spans.get(at..).and_then(|rest| run_end(text, rest));
        let run = end.map(|end| first.start..end);
        found.extend(run.filter(|run| text.get(run.clone()).is_some_and(|name| typed.begins(&folded(name)))));
    }
    found
}

/// Where the run ends that begins with the first of these words; none where it is that word alone.
fn run_end(text: &str, spans: &[Range<usize>]) -> Option<usize> {
    let word = |at: usize| spans.get(at).and_then(|span| text.get(span.clone()));
    let gap = |at: usize| text.get(spans.get(at)?.end..spans.get(at + 1)?.start);
    let (mut last, mut at) = (0, 0);
    while at + 1 < MAX_WORDS {
        match (gap(at), word(at + 1)) {
            (Some(" "), Some(next)) if is_capital(next) => last = at + 1,
            // Jong-un, Petersen-Rau
            (Some("-" | "\u{2010}" | "\u{2011}"), Some(next)) if next.starts_with(char::is_alphabetic) => last = at + 1,
            (Some(" "), Some(next)) if PARTICLES.contains(&next) => {}
            (Some(" "), Some(next)) if AFTER_VON.contains(&next) && matches!(word(at), Some("von" | "van")) => {}
            _ => break,
        }
        at += 1;
    }
    if last == 0 { None } else { spans.get(last).map(|span| span.end) }
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::{Part, PartKind};

    #[test]
    fn names_are_found_as_they_are_written() {
        let check = |typed: &str, texts: &[&str], expected: &[(&str, u64)]| {
            let article =
                |text: &&str| Article { parts: vec![Part::new(PartKind::Paragraph, *text)], ..Article::default() };
            let articles: Vec<Article> = texts.iter().map(article).collect();
            let mut found: Vec<(String, u64)> = names(&articles, &Typed::of(typed).expect("typed"))
                .into_iter()
                .map(|name| (name.text, name.articles))
                .collect();
            found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            let found: Vec<(&str, u64)> = found.iter().map(|(text, articles)| (text.as_str(), *articles)).collect();
            assert_eq!(found, expected, "{typed}");
        };
        check(
            "ada l",
            &["Gestern sprach Ada Linde. Imker hörten zu.", "Bei Ada Lindes Rede.", "Zu Ada Lindes, Ada lacht."],
            &[("Ada Linde", 3)],
        );
        // what stands behind a name once is no part of it
        check("Ada", &["Von Ada Linde und Ada Linde Honig.", "Mit Ada Linde"], &[("Ada Linde", 2)]);
        // at the beginning of a sentence any word has a capital letter
        check("Scharfe", &["Scharfe Kritik kam. Die Imker"], &[]);
        check("Die I", &["Ja, Die Imker"], &[]);
        check("Ad", &["Von Ada Linde"], &[]);
        check(
            "Eva",
            &["Als Eva von der Heide kam mit Eva Petersen-Rau."],
            &[("Eva Petersen-Rau", 1), ("Eva von der Heide", 1)],
        );
        check("Linde", &["Ada Linde kam, Linde der Stadt."], &[]);
        check("Oelz", &["Herr Ölz Bauer grüßt."], &[("Ölz Bauer", 1)]);
        check("Ada ", &["Mit Ada Linde, Ada."], &[("Ada Linde", 1)]);
    }
}
