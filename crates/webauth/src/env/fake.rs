//! A scripted environment for tests: a test sets the responses in advance, and reads afterwards which requests were sent.
//!
//! This file is the test's side. `env` is the client's side, the implementation of [`Env`](super::Env), and `json` is its JSON.

mod env;
mod json;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::{Body, Frame, HttpError, Location, Memory, Request, Response};
use crate::wire::Value;
pub use json::json;

/// A scripted environment. Clones share their state, so a test gives one to the client and keeps another.
///
/// At first the page is `https://app.example.com/` and the time 1 700 000 000 s; storage, randomness and WebCrypto work, and no
/// response is scripted.
#[derive(Debug, Clone)]
pub struct FakeEnv(Rc<RefCell<World>>);

#[derive(Debug)]
struct World {
    responses: VecDeque<Script>,
    requests: Vec<Request>,
    navigations: Vec<String>,
    warnings: Vec<String>,
    frames: Vec<Frame>,
    frame_outcomes: VecDeque<Option<Result<Value, HttpError>>>,
    memory: Rc<Memory>,
    crypto: bool,
    stored: Vec<Stored>,
    keeps: bool,
    bytes: Option<VecDeque<u8>>,
    next_byte: u8,
    now_ms: f64,
    location: Location,
}

#[derive(Debug)]
enum Script {
    Settle(Result<Response, HttpError>),
    Hang,
}

/// A stored entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The storage key.
    pub key: String,
    /// The text.
    pub value: String,
    /// The lifetime in seconds.
    pub lifetime_s: u32,
    /// The attribute `Domain` of the cookie.
    pub cookie_domain: Option<String>,
    /// Whether the page can read the entry inside a frame of another site.
    pub cross_site: bool,
    /// Whether the entry was moved out of the cookies.
    pub aside: bool,
    /// When the entry expires, in milliseconds since the Unix epoch.
    pub end_ms: f64,
}

impl Default for FakeEnv {
    fn default() -> Self {
        Self::new()
    }
}

impl FakeEnv {
    /// An environment in the state that [`FakeEnv`] describes.
    #[must_use]
    pub fn new() -> Self {
        Self(Rc::new(RefCell::new(World {
            responses: VecDeque::new(),
            requests: Vec::new(),
            navigations: Vec::new(),
            warnings: Vec::new(),
            frames: Vec::new(),
            frame_outcomes: VecDeque::new(),
            memory: Rc::default(),
            crypto: true,
            stored: Vec::new(),
            keeps: true,
            bytes: None,
            next_byte: 0,
            now_ms: 1_700_000_000_000.0,
            location: Location::at("https://app.example.com/".into()),
        })))
    }

    /// Scripts the response to the next request: `json` with `status`. If `json` is not JSON, the body is malformed.
    pub fn respond(&self, status: u16, json: &str) {
        let body = json::parse(json).map_or_else(|| Body::Malformed(json.to_owned()), Body::Json);
        self.respond_with(status, body, &[]);
    }

    /// Scripts the response to the next request, with any body and with headers (names in lower case).
    pub fn respond_with(&self, status: u16, body: Body, headers: &[(&str, &str)]) {
        let headers = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let status_text = reason(status).to_owned();
        let response = Response {
            status,
            status_text,
            headers,
            body,
        };
        self.0
            .borrow_mut()
            .responses
            .push_back(Script::Settle(Ok(response)));
    }

    /// Scripts that the next request fails.
    pub fn fail(&self, error: HttpError) {
        self.0
            .borrow_mut()
            .responses
            .push_back(Script::Settle(Err(error)));
    }

    /// Scripts that the next request gets no response.
    pub fn hang(&self) {
        self.0.borrow_mut().responses.push_back(Script::Hang);
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.0.borrow().requests.clone()
    }

    /// The addresses navigated to so far.
    #[must_use]
    pub fn navigations(&self) -> Vec<String> {
        self.0.borrow().navigations.clone()
    }

    /// The warnings so far.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        self.0.borrow().warnings.clone()
    }

    /// The stored entries, the oldest first.
    #[must_use]
    pub fn stored(&self) -> Vec<Stored> {
        self.0.borrow().stored.clone()
    }

    /// Switches storage on or off: a browser that blocks cookies and local storage keeps no entry.
    pub fn keep_entries(&self, keeps: bool) {
        self.0.borrow_mut().keeps = keeps;
    }

    /// Scripts the random bytes. After the last of them there is no source of randomness.
    pub fn random_bytes(&self, bytes: &[u8]) {
        self.0.borrow_mut().bytes = Some(bytes.iter().copied().collect());
    }

    /// Moves the page to `href`, an origin with or without a path.
    pub fn at(&self, href: &str) {
        self.0.borrow_mut().location = Location::at(href.to_owned());
    }

    /// Reloads the page, which empties the memory.
    pub fn reload(&self) {
        self.0.borrow_mut().memory = Rc::default();
    }

    /// Scripts the outcome of the next hidden frame, as JSON.
    pub fn respond_in_frame(&self, json: &str) {
        let data = json::parse(json).unwrap_or_default();
        self.0.borrow_mut().frame_outcomes.push_back(Some(Ok(data)));
    }

    /// Scripts that the next hidden frame fails.
    pub fn fail_frame(&self, error: HttpError) {
        self.0
            .borrow_mut()
            .frame_outcomes
            .push_back(Some(Err(error)));
    }

    /// The hidden frames so far.
    #[must_use]
    pub fn frames(&self) -> Vec<Frame> {
        self.0.borrow().frames.clone()
    }

    /// Switches WebCrypto on or off.
    pub fn crypto(&self, available: bool) {
        self.0.borrow_mut().crypto = available;
    }

    /// Moves the clock forward.
    pub fn advance_s(&self, seconds: f64) {
        self.0.borrow_mut().now_ms += seconds * 1000.0;
    }
}

/// Polls `future` once. Returns `None` if it is pending, for example because no response is scripted.
pub fn run<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        _ => "",
    }
}
