//! `findbuch completions` and `findbuch man`

use super::{Cli, Outcome};
use clap::CommandFactory;
use std::io::Write;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  findbuch completions bash > ~/.local/share/bash-completion/completions/findbuch
  findbuch completions zsh > ~/.zfunc/_findbuch
  findbuch completions fish > ~/.config/fish/completions/findbuch.fish")]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Runs `completions`.
pub fn completions(args: &Completions) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "findbuch", &mut script);
    print(&script)
}

/// Examples of `man`.
pub const MAN_EXAMPLES: &str = "\
Examples:
  findbuch man | man -l -                                 read it
  findbuch man > ~/.local/share/man/man1/findbuch.1       install it";

/// Runs `man`.
pub fn man() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        clap_mangen::Man::new(sub.clone()).render(&mut page)?;
    }
    print(&page)
}

fn print(bytes: &[u8]) -> anyhow::Result<Outcome> {
    let mut out = super::terminal::out();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Done)
}
