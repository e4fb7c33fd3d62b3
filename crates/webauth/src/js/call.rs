//! A call of the JavaScript SDK, which JavaScript polls until it ends.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::bridge::Bridge;
use super::job::{Job, carry_out};
use crate::client::Client;
use crate::env::browser::{from_js, to_js};
use crate::error::{Error, Shape};
use crate::wire::{Params, Value, set};

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
