//! How words are emphasised: by colour on a terminal, by asterisks elsewhere.

use crate::marks::pieces;
use anstyle::{AnsiColor, Style};

/// Styles of the parts of an output.
#[derive(Debug, Clone, Copy)]
pub struct Theme {
    /// Headline of a hit.
    pub headline: Style,
    /// Kicker above it.
    pub kicker: Style,
    /// Names of fields, numbers, dates.
    pub quiet: Style,
    /// A word that was found.
    pub mark: Style,
    /// Path of the file.
    pub path: Style,
    /// A notice.
    pub notice: Style,
    /// Whether paths are hyperlinks (OSC 8).
    pub links: bool,
    coloured: bool,
}

impl Theme {
    /// No colour; words found stand between asterisks.
    #[must_use]
    pub fn plain() -> Theme {
        let none = Style::new();
        Theme {
            headline: none,
            kicker: none,
            quiet: none,
            mark: none,
            path: none,
            notice: none,
            links: false,
            coloured: false,
        }
    }

    /// Colours of the sixteen that every terminal has, without those that are hard to read on a light or a dark background.
    #[must_use]
    pub fn coloured(links: bool) -> Theme {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        Theme {
            headline: Style::new().bold(),
            kicker: colour(AnsiColor::Cyan),
            quiet: Style::new().dimmed(),
            mark: colour(AnsiColor::Red).bold(),
            path: colour(AnsiColor::Green),
            notice: colour(AnsiColor::Magenta),
            links,
            coloured: true,
        }
    }

    /// `text` in a style.
    #[must_use]
    pub fn paint(&self, style: Style, text: &str) -> String {
        if self.coloured { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    /// Text that only the earlier of two versions has: struck out, or between `[-` and `-]`.
    #[must_use]
    pub fn removed(&self, text: &str) -> String {
        let style = Style::new().fg_color(Some(AnsiColor::Red.into())).strikethrough();
        if self.coloured { format!("{style}{text}{style:#}") } else { format!("[-{text}-]") }
    }

    /// Text that only the later of two versions has: underlined, or between `{+` and `+}`.
    #[must_use]
    pub fn added(&self, text: &str) -> String {
        let style = Style::new().fg_color(Some(AnsiColor::Green.into())).underline();
        if self.coloured { format!("{style}{text}{style:#}") } else { format!("{{+{text}+}}") }
    }

    /// `text` with a link to `target` where links are wanted.
    #[must_use]
    pub fn link(&self, target: &str, text: &str) -> String {
        if self.links { format!("\u{1b}]8;;{target}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\") } else { text.to_owned() }
    }

    /// `text` with its marked words emphasised and the rest in `base`; marks as `[from, to)` in characters, in order. Without
    /// colour, neighbouring words share their asterisks.
    ///
    /// ```
    /// use findbuch_render::Theme;
    ///
    /// let text = Theme::plain().marked("Kim Jong-un kommt", &[[0, 3], [4, 8], [9, 11]], anstyle::Style::new());
    /// assert_eq!(text, "*Kim Jong-un* kommt");
    /// ```
    #[must_use]
    pub fn marked(&self, text: &str, marks: &[[usize; 2]], base: Style) -> String {
        let joined = if self.coloured { marks.to_vec() } else { join_neighbours(marks, text) };
        let mut out = String::new();
        for (is_marked, piece) in pieces(text, &joined) {
            match (is_marked, self.coloured) {
                (false, _) => out.push_str(&self.paint(base, piece)),
                (true, true) => out.push_str(&self.paint(self.mark, piece)),
                (true, false) => out.extend(["*", piece, "*"]),
            }
        }
        out
    }
}

/// Marks with only a space or hyphen between them as one.
fn join_neighbours(marks: &[[usize; 2]], text: &str) -> Vec<[usize; 2]> {
    let chars: Vec<char> = text.chars().collect();
    let mut joined: Vec<[usize; 2]> = Vec::new();
    for &[from, to] in marks {
        match joined.last_mut() {
            Some([_, end]) if from == *end + 1 && matches!(chars.get(*end), Some(' ' | '-' | '\u{2011}')) => *end = to,
            _ => joined.push([from, to]),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_emphasised() {
        let theme = Theme::plain();
        assert_eq!(
            theme.marked("Kim Jong-un und Ö", &[[0, 3], [4, 8], [9, 11], [16, 17]], Style::new()),
            "*Kim Jong-un* und *Ö*"
        );
        let theme = Theme::coloured(false);
        for style in [theme.headline, theme.kicker, theme.quiet, theme.mark, theme.path, theme.notice] {
            let faint = [AnsiColor::Black, AnsiColor::White, AnsiColor::Yellow, AnsiColor::BrightBlack];
            let bright =
                [AnsiColor::BrightWhite, AnsiColor::BrightYellow, AnsiColor::BrightCyan, AnsiColor::BrightGreen];
            let colour = style.get_fg_color();
            assert!(faint.into_iter().chain(bright).all(|faint| colour != Some(faint.into())), "{style:?}");
            assert_eq!(style.get_bg_color(), None);
        }
        assert!(theme.marked("Kim", &[[0, 3]], Style::new()).contains("Kim\u{1b}["));
    }
}
