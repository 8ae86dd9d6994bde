//! An article as an entry of RIS (Research Information Systems' tagged format, 2011): a tag a line, lines ended by CR LF.

use super::View;
use super::records::{flat, key, percent, split_name, web_address};
use findbuch_article::{Article, PartKind};
use std::io::{Result, Write};

/// Writes an entry of the type NEWS.
///
/// # Errors
/// What the output says.
pub fn write_entry(out: &mut dyn Write, article: &Article, view: &View) -> Result<()> {
    let mut tag = |tag: &str, value: &str| {
        let value = flat(value);
        if value.is_empty() { Ok(()) } else { write!(out, "{tag}  - {value}\r\n") }
    };
    tag("TY", "NEWS")?;
    tag("ID", &key(article))?;
    tag("TI", &article.title())?;
    for author in article.authors.iter().chain(article.agency.iter().filter(|_| article.authors.is_empty())) {
        let (family, given) = split_name(author);
        tag("AU", &if given.is_empty() { family } else { format!("{family}, {given}") })?;
    }
    tag("T2", article.source.as_deref().unwrap_or_default())?;
    if let Some(date) = &article.date {
        let day = date.value.day;
        tag("PY", &format!("{:04}", day.year()))?;
        tag("DA", &format!("{:04}/{:02}/{:02}", day.year(), day.month(), day.day()))?;
    }
    tag("UR", &web_address(article).map(percent).unwrap_or_default())?;
    if let Some(captured) = article.captured.as_deref().and_then(|captured| captured.get(..10)) {
        tag("Y2", &captured.replace('-', "/"))?;
    }
    let abstract_ = article.first(PartKind::Lead).or_else(|| article.first(PartKind::Subhead));
    tag("AB", abstract_.unwrap_or_default())?;
    for keyword in &article.tags {
        tag("KW", keyword)?;
    }
    tag("LA", article.language.as_deref().unwrap_or_default())?;
    let path = view.path(&article.path);
    tag("N1", &article.record.map_or_else(|| path.clone(), |record| format!("{path}:{record}")))?;
    write!(out, "ER  - \r\n\r\n")
}
