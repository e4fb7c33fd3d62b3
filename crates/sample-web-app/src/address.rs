//! The two addresses the app is told: its own, and its tenant's.

use openidconnect::url::{Host, Url};

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Plain http would let anyone on the way read the codes and tokens.
    #[error("is plain http, which is allowed for localhost alone; use https")]
    Insecure,
    /// Not of the form `scheme://host[:port]`.
    #[error("is not a web address such as {0}")]
    Malformed(&'static str),
    /// A path, query, fragment, user or password where only scheme, host and port belong.
    #[error("must be scheme, host and port alone")]
    NotAnOrigin,
}

/// A tenant's domain: `me.auth0.com`, `https://me.auth0.com`, or on the own machine `http://localhost:4000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(Origin);

impl Domain {
    /// Reads a domain as a person writes it; without a scheme it means https.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let example = "me.auth0.com or http://localhost:4000";
        let url = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        Origin::parse(&url, example).map(Self)
    }

    /// The domain as the scripts in the browser take it: the host alone for https, for they put `https://` in
    /// front of all that does not begin with `http`.
    #[must_use]
    pub fn for_scripts(&self) -> &str {
        self.origin()
            .strip_prefix("https://")
            .unwrap_or_else(|| self.origin())
    }

    /// Scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0.text
    }

    /// The issuer of the tenant's tokens. Auth0's ends with a slash, and is compared with it.
    #[must_use]
    pub fn issuer(&self) -> String {
        format!("{}/", self.origin())
    }

    /// Whether the tenant is on this machine, as the mock tenant is.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.0.local
    }
}

/// The address people open this app at: `https://app.example.com` or `http://localhost:3000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Origin);

impl BaseUrl {
    /// Reads the app's own address.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        Origin::parse(text, "https://app.example.com or http://localhost:3000").map(Self)
    }

    /// Scheme, host and port, without a slash at the end.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0.text
    }

    /// Whether cookies can be bound to https, by `Secure` and a `__Host-` name.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.text.starts_with("https://")
    }

    /// Where the tenant sends people after a login. Has to be on the client's list of allowed callback URLs.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        format!("{}/callback", self.origin())
    }

    /// Where the tenant sends people after a logout. Has to be on the client's list of allowed logout URLs.
    #[must_use]
    pub fn after_logout(&self) -> String {
        format!("{}/", self.origin())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    text: String,
    local: bool,
}

impl Origin {
    fn parse(text: &str, example: &'static str) -> Result<Self, AddressError> {
        let url = Url::parse(text).map_err(|_| AddressError::Malformed(example))?;
        let local = match url.host() {
            None => return Err(AddressError::Malformed(example)),
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
        };
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        match url.scheme() {
            _ if !bare => Err(AddressError::NotAnOrigin),
            "https" => Ok(()),
            "http" if local => Ok(()),
            "http" => Err(AddressError::Insecure),
            _ => Err(AddressError::Malformed(example)),
        }?;
        Ok(Self {
            text: url.origin().ascii_serialization(),
            local,
        })
    }
}
