//! Search results for reading: in a terminal or a pipe.

use crate::escape::printable;
use crate::labels::{furniture_label, meta_line, resemblance_label};
use crate::notices::relaxed_notice;
use crate::numbers::{number, plural};
use crate::score::score_line;
use crate::urls::file_url;
use crate::view::View;
use crate::wrap::wrap;
use findbuch_article::{Article, PartKind};
use findbuch_engine::{Group, Hit, Hits, Snippet};
use std::io::{Result, Write};

/// The indent of snippets and metadata.
const INDENT: &str = "   ";

/// Writes `notices` and the number of hits.
///
/// # Errors
/// When the output cannot be written.
pub fn write_head(out: &mut dyn Write, hits: &Hits, notices: &[String], view: &View) -> Result<()> {
    for notice in notices {
        writeln!(out, "{}", view.theme.paint(view.theme.notice, &wrap(notice, view.width, "", "")))?;
    }
    writeln!(out, "{}", view.theme.paint(view.theme.quiet, &count_line(hits, view)))?;
    if let Some(relaxed) = &hits.relaxed {
        let notice = relaxed_notice(&relaxed.missing, view);
        writeln!(out, "{}", view.theme.paint(view.theme.notice, &wrap(&notice, view.width, "", "")))?;
    }
    Ok(())
}

/// Writes `notices`, the number of hits, and a page of them.
///
/// # Errors
/// When the output cannot be written.
pub fn write_hits(out: &mut dyn Write, hits: &Hits, notices: &[String], view: &View) -> Result<()> {
    write_head(out, hits, notices, view)?;
    for hit in &hits.hits {
        writeln!(out)?;
        write_hit(out, hit, view)?;
    }
    Ok(())
}

/// Writes the words that an article is compared by, and the articles similar to it.
///
/// # Errors
/// When the output cannot be written.
pub fn write_similar(out: &mut dyn Write, article: &Article, words: &[String], hits: &Hits, view: &View) -> Result<()> {
    let theme = &view.theme;
    let title = printable(&article.title());
    let head = view.lang.pick(format!("Ähnlich wie: {title}"), format!("Similar to: {title}"));
    writeln!(out, "{}", theme.paint(theme.headline, &wrap(&head, view.width, "", INDENT)))?;
    let basis = if hits.hits.is_empty() {
        view.lang.pick("Kein anderer Artikel ist ihm ähnlich.".into(), "No other article is similar.".into())
    } else {
        let words = printable(&words.join(", "));
        view.lang.pick(format!("Verglichen nach: {words}"), format!("Compared by: {words}"))
    };
    writeln!(out, "{}", theme.paint(theme.quiet, &wrap(&basis, view.width, "", INDENT)))?;
    for hit in &hits.hits {
        writeln!(out)?;
        write_hit(out, hit, view)?;
    }
    Ok(())
}

/// `3 Treffer`, `21 Treffer, 11 bis 20`
#[must_use]
pub fn count_line(hits: &Hits, view: &View) -> String {
    let total = hits.total;
    let shown = number(total as f64, 0, view.lang);
    let mut count = view.lang.pick(format!("{shown} Treffer"), format!("{shown} {}", plural(total, "hit", "hits")));
    if let Some(stories) = hits.stories.filter(|stories| *stories < total) {
        let stories = number(stories as f64, 0, view.lang);
        count.push_str(
            &view.lang.pick(format!(", ohne Dubletten {stories}"), format!(", {stories} without duplicates")),
        );
    }
    let lacking = hits.hits.iter().filter(|hit| !hit.missing.is_empty()).count() as u64;
    if hits.relaxed.is_none() && lacking > 0 {
        let besides = view.lang.pick(
            format!(", dazu {lacking} Artikel, {} Wörter fehlen", plural(lacking, "dem", "denen")),
            format!(", and {lacking} that {} some words", plural(lacking, "lacks", "lack")),
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

/// Writes a hit.
///
/// # Errors
/// When the output cannot be written.
pub fn write_hit(out: &mut dyn Write, hit: &Hit, view: &View) -> Result<()> {
    let theme = &view.theme;
    let article = &hit.article;
    let rank = format!("{:<2} ", hit.rank);
    let title = marked_title(hit, view);
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
        writeln!(out, "{INDENT}{}", theme.paint(theme.kicker, &resemblance_label(resemblance, view.lang)))?;
    }
    if let Some(group) = &hit.group {
        writeln!(out, "{INDENT}{}", theme.paint(theme.kicker, &group_line(group, view)))?;
    }
    if !hit.missing.is_empty() {
        let missing = format!("{}: {}", view.lang.pick("fehlt", "lacks"), hit.missing.join(", "));
        writeln!(out, "{}", theme.paint(theme.notice, &wrap(&printable(&missing), view.width, INDENT, INDENT)))?;
    }
    let score = score_line(hit, view.lang);
    if !score.is_empty() {
        writeln!(out, "{}", theme.paint(theme.quiet, &wrap(&score, view.width, INDENT, INDENT)))?;
    }
    let shown = view.location(&article.path, article.record);
    writeln!(out, "{INDENT}{}", theme.link(&file_url(&article.path), &theme.paint(theme.path, &shown)))
}

/// Kicker and headline; without a headline the first words of the text.
fn marked_title(hit: &Hit, view: &View) -> String {
    let theme = &view.theme;
    let headline = theme.marked(&printable(&hit.article.title()), &hit.title.headline, theme.headline);
    match hit.article.first(PartKind::Kicker) {
        Some(kicker) => {
            let kicker = theme.marked(&printable(kicker), &hit.title.kicker, theme.kicker);
            format!("{kicker}{}{headline}", theme.paint(theme.quiet, " · "))
        }
        None => headline,
    }
}

/// `und 7 weitere in 5 Quellen`
fn group_line(group: &Group, view: &View) -> String {
    let (others, sources) = (group.others, group.sources.len());
    let mut line =
        view.lang.pick(format!("und {others} {}", plural(others, "weiterer", "weitere")), format!("and {others} more"));
    match group.sources.as_slice() {
        [] => {}
        [one] => line.extend([" in: ", &printable(one)]),
        _ => line.push_str(&view.lang.pick(format!(" in {sources} Quellen"), format!(" in {sources} sources"))),
    }
    line
}

fn marked_snippet(snippet: &Snippet, view: &View) -> String {
    let text = view.theme.marked(&printable(&snippet.text), &snippet.marks, anstyle::Style::new());
    match furniture_label(snippet, view.lang) {
        Some(label) => format!("{} {text}", view.theme.paint(view.theme.quiet, &label)),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_engine::Relaxed;
    use findbuch_query::lang::Lang;

    fn view(lang: Lang) -> View {
        View { width: 80, theme: Theme::plain(), lang, working_dir: "/".into(), raw: false, gone: Vec::new() }
    }

    fn hit(rank: usize, missing: &[&str]) -> Hit {
        let missing = missing.iter().map(|word| (*word).to_owned()).collect();
        Hit { rank, missing, ..Hit::of(Article::default()) }
    }

    fn hits(total: u64, hits: Vec<Hit>) -> Hits {
        Hits { total, relaxed: None, hits, also: Vec::new(), facets: Vec::new(), days: None, stories: None }
    }

    #[test]
    fn the_count_says_what_of_the_result_is_shown() {
        for (found, german, english) in [
            (hits(0, Vec::new()), "0 Treffer", "0 hits"),
            (hits(1, vec![hit(1, &[])]), "1 Treffer", "1 hit"),
            (hits(1200, vec![hit(11, &[]), hit(12, &[])]), "1.200 Treffer, 11 bis 12", "1,200 hits, 11 to 12"),
            (hits(3, vec![hit(3, &[])]), "3 Treffer, Nr. 3", "3 hits, no. 3"),
            (
                hits(1, vec![hit(1, &[]), hit(2, &["Un"])]),
                "1 Treffer, dazu 1 Artikel, dem Wörter fehlen",
                "1 hit, and 1 that lacks some words",
            ),
            (
                Hits { stories: Some(1), ..hits(3, vec![hit(1, &[])]) },
                "3 Treffer, ohne Dubletten 1",
                "3 hits, 1 without duplicates",
            ),
            (
                Hits {
                    relaxed: Some(Relaxed { missing: Vec::new() }),
                    ..hits(2, vec![hit(1, &["a"]), hit(2, &["b"])])
                },
                "2 Treffer",
                "2 hits",
            ),
        ] {
            assert_eq!(count_line(&found, &view(Lang::De)), german);
            assert_eq!(count_line(&found, &view(Lang::En)), english);
        }
    }

    #[test]
    fn folded_articles_are_counted_with_their_sources() {
        let group = |others: u64, sources: &[&str]| Group {
            others,
            sources: sources.iter().map(|source| (*source).to_owned()).collect(),
            ids: Vec::new(),
        };
        for (group, german, english) in [
            (group(1, &["Die Warte\u{7}"]), "und 1 weiterer in: Die Warte\u{fffd}", "and 1 more in: Die Warte\u{fffd}"),
            (group(7, &["a", "b"]), "und 7 weitere in 2 Quellen", "and 7 more in 2 sources"),
            (group(2, &[]), "und 2 weitere", "and 2 more"),
        ] {
            assert_eq!(group_line(&group, &view(Lang::De)), german);
            assert_eq!(group_line(&group, &view(Lang::En)), english);
        }
    }
}
