//! Whether a name that stands alone, in a byline or a field for authors, is a person's or that of a desk, a paper, an authority.
//!
//! There is no sentence around it for the tagger to go by; what decides is what the tables and the dictionary say of its words. A
//! person's name begins with a forename, or with a word that is no German one; *Polizeipräsidium Mainz* begins with a compound,
//! *Hamburger Morgenpost* ends in one, *Die Warte* begins with an article.

use crate::Tagger;
use crate::words::{Known, hash};
use findbuch_german::{Splitter, fold, is_known, is_stop_word};

/// Small words within names of people. One in capitals may be the first (*De Luca*).
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "zu", "zum", "zur", "vom", "da", "di", "del", "della", "dos", "du", "la", "le",
    "el", "al", "ten", "ter", "und", "y",
];
/// Prepositions and articles within names of people, not before them: *auf der Heyde*, *op den Camp*, *bin Said*.
const INNER_PARTICLES: &[&str] = &[
    "auf", "aus", "am", "an", "bei", "beim", "dem", "im", "in", "ob", "unter", "vor", "het", "op", "uit", "af", "av",
    "ab", "ap", "das", "do", "e", "dal", "dalla", "degli", "dei", "las", "los", "des", "abu", "ben", "bin", "bint",
    "ibn",
];
/// Legal forms as ISO 20275 abbreviates them behind the names of companies, societies and bodies, without full stops and strokes: those of
/// Germany, Austria and Switzerland, of the rest of Europe, and beyond.
const LEGAL_FORMS: &[&str] = &[
    "AG", "AöR", "EWIV", "GbR", "GenmbH", "GesbR", "GesmbH", "GmbH", "KG", "KGaA", "KdöR", "KöR", "OG", "OHG", "PartG",
    "PartGmbB", "PartmbB", "SCE", "SE", "SdöR", "UG", "VVaG", "eG", "eGbR", "eK", "eKfm", "eKfr", "eU", "eV", "gAG",
    "gGmbH", "gUG", "mbB", "mbH", "rV", "AB", "ANS", "AS", "ASA", "ASBL", "ApS", "BV", "BVBA", "CVBA", "DAC", "EOOD",
    "EURL", "HB", "IVS", "KS", "Kft", "Lda", "NV", "Nyrt", "OOD", "OOO", "OÜ", "Oy", "Oyj", "PLC", "SA", "SARL", "SAS",
    "SASU", "SCA", "SCI", "SCSp", "SL", "SLU", "SNC", "SPRL", "SRL", "Sagl", "SpA", "Sàrl", "UAB", "VOF", "VZW", "Zrt",
    "as", "doo", "oo", "ro", "sro", "Bhd", "Corp", "Inc", "KK", "LLC", "LLP", "Ltd", "LP", "Pte", "Pty", "Pvt",
];
/// Letters from which a legal form is recognised in whatever capitals.
const MIN_LEGAL_FORM: usize = 4;
/// Abbreviations longer than this are no words written in capitals.
const MAX_ABBREVIATION: usize = 4;
/// Bytes of the longest word that is looked at as a compound.
const LONGEST: usize = 60;

/// What a word is in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// Children are called so.
    Forename,
    /// Children are called so, and news have it as a word (*Juli*).
    PerhapsForename,
    /// News have it in names of people.
    Surname,
    /// A German word that news seldom have, or not as a name.
    Word,
    /// A word that is put together of German words.
    Compound,
    /// A word with hyphens that ends in a German noun: what is named after someone (*Koch-Institut*).
    NamedAfter,
    /// The name of a place or an organisation.
    OtherName,
    /// A function word (*Die Warte*).
    Function,
    /// An initial, or nothing that is known.
    Unknown,
}

impl Tagger {
    /// Whether a name that stands alone is a person's.
    ///
    /// ```
    /// let tagger = findbuch_names::Tagger::default();
    /// assert!(tagger.is_person("Petra Post") && !tagger.is_person("Hamburger Morgenpost"));
    /// ```
    #[must_use]
    pub fn is_person(&self, name: &str) -> bool {
        let words: Vec<&str> = name.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).collect();
        let in_capitals = words.iter().all(|word| is_capitals(word));
        // in a name in capitals two letters are as often a syllable
        let shortest = |at: usize| if in_capitals && at + 1 < words.len() { 3 } else { 0 };
        let is_form = |(at, word): (usize, &&str)| is_legal_form(word, shortest(at));
        if words.iter().enumerate().skip(1).any(is_form) || ends_in_society(&words) {
            return false;
        }
        let mut rest = words.iter().skip_while(|word| is_title(word));
        let first = rest.next().filter(|word| !is_particle(word));
        let rest = rest.filter(|word| !is_particle(word) && !INNER_PARTICLES.contains(word) && !is_mandate(word));
        let uses = first.into_iter().chain(rest);
        let uses: Vec<Use> = uses.map(|word| self.use_of(word, in_capitals)).collect();
        uses.split_first().is_some_and(|(first, rest)| is_persons(*first, rest))
    }

    /// What a word is; of one with hyphens the last piece tells what it is, and the first whether it is a forename.
    fn use_of(&self, word: &str, in_capitals: bool) -> Use {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let recased =
            (in_capitals || word.chars().count() > MAX_ABBREVIATION && is_capitals(word)).then(|| recased(word));
        let word = recased.as_deref().unwrap_or(word);
        let (Some((first, _)), Some((_, last))) = (word.split_once('-'), word.rsplit_once('-')) else {
            return self.use_of_piece(word);
        };
        match (self.use_of_piece(first), self.use_of_piece(last)) {
            (_, Use::Word | Use::Compound) if self.known(last).is_mostly_no_name() => Use::NamedAfter,
            (_, Use::OtherName) if is_known(last) => Use::NamedAfter,
            (Use::Forename, _) => Use::Forename,
            (_, last) => last,
        }
    }

    fn use_of_piece(&self, word: &str) -> Use {
        let known = self.known(word);
        let forename = known.is_inner() && word.starts_with(char::is_uppercase);
        let function = is_stop_word(&fold(word));
        match known.habit() {
            _ if word.chars().count() <= 1 => Use::Unknown,
            _ if function && known.is_mostly_no_name() => Use::Function,
            _ if forename && known.is_mostly_no_name() => Use::PerhapsForename,
            _ if forename && !known.is_mostly_no_person() => Use::Forename,
            6..=10 => Use::Forename,
            11..=15 => Use::Surname,
            16.. => Use::OtherName,
            _ if is_known(word) => Use::Word,
            _ if is_compound(word) => Use::Compound,
            _ if known.is_place() => Use::OtherName,
            1..=5 => Use::Word,
            0 => Use::Unknown,
        }
    }

    fn known(&self, word: &str) -> Known {
        self.model().words.get(hash(word.as_bytes()))
    }
}

/// What the first word of a name and those behind it say.
fn is_persons(first: Use, rest: &[Use]) -> bool {
    let is_no_surname = |word: &Use| matches!(word, Use::Word | Use::Compound | Use::OtherName | Use::Function);
    let is_forename = |word: &Use| matches!(word, Use::Forename | Use::PerhapsForename);
    if first == Use::NamedAfter || rest.contains(&Use::NamedAfter) {
        return false;
    }
    match (first, rest) {
        // what is named after a person ends in what it is
        (Use::Forename, [second, .., last]) => is_forename(second) || !is_no_surname(last),
        (Use::Forename, _) => true,
        (Use::PerhapsForename, rest) => !rest.is_empty() && !rest.contains(&Use::Compound),
        (Use::Word | Use::Compound | Use::OtherName | Use::NamedAfter, _) | (Use::Function, []) => false,
        (Use::Surname | Use::Unknown | Use::Function, rest) => !rest.iter().any(is_no_surname),
    }
}

fn is_compound(word: &str) -> bool {
    thread_local! {
        // it keeps what it has found, for one thread
        static SPLITTER: Splitter = Splitter::default();
    }
    word.len() <= LONGEST && SPLITTER.with(|splitter| !splitter.split(&fold(word), true).is_empty())
}

/// `Dr.`, `Prof.`, `Dipl.-Ing.`: abbreviations before a name, initials not among them.
fn is_title(word: &str) -> bool {
    word.ends_with('.') && word.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// `MdB`, `MdL`, `MdEP`: behind the name of a member of a parliament.
fn is_mandate(word: &str) -> bool {
    word.strip_prefix("Md").is_some_and(|of| !of.is_empty() && of.chars().all(char::is_uppercase))
}

fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

/// Whether a word abbreviates a legal form of so many letters at least.
fn is_legal_form(word: &str, least: usize) -> bool {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let (count, lower) = (letters.chars().count(), letters.to_lowercase());
    let is_form = |form: &&str| {
        // three letters with a vowel may be a surname
        let is_unspoken = letters == lower || !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let any_case = count >= MIN_LEGAL_FORM || count == MIN_LEGAL_FORM - 1 && is_unspoken;
        **form == letters || (any_case || is_capitals(&letters)) && form.to_lowercase() == lower
    };
    count >= least && LEGAL_FORMS.iter().any(is_form)
}

/// `e. V.` at the end.
fn ends_in_society(words: &[&str]) -> bool {
    matches!(words, [.., before, last] if before.eq_ignore_ascii_case("e.") && last.to_lowercase().starts_with('v'))
}

fn is_capitals(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase())
}

/// A word in capitals as it is written elsewhere: each piece with one.
fn recased(word: &str) -> String {
    let piece = |piece: &str| piece.chars().take(1).chain(piece.to_lowercase().chars().skip(1)).collect::<String>();
    word.split('-').map(piece).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn persons_are_told_from_desks_papers_and_authorities() {
        let tagger = Tagger::default();
        for (names, is_person) in [
            ("Petra Post|Jens Koch|Jo Blatt|Theo Sommer|Juli Zeh|Thomas Dienst|Wolfgang Bank", true),
            ("Karl-Theodor zu Guttenberg|Wolf Graf von Baudissin|Dr. Ingrid Kreis|Aylin Özdemir-Krause", true),
            ("Nguyễn Thị Lan|Xi Wang|Fatima El-Tayeb|Andrzej Wiśniewski|BOB FISCHER", true),
            ("Brokhusen|Jelka Thorn|Hauke Brons|Nora Marie Markt", true),
            ("Polizeipräsidium Mainz|Hamburger Morgenpost|Stadtwerke Flensburg|Pressebüro Schmitz", false),
            ("Redaktionsteam|Landeskriminalamt|Presseportal|Feuilleton|Podcast-Team|Wirtschaft", false),
            ("Die Warte|Das Kollegium|Die Redaktion von Warte Aktuell|Unsere Korrespondenten", false),
            ("Axel Springer Verlag|Robert Koch-Institut|Brokhusen Druck GmbH|Imke Harms e. V.", false),
            ("Zentralrat der Juden|SPD-Bundestagsfraktion|DEUTSCHES ROTES KREUZ", false),
            ("Harms GbR|Brons KGaA|Nora NV|Kai AöR|Imke Thorn gUG|Jelka Brons s.r.o.|Thorn A/S|Hauke Oy", false),
            (
                "Brons & Co. KGaA|HAUKE THORN AG|Thorn Sp. z o.o.|Jelka Brons mbh|Nora Harms Gmbh|Hauke Srl|Nora Ltd.",
                false,
            ),
            ("Klaus Thorn SJ|Nora Harms MdB|KIM SE MO|Maria de Sa|Dafydd ab Hugh|Åsa Lind|Jens von As", true),
            ("Rolf auf der Heyde|Nora op den Camp|Hauke aus dem Moore|Said bin Omar|Maria dos Santos e Silva", true),
            ("|-|Dr.", false),
        ] {
            for name in names.split('|') {
                assert_eq!(tagger.is_person(name), is_person, "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_name_panics(name in "([A-ZÄa-zß.-]{0,6}|von|Dr\\.|\\PC{0,4}| )*") {
            let _ = Tagger::default().is_person(&name);
        }
    }
}
