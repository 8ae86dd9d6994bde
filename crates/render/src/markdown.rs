//! Hits as a list in Markdown (CommonMark 0.31), to be pasted into notes.

use super::View;
use super::records::{flat, percent, web_address};
use findbuch_article::PartKind;
use findbuch_engine::{Hit, Snippet};
use std::io::{Result, Write};

/// Writes an item: linked headline, where it stood, and the passages with their words in bold.
///
/// # Errors
/// What the output says.
pub fn write_hit(out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
    let article = &hit.article;
    let title = match article.first(PartKind::Kicker) {
        Some(kicker) => format!("{}: {}", kicker.trim_end_matches(':'), article.title()),
        None => article.title(),
    };
    let link = web_address(article).map_or_else(|| percent(&view.path(&article.path)), percent);
    write!(out, "- [{}](<{link}>)", escape(&flat(&title)))?;
    let day = article.date.as_ref().map(|date| view.day(&date.value));
    for fact in [article.source.clone(), day, Some(article.authors.join(", "))].into_iter().flatten() {
        if !fact.is_empty() {
            write!(out, ", {}", escape(&flat(&fact)))?;
        }
    }
    writeln!(out)?;
    for snippet in &hit.snippets {
        writeln!(out, "  > {}", marked(snippet))?;
        if !std::ptr::eq(snippet, hit.snippets.last().unwrap_or(snippet)) {
            writeln!(out, "  >")?;
        }
    }
    Ok(())
}

fn marked(snippet: &Snippet) -> String {
    let chars: Vec<char> = snippet.text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let slice = |from: usize, to: usize| -> String {
        escape(&chars.get(from..to.min(chars.len())).unwrap_or_default().iter().collect::<String>())
    };
    let (mut text, mut at) = (String::new(), 0);
    for &[from, to] in &snippet.marks {
        text.push_str(&slice(at, from));
        text.extend(["**", &slice(from, to), "**"]);
        at = to;
    }
    text.push_str(&slice(at, chars.len()));
    // a passage is text, not the start of a list, a quotation or a heading
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

/// Text without anything that Markdown obeys.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
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
