//! Hits as a list in Markdown (CommonMark 0.31), to be pasted into notes.

use crate::escape::single_line;
use crate::labels::furniture_label;
use crate::marks::pieces;
use crate::urls::{encode_address, web_address};
use crate::view::View;
use findbuch_article::PartKind;
use findbuch_engine::{Hit, Snippet};
use std::io::{Result, Write};

/// Writes an item: the linked headline, where it was published, and the snippets with the words found in bold.
///
/// # Errors
/// When the output cannot be written.
pub fn write_hit(out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
    let article = &hit.article;
    let title = match article.first(PartKind::Kicker) {
        Some(kicker) => format!("{}: {}", kicker.trim_end_matches(':'), article.title()),
        None => article.title(),
    };
    let link = web_address(article).map_or_else(|| encode_address(&view.path(&article.path)), encode_address);
    write!(out, "- [{}](<{link}>)", escape(&single_line(&title)))?;
    let day = article.date.as_ref().map(|date| view.day(&date.value));
    for fact in [article.source.clone(), day, Some(article.authors.join(", "))].into_iter().flatten() {
        if !fact.is_empty() {
            write!(out, ", {}", escape(&single_line(&fact)))?;
        }
    }
    writeln!(out)?;
    for (at, snippet) in hit.snippets.iter().enumerate() {
        if at > 0 {
            writeln!(out, "  >")?;
        }
        let label = furniture_label(snippet, view.lang).map(|label| format!("{label} ")).unwrap_or_default();
        writeln!(out, "  > {label}{}", marked(snippet))?;
    }
    Ok(())
}

fn marked(snippet: &Snippet) -> String {
    let mut text = String::new();
    for (is_marked, piece) in pieces(&snippet.text, &snippet.marks) {
        let sign = if is_marked { "**" } else { "" };
        text.extend([sign, &escape(piece), sign]);
    }
    // a snippet must not begin a list, a quotation or a heading
    match text.chars().next() {
        Some('#' | '+' | '-' | '=' | '|') => format!("\\{text}"),
        Some(c) if c.is_ascii_digit() => {
            let digits = text.chars().take_while(char::is_ascii_digit).count();
            let (number, rest) = text.split_at(digits);
            if rest.starts_with(['.', ')']) { format!("{number}\\{rest}") } else { text }
        }
        _ => text,
    }
}

/// Text with the characters that are special to Markdown escaped; control characters become spaces.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&') {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_bold_and_signs_are_text() {
        for (text, marks, written) in [
            ("Ein Lageplan, *neu*", vec![[8, 12]], "Ein Lage**plan**, \\*neu\\*"),
            ("12. Mai: Plan", vec![[9, 13]], "12\\. Mai: **Plan**"),
            ("# Plan", vec![], "\\# Plan"),
            ("a < b & [c]", vec![], "a \\< b \\& \\[c\\]"),
            ("Plan", vec![[0, 9]], "**Plan**"),
        ] {
            let snippet = Snippet { field: "body", text: text.into(), marks };
            assert_eq!(marked(&snippet), written, "{text}");
        }
    }
}
