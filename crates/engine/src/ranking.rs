//! The weights of the ranking, chosen on judged queries: docs/RELEVANCE.md has what each brings.

/// Weights of the ranking; docs/QUERY.md says what they do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranking {
    /// Saturation of term frequency in BM25.
    pub k1: f32,
    /// Length normalisation in BM25, 0 to 1.
    pub b: f32,
    /// What an occurrence in a part counts for, one in the body being 1.
    pub kicker: f32,
    /// See [`Ranking::kicker`].
    pub headline: f32,
    /// See [`Ranking::kicker`]; subheads and leads.
    pub lead: f32,
    /// See [`Ranking::kicker`].
    pub crosshead: f32,
    /// What a word gains for standing in the headline at all, in weights of a word.
    pub in_headline: f32,
    /// How much that falls with the length of the headline: the power to which the usual length over this one is raised. Who
    /// asks for a word wants the article about it, and a short headline is about each of its words.
    pub headline_length: f32,
    /// The same as [`Ranking::in_headline`] for the kicker.
    pub in_kicker: f32,
    /// The same for the lead and subhead.
    pub in_lead: f32,
    /// What an occurrence as a part of a compound counts for.
    pub part: f32,
    /// The share of a word's score that remains for an article that has it as a part of compounds alone, so that the word
    /// itself ranks first.
    pub part_alone: f32,
    /// What an occurrence of a compound's parts close together counts for.
    pub decompounded: f32,
    /// What the parts of a compound gain that stand scattered in an article without it, as a share of its weight.
    pub scattered: f32,
    /// What an occurrence of another spelling of a name counts for.
    pub name: f32,
    /// What an occurrence of a synonym counts for.
    pub synonym: f32,
    /// What an occurrence of a word of the same family counts for.
    pub related: f32,
    /// How much the score of an article falls that lacks words of a query of more than four: a power of the share that the
    /// words it has weigh. Of up to four words, articles that have all come first.
    pub coverage: f32,
    /// What an article gains on a word that it has in exactly the typed form, as a share of the word's score.
    pub exact: f32,
    /// What an article gains that has all words of a query of more than four in exactly the typed forms, as a share of its
    /// score.
    pub all_typed: f32,
    /// Weight of neighbouring query words that stand close together in the text.
    pub proximity: f32,
    /// Widest distance of such words, in words.
    pub window: u32,
}

impl Default for Ranking {
    fn default() -> Ranking {
        Ranking {
            k1: 1.5,
            b: 0.9,
            kicker: 2.0,
            headline: 2.0,
            lead: 5.0,
            crosshead: 1.0,
            in_headline: 2.0,
            headline_length: 0.3,
            in_kicker: 0.5,
            in_lead: 0.1,
            part: 0.4,
            part_alone: 0.7,
            decompounded: 0.35,
            scattered: 0.5,
            name: 0.8,
            synonym: 0.6,
            related: 0.25,
            coverage: 0.1,
            exact: 0.15,
            all_typed: 0.08,
            proximity: 0.8,
            window: 8,
        }
    }
}

#[cfg(test)]
mod tests;
