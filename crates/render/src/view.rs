//! Where output goes: its width, styles and language, and how paths and days are written there.

use crate::escape::printable;
use crate::theme::Theme;
use findbuch_article::Date;
use findbuch_files::{decode_path, encode_path};
use findbuch_query::lang::Lang;
use std::path::PathBuf;

/// What output needs to know of where it goes.
///
/// ```
/// use findbuch_query::lang::Lang;
/// use findbuch_render::{Theme, View};
///
/// let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/archive".into(), raw: false, gone: Vec::new() };
/// assert_eq!(view.location("/archive/2024/ticker.jsonl", Some(7)), "2024/ticker.jsonl:7");
/// assert_eq!(view.day(&"2024-05-14".parse()?), "14.05.2024");
/// # Ok::<(), findbuch_article::DateError>(())
/// ```
#[derive(Debug, Clone)]
pub struct View {
    /// Columns.
    pub width: usize,
    /// Colours, marks and links.
    pub theme: Theme,
    /// The reader's language.
    pub lang: Lang,
    /// Paths below this folder are shown relative to it.
    pub working_dir: PathBuf,
    /// Whether cells of tables are written as they are, also where a spreadsheet would run them.
    pub raw: bool,
    /// Indexed folders that are gone: files in them are marked.
    pub gone: Vec<PathBuf>,
}

impl View {
    /// A path, given as text (see [`encode_path`]), as the reader would type it.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let whole = decode_path(path);
        whole.strip_prefix(&self.working_dir).map_or_else(|_| printable(path), |below| printable(&encode_path(below)))
    }

    /// The path, with the number of the record in a file of several articles: `ticker.jsonl:7`; that it is gone, where it is.
    #[must_use]
    pub fn location(&self, path: &str, record: Option<u64>) -> String {
        let shown = self.path(path);
        let shown = record.map_or_else(|| shown.clone(), |record| format!("{shown}:{record}"));
        if !self.is_gone(path) {
            return shown;
        }
        format!("{shown} ({})", self.lang.pick("nicht mehr da", "gone"))
    }

    /// Whether a file lies in an indexed folder that is gone.
    #[must_use]
    pub fn is_gone(&self, path: &str) -> bool {
        !self.gone.is_empty() && self.gone.iter().any(|folder| decode_path(path).starts_with(folder))
    }

    /// The day as the reader writes it.
    #[must_use]
    pub fn day(&self, date: &Date) -> String {
        let day = date.day;
        self.lang.pick(format!("{:02}.{:02}.{:04}", day.day(), day.month(), day.year()), day.to_string())
    }
}
