//! Articles like those of a news archive, any number of them, and the same ones for the same seed.
//!
//! Words are drawn by the law of Zipf and Mandelbrot from a vocabulary without an end, so that it grows with the archive as that of
//! news does (Heaps' law); a word is made of syllables by its rank, every fourth is a compound of two more frequent ones. An article
//! has a subject whose words it repeats, a length that is distributed log-normally, a source, a section and a day. Every sixteenth is
//! an earlier one with a few sentences changed, as sources take them over from each other. The texts mean nothing.

use serde_json::json;

/// What counts most in German texts, by rank.
const FUNCTION_WORDS: &str = "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden \
    aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr \
    durch man sein wurde sei wenn kann gegen schon habe seine unter ihre wir soll ich eines jahr zwei jetzt vom doch dann";
const ONSETS: [&str; 22] = [
    "b", "br", "d", "f", "fr", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "sch", "st", "t", "tr", "w",
    "z",
];
const VOWELS: [&str; 12] = ["a", "e", "i", "o", "u", "ä", "ö", "ü", "ei", "au", "ie", "eu"];
const CODAS: [&str; 14] = ["", "n", "r", "l", "t", "s", "m", "ng", "ck", "ch", "nd", "rt", "st", "tz"];
const NOUNS: [&str; 8] = ["", "e", "er", "ung", "heit", "schaft", "ing", "el"];
const OTHERS: [&str; 8] = ["en", "te", "lich", "ig", "isch", "ern", "end", "bar"];
const INFLECTIONS: [&str; 4] = ["s", "en", "e", "er"];
const SECTIONS: [&str; 9] =
    ["Politik", "Wirtschaft", "Lokales", "Kultur", "Sport", "Wissen", "Ausland", "Meinung", "Reise"];
/// Exponent and shift of the law, and the rank beyond which no word is drawn.
const EXPONENT: f64 = 1.3;
const SHIFT: f64 = 10.0;
const LAST_RANK: f64 = 5e7;
/// Subjects, words of each, and how often of a hundred a word is of the subject.
const SUBJECTS: u64 = 3_000;
const SUBJECT_WORDS: u64 = 40;
const OF_SUBJECT: u64 = 12;
/// Median and spread of the number of words.
const MEDIAN_WORDS: f64 = 260.0;
const SPREAD: f64 = 0.7;
const SOURCES: u64 = 40;
/// Of so many articles one is taken over from one of so many before it.
const TAKEN_OVER: u64 = 16;
const BEFORE: u64 = 500;
/// Keep numbers apart that are drawn for different things.
const STEM: u64 = 1;
const SUBJECT: u64 = 2;
const TEXT: u64 = 3;

/// Numbers that look random (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn of(parts: &[u64]) -> Numbers {
        parts.iter().fold(Numbers(0), |mixed, part| Numbers(Numbers(mixed.0 ^ part).next()))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        let bits = u32::try_from(self.next() >> 32).unwrap_or_default();
        f64::from(bits) / f64::from(u32::MAX)
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.below(of.len() as u64)).unwrap_or_default();
        of.get(at).copied().unwrap_or_default()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares of small numbers")]
fn whole(number: f64) -> u64 {
    number as u64
}

/// A rank by the law of Zipf and Mandelbrot, from 0.
fn rank(numbers: &mut Numbers) -> u64 {
    let power = 1.0 - EXPONENT;
    let (first, last) = (SHIFT.powf(power), (LAST_RANK + SHIFT).powf(power));
    whole((first + numbers.share() * (last - first)).powf(1.0 / power) - SHIFT)
}

/// The word of a rank.
fn word(rank: u64) -> String {
    let function_words = || FUNCTION_WORDS.split_whitespace();
    if let Some(word) = usize::try_from(rank).ok().and_then(|rank| function_words().nth(rank)) {
        return word.to_owned();
    }
    let mut numbers = Numbers::of(&[rank]);
    if rank > 2_000 && numbers.below(4) == 0 {
        let part = |numbers: &mut Numbers| stem(100 + numbers.below(1_900), "");
        let (head, tail) = (part(&mut numbers), part(&mut numbers));
        return capital(&format!("{head}{}{tail}", numbers.one(&["", "s", "n", ""])));
    }
    if numbers.below(2) == 0 { capital(&stem(rank, numbers.one(&NOUNS))) } else { stem(rank, numbers.one(&OTHERS)) }
}

fn stem(rank: u64, ending: &str) -> String {
    let mut numbers = Numbers::of(&[rank, STEM]);
    let syllables = 1 + numbers.below(2) + u64::from(rank > 3_000) + u64::from(rank > 300_000);
    let mut stem = String::new();
    for _ in 0..syllables {
        stem += numbers.one(&ONSETS);
        stem += numbers.one(&VOWELS);
        stem += numbers.one(&CODAS);
    }
    stem + ending
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word of a text on a subject, in some form of it.
fn drawn(subject: u64, numbers: &mut Numbers) -> String {
    let rank = if numbers.below(100) < OF_SUBJECT {
        let which = numbers.below(SUBJECT_WORDS).min(numbers.below(SUBJECT_WORDS));
        100 + Numbers::of(&[subject, which, SUBJECT]).below(80_000)
    } else {
        rank(numbers)
    };
    let word = word(rank);
    if word.starts_with(char::is_uppercase) && numbers.below(4) == 0 { word + numbers.one(&INFLECTIONS) } else { word }
}

fn sentence(subject: u64, numbers: &mut Numbers) -> String {
    let words = 5 + numbers.below(9) + numbers.below(12);
    let comma = numbers.below(2 * words);
    let mut sentence = String::new();
    for at in 0..words {
        let word = drawn(subject, numbers);
        sentence += &if at == 0 { capital(&word) } else { word };
        sentence += if at + 1 == words {
            "."
        } else if at == comma {
            ", "
        } else {
            " "
        };
    }
    sentence
}

/// The paragraphs of an article of its own, by sentence.
fn paragraphs(subject: u64, numbers: &mut Numbers) -> Vec<Vec<String>> {
    // two shares make a number that is distributed normally (Box and Muller)
    let (one, other) = (numbers.share().max(1e-9), numbers.share());
    let normal = (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos();
    let words = whole((MEDIAN_WORDS * (SPREAD * normal).exp()).clamp(30.0, 5_000.0));
    let mut paragraphs: Vec<Vec<String>> = Vec::new();
    let mut written = 0;
    while written < words {
        let paragraph: Vec<String> = (0..2 + numbers.below(4)).map(|_| sentence(subject, numbers)).collect();
        written += paragraph.iter().map(|sentence| sentence.split(' ').count() as u64).sum::<u64>();
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// The article of this number.
pub fn article(seed: u64, number: u64) -> serde_json::Value {
    let mut numbers = Numbers::of(&[seed, number]);
    let of = match numbers.below(TAKEN_OVER) {
        0 if number > 0 => number - 1 - numbers.below(BEFORE.min(number)),
        _ => number,
    };
    let mut text = Numbers::of(&[seed, of, TEXT]);
    // some subjects are written of far more often than others
    let subject = whole(text.share().powi(3) * f64::from(u32::try_from(SUBJECTS).unwrap_or_default()));
    let mut paragraphs = paragraphs(subject, &mut text);
    let mut headline = (0..4 + text.below(5)).map(|_| drawn(subject, &mut text)).collect::<Vec<_>>().join(" ");
    if of != number {
        for (at, paragraph) in paragraphs.iter_mut().enumerate() {
            if at == 0 || numbers.below(4) == 0 {
                paragraph.pop();
                paragraph.push(sentence(subject, &mut numbers));
            }
        }
        headline = format!("{}: {headline}", capital(&drawn(subject, &mut numbers)));
    }
    // more is written from year to year
    let day = whole(numbers.share().sqrt() * 26.0 * 365.2);
    let (year, day) = (2000 + day / 366, day % 366);
    let name = |numbers: &mut Numbers, most: u64| capital(&stem(100 + numbers.below(most), ""));
    let author = format!("{} {}", name(&mut numbers, 90), name(&mut numbers, 900));
    let source = numbers.below(SOURCES).min(numbers.below(SOURCES));
    json!({
        "id": format!("{seed}-{number}"),
        "headline": capital(&headline),
        "author": author,
        "date": format!("{year}-{:02}-{:02}", 1 + day / 31, 1 + day % 28),
        "source": format!("{} {}", capital(&stem(200 + source, "er")), Numbers(source).one(&["Bote", "Zeitung", "Blatt", "Warte"])),
        "section": numbers.one(&SECTIONS),
        "body": paragraphs.iter().map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n"),
    })
}
