//! Hidden frames.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use gloo_timers::future::TimeoutFuture;
use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlIFrameElement, MessageEvent, Window};

use super::convert::from_js;
use super::race::race;
use crate::env::{Frame, HttpError, Wait};
use crate::text::split;
use crate::wire::Value;

/// The outcome of the frame, once there is one, and the task that waits for it.
#[derive(Default)]
struct Mail {
    outcome: Option<Value>,
    waker: Option<Waker>,
}

/// A frame in the page. Dropping this removes the frame and its listeners.
struct Hidden {
    frame: HtmlIFrameElement,
    window: Window,
    listener: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Hidden {
    fn drop(&mut self) {
        let listener = self.listener.as_ref().unchecked_ref();
        for target in [self.window.as_ref(), self.frame.as_ref()] {
            let target: &web_sys::EventTarget = target;
            // Removing a listener that was not added does nothing.
            drop(target.remove_event_listener_with_callback("message", listener));
            drop(target.remove_event_listener_with_callback("load", listener));
        }
        self.frame.remove();
    }
}

pub(super) async fn open(window: &Window, wanted: Frame) -> Result<Value, HttpError> {
    let mail = Rc::new(RefCell::new(Mail::default()));
    let hidden = insert(window, &wanted, &mail).ok_or(HttpError::Network)?;
    let message = poll_fn(|context| {
        let mut mail = mail.borrow_mut();
        if let Some(outcome) = mail.outcome.take() {
            return Poll::Ready(Ok(outcome));
        }
        mail.waker = Some(context.waker().clone());
        Poll::Pending
    });
    let outcome = race(message, TimeoutFuture::new(wanted.timeout_ms)).await;
    drop(hidden);
    outcome.unwrap_or(Err(HttpError::Timeout))
}

fn insert(window: &Window, wanted: &Frame, mail: &Rc<RefCell<Mail>>) -> Option<Hidden> {
    let document = window.document()?;
    let frame: HtmlIFrameElement = document.create_element("iframe").ok()?.unchecked_into();
    frame.set_hidden(true);
    frame.set_src(&wanted.url);
    let (watched, mail, wait) = (frame.clone(), Rc::clone(mail), wanted.wait.clone());
    let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(outcome) = outcome(&event, &watched, &wait) {
            let waker = {
                let mut mail = mail.borrow_mut();
                mail.outcome = Some(outcome);
                mail.waker.take()
            };
            waker.into_iter().for_each(Waker::wake);
        }
    });
    let callback = listener.as_ref().unchecked_ref();
    match wanted.wait {
        Wait::Fragment => frame.add_event_listener_with_callback("load", callback),
        _ => window.add_event_listener_with_callback("message", callback),
    }
    .ok()?;
    document.body()?.append_child(&frame).ok()?;
    Some(Hidden {
        frame,
        window: window.clone(),
        listener,
    })
}

fn outcome(event: &MessageEvent, frame: &HtmlIFrameElement, wait: &Wait) -> Option<Value> {
    let inside = frame.content_window()?;
    let (data, from) = (event.data(), event.source());
    let sent_by = |origin: &str| {
        event.origin() == origin
            && from
                .as_ref()
                .is_some_and(|from| JsValue::from(from) == JsValue::from(&inside))
    };
    match wait {
        Wait::Fragment => {
            // Reading the address throws while the frame shows a page of another origin.
            let href = inside.location().href().ok()?;
            if href.starts_with("about:") {
                return None;
            }
            let hash = split(&href, "#").map_or("", |(_, hash)| hash);
            Some(Value::String(hash.to_owned()))
        }
        Wait::Response { origin, state } if sent_by(origin) => {
            let data = from_js(&data);
            let response = data.member("response");
            let fits = data.member("type").as_str() == Some("authorization_response")
                && response.member("state").as_str() == Some(state);
            fits.then(|| response.clone())
        }
        Wait::Message { origin, kind } if sent_by(origin) => {
            let hash = Reflect::get(&data, &"hash".into()).ok();
            let data = from_js(&data);
            if kind.is_some() && data.member("type").as_str() != kind.as_deref() {
                return None;
            }
            Some(
                hash.map(|hash| from_js(&hash))
                    .filter(Value::is_truthy)
                    .unwrap_or(data),
            )
        }
        Wait::Response { .. } | Wait::Message { .. } => None,
    }
}
