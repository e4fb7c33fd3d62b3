//! The person for whom this server sends a request to the tenant.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, HeaderName, HeaderValue, header::ACCEPT_LANGUAGE, request::Parts},
};

/// The header with the person's IP address.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("auth0-forwarded-for");

/// The data about the person that the tenant gets: the IP address, and the languages for the mail.
///
/// A tenant blocks IP addresses that guess codes. In requests from a server it sees the server's address for everybody, so
/// one person who guesses would block all people. The header `auth0-forwarded-for` has the person's address. Auth0 uses
/// the header under three conditions: the application has a secret, the secret is in the body of the same request, and
/// *Trust Token Endpoint IP Header* is on in the application's settings
/// (<https://auth0.com/docs/api-auth/tutorials/using-resource-owner-password-from-server-side>).
///
/// The address is that of the connection to this app. **Behind a proxy it is the proxy's address.** Such an app has to
/// read the address that its own proxy wrote: the last one in `X-Forwarded-For` or `Forwarded` (RFC 7239). It may do so
/// only on connections from that proxy. Anybody can have written the other addresses in these headers.
#[derive(Debug, Clone, Default)]
pub struct Requester {
    ip: Option<IpAddr>,
    languages: Option<HeaderValue>,
}

impl Requester {
    /// The address of the connection. `None` if it is unknown.
    #[must_use]
    pub fn ip(&self) -> Option<IpAddr> {
        self.ip
    }

    /// Adds this data to the headers of a request to the tenant.
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
