//! Phrases of forms: where words stand side by side in a text exactly as they were typed.

use crate::analysis::segments::{SegmentKind, searched};
use findbuch_article::{Article, PartKind};
use findbuch_german::{Analyzer, Token};

/// Words side by side, each in one form. An index has stems with positions and forms without, so it finds candidates and reads each of
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormPhrase {
    /// The forms, in order; more than one.
    pub forms: Vec<Box<str>>,
    /// For each the stems that it may have.
    pub stems: Vec<Vec<Box<str>>>,
    /// The parts that it must stand in; none if any will do.
    pub kinds: Option<&'static [SegmentKind]>,
}

/// The places of forms side by side, each with the number of its first word.
pub fn form_phrases<'a>(tokens: &'a [Token], forms: &'a [Box<str>]) -> impl Iterator<Item = (u32, &'a [Token])> {
    let places = (0..).zip(tokens.windows(forms.len().max(1)));
    places.filter(move |(_, words)| words.iter().zip(forms).all(|(word, form)| word.terms.exact == *form))
}

impl FormPhrase {
    /// Whether it may stand in a part of a kind.
    #[must_use]
    pub fn is_for(&self, kind: PartKind) -> bool {
        self.kinds.is_none_or(|kinds| kinds.contains(&SegmentKind::of_part(kind)))
    }

    /// Whether it stands in an article; analyses the article's texts up to the one that has it.
    #[must_use]
    pub fn stands_in(&self, article: &Article, analyzer: &mut Analyzer) -> bool {
        let parts = searched(article).into_iter().map(|(_, part)| part).filter(|part| self.is_for(part.kind));
        let mut texts = parts.flat_map(|part| std::iter::once(&part.text).chain(&part.attribution));
        texts.any(|text| form_phrases(&analyzer.tokens(text), &self.forms).next().is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::segments::SegmentKind;
    use findbuch_article::Part;
    use findbuch_query::Field;

    #[test]
    fn forms_stand_side_by_side_in_one_text() {
        let quote = Part { attribution: Some("die Wirtin".into()), ..Part::new(PartKind::PullQuote, "Das war die") };
        let parts = vec![Part::new(PartKind::Headline, "Die alten Waffen"), quote];
        let article = Article { parts, ..Article::default() };
        let check = |forms: &[&str], field: Option<Field>, stands: bool| {
            let forms: Vec<Box<str>> = forms.iter().map(|form| (*form).into()).collect();
            let phrase = FormPhrase { stems: Vec::new(), kinds: field.and_then(SegmentKind::of_field), forms };
            assert_eq!(phrase.stands_in(&article, &mut Analyzer::default()), stands, "{:?} {field:?}", phrase.forms);
        };
        check(&["alten", "waffen"], None, true);
        check(&["alte", "waffen"], None, false);
        check(&["die", "waffen"], None, false);
        check(&["die", "wirtin"], None, true);
        check(&["die", "die"], None, false);
        check(&["alten", "waffen"], Some(Field::Headline), true);
        check(&["alten", "waffen"], Some(Field::Body), false);
        check(&["die", "wirtin"], Some(Field::Quote), true);
    }
}
