//! auth0.js's error object. No other module makes one.

use super::refusal::{CODE_NAMES, DESCRIPTION_NAMES};
use super::{Error, Recipient, Refusal};
use crate::env::Body;
use crate::text::contains;
use crate::wire::{Params, Value, set, set_text};

/// The members that auth0.js's error object has. They depend on the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `original`, `statusCode`, `statusText`, `code` and `description`: all calls that have no other shape.
    Plain,
    /// The members of `Plain`, with `error` and `error_description` as second names of code and description, and with the
    /// body as `original`: the cross-origin login and `checkSession`.
    Legacy,
    /// `error`, `errorDescription` and `state`: `parseHash`, `renewAuth`, `validateAuthenticationResponse` and
    /// `handleRedirectCallback`.
    Hash,
}

impl Error {
    /// The object that a callback gets: auth0.js's members under its names, and Latchkey's own members `kind` and
    /// `retryAfter`.
    ///
    /// The object never contains the verification code. It differs from auth0.js's in two points: a login error has its
    /// status, too, and for an unreadable response `description` is a sentence, where auth0.js puts the whole request.
    #[must_use]
    pub fn to_object(&self, shape: Shape) -> Value {
        let mut object = match self.refusal() {
            Some(refusal) => refusal_object(refusal, shape, self.text()),
            None => self.local(shape),
        };
        set(&mut object, "kind", self.kind().as_str());
        if let Some(wait) = self.retry_after() {
            set(&mut object, "retryAfter", wait);
        }
        Value::Object(object)
    }

    /// The members of an error that the SDK found itself, without a response.
    fn local(&self, shape: Shape) -> Params {
        let mut out = Params::new();
        let text = self.text();
        if shape == Shape::Hash {
            let (code, description) = match self {
                Self::InvalidResponse(_) => ("invalid_hash", text),
                Self::NoTransaction | Self::StateMismatch => {
                    (INVALID_TOKEN, "`state` does not match.")
                }
                _ => (INVALID_TOKEN, text),
            };
            describe(
                &mut out,
                shape,
                &Value::from(code),
                &Value::from(description),
            );
            return out;
        }
        if let (Self::Network { method, url }, Shape::Plain) = (self, shape) {
            let mut original = Params::new();
            set(&mut original, "message", text);
            set(&mut original, "crossDomain", true);
            set(&mut original, "method", *method);
            set_text(&mut original, "url", url.as_str());
            set(&mut out, "original", original);
            describe(&mut out, shape, &Value::Null, &Value::Null);
            set_text(&mut out, "name", "Error");
            return out;
        }
        let code = match self {
            Self::Aborted => "aborted",
            Self::MissingRecipient(Recipient::Email) => "bad.email",
            Self::MissingRecipient(Recipient::PhoneNumber) => "bad.phone_number",
            Self::InvalidOptions(_) | Self::MissingCode => "invalid_request",
            Self::CryptoUnavailable
            | Self::InvalidResponse(_)
            | Self::InvalidToken(_)
            | Self::NoTransaction
            | Self::RandomUnavailable
            | Self::StateMismatch
            | Self::StorageUnavailable => self.kind().as_str(),
            Self::Timeout { .. } => "timeout",
            // auth0.js's code for every request without a usable response. Variants with a refusal do not get here.
            Self::AccessDenied(_)
            | Self::BlockedUser(_)
            | Self::CaptchaRequired(_)
            | Self::ClientMisconfigured(_)
            | Self::CodeExpired(_)
            | Self::ConnectionDisabled(_)
            | Self::InvalidCode(_)
            | Self::InvalidEmail(_)
            | Self::InvalidPhoneNumber(_)
            | Self::InvalidSession(_)
            | Self::LoginRequired(_)
            | Self::Network { .. }
            | Self::OriginNotAllowed(_)
            | Self::RateLimited(_)
            | Self::RequestRefused(_)
            | Self::ServerError(_)
            | Self::SignupDisabled(_)
            | Self::SilentTimeout(_)
            | Self::ThirdPartyCookies(_)
            | Self::TooManyAttempts(_) => REQUEST_ERROR,
        };
        set(&mut out, "original", named(code, text));
        describe(&mut out, shape, &Value::from(code), &Value::from(text));
        out
    }
}

fn refusal_object(refusal: &Refusal, shape: Shape, text: &str) -> Params {
    let mut out = Params::new();
    let readable = refusal.payload().is_some();
    let (code, description) = match shape {
        _ if readable => (
            refusal.first(CODE_NAMES).clone(),
            refusal.first(DESCRIPTION_NAMES).clone(),
        ),
        Shape::Plain => (refusal.status(), Value::Null),
        Shape::Hash => (Value::from(INVALID_TOKEN), Value::from(text)),
        Shape::Legacy => (
            Value::from(REQUEST_ERROR),
            Value::from(refusal.short_text().unwrap_or(text)),
        ),
    };
    if shape == Shape::Hash {
        let description = if refusal.status == 0 {
            refusal.first(&["error_description"])
        } else {
            &description
        };
        describe(&mut out, shape, &code, description);
        let state = refusal.first(&["state"]);
        if state.is_truthy() {
            set(&mut out, "state", state.clone());
        }
        return out;
    }
    match shape {
        Shape::Plain => set(&mut out, "original", refusal.as_error(text)),
        Shape::Legacy if refusal.status == 0 => {
            let mut original = Params::new();
            for name in ["error", "error_description"] {
                set(&mut original, name, refusal.first(&[name]).clone());
            }
            set(&mut out, "original", original);
        }
        Shape::Legacy if readable => set(&mut out, "original", refusal.json().clone()),
        Shape::Legacy | Shape::Hash => {
            set(
                &mut out,
                "original",
                named(REQUEST_ERROR, description.as_str().unwrap_or_default()),
            );
        }
    }
    if refusal.status != 0 {
        set(&mut out, "statusCode", refusal.status());
    }
    if !refusal.status_text.is_empty() {
        set(&mut out, "statusText", refusal.status_text.as_str());
    }
    describe(&mut out, shape, &code, &description);
    let (codes, details) = (
        refusal.first(&["error_codes"]),
        refusal.first(&["error_details"]),
    );
    if codes.is_truthy() && details.is_truthy() {
        let mut both = Params::new();
        set(&mut both, "codes", codes.clone());
        set(&mut both, "details", details.clone());
        set(&mut out, "errorDetails", both);
    }
    for key in ["name", "policy"] {
        let value = refusal.first(&[key]);
        if value.is_truthy() {
            set(&mut out, key, value.clone());
        }
    }
    if !readable && shape == Shape::Plain {
        set_text(&mut out, "name", "Error");
    }
    out
}

impl Refusal {
    fn json(&self) -> &Value {
        match &self.body {
            Body::Json(body) => body,
            _ => &Value::Null,
        }
    }

    fn status(&self) -> Value {
        Value::from(u32::from(self.status))
    }

    /// A body that is a short plain text, such as `Origin https://app.test is not allowed.`, and not an HTML page.
    fn short_text(&self) -> Option<&str> {
        match &self.body {
            Body::Text(text) if text.len() < 200 && !text.is_empty() && !contains(text, "<") => {
                Some(text)
            }
            _ => None,
        }
    }

    /// The member `original`, where auth0.js has the error object of its HTTP library.
    fn as_error(&self, text: &str) -> Params {
        let mut out = Params::new();
        if let Body::Malformed(raw) = &self.body {
            set(&mut out, "message", text);
            set(&mut out, "parse", true);
            set_text(&mut out, "rawResponse", raw.as_str());
            set(&mut out, "status", self.status());
            set(&mut out, "statusCode", self.status());
            return out;
        }
        let mut headers = Params::new();
        for (name, value) in &self.headers {
            set_text(&mut headers, name, value.as_str());
        }
        let mut response = Params::new();
        set(&mut response, "body", self.json().clone());
        set(&mut response, "headers", headers);
        set(&mut response, "status", self.status());
        set(&mut response, "statusCode", self.status());
        set(&mut response, "statusText", self.status_text.as_str());
        if let Body::Text(raw) = &self.body {
            set_text(&mut response, "text", raw.as_str());
        }
        set(
            &mut out,
            "message",
            if self.status_text.is_empty() {
                text
            } else {
                &self.status_text
            },
        );
        set(&mut out, "status", self.status());
        set(&mut out, "response", response);
        out
    }
}

const REQUEST_ERROR: &str = "request_error";
const INVALID_TOKEN: &str = "invalid_token";

fn describe(out: &mut Params, shape: Shape, code: &Value, description: &Value) {
    if shape == Shape::Hash {
        set(out, "error", code.clone());
        // In this shape auth0.js leaves a missing description undefined; in the others it is null.
        let description = description.is_truthy().then(|| description.clone());
        set(out, "errorDescription", description);
        return;
    }
    set(out, "code", code.clone());
    set(out, "description", description.clone());
    if shape == Shape::Legacy {
        set(out, "error", code.clone());
        set(out, "error_description", description.clone());
    }
}

fn named(code: &str, description: &str) -> Params {
    let mut out = Params::new();
    set(&mut out, "error", code);
    set(&mut out, "error_description", description);
    out
}
