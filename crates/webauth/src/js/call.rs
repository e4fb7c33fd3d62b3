//! A call of the JavaScript SDK, from the check of its options until its end.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::bridge::{Bridge, Question};
#[cfg(feature = "responses")]
use super::responses::{self, Reading};
use crate::client::{Client, Exchange};
use crate::cross_origin::Login;
use crate::endpoints::contents;
use crate::env::Env;
use crate::env::browser::{from_js, to_js};
use crate::error::{Error, Shape};
use crate::passwordless::Start;
#[cfg(not(feature = "responses"))]
use crate::passwordless::has_unread_recipient;
use crate::wire::{Params, Value, set, to_camel_case};

/// The operation of a call, after its options were checked.
pub(super) enum Job {
    Start(Start),
    Login(Login),
    Request {
        exchange: Exchange,
        names: Names,
    },
    /// Ends at once: there is no captcha to ask for.
    Nothing,
    /// Leaves the page for the tenant's login page.
    Authorize(Params),
    /// Returns the address of the tenant's login page.
    PopupUrl(Params),
    /// Leaves the page for this address.
    Logout(String),
    #[cfg(feature = "responses")]
    Read(Reading),
}

/// The names under which JavaScript gets the members of a response.
pub(super) enum Names {
    CamelCase,
    Unchanged,
}

impl Job {
    /// Whether the call takes what this module lacks: it finishes a login on the page, or reads an unusual address.
    #[cfg(not(feature = "responses"))]
    fn is_for_elsewhere(&self) -> bool {
        match self {
            Self::Start(start) => has_unread_recipient(&start.options),
            Self::Login(login) => login.is_in_place() || has_unread_recipient(login.params()),
            Self::Request { exchange, .. } => {
                exchange.body.as_ref().is_some_and(has_unread_recipient)
            }
            Self::Nothing | Self::Authorize(_) | Self::PopupUrl(_) | Self::Logout(_) => false,
        }
    }

    /// The shape of error objects that auth0.js has for the call.
    fn shape(&self) -> Shape {
        match self {
            Self::Login(login) => login.shape(),
            Self::Start(_)
            | Self::Request { .. }
            | Self::Nothing
            | Self::Authorize(_)
            | Self::PopupUrl(_)
            | Self::Logout(_) => Shape::Plain,
            #[cfg(feature = "responses")]
            Self::Read(reading) => reading.shape(),
        }
    }
}

/// Runs a call. All calls are one `async fn`, because each `async fn` adds a state machine to the module.
async fn carry_out(client: Rc<Client<Bridge>>, job: Job) -> Result<Value, Error> {
    #[cfg(not(feature = "responses"))]
    if job.is_for_elsewhere() {
        return Ok(client.env.ask(Question::Elsewhere).await);
    }
    match job {
        Job::Start(start) => client.send_start(start).await,
        Job::Login(login) => log_in(&client, login).await,
        Job::Request { exchange, names } => {
            let found = contents(client.perform(exchange).await?);
            Ok(match names {
                Names::CamelCase => to_camel_case(found),
                Names::Unchanged => found,
            })
        }
        Job::Nothing => Ok(Value::Undefined),
        Job::Authorize(params) => {
            let url = client.open_authorize(params).await?;
            client.env.navigate(&url);
            Ok(Value::Undefined)
        }
        Job::PopupUrl(params) => client.open_authorize(params).await.map(Value::String),
        Job::Logout(url) => {
            client.env.navigate(&url);
            Ok(Value::Undefined)
        }
        #[cfg(feature = "responses")]
        Job::Read(reading) => responses::read(&client, reading).await,
    }
}

async fn log_in(client: &Client<Bridge>, login: Login) -> Result<Value, Error> {
    #[cfg(feature = "responses")]
    if login.is_in_place()
        && let Login::CrossOrigin(params) = login
    {
        let ticket = client.send_login_in_place(params).await?;
        client.env.ask(Question::Leave).await;
        return Ok(client.redeem_in_frame(ticket).await?.into_value());
    }
    let redirect = client.send_login(login).await?;
    client.env.ask(Question::Leave).await;
    client.follow(redirect);
    Ok(Value::Undefined)
}

type Work = Pin<Box<dyn Future<Output = Result<Value, Error>>>>;

/// A call that JavaScript polls.
#[wasm_bindgen]
pub struct Call {
    bridge: Bridge,
    shape: Shape,
    work: Work,
}

impl Call {
    pub(super) fn new(client: &Rc<Client<Bridge>>, job: Job) -> Self {
        Self {
            bridge: client.env.clone(),
            shape: job.shape(),
            work: Box::pin(carry_out(Rc::clone(client), job)),
        }
    }
}

impl Call {
    /// Makes a call of any `work` on the bridge, for the tests of that adapter.
    pub fn around<F>(work: impl FnOnce(Bridge) -> F) -> Self
    where
        F: Future<Output = ()> + 'static,
    {
        let bridge = Bridge::default();
        let work = work(bridge.clone());
        Self {
            bridge,
            shape: Shape::Plain,
            work: Box::pin(async {
                work.await;
                Ok(Value::Undefined)
            }),
        }
    }
}

#[wasm_bindgen]
impl Call {
    /// Continues the call with the outcome of the last question. Returns the next question, `{ask, ...}`, or the end of the
    /// call: `{result}`, or `{error, passing}`. `error` is auth0.js's error object with a `message`; `passing` says whether
    /// the same authorization response can be checked again.
    pub fn poll(&mut self, outcome: &JsValue) -> JsValue {
        self.bridge.set_outcome(from_js(outcome));
        let mut context = Context::from_waker(Waker::noop());
        let progress: Params = match self.work.as_mut().poll(&mut context) {
            Poll::Pending => self.bridge.take_question(),
            Poll::Ready(Ok(result)) => vec![("result".to_owned(), result)],
            Poll::Ready(Err(error)) => {
                let mut object = error.to_object(self.shape);
                if let Value::Object(members) = &mut object {
                    set(members, "message", error.text());
                }
                vec![
                    ("error".to_owned(), object),
                    ("passing".to_owned(), Value::Bool(error.is_passing())),
                ]
            }
        };
        to_js(&Value::Object(progress))
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Call")
    }
}
