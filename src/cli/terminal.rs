//! Where output goes: its width, colours and links.

use clap::ValueEnum;
use findbuch_query::Query;
use findbuch_query::lang::Lang;
use findbuch_render::wrap::wrapped_message;
use findbuch_render::{Theme, View, Visible, visible};
use std::io::{BufWriter, IsTerminal, Write, stderr, stdout};

/// Columns of output that is not a terminal, and most columns of text on one.
const PIPE_WIDTH: usize = 100;
const MAX_WIDTH: usize = 100;

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The view of standard output.
pub fn view(color: Color, lang: Lang) -> std::io::Result<View> {
    let terminal = stdout().is_terminal();
    let coloured = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => anstream::AutoStream::choice(&stdout()) != anstream::ColorChoice::Never,
    };
    let links = coloured && terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
    let width = if terminal {
        terminal_size::terminal_size().map_or(PIPE_WIDTH, |(width, _)| usize::from(width.0)).min(MAX_WIDTH)
    } else {
        PIPE_WIDTH
    };
    let theme = if coloured { Theme::coloured(links) } else { Theme::plain() };
    Ok(View { width, theme, lang, working_dir: std::env::current_dir()?, raw: false, gone: Vec::new() })
}

/// The view with all columns that the terminal has, unless a file is written.
pub fn wide(view: &View, to_file: bool) -> View {
    let terminal = if to_file || !stdout().is_terminal() { None } else { terminal_size::terminal_size() };
    View { width: terminal.map_or(view.width, |(width, _)| usize::from(width.0)), ..view.clone() }
}

/// The view of a file.
pub fn file_view(lang: Lang) -> std::io::Result<View> {
    Ok(View {
        width: PIPE_WIDTH,
        theme: Theme::plain(),
        lang,
        working_dir: std::env::current_dir()?,
        raw: false,
        gone: Vec::new(),
    })
}

/// A line to standard error, wrapped where that is a terminal.
pub fn note(view: &View, text: &str) {
    // nobody reads it where standard error is closed
    let _ = writeln!(stderr(), "{}", view.theme.paint(view.theme.notice, &for_stderr(text)));
}

/// Reports on standard error what ended the program.
pub fn report(error: &anyhow::Error) {
    let message = for_stderr(&format!("findbuch: {}", message(error)));
    // nobody reads it where standard error is closed
    let _ = stderr().write_all(format!("{message}\n").as_bytes());
}

/// An error with its causes; one whose words are in what stands before it already adds nothing.
fn message(error: &anyhow::Error) -> String {
    let mut message = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if message.is_empty() {
            message = cause;
        } else if !message.contains(&cause) {
            message.push_str(": ");
            message.push_str(&cause);
        }
    }
    message
}

/// A message as wide as the terminal that standard error is; as it is elsewhere.
fn for_stderr(message: &str) -> String {
    let message = &visible(message);
    let width = Some(stderr()).filter(IsTerminal::is_terminal).and_then(terminal_size::terminal_size_of);
    width.map_or_else(|| message.to_owned(), |(width, _)| wrapped_message(message, usize::from(width.0).min(MAX_WIDTH)))
}

/// What of a query is likely meant otherwise, to standard error.
pub fn hint(view: &View, query: &Query) {
    for hint in query.hints() {
        note(view, &format!("{}: {}", view.lang.pick("Hinweis", "note"), hint.message(view.lang)));
    }
}

/// Standard output, buffered.
pub fn out() -> impl Write {
    BufWriter::with_capacity(1 << 16, screen())
}

/// Standard output; a terminal is sent nothing invisible.
pub fn screen() -> Box<dyn Write> {
    let stdout = stdout();
    if stdout.is_terminal() { Box::new(Visible::new(stdout.lock())) } else { Box::new(stdout.lock()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context;
    use findbuch_engine::EngineError;
    use std::io::{Error, ErrorKind};

    #[test]
    fn a_cause_is_said_once() {
        let refused = || Error::from(ErrorKind::PermissionDenied);
        let engine = EngineError::Io { path: "index".into(), source: refused() };
        assert_eq!(message(&engine.into()), "index: permission denied");
        let read: anyhow::Result<()> = Err(refused()).context("queries.tsv");
        assert_eq!(message(&read.expect_err("refused")), "queries.tsv: permission denied");
        assert_eq!(message(&anyhow::anyhow!("name a folder")), "name a folder");
    }
}
