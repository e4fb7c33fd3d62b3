//! The payloads of events for JavaScript.

use latchkey_webauth::Value;
use latchkey_webauth::env::browser::to_js;
use wasm_bindgen::JsValue;

use crate::model::{By, Event};
use crate::page::pair;

/// The payload of an event, or `undefined` for an event without one.
pub(super) fn payload(event: &Event) -> JsValue {
    match event {
        Event::Cancelled(by) => pair(
            "by",
            match by {
                By::Page => "page",
                By::Person => "person",
            },
        ),
        Event::StepChanged(kind) => pair("step", kind.as_str()),
        Event::AuthorizationError(failure) | Event::UnrecoverableError(failure) => {
            to_js(&failure.error)
        }
        Event::FederatedLogin { connection } => to_js(&Value::Object(vec![
            ("name".to_owned(), connection.as_str().into()),
            ("strategy".to_owned(), connection.as_str().into()),
            ("action".to_owned(), "login".into()),
        ])),
        Event::CodeResent
        | Event::CodeSent
        | Event::Hide
        | Event::LinkResent
        | Event::LinkSent
        | Event::Ready(_)
        | Event::Show
        | Event::SignedInElsewhere
        | Event::Submit(_) => JsValue::UNDEFINED,
    }
}
