//! Quotation marks: which of them open a phrase, and where it ends. Marks of one family close each other in whatever pairs people type
//! them; apostrophes in and behind words are no marks.

use crate::tree::Span;

/// All quotation marks, those that look like apostrophes included.
pub const MARKS: [char; 12] = ['"', '„', '“', '”', '»', '«', '›', '‹', '‚', '‘', '’', '\''];

/// A phrase between quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// What stands between the marks.
    pub inner: Span,
    /// The end of the closing mark.
    pub end: usize,
}

/// Whether a phrase opens at `at`, closed or not.
pub fn opens(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..) else { return false };
    match rest.chars().next() {
        Some('"' | '„' | '“' | '»' | '«' | '›' | '‹') => true,
        // ‚ looks like a comma, and ” mostly closes: they open only what is closed
        Some('‚') => closing_single(text, at).is_some(),
        Some('”') => begins_here(text, at, '”') && quoted(text, at).is_some(),
        _ => false,
    }
}

/// The phrase that opens at `at`; none if it is not closed.
pub fn quoted(text: &str, at: usize) -> Option<Quoted> {
    let mark = text.get(at..)?.chars().next()?;
    let from = at + mark.len_utf8();
    let end = match mark {
        '"' | '„' | '“' | '”' => closing(text, from, &['“', '”', '"'])?,
        '»' | '«' => closing(text, from, &['«', '»'])?,
        '›' | '‹' => closing(text, from, &['‹', '›'])?,
        '‚' => closing_single(text, at)?,
        _ => return None,
    };
    let after = end + text.get(end..)?.chars().next().map_or(0, char::len_utf8);
    Some(Quoted { inner: from..end, end: after })
}

/// The mark that closes the phrase from `from`: the first that no phrase within it needs, or else the first.
fn closing(text: &str, from: usize, marks: &[char]) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut within = 0;
    for (offset, char) in rest.char_indices() {
        let at = from + offset;
        if char == '„' && marks.contains(&'“') {
            within += 1;
        } else if char == '"' && marks.contains(&char) {
            return Some(at);
        } else if marks.contains(&char) {
            if begins_here(text, at, char) {
                within += 1;
            } else if within == 0 {
                return Some(at);
            } else {
                within -= 1;
            }
        }
    }
    rest.find(marks).map(|offset| from + offset)
}

/// The mark that closes the `‚` at `at`: the first ‘ with no letter or digit behind it, or else such a ’, before another ‚.
fn closing_single(text: &str, at: usize) -> Option<usize> {
    let from = at + '‚'.len_utf8();
    let rest = text.get(from..)?;
    let rest = rest.split('‚').next().unwrap_or(rest);
    let closes = |mark: char| {
        rest.match_indices(mark)
            .map(|(offset, _)| offset)
            .find(|offset| !rest[offset + mark.len_utf8()..].starts_with(char::is_alphanumeric))
    };
    closes('‘').or_else(|| closes('’')).map(|offset| from + offset)
}

/// Whether a mark stands before a word and not behind one.
fn begins_here(text: &str, at: usize, mark: char) -> bool {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + mark.len_utf8()..).unwrap_or_default());
    let separates = |c: char| c.is_whitespace() || matches!(c, '(' | ':' | '=' | '-' | '!');
    before.chars().next_back().is_none_or(separates) && after.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The phrase that a text begins with, and what follows it.
    #[track_caller]
    fn check(text: &str, phrase: Option<(&str, &str)>) {
        let found = quoted(text, 0).filter(|_| opens(text, 0));
        let found = found.map(|quoted| (&text[quoted.inner], &text[quoted.end..]));
        assert_eq!(found, phrase, "{text}");
    }

    #[test]
    fn marks_close_each_other_in_pairs_that_people_type() {
        for text in [
            "\"Neue Bahn\"",
            "„Neue Bahn“",
            "“Neue Bahn”",
            "”Neue Bahn”",
            "\"Neue Bahn”",
            "\"Neue Bahn“",
            "„Neue Bahn\"",
            "„Neue Bahn”",
            "»Neue Bahn«",
            "«Neue Bahn»",
            "»Neue Bahn»",
            "›Neue Bahn‹",
            "‹Neue Bahn›",
            "‚Neue Bahn‘",
            "‚Neue Bahn’",
        ] {
            check(text, Some(("Neue Bahn", "")));
            check(&format!("{text} x"), Some(("Neue Bahn", " x")));
            check(&format!("{text}^2"), Some(("Neue Bahn", "^2")));
        }
        check("« Neue Bahn » x", Some((" Neue Bahn ", " x")));
    }

    #[test]
    fn quotations_within_are_left_whole() {
        check("\"sie rief „ja“ und\" x", Some(("sie rief „ja“ und", " x")));
        check("\"sie rief “ja” und\" x", Some(("sie rief “ja” und", " x")));
        check("„sie rief ‚ja‘ und“ x", Some(("sie rief ‚ja‘ und", " x")));
        check("»sie rief »ja« und« x", Some(("sie rief »ja« und", " x")));
        check("„sie rief „ja“ und“ x", Some(("sie rief „ja“ und", " x")));
        check("„a „b“", Some(("a „b", "")));
    }

    #[test]
    fn apostrophes_are_no_marks() {
        check("‚Antons’ neue Bahn‘ x", Some(("Antons’ neue Bahn", " x")));
        check("‚Rosa’s Bahn’ x", Some(("Rosa’s Bahn", " x")));
        check("‚Rosa’ ‚Bahn‘", Some(("Rosa", " ‚Bahn‘")));
        check("‚Rosa’s Bahn", None);
        check("’s Wetter’", None);
        check("‘n Wetter‘", None);
        check("” x", None);
        check("„offen", None);
    }
}
