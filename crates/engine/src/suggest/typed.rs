//! What stands in the search box: whole words, the word that is being typed, the field it may stand in.

use crate::FacetField;
use crate::lookup::names::{NamePattern, folded, may_begin};
use findbuch_german::{MAX_WORD_BYTES, fold, fold_keeping_digraphs, words};
use findbuch_query::{MAX_BYTES, Query};

/// Most whole words before the one being typed; a longer text is no beginning of a name or headline.
const MAX_WHOLE: usize = 12;
/// What opens a phrase, and what closes it.
const QUOTES: [char; 6] = ['"', '„', '“', '”', '»', '«'];

/// A text being typed.
pub struct Typed<'a> {
    /// Whether it is nothing but words, so that it may be the beginning of a name or a headline.
    pub plain: bool,
    /// Its whole words, as typed and folded.
    pub complete: Vec<&'a str>,
    pub folded: Vec<String>,
    /// The word that is being typed; none behind a space.
    pub last: Option<&'a str>,
    /// That word, folded; in two ways where ae, oe or ue may be an umlaut or not.
    pub beginnings: Vec<String>,
}

impl Typed<'_> {
    /// Nothing where no word is typed, or more than a query may have.
    pub fn of(text: &str) -> Option<Typed<'_>> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let mut spans: Vec<_> = words(text).collect();
        let open = spans.last().filter(|last| last.end == text.len()).cloned();
        let last = open.clone().and_then(|span| text.get(span));
        if last.is_some() {
            spans.pop();
        }
        let complete: Vec<&str> = spans.into_iter().filter_map(|span| text.get(span)).collect();
        let before = text.get(..open.map_or(text.len(), |span| span.start)).unwrap_or_default();
        let beginnings = last.map(beginnings).unwrap_or_default();
        if complete.is_empty() && beginnings.is_empty() {
            return None;
        }
        let folded = complete.iter().map(|word| fold(word)).collect();
        let last = last.filter(|_| !beginnings.is_empty());
        Some(Typed { plain: complete.len() <= MAX_WHOLE && is_plain(before), complete, folded, last, beginnings })
    }

    /// Whether a text folded by [`folded`] begins with what is typed; behind a whole word there must be another.
    pub fn begins(&self, folded: &str) -> bool {
        let mut rest = folded;
        for word in &self.folded {
            let Some(behind) = rest.strip_prefix(word.as_str()).and_then(|rest| rest.strip_prefix(' ')) else {
                return false;
            };
            rest = behind;
        }
        self.last.is_none() || self.beginnings.iter().any(|beginning| rest.starts_with(beginning.as_str()))
    }

    /// The names that begin with what is typed.
    pub fn name_pattern(&self) -> NamePattern {
        let whole: String = self.folded.iter().flat_map(|word| [word.as_str(), " "]).collect();
        let prefixes = match self.last {
            Some(_) => self.beginnings.iter().map(|beginning| format!("{whole}{beginning}")).collect(),
            None => vec![whole],
        };
        NamePattern { prefixes, any_word: false }
    }

    /// Whether a text not yet folded may begin so, by its first letter.
    pub fn begins_quickly(&self, text: &str) -> bool {
        may_begin(text, self.folded.get(..1).unwrap_or(&self.beginnings))
    }

    /// How a folded text has the words typed, the last as a beginning: 0 begins with them, 1 has them side by side, 2 has all.
    pub fn how_contained(&self, folded: &str) -> Option<u8> {
        let words: Vec<&str> = folded.split(' ').collect();
        let is_last = |word: &str| self.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()));
        let has_all = self.folded.iter().all(|typed| words.contains(&typed.as_str()))
            && (self.last.is_none() || words.iter().any(|word| is_last(word)));
        if !has_all {
            return None;
        }
        let begins = |words: &[&str]| {
            let whole = self.folded.iter().zip(words).all(|(typed, word)| typed == word);
            whole && (self.last.is_none() || words.get(self.folded.len()).is_some_and(|word| is_last(word)))
        };
        let length = self.folded.len() + usize::from(self.last.is_some());
        if begins(&words) {
            return Some(0);
        }
        Some(if words.windows(length.max(1)).any(begins) { 1 } else { 2 })
    }
}

/// What the folded form of a word may begin with.
fn beginnings(word: &str) -> Vec<String> {
    if word.len() > MAX_WORD_BYTES || !word.starts_with(char::is_alphanumeric) {
        return Vec::new();
    }
    let mut ways = vec![fold(word), fold_keeping_digraphs(word)];
    ways.dedup();
    ways
}

/// Whether the text before the last word is words alone: no operators, fields, signs or quotation marks.
fn is_plain(before: &str) -> bool {
    if before.contains(QUOTES) || before.contains(['(', ')', '=', '*', '~', '^', ':']) {
        return false;
    }
    let run = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    if !run.is_empty() && !run.starts_with(char::is_alphanumeric) {
        return false;
    }
    before.trim().is_empty() || Query::parse(before, jiff::civil::Date::ZERO).is_ok_and(|query| !query.has_structure())
}

/// The field that a text ends in, of those whose values are names, and what is typed of the value.
pub fn field(text: &str) -> Option<(FacetField, &str)> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let of_name = |before: &str| {
        let name = before.rsplit(|char: char| char.is_whitespace() || matches!(char, '(' | '-')).next()?;
        match name.to_lowercase().as_str() {
            "autorin" => Some(FacetField::Author),
            name => FacetField::from_name(name).filter(|field| !matches!(field, FacetField::Year | FacetField::Month)),
        }
    };
    // a phrase that is still open, right behind the colon
    if let Some((before, phrase)) = text.char_indices().rev().find_map(|(at, char)| {
        let (before, phrase) = (text.get(..at)?.strip_suffix(':')?, text.get(at + char.len_utf8()..)?);
        (QUOTES.contains(&char) && !phrase.contains(QUOTES)).then_some((before, phrase))
    }) {
        return Some((of_name(before)?, phrase));
    }
    let run = text.rsplit(|char: char| char.is_whitespace() || char == '(').next()?;
    let (name, value) = run.split_once(':')?;
    if value.contains(QUOTES) { None } else { Some((of_name(name)?, value)) }
}

/// The text with a value in place of what is typed of it in a field: `"name"` between quotation marks.
pub fn with_value(text: &str, typed: &str, value: &str) -> String {
    let before = text.get(..text.len().saturating_sub(typed.len())).unwrap_or_default();
    let before = before.strip_suffix(QUOTES).unwrap_or(before);
    format!("{before}\"{}\"", value.replace(QUOTES, " "))
}

/// The text with a word in place of the one that is being typed.
pub fn with_word(text: &str, word: &str) -> String {
    let last = words(text).last().filter(|last| last.end == text.len());
    let before = last.and_then(|last| text.get(..last.start)).unwrap_or(text);
    format!("{before}{word}")
}

/// The names that have, from one of their words on, what is typed of a value; all if nothing is.
pub fn names_of_value(value: &str) -> NamePattern {
    NamePattern { prefixes: vec![folded(value)], any_word: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_is_replaced() {
        for (text, word, query) in [
            ("mun", "Munition", "Munition"),
            ("Kim -mun", "Munition", "Kim -Munition"),
            ("titel:oelpr", "Ölpreis", "titel:Ölpreis"),
        ] {
            assert_eq!(with_word(text, word), query, "{text}");
        }
        for (text, query) in [
            ("Hafen quelle:Nord", "Hafen quelle:\"Der Bote\""),
            ("quelle:\"Nord", "quelle:\"Der Bote\""),
            ("quelle:", "quelle:\"Der Bote\""),
        ] {
            let (_, value) = field(text).expect("a field");
            assert_eq!(with_value(text, value, "Der Bote"), query, "{text}");
        }
    }

    #[test]
    fn texts_are_taken_apart() {
        let check = |text: &str, plain: bool, complete: &[&str], beginnings: &[&str]| {
            let typed = Typed::of(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(typed.complete, complete, "{text}");
            assert_eq!(typed.beginnings, beginnings, "{text}");
            assert_eq!(typed.plain, plain, "{text}");
        };
        check("mun", true, &[], &["mun"]);
        check("Kim J", true, &["Kim"], &["j"]);
        check("Kim ", true, &["Kim"], &[]);
        check("oelpr", true, &[], &["ölpr", "oelpr"]);
        check("Straß", true, &[], &["strass"]);
        check("U-Bo", true, &["U"], &["bo"]);
        check("Kim UND Mun", false, &["Kim", "UND"], &["mun"]);
        check("Kim und Mun", true, &["Kim", "und"], &["mun"]);
        check("titel:Mun", false, &["titel"], &["mun"]);
        check("\"Kim J", false, &["Kim"], &["j"]);
        check("Kim -Mun", false, &["Kim"], &["mun"]);
        check("(Kim ODER Mun", false, &["Kim", "ODER"], &["mun"]);
        for nothing in ["", " ", "-", "„“", "…", &"a".repeat(9_000)] {
            assert!(Typed::of(nothing).is_none(), "{nothing}");
        }
    }

    #[test]
    fn fields_of_names_are_known_by_their_place() {
        let check = |text: &str, found: Option<(FacetField, &str)>| assert_eq!(field(text), found, "{text}");
        check("quelle:Nord", Some((FacetField::Source, "Nord")));
        check("Kim quelle:", Some((FacetField::Source, "")));
        check("autor:\"Konstanze V", Some((FacetField::Author, "Konstanze V")));
        check("-Autorin:„Konstanze V", Some((FacetField::Author, "Konstanze V")));
        check("(ressort:Aus", Some((FacetField::Section, "Aus")));
        check("section:Aus", Some((FacetField::Section, "Aus")));
        for none in
            ["titel:Mun", "jahr:19", "quelle:Nord Kim", "quelle:\"Nord\" Kim", "quelle:\"Nord\"", "Kim", "", ":"]
        {
            check(none, None);
        }
    }

    #[test]
    fn headlines_are_graded_by_how_they_have_the_words() {
        let typed = Typed::of("Kim J").expect("typed");
        for (headline, how) in [
            ("Kim Jong Un reist", Some(0)),
            ("Was Kim Jong Un will", Some(1)),
            ("Kim reist im Juni", Some(2)),
            ("Kim reist", None),
            ("Jong Un reist", None),
        ] {
            assert_eq!(typed.how_contained(&folded(headline)), how, "{headline}");
        }
        assert!(typed.begins("kim jong un") && !typed.begins("kim") && !typed.begins("kims juni"));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "\\PC{0,40}|[a-zäß:\"„“()* -]{0,40}") {
            let _ = field(&text);
            if let Some(typed) = Typed::of(&text) {
                prop_assert!(typed.complete.len() == typed.folded.len());
                prop_assert!(typed.last.is_some() != typed.beginnings.is_empty());
            }
        }

        #[test]
        fn a_name_fits_where_it_begins_with_what_is_typed(
            typed in "[aöeß]{1,3}( [aoeu]{0,2}){0,2}",
            name in "[AaöOe]{1,4}( [Aaou]{1,3}){0,2}",
        ) {
            if let Some(typed) = Typed::of(&typed) {
                prop_assert_eq!(typed.name_pattern().fits(&name), typed.begins(&folded(&name)));
            }
        }
    }
}
