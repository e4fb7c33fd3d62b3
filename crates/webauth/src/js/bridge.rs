//! The environment of a call that the facade polls.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use crate::env::browser::BrowserEnv;
use crate::env::{Body, Entry, Env, Frame, HttpError, Location, Memory, Request, Response, Wait};
use crate::wire::{Params, Value, set, set_text};

/// The browser, but for what takes time: that is asked of the facade. Calls share the one place for a question,
/// because between a poll and its return no other call runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Bridge(Rc<RefCell<Step>>);

/// What a call waits for.
#[derive(Debug, Default)]
pub(super) enum Step {
    #[default]
    Idle,
    Http(Request),
    Frame(Frame),
    /// A digest or the check of a signature; the arguments lie ready in JavaScript's order.
    Crypto(Params),
    Leave,
    Told(Value),
}

impl Step {
    fn into_object(self) -> Params {
        let mut object = Params::new();
        match self {
            Self::Idle | Self::Told(_) => {}
            Self::Leave => set_text(&mut object, "ask", "leave"),
            Self::Crypto(question) => return question,
            Self::Frame(frame) => {
                set_text(&mut object, "ask", "frame");
                set(&mut object, "url", frame.url);
                set(&mut object, "timeout", frame.timeout_ms);
                match frame.wait {
                    Wait::Fragment => {}
                    Wait::Response { origin, state } => {
                        set(&mut object, "origin", origin);
                        set(&mut object, "state", state);
                    }
                    Wait::Message { origin, kind } => {
                        set(&mut object, "origin", origin);
                        set(&mut object, "kind", kind);
                    }
                }
            }
            Self::Http(request) => {
                let headers = request
                    .headers
                    .into_iter()
                    .map(|(name, value)| (name, Value::String(value)));
                set_text(&mut object, "ask", "http");
                set(&mut object, "method", request.method);
                set(&mut object, "url", request.url);
                set(&mut object, "headers", headers.collect::<Params>());
                set(&mut object, "body", request.body);
                set(&mut object, "credentials", request.credentials);
                set(&mut object, "timeout", request.timeout_ms);
            }
        }
        object
    }
}

impl Bridge {
    /// The outcome of the last question.
    pub(super) fn tell(&self, outcome: Value) {
        self.0.replace(Step::Told(outcome));
    }

    /// What the call waits for.
    pub(super) fn question(&self) -> Params {
        self.0.take().into_object()
    }

    pub(super) async fn ask(&self, step: Step) -> Value {
        let mut step = Some(step);
        poll_fn(|_| {
            if let Some(step) = step.take() {
                self.0.replace(step);
                return Poll::Pending;
            }
            match self.0.take() {
                Step::Told(outcome) => Poll::Ready(outcome),
                other => {
                    self.0.replace(other);
                    Poll::Pending
                }
            }
        })
        .await
    }
}

impl Env for Bridge {
    async fn http(&self, request: Request) -> Result<Response, HttpError> {
        response(&self.ask(Step::Http(request)).await)
    }

    fn random(&self, buffer: &mut [u8]) -> bool {
        BrowserEnv.random(buffer)
    }

    fn now_ms(&self) -> f64 {
        BrowserEnv.now_ms()
    }

    fn store(&self, entry: &Entry<'_>) -> bool {
        BrowserEnv.store(entry)
    }

    fn take(&self, key: &str, cookie_domain: Option<&str>) -> Option<String> {
        BrowserEnv.take(key, cookie_domain)
    }

    fn stored_keys(&self, prefix: &str) -> Vec<String> {
        BrowserEnv.stored_keys(prefix)
    }

    fn read(&self, key: &str) -> Option<String> {
        BrowserEnv.read(key)
    }

    fn memory(&self) -> Rc<Memory> {
        BrowserEnv.memory()
    }

    async fn frame(&self, frame: Frame) -> Result<Value, HttpError> {
        let found = self.ask(Step::Frame(frame)).await;
        failure(&found)?;
        Ok(found.member("data").clone())
    }

    async fn sha256(&self, text: &str) -> Option<Vec<u8>> {
        let mut question = Params::new();
        set_text(&mut question, "ask", "sha256");
        set(&mut question, "text", text);
        match self.ask(Step::Crypto(question)).await {
            Value::Array(bytes) => Some(bytes.iter().filter_map(byte).collect()),
            _ => None,
        }
    }

    async fn verify_rs256(&self, key: &Value, signed: &str, signature: &str) -> Option<bool> {
        let mut question = Params::new();
        set_text(&mut question, "ask", "rs256");
        set(&mut question, "n", key.member("n").clone());
        set(&mut question, "e", key.member("e").clone());
        set(&mut question, "signed", signed);
        set(&mut question, "signature", signature);
        match self.ask(Step::Crypto(question)).await {
            Value::Bool(genuine) => Some(genuine),
            _ => None,
        }
    }

    fn date_text(&self, ms: f64) -> String {
        BrowserEnv.date_text(ms)
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        BrowserEnv.parse_date(text)
    }

    fn location(&self) -> Location {
        BrowserEnv.location()
    }

    fn navigate(&self, url: &str) {
        BrowserEnv.navigate(url);
    }

    fn to_json(&self, value: &Value) -> String {
        BrowserEnv.to_json(value)
    }

    fn parse_json(&self, text: &str) -> Option<Value> {
        BrowserEnv.parse_json(text)
    }

    fn warn(&self, message: &str) {
        BrowserEnv.warn(message);
    }
}

/// What `send` in `js/http.mjs` found: `{status, statusText, headers, text, json}` or `{failure}`.
fn response(found: &Value) -> Result<Response, HttpError> {
    failure(found)?;
    let text = |name: &str| found.member(name).as_str().unwrap_or_default().to_owned();
    let headers = found.member("headers").as_object().into_iter().flatten();
    let headers: Vec<_> = headers
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    let parsed = found.member("json");
    let body = Body::read(
        text("text"),
        (*parsed != Value::Undefined).then(|| parsed.clone()),
        &headers,
    );
    let status = crate::config::seconds(found.member("status").as_f64().unwrap_or_default());
    Ok(Response {
        status: u16::try_from(status).unwrap_or_default(),
        status_text: text("statusText"),
        headers,
        body,
    })
}

fn failure(found: &Value) -> Result<(), HttpError> {
    match found.member("failure").as_str() {
        Some("aborted") => Err(HttpError::Aborted),
        Some("timeout") => Err(HttpError::Timeout),
        Some(_) => Err(HttpError::Network),
        None => Ok(()),
    }
}

fn byte(value: &Value) -> Option<u8> {
    u8::try_from(crate::config::seconds(value.as_f64()?)).ok()
}
