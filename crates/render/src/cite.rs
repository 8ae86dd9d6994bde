//! How a search is cited: what was asked, of which state of which index, and when.

use crate::escape::printable;
use crate::numbers::plural;
use crate::view::View;
use findbuch_engine::Fingerprint;
use serde::Serialize;

/// A search as it is cited; its fields are those of `cite` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The query that was searched.
    pub query: String,
    /// The query as typed, where another was searched instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
    /// The options that change what matches, as typed: `--exact`.
    pub options: Vec<String>,
    /// Articles that have all that is asked for.
    pub total: u64,
    /// The state of the index.
    pub index: Fingerprint,
    /// Version of the program.
    pub version: &'static str,
    /// When it was searched, RFC 3339 in UTC.
    pub searched: String,
}

/// The text for a footnote.
#[must_use]
pub fn text(citation: &Citation, view: &View) -> String {
    let Citation { query, typed, options, total, index, version, searched } = citation;
    let query = printable(query);
    let options = if options.is_empty() { String::new() } else { printable(&format!(" ({})", options.join(" "))) };
    let (digest, format, articles) = (&index.digest, index.format, index.articles);
    let analyzer = index.analyzer.split(':').next().unwrap_or_default();
    let (day, _) = moment(searched, view);
    let (updated, clock) = moment(&index.updated, view);
    let typed = typed.as_deref().map(printable);
    let asked = match typed {
        Some(typed) => {
            view.lang.pick(format!("„{typed}“, gesucht wurde „{query}“"), format!("“{typed}”, searched as “{query}”"))
        }
        None => view.lang.pick(format!("„{query}“"), format!("“{query}”")),
    };
    view.lang.pick(
        format!(
            "Suche nach {asked}{options}: {total} Treffer in {articles} Artikeln. findbuch {version}, \
             Index {digest} (Format {format}, Analyse {analyzer}, Stand {updated}, {clock} UTC), gesucht am {day}."
        ),
        format!(
            "Search for {asked}{options}: {total} {} in {articles} articles. findbuch {version}, \
             index {digest} (format {format}, analysis {analyzer}, as of {updated}, {clock} UTC), searched on {day}.",
            plural(*total, "hit", "hits")
        ),
    )
}

/// Day and time of day of an RFC 3339 timestamp, as the reader writes them.
fn moment(text: &str, view: &View) -> (String, String) {
    let date: Option<findbuch_article::Date> = text.parse().ok();
    let day = date.map_or_else(|| printable(text), |date| view.day(&date));
    let clock = date.and_then(|date| date.time).map(|time| format!("{:02}:{:02}", time.hour(), time.minute()));
    (day, clock.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Theme;
    use findbuch_query::lang::Lang;

    #[test]
    fn a_footnote_names_all_that_is_needed_to_repeat_the_search() {
        let mut citation = Citation {
            query: "Deich -Handball".into(),
            typed: None,
            options: vec!["--exact".into()],
            total: 1,
            index: Fingerprint {
                digest: "00ab".into(),
                format: 5,
                analyzer: "german-5: words".into(),
                articles: 99,
                updated: "2026-02-03T04:05:06Z".into(),
            },
            version: "0.1.0",
            searched: "2026-03-04T05:06:07Z".into(),
        };
        let view = |lang| View {
            width: 100,
            theme: Theme::plain(),
            lang,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        assert_eq!(
            text(&citation, &view(Lang::De)),
            "Suche nach „Deich -Handball“ (--exact): 1 Treffer in 99 Artikeln. findbuch 0.1.0, Index 00ab (Format 5, \
             Analyse german-5, Stand 03.02.2026, 04:05 UTC), gesucht am 04.03.2026."
        );
        assert!(text(&citation, &view(Lang::En)).contains("(--exact): 1 hit in 99 articles."));
        citation.typed = Some("Deihc -Handball".into());
        let both = text(&citation, &view(Lang::De));
        assert!(
            both.starts_with("Suche nach „Deihc -Handball“, gesucht wurde „Deich -Handball“ (--exact): 1"),
            "{both}"
        );
    }
}
