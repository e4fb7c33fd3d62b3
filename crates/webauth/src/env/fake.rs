//! A scripted environment for tests: a test sets the responses in advance, and reads afterwards which requests were sent.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::{Future, pending};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use sha2::Digest;
use unicode_normalization::UnicodeNormalization;

use super::{Body, Entry, Env, Frame, HttpError, Location, Memory, Request, Response};
use crate::wire::{Params, Value};

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
        let body = self
            .parse_json(json)
            .map_or_else(|| Body::Malformed(json.to_owned()), Body::Json);
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

    /// What is stored, oldest first.
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
        let data = self.parse_json(json).unwrap_or_default();
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

impl Env for FakeEnv {
    async fn http(&self, request: Request) -> Result<Response, HttpError> {
        let script = {
            let mut world = self.0.borrow_mut();
            world.requests.push(request);
            world.responses.pop_front()
        };
        match script {
            Some(Script::Settle(outcome)) => outcome,
            Some(Script::Hang) | None => pending().await,
        }
    }

    fn random(&self, buffer: &mut [u8]) -> bool {
        let mut world = self.0.borrow_mut();
        for slot in buffer {
            let next = if let Some(scripted) = &mut world.bytes {
                scripted.pop_front()
            } else {
                world.next_byte = (world.next_byte + 1) % 195;
                Some(world.next_byte)
            };
            match next {
                Some(byte) => *slot = byte,
                None => return false,
            }
        }
        true
    }

    fn now_ms(&self) -> f64 {
        self.0.borrow().now_ms
    }

    fn store(&self, entry: &Entry<'_>) -> bool {
        let mut world = self.0.borrow_mut();
        if !world.keeps {
            return false;
        }
        let end_ms = world.now_ms + f64::from(entry.lifetime_s) * 1000.0;
        world.stored.retain(|stored| stored.key != entry.key);
        world.stored.push(Stored {
            key: entry.key.to_owned(),
            value: entry.value.to_owned(),
            lifetime_s: entry.lifetime_s,
            cookie_domain: entry.cookie_domain.map(str::to_owned),
            cross_site: entry.cross_site,
            aside: false,
            end_ms,
        });
        true
    }

    fn take(&self, key: &str, _cookie_domain: Option<&str>) -> Option<String> {
        let mut world = self.0.borrow_mut();
        let index = world.stored.iter().position(|stored| stored.key == key)?;
        Some(world.stored.remove(index).value)
    }

    fn stored_keys(&self, prefix: &str) -> Vec<String> {
        let now_ms = self.now_ms();
        let is_cookie = |stored: &Stored| !stored.aside && stored.end_ms > now_ms;
        let stored = self.stored().into_iter().filter(is_cookie);
        let keys = stored.map(|stored| stored.key);
        keys.filter(|key| key.starts_with(prefix)).collect()
    }

    fn set_aside(&self, key: &str, lifetime_s: u32, _cookie_domain: Option<&str>) {
        let mut world = self.0.borrow_mut();
        let end_ms = world.now_ms + f64::from(lifetime_s) * 1000.0;
        if let Some(stored) = world.stored.iter_mut().find(|stored| stored.key == key) {
            stored.aside = true;
            stored.end_ms = end_ms;
        }
    }

    fn drop_expired(&self, prefix: &str) {
        let mut world = self.0.borrow_mut();
        let now_ms = world.now_ms;
        world
            .stored
            .retain(|stored| !stored.key.starts_with(prefix) || stored.end_ms > now_ms);
    }

    fn read(&self, key: &str) -> Option<String> {
        let world = self.0.borrow();
        let stored = world.stored.iter().find(|stored| stored.key == key)?;
        Some(stored.value.clone())
    }

    fn memory(&self) -> Rc<Memory> {
        Rc::clone(&self.0.borrow().memory)
    }

    async fn frame(&self, frame: Frame) -> Result<Value, HttpError> {
        let script = {
            let mut world = self.0.borrow_mut();
            world.frames.push(frame);
            world.frame_outcomes.pop_front().flatten()
        };
        match script {
            Some(outcome) => outcome,
            None => pending().await,
        }
    }

    async fn sha256(&self, text: &str) -> Option<Vec<u8>> {
        let available = self.0.borrow().crypto;
        available.then(|| sha2::Sha256::digest(text.as_bytes()).to_vec())
    }

    /// Accepts the signature `signed` and no other.
    async fn verify_rs256(&self, key: &Value, _signed: &str, signature: &[u8]) -> Option<bool> {
        let available = self.0.borrow().crypto;
        available.then(|| key.member("n").is_truthy() && signature == b"signed")
    }

    /// Writes the seconds since the epoch, as in `@1700000000`.
    fn date_text(&self, ms: f64) -> String {
        format!("@{}", ms / 1000.0)
    }

    /// Reads the notation of [`FakeEnv::date_text`].
    fn parse_date(&self, text: &str) -> Option<f64> {
        let seconds: f64 = text.strip_prefix('@')?.parse().ok()?;
        Some(seconds * 1000.0)
    }

    fn nfkc(&self, text: &str) -> String {
        text.nfkc().collect()
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        idna::domain_to_ascii(domain).ok()
    }

    fn location(&self) -> Location {
        self.0.borrow().location.clone()
    }

    fn navigate(&self, url: &str) {
        self.0.borrow_mut().navigations.push(url.to_owned());
    }

    fn to_json(&self, value: &Value) -> String {
        json(value).unwrap_or_default()
    }

    fn parse_json(&self, text: &str) -> Option<Value> {
        serde_json::from_str(text)
            .ok()
            .map(|value| from_json(&value))
    }

    fn warn(&self, message: &str) {
        self.0.borrow_mut().warnings.push(message.to_owned());
    }
}

/// Polls `future` once. Returns `None` if it is pending, for example because no response is scripted.
pub fn run<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}

/// Writes JSON as `JSON.stringify` does: members keep their order, and `undefined` members are left out.
#[must_use]
pub fn json(value: &Value) -> Option<String> {
    let joined =
        |parts: Vec<String>, open: &str, close: &str| [open, &parts.join(","), close].concat();
    Some(match value {
        Value::Undefined => return None,
        Value::Null => "null".into(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        Value::Array(items) => joined(
            items
                .iter()
                .map(|item| json(item).unwrap_or("null".into()))
                .collect(),
            "[",
            "]",
        ),
        Value::Object(members) => joined(members.iter().filter_map(member).collect(), "{", "}"),
    })
}

fn member((name, value): &(String, Value)) -> Option<String> {
    Some(
        [
            &serde_json::Value::from(name.as_str()).to_string(),
            ":",
            &json(value)?,
        ]
        .concat(),
    )
}

fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(items) => Value::Array(items.iter().map(from_json).collect()),
        serde_json::Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), from_json(value)))
                .collect::<Params>(),
        ),
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
