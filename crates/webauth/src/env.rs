//! The environment: network, randomness, clock, storage, the page's address, navigation, frames and WebCrypto.
//!
//! The core uses all of these only through the trait [`Env`], so tests run natively with `fake::FakeEnv`. The module `browser`
//! implements the trait for a page.

use std::cell::RefCell;
use std::fmt;
use std::future::Future;
use std::rc::Rc;

#[cfg(any(test, target_arch = "wasm32"))]
use crate::text::contains;
use crate::text::split;
use crate::wire::{Params, Value};

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(any(test, target_arch = "wasm32"))]
mod cookie;
#[cfg(all(not(target_arch = "wasm32"), any(test, feature = "fake")))]
pub mod fake;

/// The response headers that the SDK reads. A browser shows them only if the tenant exposes them by CORS.
pub const READ_HEADERS: [&str; 3] = ["content-type", "retry-after", "x-ratelimit-reset"];

/// The environment in which a client runs.
pub trait Env {
    /// Sends `request` and reads the whole response. Any HTTP status is `Ok`. Dropping the future aborts the request.
    ///
    /// # Errors
    /// An [`HttpError`] if there is no response.
    fn http(&self, request: Request) -> impl Future<Output = Result<Response, HttpError>>;

    /// Fills `buffer` with cryptographically strong random bytes. Returns `false` if there is no source of them.
    fn random(&self, buffer: &mut [u8]) -> bool;

    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> f64;

    /// Stores one entry. Returns `false` if neither cookies nor local storage keep it.
    fn store(&self, entry: &Entry<'_>) -> bool;

    /// Reads an entry and deletes it, from cookies and from local storage. `cookie_domain` is the one with which it was stored.
    /// Returns `None` if there is none.
    fn take(&self, key: &str, cookie_domain: Option<&str>) -> Option<String>;

    /// The keys of the entries in cookies that begin with `prefix`, without the entries in local storage: what is in a cookie enlarges
    /// every request to the page's site. The oldest key is first, if the environment knows the order.
    fn stored_keys(&self, prefix: &str) -> Vec<String>;

    /// Moves an entry out of the cookies, so that requests no longer carry it, and keeps it for `lifetime_s` seconds from now.
    /// The entry stays in its cookie if no other storage keeps it.
    fn set_aside(&self, key: &str, lifetime_s: u32, cookie_domain: Option<&str>);

    /// Deletes the expired entries whose key begins with `prefix`. Cookies expire by themselves.
    fn drop_expired(&self, prefix: &str);

    /// Reads an entry without deleting it. Returns `None` if there is none.
    fn read(&self, key: &str) -> Option<String>;

    /// The memory that all clients of the page share until the page is left.
    fn memory(&self) -> Rc<Memory>;

    /// Opens an address in a hidden frame and waits for the event that [`Frame::wait`] describes. Dropping the future removes the
    /// frame.
    ///
    /// # Errors
    /// [`HttpError::Timeout`] if the event does not come in time; [`HttpError::Network`] if the page can have no frame;
    /// [`HttpError::Aborted`] if the caller aborted the call.
    fn frame(&self, frame: Frame) -> impl Future<Output = Result<Value, HttpError>>;

    /// SHA-256 (FIPS 180-4) of `text`. Returns `None` without WebCrypto, for example in an insecure context.
    fn sha256(&self, text: &str) -> impl Future<Output = Option<Vec<u8>>>;

    /// Whether `signature` is the RS256 signature (RFC 7518 section 3.3) of `signed` by the RSA key `key`, a JWK (RFC 7517).
    /// Returns `false` if the key cannot be used, and `None` without WebCrypto.
    fn verify_rs256(
        &self,
        key: &Value,
        signed: &str,
        signature: &[u8],
    ) -> impl Future<Output = Option<bool>>;

    /// The text of a point in time (milliseconds since the Unix epoch), as JavaScript's `String(date)` writes it.
    fn date_text(&self, ms: f64) -> String;

    /// The milliseconds since the Unix epoch of an HTTP date (RFC 9110 section 5.6.7). Returns `None` if `text` is not a date.
    fn parse_date(&self, text: &str) -> Option<f64>;

    /// `text` in Unicode's compatibility form NFKC (UAX #15), as JavaScript's `text.normalize('NFKC')` returns it.
    fn nfkc(&self, text: &str) -> String;

    /// The ASCII form of `domain` that the DNS uses (UTS #46), as in the `hostname` of a URL. Returns `None` if the domain
    /// has no such form.
    fn ascii_domain(&self, domain: &str) -> Option<String>;

    /// The page's address. Its texts are empty if there is no page, for example on a server.
    fn location(&self) -> Location;

    /// Leaves the page for `url`.
    fn navigate(&self, url: &str);

    /// Writes `value` as `JSON.stringify` does.
    fn to_json(&self, value: &Value) -> String;

    /// Parses JSON. Returns `None` if `text` is not JSON.
    fn parse_json(&self, text: &str) -> Option<Value>;

    /// Shows a warning to the developer, as `console.warn` does.
    fn warn(&self, message: &str);
}

/// One HTTP request with a JSON body.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The absolute address.
    pub url: String,
    /// Names and values of the headers, in order.
    pub headers: Vec<(String, String)>,
    /// The body, which is sent as JSON.
    pub body: Option<Params>,
    /// Whether cookies of the tenant are sent and stored (`withCredentials`).
    pub credentials: bool,
    /// Milliseconds after which the request fails with [`HttpError::Timeout`]; 0 for never.
    pub timeout_ms: u32,
}

impl fmt::Debug for Request {
    /// Leaves out the body, which may carry a verification code.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// An HTTP response with any status.
#[derive(Clone, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The reason phrase; empty over HTTP/2.
    pub status_text: String,
    /// The headers of [`READ_HEADERS`] that the tenant exposes, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, parsed if it is JSON.
    pub body: Body,
}

impl fmt::Debug for Response {
    /// Leaves out the body, which may hold tokens and login tickets.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Response")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl Response {
    /// The value of the header `name` (lower case).
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The body of a response. `Debug` shows only its kind.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// The body has no bytes.
    Empty,
    /// The body is JSON, and its content type is JSON or missing.
    Json(Value),
    /// The content type is JSON, but the body is not.
    Malformed(String),
    /// The body is of any other content type.
    Text(String),
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "Empty",
            Self::Json(_) => "Json([redacted])",
            Self::Malformed(_) => "Malformed([redacted])",
            Self::Text(_) => "Text([redacted])",
        })
    }
}

#[cfg(any(test, target_arch = "wasm32"))]
impl Body {
    /// Classifies a body by its content type. `parsed` is the body's JSON, if it is JSON.
    pub(crate) fn read(text: String, parsed: Option<Value>, headers: &[(String, String)]) -> Self {
        let content_type = headers.iter().find(|(name, _)| name == "content-type");
        let said_to_be_json = content_type.is_none_or(|(_, kind)| contains(kind, "json"));
        match parsed {
            _ if text.is_empty() => Self::Empty,
            Some(value) if said_to_be_json => Self::Json(value),
            None if said_to_be_json && content_type.is_some() => Self::Malformed(text),
            _ => Self::Text(text),
        }
    }
}

/// Why a request or a frame has no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpError {
    /// The caller aborted it.
    Aborted,
    /// The browser is offline, the host does not exist, the connection was lost, or CORS hides the response. A browser does
    /// not tell these apart.
    Network,
    /// The time limit is over.
    Timeout,
}

/// The page's address, with the names of the browser's `location`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// The origin, such as `https://app.example.com`.
    pub origin: String,
    /// The host, such as `app.example.com`, with the port if it is not the scheme's default.
    pub host: String,
    /// The whole address, with query and fragment.
    pub href: String,
}

impl fmt::Debug for Location {
    /// Leaves out the whole address, because authorization responses arrive in it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Location")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Location {
    /// The location of an absolute address. Origin and host are empty if the address has no host, as `about:blank`.
    #[must_use]
    pub fn at(href: String) -> Self {
        let (scheme, rest) = split(&href, "://").unwrap_or_default();
        let end = rest.bytes().position(|byte| b"/?#".contains(&byte));
        let host = rest
            .get(..end.unwrap_or(rest.len()))
            .unwrap_or_default()
            .to_owned();
        Self {
            origin: [scheme, if host.is_empty() { "" } else { "://" }, &host].concat(),
            host,
            href,
        }
    }
}

/// A hidden frame for a silent authorization request.
#[derive(Clone, PartialEq)]
pub struct Frame {
    /// The address that the frame opens.
    pub url: String,
    /// Milliseconds after which the frame fails with [`HttpError::Timeout`].
    pub timeout_ms: u32,
    /// The event that the SDK waits for.
    pub wait: Wait,
}

/// The event that ends the wait for a [`Frame`]. Messages count only if this frame sent them.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// An authorization response with the response mode `web_message`: the message
    /// `{type: 'authorization_response', response}` of `origin`, whose response has `state`. The outcome is `response`.
    Response {
        /// The tenant's origin.
        origin: String,
        /// The state of the authorization request.
        state: String,
    },
    /// The frame loads a page of the page's own origin. The outcome is the fragment of that page's address, as text.
    Fragment,
    /// Any message of `origin`. The outcome is the message's data, or its member `hash` if it has one.
    Message {
        /// The origin of the page in the frame.
        origin: String,
        /// The `type` that the data has to have. `None` accepts every type.
        kind: Option<String>,
    },
}

impl fmt::Debug for Frame {
    /// Leaves out the address, which may carry a login ticket.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Frame")
            .field("timeout_ms", &self.timeout_ms)
            .finish_non_exhaustive()
    }
}

/// A small store that lives as long as the page. It holds the tenants' keys, and the transactions and tokens with which a
/// second call for the same authorization response returns the same result.
#[derive(Default)]
pub struct Memory(RefCell<Vec<(String, Value)>>);

impl Memory {
    /// The number of entries that are kept. A further entry replaces the oldest one.
    const KEPT: usize = 12;

    /// The value that is kept under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        let kept = self.0.borrow();
        kept.iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.clone())
    }

    /// Keeps `value` under `key`.
    pub fn put(&self, key: &str, value: Value) {
        let mut kept = self.0.borrow_mut();
        kept.retain(|(known, _)| known != key);
        if kept.len() >= Self::KEPT {
            kept.remove(0);
        }
        kept.push((key.to_owned(), value));
    }
}

impl fmt::Debug for Memory {
    /// Leaves out the values, because code verifiers and tokens are among them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Memory([redacted])")
    }
}

/// A small text that is stored over a navigation.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// The storage key.
    pub key: &'a str,
    /// The text, usually JSON.
    pub value: &'a str,
    /// The lifetime in seconds.
    pub lifetime_s: u32,
    /// The attribute `Domain` of the cookie. Without it only the page's own host gets the cookie.
    pub cookie_domain: Option<&'a str>,
    /// Whether the page has to be able to read the entry inside a frame of another site.
    pub cross_site: bool,
}

impl fmt::Debug for Entry<'_> {
    /// Leaves out the value, which may be a verifier.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Entry")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
