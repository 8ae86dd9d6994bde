//! The weights of the ranking. docs/RELEVANCE.md says how they were chosen, what each brings, and how far each may move.

/// Weights of the ranking. A weight without a unit is measured in what the word itself weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranking {
    /// How soon more occurrences of a word stop to matter (BM25): so many count half as much as any number would, in an article of
    /// usual length.
    pub k1: f32,
    /// How much a long article must have more of a word than a short one (BM25), 0 (not at all) to 1 (in proportion).
    pub b: f32,
    /// As how many in the body an occurrence in a headline counts.
    pub headline: f32,
    /// As how many in the body an occurrence in a kicker, subhead or lead counts.
    pub lead: f32,
    /// What a word gains for standing in the headline at all.
    pub in_headline: f32,
    /// How much that falls with the length of the headline: the power to which the usual length over this one is raised. Who
    /// asks for a word wants the article about it, and a short headline is about each of its words.
    pub headline_length: f32,
    /// What a word gains for standing at the very beginning of the article, headline included.
    pub opening: f32,
    /// Words after which half of that is left.
    pub opening_words: f32,
    /// As how many an occurrence as a part of a compound counts.
    pub part: f32,
    /// What the parts of a compound count in an article that lacks it, as words of their own.
    pub compound_parts: f32,
    /// As how many occurrences of a compound one of its parts close together counts.
    pub decompounded: f32,
    /// As how many an occurrence of another spelling of a name counts.
    pub name: f32,
    /// As how many an occurrence of a synonym counts.
    pub synonym: f32,
    /// As how many an occurrence of a word of the same family counts.
    pub related: f32,
    /// How much the score of an article falls that lacks words: for a query of two words the power to which the share is raised
    /// that the words it has weigh; it falls with the square of the number of words. Of a query of up to four words, function words
    /// among them, it is twice this.
    pub coverage: f32,
    /// What a word gains for standing there in exactly the form typed, as a share of what it has gained; four times that
    /// where one word is asked for.
    pub exact: f32,
    /// What two words that follow each other in the query gain for standing so in the text, in what they weigh on average.
    pub proximity: f32,
    /// Widest distance of such words, in words.
    pub window: u32,
    /// What an article gains that was published on the day asked for, as a share of its score.
    pub around: f32,
    /// Days before or after it at which half of that is left.
    pub around_days: f32,
}

impl Default for Ranking {
    fn default() -> Ranking {
        Ranking {
            k1: 1.6,
            b: 0.9,
            headline: 3.0,
            lead: 2.0,
            in_headline: 2.0,
            headline_length: 0.3,
            opening: 0.75,
            opening_words: 80.0,
            part: 0.8,
            compound_parts: 0.6,
            decompounded: 0.35,
            name: 0.8,
            synonym: 0.6,
            related: 0.25,
            coverage: 1.0,
            exact: 0.2,
            proximity: 1.6,
            window: 8,
            around: 0.5,
            around_days: 30.0,
        }
    }
}

/// A weight by its name.
#[derive(Debug, Clone, Copy)]
pub struct Weight {
    /// As the field of [`Ranking`].
    pub name: &'static str,
    /// Whether it is meant to be set by those who know their archive; the others hold everywhere or nowhere.
    pub for_users: bool,
    get: fn(&Ranking) -> f32,
    set: fn(&mut Ranking, f32),
}

/// A weight that cannot be set.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightError {
    /// There is none of this name.
    #[error("{name} is no weight; they are {}", .of.join(", "))]
    Unknown {
        /// The name.
        name: String,
        /// Those that there are.
        of: Vec<&'static str>,
    },
    /// It is no number from 0 to 1000.
    #[error("{name} = {value}: a weight is a number from 0 to 1000")]
    OutOfRange {
        /// The name.
        name: String,
        /// The number.
        value: f32,
    },
}

/// A weight as a whole number; none is negative.
#[expect(clippy::cast_sign_loss, reason = "weights are numbers from 0 to 1000")]
fn whole(value: f32) -> u32 {
    value.round() as u32
}

macro_rules! weight {
    ($name:ident, $for_users:expr) => {
        Weight {
            name: stringify!($name),
            for_users: $for_users,
            get: |ranking| ranking.$name,
            set: |ranking, value| ranking.$name = value,
        }
    };
}

impl Weight {
    /// All weights.
    pub const ALL: [Weight; 20] = [
        weight!(k1, false),
        weight!(b, true),
        weight!(headline, true),
        weight!(lead, true),
        weight!(in_headline, true),
        weight!(headline_length, false),
        weight!(opening, true),
        weight!(opening_words, false),
        weight!(part, true),
        weight!(compound_parts, true),
        weight!(decompounded, false),
        weight!(name, true),
        weight!(synonym, true),
        weight!(related, true),
        weight!(coverage, true),
        weight!(exact, true),
        weight!(proximity, true),
        Weight {
            name: "window",
            for_users: false,
            get: |ranking| ranking.window as f32,
            set: |ranking, value| ranking.window = whole(value),
        },
        weight!(around, true),
        weight!(around_days, true),
    ];

    /// Its value.
    #[must_use]
    pub fn of(self, ranking: &Ranking) -> f32 {
        (self.get)(ranking)
    }
}

impl Ranking {
    /// Sets a weight by its name; with `for_users`, one of those alone that are meant for them.
    ///
    /// # Errors
    /// When there is none of this name, or it cannot have this value.
    pub fn set(&mut self, name: &str, value: f32, for_users: bool) -> Result<(), WeightError> {
        let all = || Weight::ALL.into_iter().filter(|weight| weight.for_users || !for_users);
        let Some(weight) = all().find(|weight| weight.name == name) else {
            return Err(WeightError::Unknown { name: name.to_owned(), of: all().map(|weight| weight.name).collect() });
        };
        if !(0.0..=1000.0).contains(&value) {
            return Err(WeightError::OutOfRange { name: name.to_owned(), value });
        }
        (weight.set)(self, value);
        Ok(())
    }
}

pub mod file;

#[cfg(test)]
mod tests;
