//! `-Wort` among the words of a search is an exclusion and not an option: it is passed through the argument parser in
//! disguise.

use clap::{Arg, Command};
use std::collections::BTreeSet;
use std::ffi::OsString;

/// Stands for the `-` of an exclusion; a minus sign, which nobody types.
const MINUS: char = '\u{2212}';

/// Subcommands whose words may be exclusions.
const SEARCHES: [&str; 2] = ["search", "save"];

/// Endings by which `-oNAME` is a file to write and no word to exclude: those of the forms that a search is written in.
const ENDINGS: [&str; 13] =
    ["csv", "tsv", "json", "jsonl", "md", "markdown", "bib", "bibtex", "ris", "txt", "paths", "xml", "html"];

/// Disguises the exclusions among the arguments of searches; `command` has the options whose values are no exclusions.
pub fn keep_exclusions(command: &Command, arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let with_values = options_with_values(command);
    let (mut searching, mut value_follows) = (false, false);
    arguments
        .map(|argument| {
            let Some(text) = argument.to_str() else { return argument };
            if std::mem::replace(&mut value_follows, with_values.contains(text)) {
                return argument;
            }
            searching |= SEARCHES.contains(&text);
            match text.strip_prefix('-') {
                Some(word) if searching && is_exclusion(word) => format!("{MINUS}{word}").into(),
                _ => argument,
            }
        })
        .collect()
}

/// Options of searches whose value is the next argument.
fn options_with_values(command: &Command) -> BTreeSet<String> {
    let searches = command.get_subcommands().filter(|sub| SEARCHES.contains(&sub.get_name()));
    let arguments = command.get_arguments().chain(searches.flat_map(Command::get_arguments));
    let names = |argument: &Arg| {
        let short = argument.get_short().map(|short| format!("-{short}"));
        let long = argument.get_long().map(|long| format!("--{long}"));
        short.into_iter().chain(long).collect::<Vec<_>>()
    };
    arguments.filter(|arg| arg.get_action().takes_values() && !arg.is_require_equals_set()).flat_map(names).collect()
}

/// A word, phrase or field after the `-`; options of one letter (`-h`, `-n5`, `-oout.csv`) are none.
fn is_exclusion(word: &str) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    let option = matches!((first, second), (Some('h' | 'V' | 'o'), None))
        || (first == Some('n') && second.is_none_or(|c| c.is_ascii_digit() || c == '='))
        || word.strip_prefix('o').is_some_and(is_file);
    let sign = matches!(first, Some('*' | '?' | '=')) && second.is_some_and(char::is_alphanumeric);
    !option
        && (sign
            || first.is_some_and(|c| {
                c.is_alphanumeric() || matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‚' | '›' | '‹' | '(')
            }))
}

/// Whether what stands right behind `-o` is the name of a file, and not the rest of a word such as `-orgel`.
fn is_file(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ["=", "/", "./", "../"].iter().any(|start| name.starts_with(start))
        || ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The words as typed.
pub fn restore(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.strip_prefix(MINUS).map_or_else(|| word.clone(), |rest| format!("-{rest}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let command = crate::cli::Cli::command();
        let kept = keep_exclusions(&command, line.split(' ').map(OsString::from));
        let kept: Vec<String> = kept.into_iter().filter_map(|word| word.into_string().ok()).collect();
        assert_eq!(kept.join(" "), expected);
    }

    #[test]
    fn exclusions_pass_and_options_stay() {
        check("findbuch search Kim -Handball -*ball -\"a", "findbuch search Kim −Handball −*ball −\"a");
        check("findbuch search Kim -n5 -n -3 --in -x -h", "findbuch search Kim -n5 -n -3 --in -x -h");
        check("findbuch search Kim --without -x --only -y -z", "findbuch search Kim --without -x --only -y −z");
        check("findbuch search Kim --facets -Ball", "findbuch search Kim --facets −Ball");
        check("findbuch --index search index -Handball", "findbuch --index search index -Handball");
        check("findbuch save x Kim --in -a -b", "findbuch save x Kim --in -a −b");
        assert_eq!(restore(&["Kim".into(), "−Handball".into()]), ["Kim", "-Handball"]);
    }

    #[test]
    fn a_file_behind_its_option_is_no_exclusion() {
        for file in ["-oout.csv", "-oOut.CSV", "-o=out", "-o./out", "-o../out", "-o/tmp/out", "-otreffer.jsonl"] {
            check(&format!("findbuch search Kim {file}"), &format!("findbuch search Kim {file}"));
        }
        for word in ["orgel", "oder", "ost/west", "o2.de", "o.k.", "oberlenz"] {
            check(&format!("findbuch search Kim -{word}"), &format!("findbuch search Kim −{word}"));
        }
        check("findbuch search Kim -o -x", "findbuch search Kim -o -x");
    }
}
