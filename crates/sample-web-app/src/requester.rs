//! The person on whose behalf this server asks the tenant.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, HeaderName, HeaderValue, header::ACCEPT_LANGUAGE, request::Parts},
};

/// Tells the tenant the person's IP address.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("auth0-forwarded-for");

/// What the tenant is told of the person: the IP address, and the languages to write the mail in.
///
/// A tenant guards itself against guessing by IP address. When a server asks, it sees that server's address for
/// everybody, so that one guesser has all people locked out. `auth0-forwarded-for` names the person's. Auth0
/// believes it under three conditions, and else ignores it: the application has a secret, the secret is in the
/// body of the very request, and *Trust Token Endpoint IP Header* is on in the application's settings
/// (<https://auth0.com/docs/api-auth/tutorials/using-resource-owner-password-from-server-side>).
///
/// The address is that of the connection, as this app sees it. **Behind a proxy that is the proxy's.** An app there
/// has to take the address that its own proxy notes, the last in `X-Forwarded-For` or `Forwarded` (RFC 7239), and
/// only on connections from that proxy: whatever else stands in these headers anybody can have written.
#[derive(Debug, Clone, Default)]
pub struct Requester {
    ip: Option<IpAddr>,
    languages: Option<HeaderValue>,
}

impl Requester {
    /// Where the connection comes from, as far as the app is told.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.ip
    }

    /// Writes the headers of a request to the tenant.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let ip = self.ip.map(|ip| HeaderValue::try_from(ip.to_string()));
        if let Some(Ok(ip)) = ip {
            headers.insert(FORWARDED_FOR, ip);
        }
        if let Some(languages) = &self.languages {
            headers.insert(ACCEPT_LANGUAGE, languages.clone());
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Requester {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let connection = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self {
            // A socket for both versions shows 203.0.113.7 as ::ffff:203.0.113.7.
            ip: connection.map(|ConnectInfo(address)| address.ip().to_canonical()),
            languages: parts.headers.get(ACCEPT_LANGUAGE).cloned(),
        })
    }
}
