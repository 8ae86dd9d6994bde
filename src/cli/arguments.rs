//! `-Wort` among the words of a search is an exclusion and not an option: it is passed through the argument parser in
//! disguise.

use std::ffi::OsString;

/// Stands for the `-` of an exclusion; a minus sign, which nobody types.
const MINUS: char = '\u{2212}';

/// Disguises the exclusions among the arguments of `search` and `save`.
pub fn keep_exclusions(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let (mut searching, mut value_follows) = (false, false);
    arguments
        .map(|argument| {
            let Some(text) = argument.to_str() else { return argument };
            if std::mem::replace(&mut value_follows, takes_value(text)) {
                return argument;
            }
            if matches!(text, "search" | "save") {
                searching = true;
            }
            match text.strip_prefix('-') {
                Some(word) if searching && is_exclusion(word) => format!("{MINUS}{word}").into(),
                _ => argument,
            }
        })
        .collect()
}

/// Options whose value is the next argument.
fn takes_value(text: &str) -> bool {
    matches!(text, "-n" | "--limit" | "--page" | "--in" | "--sort" | "--format" | "--color" | "--index" | "--lang")
        || matches!(text, "-o" | "--output" | "--context" | "--sort-by")
        || matches!(text, "--facet-limit" | "--offset" | "--timeline" | "--svg")
}

/// A word, phrase or field after the `-`; options of one letter (`-h`, `-n5`) are none.
fn is_exclusion(word: &str) -> bool {
    let mut chars = word.chars();
    let (first, second) = (chars.next(), chars.next());
    let option = matches!((first, second), (Some('h' | 'V' | 'o'), None))
        || (first == Some('n') && second.is_none_or(|c| c.is_ascii_digit() || c == '='));
    let sign = matches!(first, Some('*' | '?' | '=')) && second.is_some_and(char::is_alphanumeric);
    !option
        && (sign
            || first.is_some_and(|c| {
                c.is_alphanumeric() || matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‚' | '›' | '‹' | '(')
            }))
}

/// The words as typed.
pub fn restore(words: &[String]) -> Vec<String> {
    words.iter().map(|word| word.strip_prefix(MINUS).map_or_else(|| word.clone(), |rest| format!("-{rest}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_pass_and_options_stay() {
        let kept = |words: &[&str]| -> Vec<String> {
            keep_exclusions(words.iter().map(OsString::from)).into_iter().filter_map(|w| w.into_string().ok()).collect()
        };
        assert_eq!(
            kept(&[
                "findbuch",
                "search",
                "Kim",
                "-Handball",
                "-*ball",
                "-n5",
                "-n",
                "-3",
                "--in",
                "x",
                "-h",
                "-\"a b\""
            ]),
            ["findbuch", "search", "Kim", "−Handball", "−*ball", "-n5", "-n", "-3", "--in", "x", "-h", "−\"a b\""]
        );
        assert_eq!(kept(&["findbuch", "index", "-Handball"]), ["findbuch", "index", "-Handball"]);
        assert_eq!(restore(&["Kim".into(), "−Handball".into()]), ["Kim", "-Handball"]);
    }
}
