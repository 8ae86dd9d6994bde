//! The names of months, as articles and those who search them write them.

/// German, Austrian and English names and their usual abbreviations, in lower case, by month.
const MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "january", "jan", "jän"],
    &["februar", "feber", "february", "feb"],
    &["märz", "march", "mär", "mrz", "mar"],
    &["april", "apr"],
    &["mai", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["dezember", "december", "dez", "dec"],
];

/// Bytes of the longest name, and the letters that names begin with.
const LONGEST: usize = "september".len();
const INITIALS: &str = "jfmasondJFMASOND";

/// The number of a month, from 1, by its name or abbreviation, with or without its point. `ä` may be written `ae`, or as two
/// characters (NFD).
///
/// ```
/// use findbuch_article::month_of_name;
///
/// assert_eq!(month_of_name("März"), Some(3));
/// assert_eq!(month_of_name("Mär."), Some(3));
/// assert_eq!(month_of_name("Oct"), Some(10));
/// assert_eq!(month_of_name("Markt"), None);
/// ```
#[must_use]
pub fn month_of_name(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    // most words that are asked about are no months
    if !(3..=LONGEST).contains(&word.len()) || !word.starts_with(|first: char| INITIALS.contains(first)) {
        return None;
    }
    let mut name = word.to_lowercase();
    for umlaut in ["a\u{308}", "ae"] {
        if name.contains(umlaut) {
            name = name.replace(umlaut, "ä");
        }
    }
    (1..).zip(MONTHS).find(|(_, names)| names.contains(&name.as_str())).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_by_every_spelling() {
        for (words, month) in [
            ("Januar Jänner JAENNER January Jan. Jän", 1),
            ("März maerz MÄRZ Ma\u{308}rz Mär Mär. Mrz mar March", 3),
            ("Sept. Sep september", 9),
            ("Dez Dec. Dezember", 12),
        ] {
            for word in words.split(' ') {
                assert_eq!(month_of_name(word), Some(month), "{word}");
            }
        }
        for word in ["", ".", "Maier", "Mä", "Montag", "3", "März,"] {
            assert_eq!(month_of_name(word), None, "{word}");
        }
    }
}
