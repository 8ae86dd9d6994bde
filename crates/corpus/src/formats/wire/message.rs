//! The text of an agency message: keywords, notes in brackets, the headline, the byline, and paragraphs that begin indented;
//! what ends it is in [`ending`].

use super::ending;
use crate::draft::Draft;
use crate::structure::{self, Block};
use findbuch_article::PartKind;

/// Most lines that a headline is wrapped over.
const MAX_HEADLINE_LINES: usize = 4;

/// Categories of German wires and their departments.
const CATEGORIES: [(&str, &str); 8] = [
    ("pl", "Politik"),
    ("wi", "Wirtschaft"),
    ("ku", "Kultur"),
    ("sp", "Sport"),
    ("vm", "Vermischtes"),
    ("ws", "Wissenschaft"),
    ("wt", "Wetter"),
    ("lb", "Regionales"),
];

/// The draft of a message, of its header's category and the lines behind the header.
pub fn draft(category: &str, lines: &[String]) -> Draft {
    let (text, end) = ending::split(lines);
    let mut draft = Draft {
        section: CATEGORIES.iter().find(|(code, _)| *code == category).map(|(_, name)| (*name).to_owned()),
        agency: end.agency,
        dates: end.sent.into_iter().collect(),
        ..Draft::default()
    };
    let body = head(text, &mut draft);
    draft.body.extend(paragraphs(text.get(body..).unwrap_or_default()));
    draft.body.extend(end.notes.into_iter().map(|note| Block::marked(PartKind::Boilerplate, note)));
    draft
}

/// Takes keywords, notes, headline and byline; returns the number of their lines.
fn head(lines: &[String], draft: &mut Draft) -> usize {
    let mut headline: Vec<&str> = Vec::new();
    let mut ended = false;
    for (at, line) in lines.iter().enumerate() {
        let (mark, text) = unmarked(line);
        if text.is_empty() {
            ended |= !headline.is_empty();
        } else if structure::authors(text.trim_end_matches([' ', '='])).is_some() && !headline.is_empty() {
            draft.body.push(Block::plain(vec![text.trim_end_matches([' ', '=']).to_owned()]));
            ended = true;
        } else if text.starts_with('(') && text.ends_with(')') {
            draft.body.push(Block::marked(PartKind::Boilerplate, text.to_owned()));
        } else if headline.is_empty() && draft.tags.is_empty() && is_keywords(text) {
            let keywords = text.trim_start_matches("BC-").split(['/', ',']).map(str::trim);
            draft.tags = keywords.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_owned).collect();
        } else if ended || begins_paragraph(line) && !mark && (!headline.is_empty() || opens_text(text)) {
            draft.headline = joined(&headline);
            return at;
        } else {
            headline.push(text.trim_end_matches(['=', ' ']));
            ended = mark || text.ends_with('=') || headline.len() >= MAX_HEADLINE_LINES;
        }
    }
    draft.headline = joined(&headline);
    lines.len()
}

fn joined(lines: &[&str]) -> Option<String> {
    (!lines.is_empty()).then(|| structure::join_lines(lines.iter().copied()))
}

/// `Verkehr/Bahn/Lenztal/`, and ANPA's `BC-Verkehr-Bahn,0210`.
fn is_keywords(text: &str) -> bool {
    let slashes = text.matches('/').count();
    let words = text.split_whitespace().count();
    text.starts_with("BC-") && words <= 4
        || (slashes >= 2 || slashes == 1 && text.ends_with('/')) && words <= slashes + 2 && !text.ends_with(['.', '='])
}

/// A line without ANPA's marks of display lines (`^…<`), and whether it had the first.
fn unmarked(line: &str) -> (bool, &str) {
    let text = line.trim();
    let set_apart = text.strip_prefix('^');
    (set_apart.is_some(), set_apart.unwrap_or(text).trim_end_matches('<').trim())
}

/// An indented line, or one that has the dateline.
fn begins_paragraph(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t') || opens_text(line)
}

/// `Mehlau (nda) - Der …`
fn opens_text(line: &str) -> bool {
    structure::dateline(line.trim()).is_some_and(|dateline| dateline.agency.is_some())
}

/// The paragraphs: each begins indented or after a blank line.
fn paragraphs(lines: &[String]) -> Vec<Block> {
    let mut found: Vec<Vec<&str>> = vec![Vec::new()];
    for line in lines {
        let (apart, text) = unmarked(line);
        if text.is_empty() || apart || begins_paragraph(line) {
            found.push(Vec::new());
        }
        if let (Some(open), false) = (found.last_mut(), text.is_empty()) {
            open.push(text);
        }
    }
    found.retain(|lines| !lines.is_empty());
    found.into_iter().map(|lines| Block::plain(vec![structure::join_lines(lines.into_iter())])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags, headline and paragraphs.
    fn check(lines: &[&str], tags: &str, headline: Option<&str>, paragraphs: &[&str]) {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let draft = draft("pl", &lines);
        let body: Vec<String> = draft.body.iter().map(|block| block.lines.join("|")).collect();
        assert_eq!((draft.tags.join("|").as_str(), draft.headline.as_deref()), (tags, headline), "{lines:?}");
        assert_eq!(body, paragraphs, "{lines:?}");
        assert_eq!(draft.section.as_deref(), Some("Politik"));
    }

    #[test]
    fn the_headline_ends_where_the_text_begins() {
        check(&["Hafen wächst =", "   Der Hafen wächst."], "", Some("Hafen wächst"), &["Der Hafen wächst."]);
        check(
            &["Hafen", "wächst weiter", "", "Der Hafen", "wächst."],
            "",
            Some("Hafen wächst weiter"),
            &["Der Hafen wächst."],
        );
        check(&["^Hafen wächst<", "Der Hafen wächst."], "", Some("Hafen wächst"), &["Der Hafen wächst."]);
        check(&["Mehlau (nda) - Der Hafen wächst."], "", None, &["Mehlau (nda) - Der Hafen wächst."]);
        check(&["Nur eine Zeile"], "", Some("Nur eine Zeile"), &[]);
        check(&[], "", None, &[]);
    }

    #[test]
    fn keywords_notes_and_bylines_are_no_headline() {
        check(
            &["Verkehr/Bahn/", "(Zusammenfassung)", "Bahn saniert =", "Von Jelka Thorn =", "   Die Bahn saniert."],
            "Verkehr|Bahn",
            Some("Bahn saniert"),
            &["(Zusammenfassung)", "Von Jelka Thorn", "Die Bahn saniert."],
        );
    }
}
