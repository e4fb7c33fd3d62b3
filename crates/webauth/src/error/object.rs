//! auth0.js's error object: the one place where a cause becomes JavaScript.

use super::answer::{CODE_NAMES, DESCRIPTION_NAMES};
use super::{Answer, Error, Recipient};
use crate::env::Body;
use crate::wire::{Params, Value, set};

/// Which of auth0.js's two error shapes a call has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `original, statusCode, statusText, code, description`: every call but the two below.
    Plain,
    /// The same with `error` and `error_description` as second names, and the bare body as `original`: cross-origin
    /// login and `checkSession`.
    Legacy,
}

impl Error {
    /// The object that a callback gets: auth0.js's members under its names, and our own `kind` and `retryAfter`.
    ///
    /// Never contains the verification code. Unlike auth0.js's, a login error has its status too, and the text of an
    /// unreadable answer is not a dump of the request.
    #[must_use]
    pub fn to_object(&self, shape: Shape) -> Value {
        let mut object = match self.answer() {
            Some(answer) => refusal(answer, shape, &self.to_string()),
            None => self.local(shape),
        };
        set(&mut object, "kind", self.kind().as_str());
        if let Some(wait) = self.retry_after() {
            set(&mut object, "retryAfter", wait);
        }
        Value::Object(object)
    }

    /// An error without an answer.
    fn local(&self, shape: Shape) -> Params {
        let text = self.to_string();
        if let (Self::Network { method, url }, Shape::Plain) = (self, shape) {
            let original = object([
                ("message", Value::from(text)),
                ("crossDomain", Value::from(true)),
                ("method", Value::from(*method)),
                ("url", Value::from(url.as_str())),
            ]);
            return object([
                ("original", Value::Object(original)),
                ("code", Value::Null),
                ("description", Value::Null),
                ("name", Value::from("Error")),
            ]);
        }
        let code = match self {
            Self::Aborted => "aborted",
            Self::MissingRecipient(Recipient::Email) => "bad.email",
            Self::MissingRecipient(Recipient::PhoneNumber) => "bad.phone_number",
            Self::InvalidOptions(_) | Self::MissingCode => "invalid_request",
            Self::RandomUnavailable | Self::StorageUnavailable => self.kind().as_str(),
            Self::Timeout { .. } => "timeout",
            // auth0.js's code for whatever left no usable answer. Refusals do not come here.
            Self::AccessDenied(_)
            | Self::BlockedUser(_)
            | Self::CaptchaRequired(_)
            | Self::ClientMisconfigured(_)
            | Self::CodeExpired(_)
            | Self::ConnectionDisabled(_)
            | Self::InvalidCode(_)
            | Self::InvalidEmail(_)
            | Self::InvalidPhoneNumber(_)
            | Self::Network { .. }
            | Self::OriginNotAllowed(_)
            | Self::RateLimited(_)
            | Self::RequestRefused(_)
            | Self::ServerError(_)
            | Self::SignupDisabled(_)
            | Self::TooManyAttempts(_) => REQUEST_ERROR,
        };
        let mut out = object([("original", named(code, &text))]);
        describe(&mut out, shape, &Value::from(code), &Value::from(text));
        out
    }
}

fn refusal(answer: &Answer, shape: Shape, text: &str) -> Params {
    let mut code = answer.first(CODE_NAMES).clone();
    let mut description = answer.first(DESCRIPTION_NAMES).clone();
    let mut original = answer.payload().map(|_| answer.json().clone());
    let mut name = answer.first(&["name"]).clone();
    if answer.payload().is_none() && shape == Shape::Plain {
        code = Value::from(u32::from(answer.status));
        name = Value::from("Error");
    } else if answer.payload().is_none() {
        code = Value::from(REQUEST_ERROR);
        description = Value::from(answer.short_text().unwrap_or(text));
        original = Some(named(
            REQUEST_ERROR,
            description.as_str().unwrap_or_default(),
        ));
    }
    if shape == Shape::Plain {
        original = Some(answer.as_error(text));
    }
    let mut out = object([("original", original.into())]);
    set(&mut out, "statusCode", u32::from(answer.status));
    if !answer.status_text.is_empty() {
        set(&mut out, "statusText", answer.status_text.as_str());
    }
    describe(&mut out, shape, &code, &description);
    let (codes, details) = (
        answer.first(&["error_codes"]),
        answer.first(&["error_details"]),
    );
    if codes.is_truthy() && details.is_truthy() {
        set(
            &mut out,
            "errorDetails",
            object([("codes", codes.clone()), ("details", details.clone())]),
        );
    }
    for (key, value) in [("name", &name), ("policy", answer.first(&["policy"]))] {
        if value.is_truthy() {
            set(&mut out, key, value.clone());
        }
    }
    out
}

impl Answer {
    fn json(&self) -> &Value {
        match &self.body {
            Body::Json(body) => body,
            _ => &Value::Null,
        }
    }

    /// A sentence of plain text, such as `Origin https://app.test is not allowed.`; not a page.
    fn short_text(&self) -> Option<&str> {
        match &self.body {
            Body::Text(text) if text.len() < 200 && !text.is_empty() && !text.contains('<') => {
                Some(text)
            }
            _ => None,
        }
    }

    /// What stands in `original` where auth0.js has the error of its HTTP library.
    fn as_error(&self, text: &str) -> Value {
        let status = Value::from(u32::from(self.status));
        if let Body::Malformed(raw) = &self.body {
            return Value::Object(object([
                ("message", Value::from(text)),
                ("parse", Value::from(true)),
                ("rawResponse", Value::from(raw.as_str())),
                ("status", status.clone()),
                ("statusCode", status),
            ]));
        }
        let raw = match &self.body {
            Body::Text(raw) => Value::from(raw.as_str()),
            _ => Value::Undefined,
        };
        let headers = self
            .headers
            .iter()
            .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
            .collect();
        let response = object([
            ("body", self.json().clone()),
            ("headers", Value::Object(headers)),
            ("status", status.clone()),
            ("statusCode", status.clone()),
            ("statusText", Value::from(self.status_text.as_str())),
            ("text", raw),
        ]);
        let message = if self.status_text.is_empty() {
            text
        } else {
            &self.status_text
        };
        Value::Object(object([
            ("message", Value::from(message)),
            ("status", status),
            ("response", Value::Object(response)),
        ]))
    }
}

const REQUEST_ERROR: &str = "request_error";

fn describe(out: &mut Params, shape: Shape, code: &Value, description: &Value) {
    set(out, "code", code.clone());
    set(out, "description", description.clone());
    if shape == Shape::Legacy {
        set(out, "error", code.clone());
        set(out, "error_description", description.clone());
    }
}

fn named(code: &str, description: &str) -> Value {
    Value::Object(object([
        ("error", Value::from(code)),
        ("error_description", Value::from(description)),
    ]))
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Params {
    members
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
