//! Where an index lies on a cluster, and what access to it takes.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::fmt;
use std::str::FromStr;

/// What begins the address of an index on a cluster.
pub const SCHEME: &str = "opensearch+";
/// Most bytes of an index's name: what the program adds to it fits into OpenSearch's 255.
const MAX_NAME: usize = 200;

/// The address of an index on a cluster: `opensearch+https://HOST:PORT/NAME`, or `HOST:PORT,HOST:PORT` of several of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    secure: bool,
    hosts: Vec<String>,
    name: String,
}

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin as one.
    #[error("is no address of an engine; write it as opensearch+https://HOST:PORT/NAME")]
    Scheme,
    /// It holds a name and a password.
    #[error("holds credentials, which others can see there; leave them out of it")]
    Credentials,
    /// It has no host.
    #[error("names no host; write it as opensearch+https://HOST:PORT/NAME")]
    Host,
    /// Its name is none that an index can have.
    #[error("ends in no name of an index: small letters, digits, - and _, a letter or digit first, at most {MAX_NAME}")]
    Name,
    /// Credentials would go over the network for all to read.
    #[error("is not encrypted, and credentials would be sent for all to read; write opensearch+https://")]
    InTheClear,
    /// The credentials have another form.
    #[error("are no credentials; write `basic NAME:PASSWORD`, `apikey KEY` or `bearer TOKEN` on one line")]
    Form,
    /// The certificates cannot be read.
    #[error("holds no certificates in PEM form")]
    Certificates,
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Address, AddressError> {
        let rest = text.strip_prefix(SCHEME).ok_or(AddressError::Scheme)?;
        let (scheme, rest) = rest.split_once("://").ok_or(AddressError::Scheme)?;
        let secure = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(AddressError::Scheme),
        };
        if rest.contains('@') {
            return Err(AddressError::Credentials);
        }
        let (hosts, name) = rest.split_once('/').ok_or(AddressError::Name)?;
        let hosts: Vec<String> = hosts.split(',').map(str::to_owned).collect();
        let is_of_host = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_' | ':' | '[' | ']');
        if hosts.iter().any(|host| host.is_empty() || !host.chars().all(is_of_host)) {
            return Err(AddressError::Host);
        }
        let name = name.trim_end_matches('/');
        let is_plain = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit();
        let is_of_name = |char: char| is_plain(char) || matches!(char, '-' | '_');
        if !name.starts_with(is_plain) || !name.chars().all(is_of_name) || name.len() > MAX_NAME {
            return Err(AddressError::Name);
        }
        Ok(Address { secure, hosts, name: name.to_owned() })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http{}://{}/{}", if self.secure { "s" } else { "" }, self.hosts.join(","), self.name)
    }
}

impl Address {
    /// The nodes that may be asked, without the index.
    pub fn servers(&self) -> impl Iterator<Item = String> {
        self.hosts.iter().map(|host| format!("http{}://{host}", if self.secure { "s" } else { "" }))
    }

    /// The index.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether what is sent there does not leave this machine.
    fn is_here(&self) -> bool {
        self.hosts.iter().all(|host| {
            let within = host.strip_prefix('[').and_then(|host| host.split_once(']')).map(|(host, _)| host);
            let host = within.or_else(|| host.split(':').next()).unwrap_or_default();
            host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        })
    }
}

/// What a cluster demands of those it answers: the value of the header `Authorization`. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials(String);

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(…)")
    }
}

impl FromStr for Credentials {
    type Err = AddressError;

    /// Reads `basic NAME:PASSWORD`, `apikey KEY` or `bearer TOKEN`.
    fn from_str(text: &str) -> Result<Credentials, AddressError> {
        let (kind, secret) = text.trim().split_once(' ').ok_or(AddressError::Form)?;
        let secret = secret.trim();
        let is_token = !secret.is_empty() && secret.chars().all(|char| char.is_ascii_graphic());
        match kind {
            "basic" if secret.contains(':') && !secret.contains(char::is_control) => {
                Ok(Credentials(format!("Basic {}", BASE64_STANDARD.encode(secret))))
            }
            "apikey" if is_token => Ok(Credentials(format!("ApiKey {secret}"))),
            "bearer" if is_token => Ok(Credentials(format!("Bearer {secret}"))),
            _ => Err(AddressError::Form),
        }
    }
}

impl Credentials {
    /// The header's value.
    #[must_use]
    pub fn header(&self) -> &str {
        &self.0
    }
}

/// An index on a cluster and what access to it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Where it is.
    pub address: Address,
    /// What the cluster demands, if it does.
    pub credentials: Option<Credentials>,
    /// Certificates that the cluster's must be signed with, in PEM form; those that the system trusts where there are none.
    pub authorities: Option<Vec<u8>>,
}

impl Access {
    /// Access to an index.
    ///
    /// # Errors
    /// When credentials would be sent for all to read.
    pub fn new(
        address: Address,
        credentials: Option<Credentials>,
        authorities: Option<Vec<u8>>,
    ) -> Result<Access, AddressError> {
        if credentials.is_some() && !address.secure && !address.is_here() {
            return Err(AddressError::InTheClear);
        }
        Ok(Access { address, credentials, authorities })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_a_cluster_and_an_index() {
        let check = |text: &str, expected: Result<&str, AddressError>| {
            let found = text.parse::<Address>().map(|address| address.to_string());
            assert_eq!(found, expected.map(str::to_owned), "{text}");
        };
        check("opensearch+https://suche.example:9200/presse", Ok("https://suche.example:9200/presse"));
        check("opensearch+http://[::1]:9200/presse-2_b/", Ok("http://[::1]:9200/presse-2_b"));
        check("opensearch+https://a.example:9200,b.example/presse", Ok("https://a.example:9200,b.example/presse"));
        check("opensearch+https://a.example,/presse", Err(AddressError::Host));
        check("opensearch+ftp://suche.example/presse", Err(AddressError::Scheme));
        check("https://suche.example/presse", Err(AddressError::Scheme));
        check("opensearch+https://ilse:geheim@suche.example/presse", Err(AddressError::Credentials));
        check("opensearch+https://suche.example", Err(AddressError::Name));
        check("opensearch+https:///presse", Err(AddressError::Host));
        check("opensearch+https://suche example/presse", Err(AddressError::Host));
        for name in ["", "Presse", "_presse", "presse/x", "presse?x", "prässe", "*", &"x".repeat(201)] {
            check(&format!("opensearch+https://suche.example/{name}"), Err(AddressError::Name));
        }
    }

    #[test]
    fn credentials_are_read_and_never_shown() {
        let check = |text: &str, header: Option<&str>| {
            let found = text.parse::<Credentials>().ok();
            assert_eq!(found.as_ref().map(Credentials::header), header, "{text}");
            assert!(!format!("{found:?}").contains("geheim"), "{text}");
        };
        check("basic ilse:geheim\n", Some("Basic aWxzZTpnZWhlaW0="));
        check("apikey geheim", Some("ApiKey geheim"));
        check("bearer geheim.geheim", Some("Bearer geheim.geheim"));
        check("bearer ge\rheim", None);
        check("basic geheim", None);
        check("geheim", None);
        check("", None);
    }

    #[test]
    fn credentials_are_not_sent_for_all_to_read() {
        let check = |address: &str, expected: bool| {
            let credentials = "bearer geheim".parse().ok();
            let access = Access::new(address.parse().expect("an address"), credentials, None);
            assert_eq!(access.is_ok(), expected, "{address}");
        };
        check("opensearch+https://suche.example/presse", true);
        check("opensearch+http://suche.example/presse", false);
        check("opensearch+http://localhost.example:9200/presse", false);
        check("opensearch+http://localhost:9200/presse", true);
        check("opensearch+http://127.0.0.1:9200/presse", true);
        check("opensearch+http://[::1]:9200/presse", true);
        check("opensearch+http://localhost:9200,127.0.0.1:9201/presse", true);
        check("opensearch+http://localhost:9200,suche.example/presse", false);
    }
}
