//! An article as an entry of a BibTeX bibliography, in UTF-8: fields of BibTeX (`year`, `month`) and of biblatex (`date`,
//! `urldate`).

use crate::bibliography::{citation_key, split_name};
use crate::escape::single_line;
use crate::urls::{encode_address, web_address};
use crate::view::View;
use findbuch_article::{Article, PartKind};
use std::io::{Result, Write};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Writes an `@article`.
///
/// ```
/// use findbuch_article::{Article, Part, PartKind};
/// use findbuch_query::lang::Lang;
/// use findbuch_render::{Theme, View, bibtex::write_entry};
///
/// let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into(), raw: false, gone: Vec::new() };
/// let article = Article {
///     authors: vec!["Henrike Vollmoos".into()],
///     parts: vec![Part::new(PartKind::Headline, "50 % mehr")],
///     ..Article::default()
/// };
/// let mut out = Vec::new();
/// write_entry(&mut out, &article, &view)?;
/// assert!(String::from_utf8_lossy(&out).contains("  author = {Vollmoos, Henrike},\n  title = {{50 \\% mehr}},\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output cannot be written.
pub fn write_entry(out: &mut dyn Write, article: &Article, view: &View) -> Result<()> {
    writeln!(out, "@article{{{},", citation_key(article))?;
    let mut field = |name: &str, value: &str| writeln!(out, "  {name} = {{{value}}},");
    if let Some(authors) = authors(article) {
        field("author", &authors)?;
    }
    // the second pair of braces keeps styles from changing capitals
    field("title", &format!("{{{}}}", escape(&article.title())))?;
    if let Some(subtitle) = article.first(PartKind::Subhead) {
        field("subtitle", &format!("{{{}}}", escape(subtitle)))?;
    }
    if let Some(source) = &article.source {
        field("journal", &escape(source))?;
    }
    let day = article.date.as_ref().map(|date| date.value.day);
    if let Some(day) = day {
        field("date", &day.to_string())?;
        field("year", &format!("{:04}", day.year()))?;
    }
    if let Some(url) = web_address(article) {
        field("url", &encode_address(url))?;
    }
    if let Some(captured) = article.captured.as_deref().and_then(|captured| captured.get(..10)) {
        field("urldate", &escape(captured))?;
    }
    if !article.tags.is_empty() {
        field("keywords", &escape(&article.tags.join(", ")))?;
    }
    if let Some(language) = &article.language {
        field("langid", &escape(if language == "de" { "german" } else { language }))?;
    }
    field("note", &escape(&view.location(&article.path, article.record)))?;
    let month = day.and_then(|day| MONTHS.get(usize::from(day.month().unsigned_abs()).checked_sub(1)?));
    if let Some(month) = month {
        // a macro that styles define, so without braces
        writeln!(out, "  month = {month},")?;
    }
    writeln!(out, "}}\n")
}

/// `Vollmoos, Henrike and {nda}`; the agency where no author is named.
fn authors(article: &Article) -> Option<String> {
    let names: Vec<String> = article
        .authors
        .iter()
        .chain(article.agency.iter().filter(|_| article.authors.is_empty()))
        .map(|name| match split_name(name) {
            (family, given) if given.is_empty() => format!("{{{}}}", escape(&family)),
            (family, given) => format!("{}, {}", word(&family), word(&given)),
        })
        .collect();
    (!names.is_empty()).then(|| names.join(" and "))
}

/// A part of a name; in braces where BibTeX would read several names.
fn word(part: &str) -> String {
    let several = part.split(' ').any(|word| word.eq_ignore_ascii_case("and")) || part.contains(',');
    if several { format!("{{{}}}", escape(part)) } else { escape(part) }
}

/// Text with the characters that are special to TeX written as commands; braces are always balanced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in single_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_special_to_tex_are_escaped() {
        for (text, escaped) in [
            ("50 % mehr & 3 #1", "50 \\% mehr \\& 3 \\#1"),
            ("a_b {c", "a\\_b \\textbraceleft{}c"),
            ("x\\y ~ ^", "x\\textbackslash{}y \\textasciitilde{} \\textasciicircum{}"),
            ("„Süß“\n– 5 €", "„Süß“ – 5 €"),
        ] {
            assert_eq!(escape(text), escaped, "{text}");
        }
        assert_eq!(word("Müller and Sohn"), "{Müller and Sohn}");
    }

    proptest::proptest! {
        #[test]
        fn braces_are_balanced(text in "[{}\\\\%a ]{0,40}") {
            let mut depth = 0i32;
            for c in escape(&text).chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                proptest::prop_assert!(depth >= 0);
            }
            proptest::prop_assert_eq!(depth, 0);
        }
    }
}
