//! What browsers let pages load and do (Content Security Policy).

/// What pages may load and do: only what this server has, and no script within the page.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// The same for a page that has a picture of another server, since its reader wants that.
pub fn with_pictures_of(origin: &str) -> String {
    POLICY.replace("img-src 'self'", &format!("img-src 'self' {origin}"))
}
