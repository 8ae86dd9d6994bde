//! Addresses: which ones are of the web, and text percent-encoded (RFC 3986) for where it stands in one.

use findbuch_article::Article;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What a whole address keeps: its delimiters, and escapes that it has already.
const ADDRESS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'%');
/// What a path of a file keeps.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
/// What a segment of a path keeps.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*');

/// The article's address, if it is one of the web: others, as `javascript:`, must never become a link.
///
/// ```
/// use findbuch_article::Article;
/// use findbuch_render::urls::web_address;
///
/// let article = |url: &str| Article { url: Some(url.into()), ..Article::default() };
/// assert_eq!(web_address(&article("https://die-warte.example/1")), Some("https://die-warte.example/1"));
/// assert_eq!(web_address(&article("javascript:alert(1)")), None);
/// ```
#[must_use]
pub fn web_address(article: &Article) -> Option<&str> {
    let url = article.url.as_deref()?;
    let scheme = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    (scheme.starts_with("https://") || scheme.starts_with("http://")).then_some(url)
}

/// An address with every byte that cannot stand in one as `%XX`; what is `%XX` already stays.
pub(crate) fn encode_address(url: &str) -> String {
    utf8_percent_encode(url, ADDRESS).to_string()
}

/// The `file://` address of an absolute path.
pub(crate) fn file_url(path: &str) -> String {
    format!("file://{}", utf8_percent_encode(path, PATH))
}

/// Text as one segment of a path: every byte that could end the segment or the path is `%XX`.
///
/// ```
/// assert_eq!(findbuch_render::urls::encode_segment("a b/c?ä"), "a%20b%2Fc%3F%C3%A4");
/// ```
#[must_use]
pub fn encode_segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_keeps_its_own_signs() {
        for (text, address, file) in [
            ("/a b/ä", "/a%20b/%C3%A4", "file:///a%20b/%C3%A4"),
            ("/50%20/x?y#z", "/50%20/x?y#z", "file:///50%2520/x%3Fy%23z"),
            ("/<a>\"\\^`{|}[]", "/%3Ca%3E%22%5C%5E%60%7B%7C%7D%5B%5D", "file:///%3Ca%3E%22%5C%5E%60%7B%7C%7D%5B%5D"),
            ("/~*'!", "/~*'!", "file:///~%2A%27%21"),
        ] {
            assert_eq!((encode_address(text), file_url(text)), (address.into(), file.into()), "{text}");
        }
        assert_eq!(encode_segment("~*'/%"), "%7E*%27%2F%25");
    }

    proptest::proptest! {
        #[test]
        fn any_text_becomes_ascii(text in ".{0,60}") {
            for encoded in [encode_address(&text), file_url(&text), encode_segment(&text)] {
                proptest::prop_assert!(encoded.bytes().all(|b| b.is_ascii_graphic()), "{}", encoded);
            }
        }
    }
}
