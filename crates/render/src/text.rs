//! Search results for reading: in a terminal or a pipe.

use super::{View, meta_line, number, printable};
use findbuch_article::{Article, Part, PartKind};
use findbuch_engine::text::highlight::{Highlighter, Mark};
use findbuch_engine::{Group, Hit, Hits, Snippet};
use std::io::{Result, Write};

/// Columns that snippets and metadata are indented by.
const INDENT: &str = "   ";

/// Writes `notices` and the number of hits.
///
/// # Errors
/// What the output says.
pub fn write_head(out: &mut dyn Write, hits: &Hits, notices: &[String], view: &View) -> Result<()> {
    for notice in notices {
        writeln!(out, "{}", view.theme.paint(view.theme.notice, &wrap(notice, view.width, "", "")))?;
    }
    writeln!(out, "{}", view.theme.paint(view.theme.quiet, &count_line(hits, view)))?;
    if let Some(relaxed) = &hits.relaxed {
        let notice = notice(&relaxed.missing, view);
        writeln!(out, "{}", view.theme.paint(view.theme.notice, &wrap(&notice, view.width, "", "")))?;
    }
    Ok(())
}

/// Writes `notices`, the number of hits, and a page of them.
///
/// # Errors
/// What the output says.
pub fn write_hits(
    out: &mut dyn Write,
    hits: &Hits,
    notices: &[String],
    highlighter: &mut Highlighter,
    view: &View,
) -> Result<()> {
    write_head(out, hits, notices, view)?;
    for hit in &hits.hits {
        writeln!(out)?;
        write_hit(out, hit, highlighter, view)?;
    }
    Ok(())
}

/// Writes what articles are compared with an article by, and the articles.
///
/// # Errors
/// What the output says.
pub fn write_similar(
    out: &mut dyn Write,
    article: &Article,
    words: &[String],
    hits: &Hits,
    highlighter: &mut Highlighter,
    view: &View,
) -> Result<()> {
    let theme = &view.theme;
    let title = printable(&article.title());
    let head = view.lang.pick(format!("Ähnlich wie: {title}"), format!("Similar to: {title}"));
    writeln!(out, "{}", theme.paint(theme.headline, &wrap(&head, view.width, "", INDENT)))?;
    let said = if hits.hits.is_empty() {
        view.lang.pick("Kein anderer Artikel ist ihm ähnlich.".into(), "No other article is similar.".into())
    } else {
        let words = printable(&words.join(", "));
        view.lang.pick(format!("Verglichen nach: {words}"), format!("Compared by: {words}"))
    };
    writeln!(out, "{}", theme.paint(theme.quiet, &wrap(&said, view.width, "", INDENT)))?;
    for hit in &hits.hits {
        writeln!(out)?;
        write_hit(out, hit, highlighter, view)?;
    }
    Ok(())
}

/// `3 Treffer`, `21 Treffer, 11 bis 20`
#[must_use]
pub fn count_line(hits: &Hits, view: &View) -> String {
    let total = hits.total;
    let shown = number(total as f64, 0, view.lang);
    let mut count =
        view.lang.pick(format!("{shown} Treffer"), format!("{shown} {}", if total == 1 { "hit" } else { "hits" }));
    if let Some(stories) = hits.stories.filter(|stories| *stories < total) {
        let (german, english) = if stories == 1 { ("Geschichte", "story") } else { ("Geschichten", "stories") };
        let stories = number(stories as f64, 0, view.lang);
        count.push_str(&view.lang.pick(format!(" in {stories} {german}"), format!(" in {stories} {english}")));
    }
    let lacking = hits.hits.iter().filter(|hit| !hit.missing.is_empty()).count();
    if hits.relaxed.is_none() && lacking > 0 {
        let besides = view.lang.pick(
            format!(", dazu {lacking} Artikel, {} Wörter fehlen", if lacking == 1 { "dem" } else { "denen" }),
            format!(", and {lacking} that {} some words", if lacking == 1 { "lacks" } else { "lack" }),
        );
        count.push_str(&besides);
    }
    match (hits.hits.first(), hits.hits.last()) {
        (Some(first), Some(last)) if (hits.hits.len() as u64) < hits.stories.unwrap_or(total) => {
            let (first, last) = (first.rank, last.rank);
            if first == last {
                return format!("{count}, {}", view.lang.pick(format!("Nr. {first}"), format!("no. {first}")));
            }
            let place = view.lang.pick(format!("{first} bis {last}"), format!("{first} to {last}"));
            format!("{count}, {place}")
        }
        _ => count,
    }
}

/// That no article has all the words, and which of them the first hit lacks.
#[must_use]
pub fn notice(missing: &[String], view: &View) -> String {
    let quoted = |open: &str, close: &str| {
        missing.iter().map(|word| format!("{open}{}{close}", printable(word))).collect::<Vec<_>>().join(", ")
    };
    if missing.is_empty() {
        return view.lang.pick(
            "Kein Artikel hat alle Wörter zugleich. Die besten Teiltreffer:".into(),
            "No article has all the words. The best partial matches:".into(),
        );
    }
    view.lang.pick(
        format!("Kein Artikel hat alle Wörter. Die besten Teiltreffer; dem ersten fehlt: {}", quoted("„", "“")),
        format!("No article has all the words. The best partial matches; the first lacks: {}", quoted("“", "”")),
    )
}

/// Writes a hit.
///
/// # Errors
/// What the output says.
pub fn write_hit(out: &mut dyn Write, hit: &Hit, highlighter: &mut Highlighter, view: &View) -> Result<()> {
    let theme = &view.theme;
    let article = &hit.article;
    let rank = format!("{:<2} ", hit.rank);
    let title = marked_title(article, highlighter, view);
    writeln!(
        out,
        "{}{}",
        theme.paint(theme.quiet, &rank),
        wrap(&title, view.width, &" ".repeat(rank.chars().count()), INDENT).trim_start()
    )?;
    writeln!(out, "{}", theme.paint(theme.quiet, &wrap(&meta_line(article, view), view.width, INDENT, INDENT)))?;
    for snippet in &hit.snippets {
        writeln!(out, "{}", wrap(&marked_snippet(snippet, view), view.width, INDENT, INDENT))?;
    }
    if let Some(resemblance) = hit.resemblance {
        let percent = (resemblance * 100.0).round();
        let said = view.lang.pick(format!("fast gleich ({percent} %)"), format!("nearly identical ({percent} %)"));
        writeln!(out, "{INDENT}{}", theme.paint(theme.kicker, &said))?;
    }
    if let Some(group) = &hit.group {
        writeln!(out, "{INDENT}{}", theme.paint(theme.kicker, &group_line(group, view)))?;
    }
    if !hit.missing.is_empty() {
        let without = format!("{}: {}", view.lang.pick("fehlt", "lacks"), hit.missing.join(", "));
        writeln!(out, "{}", theme.paint(theme.notice, &wrap(&printable(&without), view.width, INDENT, INDENT)))?;
    }
    let shown = match article.record {
        Some(record) => format!("{}:{record}", view.path(&article.path)),
        None => view.path(&article.path),
    };
    writeln!(out, "{INDENT}{}", theme.link(&file_url(&article.path), &theme.paint(theme.path, &shown)))
}

/// Kicker and headline, or the first words of the text.
fn marked_title(article: &Article, highlighter: &mut Highlighter, view: &View) -> String {
    let theme = &view.theme;
    let found = highlighter.find(article, |kind| matches!(kind, PartKind::Kicker | PartKind::Headline));
    let first = |kind| article.parts.iter().enumerate().find(|(_, part)| part.kind == kind);
    let marked = |(number, part): (usize, &Part), base| {
        theme.marked(&printable(&part.text), &in_chars(&part.text, found.of_part(number)), base)
    };
    let mut title = String::new();
    if let Some(kicker) = first(PartKind::Kicker) {
        title.push_str(&marked(kicker, theme.kicker));
        title.push_str(&theme.paint(theme.quiet, " · "));
    }
    if let Some(headline) = first(PartKind::Headline) {
        title.push_str(&marked(headline, theme.headline));
    } else {
        let words = article.title();
        let marks = highlighter.marks(&words, PartKind::Headline);
        title.push_str(&theme.marked(&printable(&words), &in_chars(&words, &marks), theme.headline));
    }
    title
}

/// `und 7 weitere in 5 Quellen`
fn group_line(group: &Group, view: &View) -> String {
    let (others, sources) = (group.others, group.sources.len());
    let mut line = view.lang.pick(
        format!("und {others} {}", if others == 1 { "weiterer" } else { "weitere" }),
        format!("and {others} more"),
    );
    let place = match group.sources.as_slice() {
        [] => return line,
        [one] => format!(" in: {}", printable(one)),
        _ => view.lang.pick(format!(" in {sources} Quellen"), format!(" in {sources} sources")),
    };
    line.push_str(&place);
    line
}

fn marked_snippet(snippet: &Snippet, view: &View) -> String {
    view.theme.marked(&printable(&snippet.text), &snippet.marks, anstyle::Style::new())
}

/// Marks in characters instead of bytes.
#[must_use]
pub fn in_chars(text: &str, marks: &[Mark]) -> Vec<[usize; 2]> {
    let position = |at: usize| text[..at].chars().count();
    marks.iter().map(|mark| [position(mark.span.start), position(mark.span.end)]).collect()
}

/// Breaks at spaces; colours take no room. Words longer than a line are left whole, so that they can be copied.
#[must_use]
pub fn wrap(text: &str, width: usize, first: &str, following: &str) -> String {
    let options = textwrap::Options::new(width.max(20))
        .initial_indent(first)
        .subsequent_indent(following)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false);
    textwrap::fill(text, options)
}

/// A message for a terminal of so many columns: its lines wrapped between words, but for those that begin with spaces, since
/// what is shown there, a query with carets below, must stand as it is.
#[must_use]
pub fn wrapped_message(message: &str, width: usize) -> String {
    let fitted = |line: &str| if line.starts_with("  ") { line.to_owned() } else { wrap(line, width, "", "") };
    message.split('\n').map(fitted).collect::<Vec<_>>().join("\n")
}

/// `file://` address of an absolute path.
pub(super) fn file_url(path: &str) -> String {
    let mut url = String::from("file://");
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            url.push(byte as char);
        } else {
            url.push('%');
            url.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_wrapped_and_queries_stand_as_they_are() {
        let check = |message: &str, width: usize, wrapped: &str| {
            assert_eq!(wrapped_message(message, width), wrapped, "{width}");
        };
        let message = "findbuch: Ein Feld „hafn“ gibt es nicht.\n  hafn:Kai und ein langer Rest der Suche\n  ^^^^^\nMeinten Sie hafen:?";
        check(message, 100, message);
        check(
            message,
            24,
            "findbuch: Ein Feld\n„hafn“ gibt es nicht.\n  hafn:Kai und ein langer Rest der Suche\n  ^^^^^\nMeinten Sie hafen:?",
        );
        check("https://die-warte.example/lang/und/laenger x", 20, "https://die-warte.example/lang/und/laenger\nx");
        check("", 20, "");
    }
}
