//! What an article has of a word: all that its score is made of.

use crate::plan::word::ExpansionKind;
use crate::ranking::Ranking;
use findbuch_article::PartKind;

/// What an article has of a word.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own")]
pub struct Occurrences {
    /// Whether it has the word in a way that counts, within compounds included.
    pub found: bool,
    /// Whether it has it not only within compounds.
    pub itself: bool,
    /// Whether it has it in the form typed.
    pub typed: bool,
    /// Whether the forms of a pattern were looked for: how often it has them is not known then.
    pub pattern: bool,
    /// How often, each occurrence counting as [`Ranking::of_kind`] and [`PartWeight::beyond`] have it.
    pub weight: f32,
    /// What it gains for standing in the headline at all.
    pub in_headline: f32,
}

/// What an occurrence in a part of an article counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartWeight {
    /// Beyond its 1 in the text.
    pub beyond: f32,
    /// What the word gains for being there at all.
    pub there: f32,
}

impl PartWeight {
    /// The same for an expansion whose occurrences count `weight`.
    #[must_use]
    pub fn times(self, weight: f32) -> PartWeight {
        PartWeight { beyond: weight * self.beyond, there: weight * self.there }
    }
}

/// Words of a usual headline.
const USUAL_HEADLINE: f32 = 8.0;

impl Ranking {
    /// What a gain in a headline of so many words is multiplied by.
    #[must_use]
    pub fn headline_factor(&self, words: f32) -> f32 {
        (USUAL_HEADLINE / words.max(1.0)).powf(self.headline_length)
    }

    /// What an occurrence counts, by why the word is searched so.
    #[must_use]
    pub fn of_kind(&self, kind: ExpansionKind) -> f32 {
        match kind {
            ExpansionKind::Form | ExpansionKind::Word | ExpansionKind::Joined | ExpansionKind::Pattern => 1.0,
            ExpansionKind::Decompounded => self.decompounded,
            ExpansionKind::Name => self.name,
            ExpansionKind::Synonym => self.synonym,
            ExpansionKind::Related => self.related,
        }
    }

    /// The parts in which an occurrence counts for more than one in the body.
    #[must_use]
    pub fn parts(&self) -> [(PartKind, PartWeight); 4] {
        let lead = PartWeight { beyond: self.lead - 1.0, there: 0.0 };
        let headline = PartWeight { beyond: self.headline - 1.0, there: self.in_headline };
        [(PartKind::Kicker, lead), (PartKind::Headline, headline), (PartKind::Subhead, lead), (PartKind::Lead, lead)]
    }
}
