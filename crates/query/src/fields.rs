//! Fields of a query: a name, a colon and the value right behind it.

use crate::error::Fault;
use crate::names::{DATE_FIELDS, FIELDS};
use crate::quotes;
use crate::token::Token;
use crate::tree::Span;

/// Whether a run begins with the name of a field whose values are matched sign by sign.
pub fn is_raw(run: &str) -> bool {
    let Some((name, _)) = run.split_once(':') else { return false };
    let name = name.to_lowercase();
    FIELDS.iter().any(|(known, field)| *known == name && field.is_raw())
}

/// Reads the `name:` at `start`, and its value where that needs no tokens of its own; returns the end of what was read, or none if
/// there is no field. `end` is the end of the run.
pub fn field(
    text: &str,
    start: usize,
    end: usize,
    tokens: &mut Vec<(Token, Span)>,
) -> Result<Option<usize>, (Fault, Span)> {
    let Some(colon) = text[start..end].find(':').map(|offset| start + offset) else { return Ok(None) };
    let name = text[start..colon].to_lowercase();
    let value = colon + 1..end;
    let follows = end > colon + 1 || text[end..].starts_with('(') || quotes::opens(text, end);
    let label = start..colon + 1;
    if let Some(&(_, field)) = FIELDS.iter().find(|(known, _)| *known == name) {
        if !follows {
            return Err((Fault::MissingValue, label));
        }
        tokens.push((Token::Field(field), label));
        if field.is_raw() && !value.is_empty() {
            tokens.push((Token::Word, value));
            return Ok(Some(end));
        }
        return Ok(Some(colon + 1));
    }
    if let Some(&(_, bound)) = DATE_FIELDS.iter().find(|(known, _)| *known == name) {
        if value.is_empty() && quotes::opens(text, end) {
            let mark = text[end..].chars().next().map_or(0, char::len_utf8);
            let quoted = quotes::quoted(text, end).ok_or((Fault::UnclosedQuote, end..end + mark))?;
            tokens.push((Token::Date(bound, quoted.inner), start..quoted.end));
            return Ok(Some(quoted.end));
        }
        if value.is_empty() {
            return Err((Fault::MissingDate, label));
        }
        tokens.push((Token::Date(bound, value), start..end));
        return Ok(Some(end));
    }
    let is_name = name.len() > 1 && name.chars().all(char::is_alphabetic);
    let gendered = ["in", "innen"].iter().any(|ending| text[value.clone()].starts_with(ending));
    if is_name && follows && !gendered && !text[value].starts_with('/') {
        return Err((Fault::UnknownField(nearest_field(&name)), label));
    }
    Ok(None)
}

/// The name of the nearest field within two edits, of short names within one.
fn nearest_field(name: &str) -> Option<&'static str> {
    FIELDS
        .iter()
        .map(|(known, _)| *known)
        .chain(DATE_FIELDS.iter().map(|(known, _)| *known))
        .map(|known| (edits(name, known), known))
        .filter(|&(edits, known)| edits <= if known.len() > 4 { 2 } else { 1 })
        .min()
        .map(|(_, known)| known)
}

/// The Levenshtein distance of two short texts, of the first 40 characters of the left one.
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().take(40).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(l != *r)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_levenshteins() {
        for (left, right, expected) in [
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("abc", "", 3),
            ("titel", "titel", 0),
            ("tiel", "titel", 1),
            ("x", "y", 1),
        ] {
            assert_eq!(edits(left, right), expected, "{left} and {right}");
        }
    }

    #[test]
    fn the_nearest_field_is_within_two_edits_of_long_names_and_one_of_short_ones() {
        for (typed, nearest) in
            [("hedlne", Some("headline")), ("hdlne", None), ("leed", Some("lead")), ("laed", None), ("x", None)]
        {
            assert_eq!(nearest_field(typed), nearest, "{typed}");
        }
    }

    #[test]
    fn raw_fields_are_known_in_any_case() {
        assert!(is_raw("url:x") && is_raw("PFAD:a/b") && is_raw("id:"));
        assert!(!is_raw("titel:x") && !is_raw("url") && !is_raw("urls:x"));
    }
}
