//! What the words round a form say of it: *lieben* is a verb in *wir lieben Hunde* and *zu lieben*, an adjective in *die lieben Kinder*.
//!
//! Only forms that can be of several words are looked at, and of their neighbours only what a table of function words and the first and last
//! letters tell. What is found adds to the likelihood of what can stand there; it brings up no word that the form by itself
//! cannot be.

use crate::readings::{Reading, uses};
use crate::stem::keep_likely;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands before a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// Nothing that tells.
    Other,
    /// An article or a pronoun that stands before a noun.
    Article,
    /// The same, which may also stand by itself (die lieben).
    Perhaps,
    /// A preposition.
    Preposition,
    /// *zu*.
    Zu,
    /// A pronoun that is a subject.
    Subject,
    /// A finite form of an auxiliary.
    Auxiliary,
    /// A word behind which an adjective is a noun (etwas Gutes).
    Amount,
}

/// What stands behind a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// A word with a capital.
    Noun,
    /// A word with the ending of an adjective, and then one with a capital.
    Attribute,
    /// A pronoun that is a subject.
    Subject,
    /// A finite form of an auxiliary.
    Auxiliary,
    /// Another word.
    Other,
    /// A mark, or the end of the text.
    End,
}

const BEFORES: [Before; 8] = [
    Before::Other,
    Before::Article,
    Before::Perhaps,
    Before::Preposition,
    Before::Zu,
    Before::Subject,
    Before::Auxiliary,
    Before::Amount,
];
const AFTERS: [After; 6] = [After::Noun, After::Attribute, After::Subject, After::Auxiliary, After::Other, After::End];

/// What stands round a form that may be of several words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    before: Before,
    after: After,
    /// Whether the form is written with a capital.
    capital: bool,
}

/// Words that tell what follows them.
const BEFORE: &[(Before, &[&str])] = &[
    (
        Before::Article,
        &[
            "dem", "des", "ein", "eine", "einem", "einen", "einer", "eines", "kein", "keine", "keinem", "keinen",
            "keiner", "keines", "mein", "meine", "meinem", "meinen", "meiner", "meines", "dein", "deine", "deinem",
            "deinen", "deiner", "deines", "seine", "seinem", "seinen", "seiner", "seines", "ihre", "ihrem", "ihren",
            "ihrer", "ihres", "unser", "unsere", "unserem", "unseren", "unserer", "unseres", "eure", "eurem", "euren",
            "eurer", "eures", "diesem", "diesen", "dieser", "dieses", "jenem", "jenen", "jener", "jenes", "jede",
            "jedem", "jeden", "jeder", "jedes", "manche", "manchen", "mancher", "solche", "solchen", "solcher",
            "beiden", "zum", "zur", "im", "am", "vom", "beim", "ins", "ans", "aufs", "allen", "aller", "welche",
            "welchem", "welchen", "welcher", "welches", "einige", "einigen", "einiger", "mehrere", "mehreren",
            "mehrerer", "viele", "vielen", "vieler", "wenige", "wenigen", "weniger",
        ],
    ),
    (Before::Perhaps, &["der", "die", "das", "den", "diese", "alle", "beide"]),
    (
        Before::Preposition,
        &[
            "mit", "von", "für", "in", "bei", "aus", "nach", "unter", "über", "gegen", "ohne", "durch", "zwischen",
            "auf", "vor", "hinter", "neben", "seit", "wegen", "während", "trotz", "per", "pro", "statt", "laut",
            "dank",
        ],
    ),
    (Before::Zu, &["zu"]),
    (Before::Subject, SUBJECTS),
    (Before::Amount, &["etwas", "nichts", "viel", "wenig", "mehr", "alles", "manches", "allerlei", "einiges"]),
    (Before::Auxiliary, AUXILIARIES),
];
const SUBJECTS: &[&str] = &["ich", "du", "er", "es", "wir", "man", "wer"];
const AUXILIARIES: &[&str] = &[
    "ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären", "wird", "werde", "werden", "wurde", "wurden",
    "würde", "würden", "bin", "bist", "hat", "habe", "haben", "hatte", "hatten", "hätte", "hätten", "kann", "können",
    "konnte", "konnten", "könnte", "könnten", "muss", "müssen", "musste", "mussten", "müsste", "müssten", "soll",
    "sollen", "sollte", "sollten", "will", "wollen", "wollte", "wollten", "darf", "dürfen", "durfte", "durften",
    "dürfte", "dürften", "mag", "möchte", "möchten",
];

static TELLING: LazyLock<HashMap<&'static [u8], Before, foldhash::fast::FixedState>> = LazyLock::new(|| {
    let words = BEFORE.iter().flat_map(|(before, words)| words.iter().map(|word| (word.as_bytes(), *before)));
    words.collect()
});

/// Kinds of what stands behind a form, and the first of the characters that stand for what stands round it, for private use.
const AFTER: u32 = AFTERS.len() as u32;
const PRIVATE: u32 = 0xE000;
/// How much likelier a form is where what stands round it asks for its kind, as a logarithm to base 2.
const ASKED_FOR: f32 = 5.0;
/// How much less likely an adjective with an ending is without a noun behind it.
const ALONE: f32 = -5.0;

impl Context {
    /// What stands round the word at `span` in `text`; none where that tells nothing of words of these `kinds`.
    pub fn of(text: &str, span: &Range<usize>, kinds: u8) -> Option<Context> {
        let capital = text[span.start..].starts_with(char::is_uppercase);
        let context = Context { before: before(&text[..span.start]), after: after(&text[span.end..]), capital };
        let telling = [uses::NOUN, uses::FINITE, uses::INFINITIVE, uses::BARE, uses::DECLINED];
        telling.iter().any(|uses| kinds & uses != 0 && context.bonus(*uses) != 0.0).then_some(context)
    }

    /// A character that stands for it, which no word has.
    pub fn mark(self) -> char {
        let number = (self.before as u32 * AFTER + self.after as u32) * 2 + u32::from(self.capital);
        char::from_u32(PRIVATE + number).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    /// What a character stands for that [`Context::mark`] gave.
    pub fn marked(char: char) -> Option<Context> {
        let number = u32::from(char).checked_sub(PRIVATE)?;
        let before = BEFORES.iter().find(|before| **before as u32 == number / 2 / AFTER)?;
        let after = AFTERS.iter().find(|after| **after as u32 == number / 2 % AFTER)?;
        Some(Context { before: *before, after: *after, capital: number % 2 == 1 })
    }

    /// How much likelier than by itself a form is that can stand so.
    fn bonus(self, uses: u8) -> f32 {
        let is = |kind: u8| uses & kind != 0;
        match (self.before, self.after) {
            (Before::Zu, After::Other | After::End) if is(uses::INFINITIVE) => ASKED_FOR,
            (Before::Article | Before::Perhaps | Before::Preposition, After::Noun | After::Attribute)
                if is(uses::DECLINED) =>
            {
                ASKED_FOR
            }
            (Before::Subject, _) | (_, After::Subject) if is(uses::FINITE) => ASKED_FOR,
            (_, After::Auxiliary) if self.capital && is(uses::NOUN | uses::DECLINED) => ASKED_FOR,
            (Before::Amount, _) if self.capital && is(uses::DECLINED) => ASKED_FOR,
            (Before::Auxiliary | Before::Article | Before::Preposition, _) if uses == uses::FINITE => ALONE,
            (
                Before::Other | Before::Subject | Before::Zu | Before::Auxiliary,
                After::Other | After::End | After::Auxiliary,
            ) if !self.capital && uses == uses::DECLINED => ALONE,
            _ => 0.0,
        }
    }

    /// Puts the readings in the order of their likelihood here, without those that are too unlikely. One of those that are likely without
    /// neighbours stays, so that the form by itself, which has these alone, is found.
    pub fn weigh(self, readings: &mut Vec<Reading>) {
        let mut alone = readings.clone();
        keep_likely(&mut alone);
        for reading in readings.iter_mut() {
            reading.weight += self.bonus(reading.uses);
        }
        readings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        keep_likely(readings);
        if !readings.iter().any(|reading| alone.iter().any(|known| known.stem == reading.stem)) {
            readings.extend(alone.into_iter().next());
        }
    }
}

/// What stands before a form, judged by the text that ends there.
fn before(text: &str) -> Before {
    let Some(text) = text.strip_suffix(' ') else { return Before::Other };
    let start = text.bytes().rposition(|byte| !byte.is_ascii_alphabetic() && byte < 0x80).map_or(0, |at| at + 1);
    let word = &text[start..];
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..word.len()) else { return Before::Other };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    TELLING.get(&*lower).copied().unwrap_or(Before::Other)
}

/// What stands behind a form, judged by the text that begins there.
fn after(text: &str) -> After {
    let Some(rest) = text.strip_prefix(' ') else { return After::End };
    let Some(first) = rest.chars().next() else { return After::End };
    let word = &rest[..rest.bytes().position(|byte| !byte.is_ascii_alphabetic() && byte < 0x80).unwrap_or(rest.len())];
    match TELLING.get(word.as_bytes()) {
        Some(Before::Subject) => return After::Subject,
        Some(Before::Auxiliary) => return After::Auxiliary,
        _ if word == "Sie" => return After::Subject,
        _ => {}
    }
    if first.is_uppercase() || first.is_ascii_digit() || first == '„' {
        return After::Noun;
    }
    if !first.is_lowercase() {
        return After::End;
    }
    let Some(space) = rest.bytes().position(|byte| byte == b' ') else { return After::Other };
    let (word, rest) = rest.split_at(space);
    let declined =
        ["e", "en", "er", "es", "em"].iter().any(|ending| word.ends_with(ending)) && !crate::is_stop_word(word);
    if declined && rest[1..].chars().next().is_some_and(char::is_uppercase) { After::Attribute } else { After::Other }
}

#[cfg(test)]
mod tests {
    use crate::Analyzer;

    /// The stems of the word that stands between asterisks, the likeliest first.
    fn stems(marked: &str) -> String {
        let at = marked.find('*').expect("a marked word");
        let text = marked.replace('*', "");
        let tokens = Analyzer::default().tokens(&text);
        let token = tokens.iter().find(|token| token.span.start == at).expect("the word");
        token.terms.stems().map(|stem| &**stem).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(marked: &str, expected: &str) {
        assert_eq!(stems(marked).split(' ').next(), Some(expected), "{marked}");
    }

    #[test]
    fn neighbours_tell_verbs_from_adjectives() {
        for (marked, expected) in [
            ("Wir *lieben* unsere Stadt.", "lieben"),
            ("Es ist leicht, den Deich zu *lieben*.", "lieben"),
            ("Die Leute am Deich *lieben*.", "lieben"),
            ("Sie schrieb ihrer *lieben* Tante.", "lieb"),
            ("Vor *leeren* großen Rängen", "leer"),
            ("Der Deich ist *weiß*.", "weiss"),
            ("Er *weiß* es nicht.", "wissen"),
        ] {
            check(marked, expected);
        }
    }

    #[test]
    fn neighbours_tell_what_the_capital_of_a_sentence_means() {
        for (marked, expected) in [
            ("*Macht* ist nicht alles.", "macht"),
            ("*Spenden* Sie für den Deich!", "spenden"),
            ("Es gab nichts *Gutes*.", "gut"),
        ] {
            check(marked, expected);
        }
    }

    #[test]
    fn a_form_keeps_a_stem_that_it_has_by_itself() {
        let mut analyzer = Analyzer::default();
        for marked in
            ["Wir *lieben* Hunde.", "Die *heißen* Tage", "Sie kamen mit *heilen* Knochen davon.", "zu *weiten*"]
        {
            let word = marked.split('*').nth(1).expect("a marked word");
            let alone: Vec<String> =
                analyzer.readings(word).iter().flat_map(crate::Terms::stems).map(ToString::to_string).collect();
            assert!(
                stems(marked).split(' ').any(|stem| alone.iter().any(|known| known == stem)),
                "{marked}: {alone:?}"
            );
        }
    }
}
