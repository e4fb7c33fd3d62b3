//! The classes behind the JavaScript facade in `js/`: they convert and delegate, and decide nothing.
//!
//! A call does not wait inside the wasm: the facade polls it, does what it asks for, and polls it again with the
//! outcome. So promises, timers, `fetch` and `AbortSignal` stay in JavaScript, where they cost a tenth of the bytes
//! that their bindings would.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::client::Client;
use crate::cross_origin::Login;
use crate::env::browser::{BrowserEnv, from_js, to_js};
use crate::env::{Body, Entry, Env, HttpError, Location, Request, Response};
use crate::error::{Error, Shape};
use crate::wire::{Params, Value, set};

/// One client. Options are auth0.js's own; none of them is kept or changed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Bindings(Rc<Client<Bridge>>);

#[wasm_bindgen]
impl Bindings {
    /// Checks the constructor's options.
    ///
    /// # Errors
    /// An `Error` with auth0.js's text.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Bindings, JsValue> {
        let client = Client::from_options(from_js(options), Bridge::default());
        client
            .map(|client| Self(Rc::new(client)))
            .map_err(|error| thrown(&error))
    }

    /// `passwordlessStart`: ends with the answer.
    ///
    /// # Errors
    /// An `Error` with auth0.js's text, before anything else happens.
    pub fn start(&self, options: &JsValue) -> Result<Call, JsValue> {
        let start = self
            .0
            .prepare_start(from_js(options))
            .map_err(|error| thrown(&error))?;
        let client = Rc::clone(&self.0);
        let future = async move {
            let exchange = client.open_start(start)?;
            client
                .perform(exchange, Client::finish_start)
                .await
                .map(|answer| answer.body)
        };
        Ok(self.call(Shape::Plain, Box::pin(future)))
    }

    /// `passwordlessLogin`: asks before it leaves the page.
    ///
    /// # Errors
    /// As `start`.
    pub fn login(&self, options: &JsValue) -> Result<Call, JsValue> {
        let login = self
            .0
            .prepare_login(from_js(options))
            .map_err(|error| thrown(&error))?;
        Ok(self.authenticate(login))
    }

    /// `passwordlessVerify`: asks before it leaves the page.
    ///
    /// # Errors
    /// As `start`.
    pub fn verify(&self, options: &JsValue) -> Result<Call, JsValue> {
        let params = self
            .0
            .prepare_verify(from_js(options))
            .map_err(|error| thrown(&error))?;
        Ok(self.authenticate(Login::UniversalLogin(params)))
    }
}

impl Bindings {
    fn authenticate(&self, login: Login) -> Call {
        let client = Rc::clone(&self.0);
        let shape = login.shape();
        let future = async move {
            let (exchange, next) = client.open_login(login)?;
            let finish = |client: &Client<_>, response, secret: &str| {
                client.finish_login(next, response, secret)
            };
            let redirect = client.perform(exchange, finish).await?;
            client.env.ask(Step::Leave).await;
            client.follow(redirect);
            Ok(Value::Undefined)
        };
        self.call(shape, Box::pin(future))
    }

    fn call(&self, shape: Shape, future: Work) -> Call {
        Call {
            bridge: self.0.env.clone(),
            shape,
            future,
        }
    }
}

fn thrown(error: &Error) -> JsValue {
    js_sys::Error::new(error.text()).into()
}

type Work = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

/// A call on its way.
#[wasm_bindgen]
pub struct Call {
    bridge: Bridge,
    shape: Shape,
    future: Work,
}

#[wasm_bindgen]
impl Call {
    /// Goes on with what the last step came to. Returns the next step: `{ask: 'http', ...request}`,
    /// `{ask: 'leave'}`, or one of the two ends, `{result}` and `{error}`.
    pub fn poll(&mut self, outcome: &JsValue) -> JsValue {
        self.bridge.0.replace(Step::Told(from_js(outcome)));
        let step = match self
            .future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Pending => self.bridge.0.take().into_object(),
            Poll::Ready(Ok(result)) => vec![("result".to_owned(), result)],
            Poll::Ready(Err(error)) => {
                let mut object = error.to_object(self.shape);
                if let Value::Object(members) = &mut object {
                    set(members, "message", error.text());
                }
                vec![("error".to_owned(), object)]
            }
        };
        to_js(&Value::Object(step))
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Call")
    }
}

/// The browser, but for what takes time: that is asked of the facade. Calls share the one place for a question,
/// because between a poll and its return no other call runs.
#[derive(Debug, Clone, Default)]
pub struct Bridge(Rc<RefCell<Step>>);

#[derive(Debug, Default)]
enum Step {
    #[default]
    Idle,
    Http(Request),
    Leave,
    Told(Value),
}

impl Step {
    fn into_object(self) -> Params {
        let mut object = Params::new();
        match self {
            Self::Idle | Self::Told(_) => {}
            Self::Leave => set(&mut object, "ask", "leave"),
            Self::Http(request) => {
                let headers = request
                    .headers
                    .into_iter()
                    .map(|(name, value)| (name, Value::String(value)));
                set(&mut object, "ask", "http");
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
    async fn ask(&self, step: Step) -> Value {
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
    match found.member("failure").as_str() {
        Some("aborted") => return Err(HttpError::Aborted),
        Some("timeout") => return Err(HttpError::Timeout),
        Some(_) => return Err(HttpError::Network),
        None => {}
    }
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
