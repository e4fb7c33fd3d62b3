//! The two addresses in the app's settings: the app's own, and the tenant's.

use openidconnect::url::{Host, Url};

/// Why an address cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// The address is plain http. Anyone on the network path could read the codes and tokens.
    #[error("is plain http, which is allowed for localhost alone; use https")]
    Insecure,
    /// The text does not have the form `scheme://host[:port]`.
    #[error("is not a web address such as {0}")]
    Malformed(&'static str),
    /// The address has a path, a query, a fragment, a user or a password.
    #[error("must be scheme, host and port alone")]
    NotAnOrigin,
}

/// A tenant's domain: `me.auth0.com`, `https://me.auth0.com`, or on this machine `http://localhost:4000`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(Origin);

impl Domain {
    /// Reads a domain as a person writes it. Without a scheme the domain has https.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let example = "me.auth0.com or http://localhost:4000";
        let url = if text.contains("://") {
            text.to_owned()
        } else {
            format!("https://{text}")
        };
        Origin::parse(&url, example).map(Self)
    }

    /// The domain in the form for the scripts in the browser. They put `https://` in front of a text that does not
    /// begin with `http`, so for https this is the host alone.
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

    /// The issuer of the tenant's tokens. Auth0's issuers end with a slash, and the comparison includes it.
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

    /// The address to which the tenant sends people after a login. The client's list of allowed callback URLs has to
    /// contain it.
    #[must_use]
    pub fn redirect_uri(&self) -> String {
        format!("{}/callback", self.origin())
    }

    /// The address to which the tenant sends people after a logout. The client's list of allowed logout URLs has to
    /// contain it.
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
