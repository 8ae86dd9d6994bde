//! An article as an entry of RIS (Research Information Systems' tagged format, 2011): a tag on each line, lines end in CR LF.

use crate::bibliography::{citation_key, split_name};
use crate::escape::single_line;
use crate::urls::{encode_address, web_address};
use crate::view::View;
use findbuch_article::{Article, PartKind};
use std::io::{Result, Write};

/// Writes an entry of the type NEWS.
///
/// ```
/// use findbuch_article::{Article, Part, PartKind};
/// use findbuch_query::lang::Lang;
/// use findbuch_render::{Theme, View, ris::write_entry};
///
/// let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/".into(), raw: false, gone: Vec::new() };
/// let article = Article { parts: vec![Part::new(PartKind::Headline, "Linden")], ..Article::default() };
/// let mut out = Vec::new();
/// write_entry(&mut out, &article, &view)?;
/// let text = String::from_utf8_lossy(&out);
/// assert!(text.starts_with("TY  - NEWS\r\n") && text.contains("\r\nTI  - Linden\r\n"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// When the output cannot be written.
pub fn write_entry(out: &mut dyn Write, article: &Article, view: &View) -> Result<()> {
    let mut tag = |tag: &str, value: &str| {
        let value = single_line(value);
        if value.is_empty() { Ok(()) } else { write!(out, "{tag}  - {value}\r\n") }
    };
    tag("TY", "NEWS")?;
    tag("ID", &citation_key(article))?;
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
    tag("UR", &web_address(article).map(encode_address).unwrap_or_default())?;
    if let Some(captured) = article.captured.as_deref().and_then(|captured| captured.get(..10)) {
        tag("Y2", &captured.replace('-', "/"))?;
    }
    let abstract_ = article.first(PartKind::Lead).or_else(|| article.first(PartKind::Subhead));
    tag("AB", abstract_.unwrap_or_default())?;
    for keyword in &article.tags {
        tag("KW", keyword)?;
    }
    tag("LA", article.language.as_deref().unwrap_or_default())?;
    tag("N1", &view.location(&article.path, article.record))?;
    write!(out, "ER  - \r\n\r\n")
}
