//! The classes behind the JavaScript facade in `js/`: they convert and delegate, and decide nothing.
//!
//! A call does not wait inside the wasm: the facade polls it, does what it asks for, and polls it again with the
//! outcome. So promises, timers, `fetch`, frames, WebCrypto and `AbortSignal` stay in JavaScript, where they cost a tenth
//! of the bytes that their bindings would.

#[cfg(feature = "answers")]
mod answers;
mod bridge;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::client::{Client, Exchange};
use crate::cross_origin::Login;
use crate::endpoints::contents;
use crate::env::Env;
use crate::env::browser::{from_js, to_js};
use crate::error::{Error, Shape};
use crate::passwordless::Start;
use crate::wire::{Params, Value, set, to_camel_case};
use bridge::{Bridge, Step};

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

    /// An address: of `authorize`, `logout` or `verify`.
    ///
    /// # Errors
    /// An `Error` with auth0.js's text.
    pub fn url(&self, name: &str, options: &JsValue) -> Result<String, JsValue> {
        let options = from_js(options);
        let url = match (name, options) {
            ("logout", options) => self.0.build_logout_url(options),
            ("authorize", Value::Object(options)) => self.0.build_authorize_url(options),
            ("verify", Value::Object(options)) => self.0.build_verify_url(options),
            _ => Err(Error::InvalidOptions("options parameter is not valid")),
        };
        url.map_err(|error| thrown(&error))
    }

    /// The verifier of a cross-origin login, which is deleted by reading it; empty if there is none.
    #[must_use]
    pub fn verifier(&self, origin: &str, id: &str) -> String {
        self.0.take_verifier(origin, id)
    }

    /// Begins a call. `more` is its second argument, where it has one.
    ///
    /// # Errors
    /// An `Error` with auth0.js's text, before anything else happens.
    pub fn call(&self, name: &str, options: &JsValue, more: &JsValue) -> Result<Call, JsValue> {
        self.begin(name, from_js(options), more)
            .map_err(|error| thrown(&error))
    }
}

impl Bindings {
    fn begin(&self, name: &str, options: Value, more: &JsValue) -> Result<Call, Error> {
        let client = &self.0;
        let (shape, job) = match name {
            "start" => (Shape::Plain, Job::Start(client.prepare_start(options)?)),
            "startOnly" => (
                Shape::Plain,
                Job::Start(Client::<Bridge>::prepare_bare_start(options)?),
            ),
            "login" => {
                let login = client.prepare_login(options)?;
                (login.shape(), Job::Login(login))
            }
            "verify" => {
                let login = Login::UniversalLogin(client.prepare_verify(options)?);
                (login.shape(), Job::Login(login))
            }
            "verifyOnly" => (
                Shape::Plain,
                Job::Request(Some(client.prepare_bare_verify(options)?), true),
            ),
            "oauthToken" => (
                Shape::Plain,
                Job::Request(Some(client.prepare_token(options)?), true),
            ),
            "userInfo" => (
                Shape::Plain,
                Job::Request(Some(client.prepare_user_info(&options)?), false),
            ),
            "challenge" => (
                Shape::Plain,
                Job::Request(client.prepare_challenge(), false),
            ),
            "authorize" => (
                Shape::Plain,
                Job::Authorize(client.prepare_authorize(options)?, true),
            ),
            "popup" => (
                Shape::Plain,
                Job::Authorize(client.prepare_authorize(options)?, false),
            ),
            #[cfg(feature = "answers")]
            _ => {
                let answer = answers::begin(client, name, options, more)?;
                let (shape, answer) = answer.ok_or(Error::InvalidOptions(UNKNOWN))?;
                (shape, Job::Answer(answer))
            }
            #[cfg(not(feature = "answers"))]
            _ => {
                let _ = more;
                return Err(Error::InvalidOptions(UNKNOWN));
            }
        };
        Ok(Call {
            bridge: self.0.env.clone(),
            shape,
            work: Box::pin(work(Rc::clone(client), job)),
        })
    }
}

/// What a call does, after its checks.
enum Job {
    Start(Start),
    Login(Login),
    /// Whether the answer goes into camel case.
    Request(Option<Exchange>, bool),
    /// Whether to leave the page.
    Authorize(Params, bool),
    #[cfg(feature = "answers")]
    Answer(answers::Answer),
}

/// One state machine for all of them: each of its own would cost its bytes again.
async fn work(client: Rc<Client<Bridge>>, job: Job) -> Result<Value, Error> {
    match job {
        Job::Start(start) => client.send_start(start).await,
        Job::Request(None, _) => Ok(Value::Undefined),
        Job::Request(Some(exchange), camel) => {
            let answer = contents(client.perform(exchange).await?);
            Ok(if camel { to_camel_case(answer) } else { answer })
        }
        Job::Authorize(params, leave) => {
            let url = client.open_authorize(params).await?;
            if leave {
                client.env.navigate(&url);
            }
            Ok(Value::String(url))
        }
        Job::Login(login) => {
            #[cfg(feature = "answers")]
            if login.is_in_place() {
                let landing = client.send_login::<true>(login).await?;
                client.env.ask(Step::Leave).await;
                return answers::stay(&client, landing).await;
            }
            let landing = client.send_login::<false>(login).await?;
            client.env.ask(Step::Leave).await;
            client.follow(landing.redirect);
            Ok(Value::Undefined)
        }
        #[cfg(feature = "answers")]
        Job::Answer(answer) => answers::finish(client, answer).await,
    }
}

/// What a build without the feature `answers` says of their names; the facade then never gets there.
const UNKNOWN: &str = "This build of Latchkey is for login pages alone.";

fn thrown(error: &Error) -> JsValue {
    let thrown = js_sys::Error::new(error.text());
    #[cfg(feature = "answers")]
    if error.text() == crate::id_token::LEEWAY_OUT_OF_RANGE {
        thrown.set_name("ConfigurationError");
    }
    thrown.into()
}

type Work = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

/// A call on its way.
#[wasm_bindgen]
pub struct Call {
    bridge: Bridge,
    shape: Shape,
    work: Work,
}

#[wasm_bindgen]
impl Call {
    /// Goes on with what the last step came to. Returns the next step, `{ask, ...}`, or one of the two ends,
    /// `{result}` and `{error}`.
    pub fn poll(&mut self, outcome: &JsValue) -> JsValue {
        self.bridge.tell(from_js(outcome));
        let step: Params = match self
            .work
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Pending => self.bridge.question(),
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
