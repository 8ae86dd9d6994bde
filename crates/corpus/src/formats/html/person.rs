//! Whether a name is one that a person can have, or the sign of an agency.

use crate::structure::is_agency;
use findbuch_german::is_known;
use findbuch_names::Tagger;
use std::sync::LazyLock;

/// Most words of a name.
const MAX_WORDS: usize = 6;
/// Ends of addresses that stand in the place of a name.
const DOMAINS: &[&str] = &["de", "at", "ch", "com", "net", "org", "info", "eu", "li"];
/// Names of accounts that write what nobody signs, in lower case.
const ACCOUNTS: &[&str] = &["admin", "administrator", "author", "editor", "root", "staff", "user", "webmaster"];
/// Longest sign that may be a German word, too, in bytes.
const MAX_SIGN: usize = 3;

static TAGGER: LazyLock<Tagger> = LazyLock::new(Tagger::default);

/// One to six words that read as a name, or the sign of an agency.
pub fn is_person_or_agency(name: &str) -> bool {
    is_agency(name) || may_be_name(name) && TAGGER.is_person(name)
}

/// Whether a word in small letters can be the sign of an author, or a name chosen for oneself: it is none for a job (*autor*).
pub fn is_own_sign(word: &str) -> bool {
    word.len() > 1
        && word.chars().all(char::is_lowercase)
        && may_be_name(word)
        && (word.len() <= MAX_SIGN || !is_known(word))
}

fn may_be_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let domain = lower.rsplit_once('.').is_some_and(|(before, end)| !before.is_empty() && DOMAINS.contains(&end));
    (1..=MAX_WORDS).contains(&name.split_whitespace().count())
        && name.chars().any(char::is_alphabetic)
        && !domain
        && !ACCOUNTS.contains(&lower.as_str())
        && !name.contains(['@', '/', '<', '{', '?', '!'])
        && name.chars().filter(char::is_ascii_digit).count() <= 2
}
