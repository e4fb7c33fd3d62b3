//! A refusal by the tenant: what the response says, without the secrets of the request.

use crate::env::{Body, Response};
use crate::text::{self, number};
use crate::wire::{Params, Value, whole_number};

/// A refusal by the tenant, in an HTTP response or in an authorization response. Secrets of the request that the tenant
/// repeats are masked.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status; 0 for an authorization response, which has none.
    pub status: u16,
    /// The reason phrase; empty over HTTP/2.
    pub status_text: String,
    /// Seconds to wait, from the header `Retry-After` or else, for status 429, from `x-ratelimit-reset`. `None` without them.
    pub retry_after: Option<u32>,
    /// The body; the parameters of an authorization response as JSON.
    pub body: Body,
    /// The headers of [`READ_HEADERS`](crate::env::READ_HEADERS) that the tenant exposes, with names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Refusal {
    pub(super) fn new(response: Response, clock: &Clock<'_>) -> Self {
        Self {
            retry_after: wait(&response, clock),
            status: response.status,
            status_text: response.status_text,
            body: response.body,
            headers: response.headers,
        }
    }

    /// Masks `secret` wherever the response repeats it.
    pub(super) fn mask(&mut self, secret: &str) {
        let texts = self.headers.iter_mut().map(|(_, value)| value);
        for text in texts.chain([&mut self.status_text]) {
            *text = text::mask(text, secret);
        }
        match &mut self.body {
            Body::Empty => {}
            Body::Json(value) => mask(value, secret),
            Body::Malformed(text) | Body::Text(text) => *text = text::mask(text, secret),
        }
    }

    /// An authorization response with an `error`.
    pub(crate) fn of_response(params: Params) -> Self {
        Self {
            status: 0,
            status_text: String::new(),
            retry_after: None,
            body: Body::Json(Value::Object(params)),
            headers: Vec::new(),
        }
    }

    /// The tenant's error code, such as `bad.connection`. It is the `code` of auth0.js's error object, if that is a text.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.first(CODE_NAMES).as_str()
    }

    /// The tenant's description of the error: auth0.js's `description`, if that is a text.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.first(DESCRIPTION_NAMES).as_str()
    }

    /// The parsed body, or the object under its `err`.
    pub(super) fn payload(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(body) if body.is_truthy() => Some(body.member("err").or(body)),
            _ => None,
        }
    }

    /// The first truthy member of the payload among `names`, or else `null`.
    pub(super) fn first(&self, names: &[&str]) -> &Value {
        let members = names
            .iter()
            .map(|name| self.payload().unwrap_or(&Value::Null).member(name));
        members.fold(&Value::Null, |found, member| {
            if found.is_truthy() || !member.is_truthy() {
                found
            } else {
                member
            }
        })
    }

    /// The body as text, if it is not JSON.
    pub(super) fn text(&self) -> &str {
        match &self.body {
            Body::Text(text) | Body::Malformed(text) => text,
            Body::Empty | Body::Json(_) => "",
        }
    }
}

/// The members in which auth0.js looks for the code, in its order.
pub(super) const CODE_NAMES: &[&str] = &["code", "error", "error_code", "status"];

/// The members in which auth0.js looks for the description, in its order.
pub(super) const DESCRIPTION_NAMES: &[&str] = &[
    "errorDescription",
    "error_description",
    "description",
    "error",
    "details",
    "err",
];

/// The current time, and the function that parses HTTP dates.
pub(crate) struct Clock<'a> {
    pub(crate) now_ms: f64,
    pub(crate) parse_date: &'a dyn Fn(&str) -> Option<f64>,
}

/// The seconds to wait. `Retry-After` holds seconds or a date (RFC 9110 section 10.2.3), `x-ratelimit-reset` the seconds since
/// the Unix epoch.
fn wait(response: &Response, clock: &Clock<'_>) -> Option<u32> {
    let until = |ms: f64| Some(whole_number(((ms - clock.now_ms) / 1000.0).ceil()));
    if let Some(text) = response.header("retry-after") {
        return number(text).or_else(|| until((clock.parse_date)(text)?));
    }
    if response.status != 429 {
        return None;
    }
    until(f64::from(number::<u32>(response.header("x-ratelimit-reset")?)?) * 1000.0)
}

fn mask(value: &mut Value, secret: &str) {
    match value {
        Value::String(text) => *text = text::mask(text, secret),
        Value::Array(items) => items.iter_mut().for_each(|item| mask(item, secret)),
        Value::Object(members) => {
            for (name, member) in members {
                *name = text::mask(name, secret);
                mask(member, secret);
            }
        }
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
