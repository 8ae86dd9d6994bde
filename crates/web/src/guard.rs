//! Who is let in: under which names the server answers, and with which token.

use crate::error::WebError;
use crate::write_error::WriteError;
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

/// Most bytes of a form, and of what a program writes.
pub const MAX_BODY: usize = 64 << 10;

/// What an address takes beside being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Nothing.
    Nothing,
    /// A page's form.
    Form,
    /// A collection, from a program.
    Collection,
    /// An article of one, from a program; it is not read alone.
    Item,
}

impl Taken {
    fn at(path: &str) -> Taken {
        let mut segments = path.strip_prefix("/api/v1/collections/").into_iter().flat_map(|rest| rest.split('/'));
        match [segments.next(), segments.next(), segments.next(), segments.next()] {
            _ if path == "/collections" => Taken::Form,
            [Some(_), None, ..] => Taken::Collection,
            [Some(_), Some("articles"), Some(_), None] => Taken::Item,
            _ => Taken::Nothing,
        }
    }

    fn methods(self) -> &'static [Method] {
        match self {
            Taken::Nothing => &[Method::GET, Method::HEAD],
            Taken::Form => &[Method::GET, Method::HEAD, Method::POST],
            Taken::Collection => &[Method::GET, Method::HEAD, Method::PUT, Method::DELETE],
            Taken::Item => &[Method::PUT, Method::DELETE],
        }
    }

    /// The media type of what is written.
    fn media_type(self) -> &'static str {
        if self == Taken::Form { "application/x-www-form-urlencoded" } else { "application/json" }
    }
}

/// The methods of an address, as the header `Allow` has them (RFC 9110, 10.2.1).
#[must_use]
pub fn methods(path: &str) -> String {
    Taken::at(path).methods().iter().map(Method::as_str).collect::<Vec<_>>().join(", ")
}

/// Who is let in, and who may write.
pub struct Guard {
    /// The token that requests must bring, if one is demanded.
    pub token: Option<Token>,
    /// The host names that the server answers to.
    pub hosts: Hosts,
    /// Whether nobody may write.
    pub read_only: bool,
}

impl Guard {
    /// Refuses what is not for this server, or not for this client.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), WebError> {
        let taken = Taken::at(uri.path());
        if !taken.methods().contains(method) {
            return Err(WebError::Method);
        }
        let writes = !matches!(*method, Method::GET | Method::HEAD);
        check_body(taken, method, headers)?;
        if uri.path_and_query().is_some_and(|path| path.as_str().len() > MAX_ADDRESS) {
            return Err(WebError::LongAddress);
        }
        let host = host(uri, headers).ok_or_else(|| WebError::Host(String::new()))?;
        if !self.hosts.has(&host) {
            return Err(WebError::Host(host));
        }
        if is_from_elsewhere(headers, &self.hosts) {
            return Err(WebError::CrossSite);
        }
        if uri.path() != "/healthz" && self.token.as_ref().is_some_and(|token| !token.is_in(headers)) {
            return Err(WebError::Unauthorized);
        }
        if writes && !is_of_own_page(taken, uri, headers) {
            return Err(WebError::CrossSite);
        }
        if writes && !self.may_write(uri, headers) {
            return Err(if self.read_only { WriteError::ReadOnly } else { WriteError::OnlyRead }.into());
        }
        Ok(())
    }

    /// Whether a client that is let in may change collections: one that has brought the token; where none is demanded, one that asks this
    /// machine by its loopback name, and not through a proxy, behind which anyone may be.
    #[must_use]
    pub fn may_write(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let forwarded = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];
        let direct = !forwarded.iter().any(|name| headers.contains_key(*name));
        let local = || direct && host(uri, headers).is_some_and(|host| Hosts::local_and(&[]).has(&host));
        !self.read_only && (self.token.is_some() || local())
    }
}

/// Refuses a body where none is taken, one that is too long, and one of another media type.
fn check_body(taken: Taken, method: &Method, headers: &HeaderMap) -> Result<(), WebError> {
    // of a collection its name says all
    let most = match taken {
        Taken::Form if *method == Method::POST => MAX_BODY,
        Taken::Item if *method == Method::PUT => MAX_BODY,
        _ => 0,
    };
    let length = headers.get(CONTENT_LENGTH).map_or(Ok("0"), |value| value.to_str());
    let length = length.ok().and_then(|length| length.trim().parse::<usize>().ok());
    let Some(length) = length.filter(|length| *length <= most && !headers.contains_key("transfer-encoding")) else {
        return Err(WebError::Body);
    };
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    // a program need say nothing of an article
    let fits = kind.eq_ignore_ascii_case(taken.media_type()) || (length == 0 && taken != Taken::Form);
    if most > 0 && !fits { Err(WriteError::MediaType(taken.media_type()).into()) } else { Ok(()) }
}

/// Whether a page of this very server writes: the browser says so (Fetch Metadata, W3C), or names its origin (RFC 6454). A program says it as
/// well, or brings its token as `Bearer`, which no form of another site can. Of a page's `PUT` or `DELETE` a browser always names the
/// origin (Fetch, 3.2), so that one without is a program's.
fn is_of_own_page(taken: Taken, uri: &Uri, headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site.as_bytes() == b"same-origin";
    }
    if let Some(origin) = headers.get(ORIGIN) {
        let named =
            origin.to_str().ok().and_then(|origin| origin.split_once("://")).map(|(_, host)| host.to_lowercase());
        return named.is_some() && named == host(uri, headers).map(|host| host.to_lowercase());
    }
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.get(..7)).is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer "));
    taken != Taken::Form || bearer
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

    fn guard(token: bool) -> Guard {
        let token = token.then(|| Token::new(SECRET).expect("a token"));
        Guard { token, hosts: Hosts::local_and(&["Archiv.example".into()]), read_only: false }
    }

    fn kind(error: &WebError) -> String {
        error.problem(findbuch_query::lang::Lang::En, None).r#type
    }

    fn check_with(headers: &[(&'static str, &str)], token: bool) -> Result<(), String> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a header"));
        }
        guard(token).check(&Method::GET, &Uri::from_static("/?q=a"), &map).map_err(|error| kind(&error))
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
        let form = [("content-type", "application/x-www-form-urlencoded"), ("content-length", "9")];
        written(&Method::POST, "/collections", &[&form, headers].concat(), &guard(token))
    }

    /// Whether something is taken that is written with these headers, of which the last of a name counts.
    fn written(
        method: &Method,
        path: &'static str,
        headers: &[(&'static str, &str)],
        guard: &Guard,
    ) -> Result<(), String> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().expect("a header"));
        }
        let checked = guard.check(method, &Uri::from_static(path), &map);
        checked.map_err(|error| kind(&error).trim_start_matches("urn:findbuch:problem:").to_owned())
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
            (&[local, own, ("content-type", "text/plain")], false, Some("media-type")),
            (&[local, own, ("content-length", "65537")], false, Some("body")),
            (&[local, own, ("transfer-encoding", "chunked")], false, Some("body")),
        ] {
            assert_eq!(writes(headers, token).err().as_deref(), refused, "{headers:?} {token}");
        }
    }

    #[test]
    fn programs_write_where_no_page_of_another_site_can() {
        let (local, named, json) =
            (("host", "localhost:8080"), ("host", "archiv.example"), ("content-type", "application/json"));
        let (one, item) = ("/api/v1/collections/Deich", "/api/v1/collections/Deich/articles/a%2Fb");
        let (bearer, length) = (("authorization", "Bearer eine-lange-reihe-42"), ("content-length", "9"));
        for (method, path, headers, token, refused) in [
            (Method::PUT, one, &[local][..], false, None),
            (Method::PUT, one, &[local, json, length], false, Some("body")),
            (Method::PUT, item, &[local], false, None),
            (Method::PUT, item, &[local, json, length], false, None),
            (Method::PUT, item, &[local, length], false, Some("media-type")),
            (Method::PUT, item, &[local, json, ("content-length", "65537")], false, Some("body")),
            (Method::DELETE, item, &[local], false, None),
            (Method::DELETE, item, &[local, json, length], false, Some("body")),
            (Method::DELETE, one, &[local, ("origin", "http://localhost:8080")], false, None),
            (Method::DELETE, one, &[local, ("origin", "http://localhost:9000")], false, Some("cross-site")),
            (Method::DELETE, one, &[local, ("sec-fetch-site", "same-site")], false, Some("cross-site")),
            (Method::DELETE, one, &[local, ("x-forwarded-for", "10.0.0.1")], false, Some("only-read")),
            (Method::DELETE, one, &[named], false, Some("only-read")),
            (Method::DELETE, one, &[named], true, Some("unauthorized")),
            (Method::DELETE, one, &[named, bearer], true, None),
            (Method::POST, one, &[local], false, Some("method")),
            (Method::GET, item, &[local], false, Some("method")),
            (Method::PUT, "/api/v1/collections", &[local], false, Some("method")),
            (Method::PUT, "/api/v1/collections/a/articles/b/c", &[local], false, Some("method")),
        ] {
            let answer = written(&method, path, headers, &guard(token));
            assert_eq!(answer.err().as_deref(), refused, "{method} {path} {headers:?} {token}");
        }
        let closed = Guard { read_only: true, ..guard(true) };
        assert_eq!(written(&Method::PUT, one, &[local, bearer], &closed), Err("only-read".into()));
        assert_eq!(written(&Method::GET, one, &[local, bearer], &closed), Ok(()));
        assert_eq!((methods(item), methods("/")), ("PUT, DELETE".into(), "GET, HEAD".into()));
    }

    #[test]
    fn bodies_are_refused() {
        for header in [("content-length", "1"), ("transfer-encoding", "chunked"), ("content-length", "x")] {
            assert!(check_with(&[("host", "localhost"), header], false).is_err(), "{header:?}");
        }
        assert!(check_with(&[("host", "localhost"), ("content-length", "0")], false).is_ok());
    }
}
