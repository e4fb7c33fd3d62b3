//! Everything the SDK needs from outside: network, randomness, clock, storage, the page's address, navigation.
//!
//! The core reaches the world only through [`Env`], so it runs natively under test. [`browser`] is the real one.

use std::fmt;
use std::future::Future;

#[cfg(any(test, target_arch = "wasm32"))]
use crate::text::contains;
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

    /// The keys stored under `prefix`, oldest first where that is known.
    fn stored_keys(&self, prefix: &str) -> Vec<String>;

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
#[derive(Debug, Clone, PartialEq)]
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

/// A body as it arrived.
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Location {
    /// `https://app.example.com`
    pub origin: String,
    /// `app.example.com`, with the port if it is not the scheme's own.
    pub host: String,
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
