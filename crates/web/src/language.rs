//! The language that a request is answered in, and the day it is asked on.

use crate::address::values;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::{HeaderMap, Uri};
use findbuch_query::lang::Lang;
use jiff::civil;

/// Today, in UTC.
#[must_use]
pub fn today() -> civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The language of the address; without one, that of German and English which the browser prefers (RFC 9110, 12.5.4).
#[must_use]
pub fn language(uri: &Uri, headers: &HeaderMap) -> Lang {
    let chosen = values(uri.query().unwrap_or_default(), "lang");
    match chosen.last().map(String::as_str) {
        Some("en") => return Lang::En,
        Some("de") => return Lang::De,
        _ => {}
    }
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Lang::De);
    for range in accepted.split(',') {
        let (name, weight) = range.trim().split_once(';').unwrap_or((range.trim(), "q=1"));
        let weight: f32 = weight.trim().trim_start_matches("q=").parse().unwrap_or(0.0);
        let lang = match name.split('-').next().map(str::to_ascii_lowercase).as_deref() {
            Some("de") => Lang::De,
            Some("en") => Lang::En,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_before_the_browser() {
        for (address, accepted, expected) in [
            ("/", "", Lang::De),
            ("/", "en", Lang::En),
            ("/", "fr, en-GB;q=0.7, de;q=0.3", Lang::En),
            ("/", "en;q=0.2, de-AT;q=0.9", Lang::De),
            ("/", "fr, en;q=nonsense", Lang::De),
            ("/?lang=de", "en", Lang::De),
            ("/?lang=en&lang=fr", "en", Lang::En),
            ("/?lang=de&lang=en", "de", Lang::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, accepted.parse().expect("a header"));
            assert_eq!(language(&address.parse().expect("an address"), &headers), expected, "{address} {accepted}");
        }
    }
}
