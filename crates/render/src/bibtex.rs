//! An article as an entry of a BibTeX bibliography, in UTF-8: fields of BibTeX (`year`, `month`) and of biblatex (`date`,
//! `urldate`).

use super::View;
use super::records::{flat, key, percent, split_name, web_address};
use findbuch_article::{Article, PartKind};
use std::io::{Result, Write};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Writes an `@article`.
///
/// # Errors
/// What the output says.
pub fn write_entry(out: &mut dyn Write, article: &Article, view: &View) -> Result<()> {
    writeln!(out, "@article{{{},", key(article))?;
    let mut field = |name: &str, value: &str| writeln!(out, "  {name} = {{{value}}},");
    if let Some(authors) = authors(article) {
        field("author", &authors)?;
    }
    // a second pair of braces keeps capitals
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
        field("url", &percent(url))?;
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
    let place = match article.record {
        Some(record) => format!("{}:{record}", view.path(&article.path)),
        None => view.path(&article.path),
    };
    field("note", &escape(&place))?;
    let month = day.and_then(|day| MONTHS.get(usize::from(day.month().unsigned_abs()).checked_sub(1)?));
    if let Some(month) = month {
        // a name that styles know, so without braces
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

/// A part of a name; in braces where a reader would take it for several names.
fn word(part: &str) -> String {
    let several = part.split(' ').any(|word| word.eq_ignore_ascii_case("and")) || part.contains(',');
    if several { format!("{{{}}}", escape(part)) } else { escape(part) }
}

/// Text with the signs that TeX obeys as commands for them; braces are always balanced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in flat(text).chars() {
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
    fn what_tex_obeys_is_escaped() {
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
