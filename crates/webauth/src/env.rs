//! Everything the SDK needs from outside: network, randomness, clock, storage, the page's address, navigation.
//!
//! The core reaches the world only through [`Env`], so it runs natively under test. In browsers it is `BrowserEnv`.

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

/// The response headers the SDK reads. A browser shows them only where the tenant exposes them through CORS.
pub const READ_HEADERS: [&str; 3] = ["content-type", "retry-after", "x-ratelimit-reset"];

/// The world as the SDK sees it.
pub trait Env {
    /// Sends `request` and reads the whole answer. Any HTTP status is `Ok`. Dropping the future aborts the request.
    fn http(&self, request: Request) -> impl Future<Output = Result<Response, HttpError>>;

    /// Fills `buffer` with cryptographically strong random bytes. `false` when there is no source of them.
    fn random(&self, buffer: &mut [u8]) -> bool;

    /// Milliseconds since the Unix epoch.
    fn now_ms(&self) -> f64;

    /// Stores one entry. `false` when nowhere would keep it.
    fn store(&self, entry: &Entry<'_>) -> bool;

    /// Reads an entry and deletes it, wherever it is stored.
    fn take(&self, key: &str, cookie_domain: Option<&str>) -> Option<String>;

    /// The keys stored under `prefix` where every request to the page's site carries them, as cookies do; oldest first
    /// where that is known.
    fn stored_keys(&self, prefix: &str) -> Vec<String>;

    /// Moves an entry to where no request carries it, for `lifetime_s` seconds from now. It stays where it is if nowhere
    /// else would keep it.
    fn set_aside(&self, key: &str, lifetime_s: u32, cookie_domain: Option<&str>);

    /// Deletes the entries under `prefix` whose time is over. Cookies end by themselves.
    fn drop_expired(&self, prefix: &str);

    /// Reads an entry and leaves it where it is.
    fn read(&self, key: &str) -> Option<String>;

    /// What all clients of the page share until it is left.
    fn memory(&self) -> Rc<Memory>;

    /// Opens an address in a hidden frame and waits for what it says.
    fn frame(&self, frame: Frame) -> impl Future<Output = Result<Value, HttpError>>;

    /// SHA-256 (FIPS 180-4) of `text`. `None` where there is no WebCrypto, as in an insecure context.
    fn sha256(&self, text: &str) -> impl Future<Output = Option<Vec<u8>>>;

    /// Whether `signature` is that of `signed` by the RSA key `key`, a JWK (RFC 7517), under RS256 (RFC 7518 section 3.3).
    /// `false` where that cannot be checked, as with a key that is none; `None` where there is no WebCrypto.
    fn verify_rs256(
        &self,
        key: &Value,
        signed: &str,
        signature: &[u8],
    ) -> impl Future<Output = Option<bool>>;

    /// A point in time (milliseconds since the Unix epoch) in words, as in JavaScript's `String(date)`.
    fn date_text(&self, ms: f64) -> String;

    /// The point in time, in milliseconds, of an HTTP date (RFC 9110 section 5.6.7).
    fn parse_date(&self, text: &str) -> Option<f64>;

    /// `text` in Unicode's compatibility form NFKC (UAX #15), as JavaScript's `text.normalize('NFKC')`.
    fn nfkc(&self, text: &str) -> String;

    /// `domain` in the ASCII form that is looked up in the DNS (UTS #46), as the `hostname` of a URL has it. `None` for
    /// one that has no such form.
    fn ascii_domain(&self, domain: &str) -> Option<String>;

    /// Where the page is. Empty texts where there is no page, as on a server.
    fn location(&self) -> Location;

    /// Leaves the page for `url`.
    fn navigate(&self, url: &str);

    /// Writes `value` as `JSON.stringify` does.
    fn to_json(&self, value: &Value) -> String;

    /// Reads JSON; `None` when `text` is none.
    fn parse_json(&self, text: &str) -> Option<Value>;

    /// Tells the developer something, as `console.warn` does.
    fn warn(&self, message: &str);
}

/// One HTTP request with a JSON body.
#[derive(Clone, PartialEq)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Absolute address.
    pub url: String,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// Sent as JSON.
    pub body: Option<Params>,
    /// Whether cookies of the tenant are sent and kept (`withCredentials`).
    pub credentials: bool,
    /// Milliseconds after which to give up; 0 for never.
    pub timeout_ms: u32,
}

impl fmt::Debug for Request {
    /// Without the body: it may carry a verification code.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

/// An HTTP answer, whatever its status.
#[derive(Clone, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The reason phrase; empty over HTTP/2.
    pub status_text: String,
    /// Those of [`READ_HEADERS`] that are readable, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, parsed if it is JSON.
    pub body: Body,
}

impl fmt::Debug for Response {
    /// Without the body: tokens and tickets come in it.
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

/// A body as it arrived. Its `Debug` says of what kind it is.
#[derive(Clone, PartialEq)]
pub enum Body {
    /// Nothing at all.
    Empty,
    /// JSON, by its content type or for want of one.
    Json(Value),
    /// Said to be JSON, but is not.
    Malformed(String),
    /// Any other content type.
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
    /// Sorts a body by its content type. `parsed` is its JSON, if it is any.
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

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpError {
    /// The caller does not want it any more.
    Aborted,
    /// Offline, no such host, connection lost, or hidden by CORS: a browser does not tell which.
    Network,
    /// [`Request::timeout_ms`] is over.
    Timeout,
}

/// Where the page is, in the words of the browser's `location`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// `https://app.example.com`
    pub origin: String,
    /// `app.example.com`, with the port if it is not the scheme's own.
    pub host: String,
    /// The whole address, with query and fragment.
    pub href: String,
}

impl fmt::Debug for Location {
    /// Without the whole address: codes and tokens come back in it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Location")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl Location {
    /// The location at an absolute address. One that has no host, as `about:blank`, is nowhere.
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

/// A hidden frame: a silent authorization request.
#[derive(Clone, PartialEq)]
pub struct Frame {
    /// What to open in it.
    pub url: String,
    /// Milliseconds after which to give up.
    pub timeout_ms: u32,
    /// What ends the wait.
    pub wait: Wait,
}

/// What a [`Frame`] is watched for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// A `web_message` of `origin` and of this very frame, `{type: 'authorization_response', response}`, whose
    /// response has `state`. The frame's outcome is `response`.
    Response {
        /// The tenant's origin.
        origin: String,
        /// The request's state.
        state: String,
    },
    /// That the frame comes back to the page's own origin. The outcome is its fragment, as text.
    Fragment,
    /// A message of `origin` and of this very frame. The outcome is its data, or the `hash` in it.
    Message {
        /// Where the message has to come from.
        origin: String,
        /// The `type` its data must have.
        kind: Option<String>,
    },
}

impl fmt::Debug for Frame {
    /// Without the address: it may carry a login ticket.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Frame")
            .field("timeout_ms", &self.timeout_ms)
            .finish_non_exhaustive()
    }
}

/// A small store that lives as long as the page: keys of tenants, and what makes a second look at one answer come to
/// the same as the first.
#[derive(Default)]
pub struct Memory(RefCell<Vec<(String, Value)>>);

impl Memory {
    /// How many entries are kept; the oldest gives way.
    const KEPT: usize = 12;

    /// What is kept under `key`.
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
    /// Without what it keeps: verifiers and tokens are among it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Memory([redacted])")
    }
}

/// Something small to keep over a navigation.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    /// Its name.
    pub key: &'a str,
    /// Its text, usually JSON.
    pub value: &'a str,
    /// Seconds it is kept.
    pub lifetime_s: u32,
    /// `Domain` of the cookie; the page's host alone without it.
    pub cookie_domain: Option<&'a str>,
    /// Whether the page must be able to read it inside a frame on another site.
    pub cross_site: bool,
}

impl fmt::Debug for Entry<'_> {
    /// Without the value: it may be a verifier.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Entry")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
