//! The adapter of the JavaScript SDK, which the shipped function `run` drives; and how callers of both adapters abort a request.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use latchkey_webauth::Value;
use latchkey_webauth::env::browser::BrowserEnv;
use latchkey_webauth::env::{Entry, Env, Frame, HttpError, Location, Memory, Request, Response};
use latchkey_webauth::js::{Bridge, Call};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::page::{asked, js};

#[wasm_bindgen(module = "/js/call.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn run(call: Call, hooks: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(thread_local_v2, js_name = QUESTIONS)]
    static QUESTIONS: JsValue;
}

#[wasm_bindgen(module = "/js/http.js")]
extern "C" {
    // call.js imports it, so it has to be there.
    #[wasm_bindgen(thread_local_v2, js_name = send)]
    static SEND: JsValue;
}

#[wasm_bindgen(module = "/js/frame.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = frame)]
    static FRAME: JsValue;
}

#[wasm_bindgen(module = "/js/crypto.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = rs256)]
    static RS256: JsValue;
}

/// The adapter of the JavaScript SDK, which the shipped function `run` drives.
pub(crate) struct JavaScript {
    signal: JsValue,
}

impl JavaScript {
    /// Registers the questions of the calls that read authorization responses, as `js/responses.mjs` does.
    pub(crate) fn new() -> Self {
        assert!(SEND.with(JsValue::is_function));
        QUESTIONS.with(|questions| {
            for (name, question) in [("frame", &FRAME), ("rs256", &RS256)] {
                question.with(|question| Reflect::set(questions, &name.into(), question).unwrap());
            }
        });
        Self {
            signal: JsValue::UNDEFINED,
        }
    }

    async fn drive<T, F>(&self, work: impl FnOnce(Bridge) -> F) -> T
    where
        T: 'static,
        F: Future<Output = T> + 'static,
    {
        let outcome = Rc::new(RefCell::new(None));
        let call = Call::around(|bridge| {
            let (work, outcome) = (work(bridge), Rc::clone(&outcome));
            async move {
                let found = work.await;
                outcome.replace(Some(found));
            }
        });
        let hooks = Object::new();
        Reflect::set(&hooks, &"signal".into(), &self.signal).unwrap();
        run(call, &hooks).await.unwrap();
        outcome.take().unwrap()
    }
}

impl Env for JavaScript {
    async fn http(&self, request: Request) -> Result<Response, HttpError> {
        self.drive(|env| async move { env.http(request).await })
            .await
    }

    async fn frame(&self, frame: Frame) -> Result<Value, HttpError> {
        self.drive(|env| async move { env.frame(frame).await })
            .await
    }

    async fn sha256(&self, text: &str) -> Option<Vec<u8>> {
        let text = text.to_owned();
        self.drive(|env| async move { env.sha256(&text).await })
            .await
    }

    async fn verify_rs256(&self, key: &Value, signed: &str, signature: &[u8]) -> Option<bool> {
        let (key, signed, signature) = (key.clone(), signed.to_owned(), signature.to_owned());
        self.drive(|env| async move { env.verify_rs256(&key, &signed, &signature).await })
            .await
    }

    fn random(&self, buffer: &mut [u8]) -> bool {
        Bridge::default().random(buffer)
    }

    fn now_ms(&self) -> f64 {
        Bridge::default().now_ms()
    }

    fn store(&self, entry: &Entry<'_>) -> bool {
        Bridge::default().store(entry)
    }

    fn take(&self, key: &str, cookie_domain: Option<&str>) -> Option<String> {
        Bridge::default().take(key, cookie_domain)
    }

    fn stored_keys(&self, prefix: &str) -> Vec<String> {
        Bridge::default().stored_keys(prefix)
    }

    fn set_aside(&self, key: &str, lifetime_s: u32, cookie_domain: Option<&str>) {
        Bridge::default().set_aside(key, lifetime_s, cookie_domain);
    }

    fn drop_expired(&self, prefix: &str) {
        Bridge::default().drop_expired(prefix);
    }

    fn read(&self, key: &str) -> Option<String> {
        Bridge::default().read(key)
    }

    fn memory(&self) -> Rc<Memory> {
        Bridge::default().memory()
    }

    fn date_text(&self, ms: f64) -> String {
        Bridge::default().date_text(ms)
    }

    fn parse_date(&self, text: &str) -> Option<f64> {
        Bridge::default().parse_date(text)
    }

    fn nfkc(&self, text: &str) -> String {
        Bridge::default().nfkc(text)
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        Bridge::default().ascii_domain(domain)
    }

    fn location(&self) -> Location {
        Bridge::default().location()
    }

    fn navigate(&self, url: &str) {
        Bridge::default().navigate(url);
    }

    fn to_json(&self, value: &Value) -> String {
        Bridge::default().to_json(value)
    }

    fn parse_json(&self, text: &str) -> Option<Value> {
        Bridge::default().parse_json(text)
    }

    fn warn(&self, message: &str) {
        Bridge::default().warn(message);
    }
}

/// How a caller aborts a request: a Rust program drops the future, a page aborts the signal.
pub(crate) trait GiveUp {
    async fn send_and_give_up(self, request: Request);
}

impl GiveUp for BrowserEnv {
    async fn send_and_give_up(self, request: Request) {
        let mut call = Box::pin(self.http(request));
        std::future::poll_fn(|context| {
            assert!(call.as_mut().poll(context).is_pending());
            std::task::Poll::Ready(())
        })
        .await;
        TimeoutFuture::new(20).await;
        drop(call);
    }
}

impl GiveUp for JavaScript {
    async fn send_and_give_up(mut self, request: Request) {
        self.signal = js("const controller = new AbortController();
            setTimeout(() => controller.abort(), 20); return controller.signal");
        assert_eq!(self.http(request.clone()).await, Err(HttpError::Aborted));
        // With a signal that has aborted before the call, nothing is sent.
        let before = asked();
        assert_eq!(self.http(request).await, Err(HttpError::Aborted));
        assert!(before.as_object().is_none() && asked() == before);
    }
}
