//! The environment of a call that JavaScript polls. [`super`] explains the polling.

use std::cell::RefCell;
use std::fmt;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use crate::env::browser::BrowserEnv;
use crate::env::{Body, Entry, Env, Frame, HttpError, Location, Memory, Request, Response, Wait};
use crate::wire::{Params, Value, set, set_text};

/// An environment that asks JavaScript for everything that takes time, and delegates the rest to [`BrowserEnv`]. All calls of
/// a client share one place for a question. One is enough: `Call::poll` takes the question out before it returns, and no other call runs
/// meanwhile.
#[derive(Clone, Default)]
pub struct Bridge(Rc<RefCell<State>>);

/// The exchange with JavaScript of the call that is polled.
#[derive(Default)]
enum State {
    #[default]
    Idle,
    /// The call asks this.
    Asking(Question),
    /// JavaScript has the outcome of the last question.
    Outcome(Value),
}

/// A task that a call has for JavaScript. `QUESTIONS` in `js/call.js` has a function for each.
pub(super) enum Question {
    Http(Request),
    Frame(Frame),
    /// A digest, as in [`Env::sha256`].
    Sha256 {
        text: String,
    },
    /// The check of a signature, as in [`Env::verify_rs256`].
    Rs256 {
        key: Value,
        signed: String,
        signature: Vec<u8>,
    },
    /// Runs the page's hook `onRedirecting` before the page is left. The hook decides when the call goes on.
    Leave,
    /// Makes the whole call in `webauth.js`, which has all calls. This module lacks a part that the call needs.
    #[cfg(not(feature = "responses"))]
    Elsewhere,
}

impl Question {
    /// The name of the question, the member `ask`.
    fn name(&self) -> &'static str {
        match self {
            Self::Http(_) => "http",
            Self::Frame(_) => "frame",
            Self::Sha256 { .. } => "sha256",
            Self::Rs256 { .. } => "rs256",
            Self::Leave => "leave",
            #[cfg(not(feature = "responses"))]
            Self::Elsewhere => "elsewhere",
        }
    }

    fn into_object(self) -> Params {
        let mut object = Params::new();
        set_text(&mut object, "ask", self.name());
        match self {
            Self::Leave => {}
            #[cfg(not(feature = "responses"))]
            Self::Elsewhere => {}
            Self::Sha256 { text } => set(&mut object, "text", text),
            Self::Rs256 {
                key,
                signed,
                signature,
            } => {
                set(&mut object, "n", key.member("n").clone());
                set(&mut object, "e", key.member("e").clone());
                set(&mut object, "signed", signed);
                let bytes = signature.into_iter().map(u32::from).map(Value::from);
                set(&mut object, "signature", Value::Array(bytes.collect()));
            }
            Self::Frame(frame) => {
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

impl fmt::Debug for Question {
    /// Shows only the name, because a question may hold a code, a verifier or a token.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl fmt::Debug for Bridge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Bridge")
    }
}

impl Bridge {
    /// Sets the outcome of the last question.
    pub(super) fn set_outcome(&self, outcome: Value) {
        self.0.replace(State::Outcome(outcome));
    }

    /// Takes the question that the call waits for. Empty if it has none.
    pub(super) fn take_question(&self) -> Params {
        match self.0.take() {
            State::Asking(question) => question.into_object(),
            State::Idle | State::Outcome(_) => Params::new(),
        }
    }

    /// Asks JavaScript a question and waits for its outcome.
    pub(super) async fn ask(&self, question: Question) -> Value {
        let mut question = Some(question);
        poll_fn(|_| {
            if let Some(question) = question.take() {
                self.0.replace(State::Asking(question));
                return Poll::Pending;
            }
            match self.0.take() {
                State::Outcome(outcome) => Poll::Ready(outcome),
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
        response(&self.ask(Question::Http(request)).await)
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

    fn set_aside(&self, key: &str, lifetime_s: u32, cookie_domain: Option<&str>) {
        BrowserEnv.set_aside(key, lifetime_s, cookie_domain);
    }

    fn drop_expired(&self, prefix: &str) {
        BrowserEnv.drop_expired(prefix);
    }

    fn read(&self, key: &str) -> Option<String> {
        BrowserEnv.read(key)
    }

    fn memory(&self) -> Rc<Memory> {
        BrowserEnv.memory()
    }

    async fn frame(&self, frame: Frame) -> Result<Value, HttpError> {
        let found = self.ask(Question::Frame(frame)).await;
        failure(&found)?;
        Ok(found.member("data").clone())
    }

    async fn sha256(&self, text: &str) -> Option<Vec<u8>> {
        let text = text.to_owned();
        match self.ask(Question::Sha256 { text }).await {
            Value::Array(bytes) => Some(bytes.iter().filter_map(byte).collect()),
            _ => None,
        }
    }

    async fn verify_rs256(&self, key: &Value, signed: &str, signature: &[u8]) -> Option<bool> {
        let question = Question::Rs256 {
            key: key.clone(),
            signed: signed.to_owned(),
            signature: signature.to_owned(),
        };
        match self.ask(question).await {
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

    fn nfkc(&self, text: &str) -> String {
        BrowserEnv.nfkc(text)
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        BrowserEnv.ascii_domain(domain)
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

/// Reads the result of `send` in `js/http.js`: `{status, statusText, headers, text}` or `{failure}`.
fn response(found: &Value) -> Result<Response, HttpError> {
    failure(found)?;
    let text = |name: &str| found.member(name).as_str().unwrap_or_default().to_owned();
    let headers = found.member("headers").as_object().into_iter().flatten();
    let headers: Vec<_> = headers
        .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
        .collect();
    let body = text("text");
    let parsed = BrowserEnv.parse_json(&body);
    let body = Body::read(body, parsed, &headers);
    let status = crate::wire::whole_number(found.member("status").as_f64().unwrap_or_default());
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
    u8::try_from(crate::wire::whole_number(value.as_f64()?)).ok()
}
