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
    /// The greatest gain for standing in a part at all.
    pub in_part: f32,
    /// Of a compound that it does not have, the share whose parts stand somewhere in it.
    pub scattered: f32,
}

/// What an occurrence in a part of an article counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartWeight {
    /// Beyond its 1 in the text.
    pub beyond: f32,
    /// What the word gains for being there at all.
    pub there: f32,
    /// Whether that depends on the headline's length.
    pub headline: bool,
}

impl PartWeight {
    /// The same for an expansion whose occurrences count `weight`.
    #[must_use]
    pub fn times(self, weight: f32) -> PartWeight {
        PartWeight { beyond: weight * self.beyond, there: weight * self.there, ..self }
    }

    /// What a word gains for being there; `headline` is what a gain in the headline is multiplied by.
    #[must_use]
    pub fn gain(self, headline: f32) -> f32 {
        if self.headline { self.there * headline } else { self.there }
    }
}

impl Ranking {
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
    pub fn parts(&self) -> [(PartKind, PartWeight); 5] {
        let of = |kind, more: f32, there| {
            (kind, PartWeight { beyond: more - 1.0, there, headline: kind == PartKind::Headline })
        };
        [
            of(PartKind::Kicker, self.kicker, self.in_kicker),
            of(PartKind::Headline, self.headline, self.in_headline),
            of(PartKind::Subhead, self.lead, self.in_lead),
            of(PartKind::Lead, self.lead, self.in_lead),
            of(PartKind::Crosshead, self.crosshead, 0.0),
        ]
    }
}
