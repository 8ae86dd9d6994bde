//! Signs that stand in the place of an author's name: `jth`, `srf/jth`.

use super::person::is_own_sign;
use crate::structure::is_agency;
use findbuch_german::is_stop_word;

/// Longest sign of a line behind the text, in bytes, and most of them.
const MAX_SIGN: usize = 5;
const MAX_SIGNS: usize = 4;

/// The sign of an author, that of the house before it, or a name chosen for oneself.
pub fn is_sign(name: &str) -> bool {
    name.len() <= 20 && name.split('/').count() <= 2 && name.split('/').all(is_own_sign)
}

/// The signs of `srf/jth; uf`, if there is nothing else; those of agencies are names like others.
pub fn of(text: &str) -> Vec<String> {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')');
    let signs: Vec<String> = text.split([',', ';']).map(|sign| sign.trim().to_owned()).collect();
    let own = |sign: &String| is_sign(sign) && !sign.split('/').any(|part| is_agency(part) || is_stop_word(part));
    if signs.len() <= MAX_SIGNS && signs.iter().all(own) { signs } else { Vec::new() }
}

/// The signs of a line that names the picture's source after them (`jth, uf; Foto: Archiv`), or has them in brackets.
pub fn of_line(line: &str) -> Vec<String> {
    let names_picture = |credit: &str| ["Foto", "Bild"].iter().any(|word| credit.trim_start().starts_with(word));
    let credited = line.split_once(';').filter(|(_, credit)| names_picture(credit)).map(|(signs, _)| signs);
    let bracketed = Some(line).filter(|line| line.starts_with('(') && line.ends_with(')'));
    let signs = credited.or(bracketed).map(of).unwrap_or_default();
    if signs.iter().all(|sign| sign.len() <= MAX_SIGN) { signs } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_from_words() {
        for (line, signs) in [
            ("(jth)", "jth"),
            ("(jth, uf)", "jth|uf"),
            ("jth, uf; Foto: Archiv", "jth|uf"),
            ("jth, uf; Kai: Archiv", ""),
            ("(und)", ""),
            ("(dpa)", ""),
            ("(Norderfehn)", ""),
            ("(fortsetzung)", ""),
            ("der markt; Foto: Archiv", ""),
        ] {
            assert_eq!(of_line(line).join("|"), signs, "{line}");
        }
        assert_eq!(of("srf/jth;uf").join("|"), "srf/jth|uf");
    }
}
