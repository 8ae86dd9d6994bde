//! Who is let in: under which names the server answers, and with which token.

use crate::error::WebError;
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use subtle::ConstantTimeEq;

/// Fewest characters of a token.
pub const MIN_TOKEN: usize = 16;

/// Why a text cannot be a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It can be guessed too easily.
    #[error("the token is too short; it has at least {MIN_TOKEN} characters")]
    Short,
    /// It does not fit into a header as it is.
    #[error("the token has other characters than visible ASCII; make one of letters and digits")]
    Characters,
}

/// A secret that requests must bring.
pub struct Token(String);

impl Token {
    /// The token without the white space around it.
    ///
    /// ```
    /// use findbuch_web::Token;
    ///
    /// assert!(Token::new("eine-lange-reihe-42\n").is_ok());
    /// assert!(Token::new("kurz").is_err());
    /// ```
    ///
    /// # Errors
    /// When it is shorter than [`MIN_TOKEN`] or has other characters than visible ASCII.
    pub fn new(text: &str) -> Result<Token, TokenError> {
        let text = text.trim();
        if text.len() < MIN_TOKEN {
            return Err(TokenError::Short);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Characters);
        }
        Ok(Token(text.to_owned()))
    }

    /// Whether a request brings it: as `Bearer`, or as the password of `Basic` with any name (RFC 6750, RFC 7617). The
    /// comparison does not reveal by its time how much of a token is right.
    fn is_in(&self, headers: &HeaderMap) -> bool {
        let Some(value) = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()) else { return false };
        let Some((scheme, given)) = value.split_once(' ') else { return false };
        let same = |given: &[u8]| bool::from(given.ct_eq(self.0.as_bytes()));
        if scheme.eq_ignore_ascii_case("bearer") {
            return same(given.trim().as_bytes());
        }
        if !scheme.eq_ignore_ascii_case("basic") {
            return false;
        }
        let decoded = BASE64.decode(given.trim()).ok();
        let password = decoded.as_deref().and_then(|pair| {
            let colon = pair.iter().position(|byte| *byte == b':')?;
            pair.get(colon + 1..)
        });
        password.is_some_and(same)
    }
}

/// The host names that the server answers to. Others are refused, so that no page from elsewhere reaches it through the
/// reader's browser (DNS rebinding).
#[derive(Debug, Clone)]
pub struct Hosts {
    names: Vec<String>,
    any: bool,
}

impl Hosts {
    /// `localhost`, the loopback addresses, and others.
    #[must_use]
    pub fn local_and(others: &[String]) -> Hosts {
        let names = ["localhost", "127.0.0.1", "[::1]"].into_iter().map(str::to_owned);
        Hosts { names: names.chain(others.iter().map(|name| name.to_lowercase())).collect(), any: false }
    }

    /// Any name. Only for servers that demand a token, since a page from elsewhere cannot bring it.
    #[must_use]
    pub fn any() -> Hosts {
        Hosts { names: Vec::new(), any: true }
    }

    fn has(&self, host: &str) -> bool {
        let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
        let name = name.map_or(host, |(name, _)| name).to_lowercase();
        self.any || self.names.contains(&name)
    }
}

/// The host of a request; none if it has two, or characters that no host has (RFC 9112, 3.2).
#[must_use]
pub fn host(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    if headers.get_all(HOST).iter().nth(1).is_some() {
        return None;
    }
    let host = uri.authority().map(|authority| authority.as_str().to_owned());
    let host = host.or_else(|| Some(headers.get(HOST)?.to_str().ok()?.to_owned()))?;
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte)).then_some(host)
}

/// Scheme and host for addresses in the answer. A proxy that speaks HTTPS says so in `X-Forwarded-Proto`; a client that lies
/// about it changes nothing but the scheme of the addresses in its own answer.
#[must_use]
pub fn base(uri: &Uri, headers: &HeaderMap) -> String {
    let secure =
        headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"));
    format!("{}://{}", if secure { "https" } else { "http" }, host(uri, headers).unwrap_or_default())
}

/// Longest address of a request, in bytes: a query of 8192 bytes with every byte escaped.
const MAX_ADDRESS: usize = 3 * 8192 + 4096;

/// The one address that takes a body.
const WRITABLE: &str = "/collections";
/// Most bytes of a form.
pub const MAX_FORM: usize = 64 << 10;

/// Refuses what is not for this server, or not for this client.
pub fn check(
    token: Option<&Token>,
    hosts: &Hosts,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(), WebError> {
    let writes = *method == Method::POST && uri.path() == WRITABLE;
    if !writes && !matches!(*method, Method::GET | Method::HEAD) {
        return Err(WebError::Method);
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()).unwrap_or("0");
    let fits =
        if writes { length.trim().parse().is_ok_and(|length: usize| length <= MAX_FORM) } else { length.trim() == "0" };
    if !fits || headers.contains_key("transfer-encoding") || (writes && !is_form(headers)) {
        return Err(WebError::Body);
    }
    if uri.path_and_query().is_some_and(|path| path.as_str().len() > MAX_ADDRESS) {
        return Err(WebError::LongAddress);
    }
    let host = host(uri, headers).ok_or_else(|| WebError::Host(String::new()))?;
    if !hosts.has(&host) {
        return Err(WebError::Host(host));
    }
    if is_from_elsewhere(headers, hosts) {
        return Err(WebError::CrossSite);
    }
    if uri.path() != "/healthz" && token.is_some_and(|token| !token.is_in(headers)) {
        return Err(WebError::Unauthorized);
    }
    if writes && !is_of_own_page(uri, headers) {
        return Err(WebError::CrossSite);
    }
    if writes && !may_write(token.is_some(), uri, headers) {
        return Err(WebError::OnlyRead);
    }
    Ok(())
}

/// Whether a client that is let in may change collections: one that has brought the token; where none is demanded, one that asks this
/// machine by its loopback name, and not through a proxy, behind which anyone may be.
#[must_use]
pub fn may_write(token: bool, uri: &Uri, headers: &HeaderMap) -> bool {
    let forwarded = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
    let direct = !forwarded.iter().any(|name| headers.contains_key(*name));
    token || (direct && host(uri, headers).is_some_and(|host| Hosts::local_and(&[]).has(&host)))
}

/// Whether a page of this very server sends a form: the browser says so (Fetch Metadata, W3C), or names its origin (RFC 6454). A program
/// says it as well, or brings its token as `Bearer`, which no form of another site can.
fn is_of_own_page(uri: &Uri, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site.as_bytes() == b"same-origin";
    }
    if let Some(origin) = headers.get(ORIGIN) {
        let named =
            origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host.to_lowercase());
        return named.is_some() && named == host(uri, headers).map(|host| host.to_lowercase());
    }
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    bearer.and_then(|value| value.get(..7)).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer "))
}

/// Whether the body is a form's, as browsers send it.
fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// Whether a page of another site asks, and not a reader who follows a link from there (Fetch Metadata, W3C): searches cost, and
/// what they find is not for that page. A browser without these headers still names the origin of such a page (RFC 6454).
fn is_from_elsewhere(headers: &HeaderMap, hosts: &Hosts) -> bool {
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|said| said.as_bytes() == value.as_bytes());
    if headers.contains_key("sec-fetch-site") {
        return says("sec-fetch-site", "cross-site")
            && !(says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document"));
    }
    headers.get(ORIGIN).is_some_and(|origin| {
        let host = origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host);
        !host.is_some_and(|host| hosts.has(host))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_other_sites_may_link_and_not_ask() {
        let ask = |site: &str, mode: &str, dest: &str| {
            let headers = [("sec-fetch-site", site), ("sec-fetch-mode", mode), ("sec-fetch-dest", dest)];
            check_with(&[&[("host", "localhost")][..], &headers].concat(), false).is_ok()
        };
        assert!(ask("cross-site", "navigate", "document") && ask("same-origin", "cors", "empty"));
        assert!(!ask("cross-site", "no-cors", "image") && !ask("cross-site", "cors", "empty"));
        assert!(!ask("cross-site", "navigate", "iframe"));
    }

    #[test]
    fn pages_of_other_origins_ask_nothing_through_older_browsers() {
        let ask = |origin: &'static str| check_with(&[("host", "localhost:8080"), ("origin", origin)], false);
        assert!(ask("http://localhost:8080").is_ok() && ask("https://archiv.example").is_ok());
        for origin in ["https://evil.example", "http://localhost.evil.example", "null", ""] {
            assert_eq!(ask(origin), Err("urn:findbuch:problem:cross-site".into()), "{origin}");
        }
    }

    const SECRET: &str = "eine-lange-reihe-42";

    fn check_with(headers: &[(&'static str, &str)], token: bool) -> Result<(), String> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a header"));
        }
        let token = token.then(|| Token::new(SECRET).expect("a token"));
        let hosts = Hosts::local_and(&["Archiv.example".into()]);
        check(token.as_ref(), &hosts, &Method::GET, &Uri::from_static("/?q=a"), &map)
            .map_err(|error| error.problem(findbuch_query::lang::Lang::En, None).r#type)
    }

    #[test]
    fn only_the_servers_own_names_are_answered() {
        for (host, ok) in [
            ("localhost:8080", true),
            ("127.0.0.1", true),
            ("[::1]:80", true),
            ("archiv.example:443", true),
            ("evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("localhost@evil.example", false),
            ("", false),
        ] {
            assert_eq!(check_with(&[("host", host)], false).is_ok(), ok, "{host}");
        }
        assert!(check_with(&[], false).is_err());
    }

    #[test]
    fn a_token_is_demanded_whole() {
        // base64 of "x:eine-lange-reihe-42" and of "x:eine-lange-reihe-4"
        for (value, ok) in [
            ("Bearer eine-lange-reihe-42", true),
            ("bearer eine-lange-reihe-42", true),
            ("Basic eDplaW5lLWxhbmdlLXJlaWhlLTQy", true),
            ("Basic eDplaW5lLWxhbmdlLXJlaWhlLTQ=", false),
            ("Bearer eine-lange-reihe-4", false),
            ("Bearer eine-lange-reihe-422", false),
            ("Bearer", false),
            ("Basic !!", false),
            ("Digest eine-lange-reihe-42", false),
        ] {
            assert_eq!(check_with(&[("host", "localhost"), ("authorization", value)], true).is_ok(), ok, "{value}");
        }
        assert_eq!(check_with(&[("host", "localhost")], true), Err("urn:findbuch:problem:unauthorized".into()));
        assert!(Token::new("kurz").is_err() && Token::new("sechzehn zeichen mit raum").is_err());
    }

    /// Whether a form is taken from a client with these headers.
    fn writes(headers: &[(&'static str, &str)], token: bool) -> Result<(), String> {
        let mut map = HeaderMap::new();
        map.insert("content-type", "application/x-www-form-urlencoded".parse().expect("a kind"));
        map.insert("content-length", "9".parse().expect("a length"));
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a header"));
        }
        let token = token.then(|| Token::new(SECRET).expect("a token"));
        let hosts = Hosts::local_and(&["archiv.example".into()]);
        check(token.as_ref(), &hosts, &Method::POST, &Uri::from_static(WRITABLE), &map).map_err(|error| {
            let kind = error.problem(findbuch_query::lang::Lang::En, None).r#type;
            kind.trim_start_matches("urn:findbuch:problem:").to_owned()
        })
    }

    #[test]
    fn forms_are_taken_from_own_pages_on_this_machine_or_with_the_token() {
        let (local, named) = (("host", "localhost:8080"), ("host", "archiv.example"));
        let (own, bearer) = (("sec-fetch-site", "same-origin"), ("authorization", "Bearer eine-lange-reihe-42"));
        for (headers, token, refused) in [
            (&[local, own][..], false, None),
            (&[local, ("origin", "http://localhost:8080")], false, None),
            (&[local, ("origin", "http://localhost:9000")], false, Some("cross-site")),
            (&[local, ("origin", "null")], false, Some("cross-site")),
            (&[local], false, Some("cross-site")),
            (&[local, ("sec-fetch-site", "same-site")], false, Some("cross-site")),
            (
                &[
                    local,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "document"),
                ],
                false,
                Some("cross-site"),
            ),
            (&[local, ("sec-fetch-site", "none")], false, Some("cross-site")),
            (&[named, own], false, Some("only-read")),
            (&[local, own, ("x-forwarded-for", "10.0.0.1")], false, Some("only-read")),
            (&[named, own], true, Some("unauthorized")),
            (&[named, own, bearer, ("x-forwarded-for", "10.0.0.1")], true, None),
            (&[named, bearer], true, None),
            (&[named, ("authorization", "Basic eDplaW5lLWxhbmdlLXJlaWhlLTQy")], true, Some("cross-site")),
            (&[local, own, ("content-type", "text/plain")], false, Some("body")),
            (&[local, own, ("content-length", "65537")], false, Some("body")),
            (&[local, own, ("transfer-encoding", "chunked")], false, Some("body")),
        ] {
            assert_eq!(writes(headers, token).err().as_deref(), refused, "{headers:?} {token}");
        }
    }

    #[test]
    fn bodies_are_refused() {
        for header in [("content-length", "1"), ("transfer-encoding", "chunked"), ("content-length", "x")] {
            assert!(check_with(&[("host", "localhost"), header], false).is_err(), "{header:?}");
        }
        assert!(check_with(&[("host", "localhost"), ("content-length", "0")], false).is_ok());
    }
}
