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
        match (shape, self) {
            (Shape::Hash, _) => {
                let (code, description) = self.hash_code(text);
                let (code, description) = (Value::from(code), Value::from(description));
                describe(&mut out, shape, &code, &description);
            }
            (Shape::Plain, Self::Network { method, url }) => {
                set(&mut out, "original", no_response(method, url, text));
                describe(&mut out, shape, &Value::Null, &Value::Null);
                set_text(&mut out, "name", "Error");
            }
            _ => {
                let code = self.local_code();
                set(&mut out, "original", named(code, text));
                describe(&mut out, shape, &Value::from(code), &Value::from(text));
            }
        }
        out
    }

    /// auth0.js's code and description of an error that `parseHash` and its relatives find.
    fn hash_code<'a>(&self, text: &'a str) -> (&'static str, &'a str) {
        match self {
            Self::InvalidResponse(_) => ("invalid_hash", text),
            Self::NoTransaction | Self::StateMismatch => (INVALID_TOKEN, "`state` does not match."),
            _ => (INVALID_TOKEN, text),
        }
    }

    /// The code of an error that the SDK found itself, in the shapes of a request.
    fn local_code(&self) -> &'static str {
        match self {
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
            // Variants with a refusal do not get here.
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
        }
    }
}

/// The members of a refusal by the tenant. `text` is the error's sentence.
fn refusal_object(refusal: &Refusal, shape: Shape, text: &str) -> Params {
    let mut out = Params::new();
    let readable = refusal.payload().is_some();
    let (code, description) = refusal.code_and_description(shape, text);
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
    set(
        &mut out,
        "original",
        refusal.original(shape, &description, text),
    );
    if refusal.status != 0 {
        set(&mut out, "statusCode", refusal.status());
    }
    if !refusal.status_text.is_empty() {
        set(&mut out, "statusText", refusal.status_text.as_str());
    }
    describe(&mut out, shape, &code, &description);
    refusal.add_details(&mut out);
    if !readable && shape == Shape::Plain {
        set_text(&mut out, "name", "Error");
    }
    out
}

impl Refusal {
    /// The code and the description of the object.
    fn code_and_description(&self, shape: Shape, text: &str) -> (Value, Value) {
        match shape {
            _ if self.payload().is_some() => (
                self.first(CODE_NAMES).clone(),
                self.first(DESCRIPTION_NAMES).clone(),
            ),
            Shape::Plain => (self.status(), Value::Null),
            Shape::Hash => (Value::from(INVALID_TOKEN), Value::from(text)),
            Shape::Legacy => (
                Value::from(REQUEST_ERROR),
                Value::from(self.short_text().unwrap_or(text)),
            ),
        }
    }

    /// The member `original`: the response itself, as auth0.js has it for this shape.
    fn original(&self, shape: Shape, description: &Value, text: &str) -> Value {
        match shape {
            Shape::Plain => Value::Object(self.as_error(text)),
            Shape::Legacy if self.status == 0 => {
                let mut original = Params::new();
                for name in ["error", "error_description"] {
                    set(&mut original, name, self.first(&[name]).clone());
                }
                Value::Object(original)
            }
            Shape::Legacy if self.payload().is_some() => self.json().clone(),
            Shape::Legacy | Shape::Hash => Value::Object(named(
                REQUEST_ERROR,
                description.as_str().unwrap_or_default(),
            )),
        }
    }

    /// Adds the members that auth0.js copies from the body, where the body has them.
    fn add_details(&self, out: &mut Params) {
        let (codes, details) = (self.first(&["error_codes"]), self.first(&["error_details"]));
        if codes.is_truthy() && details.is_truthy() {
            let mut both = Params::new();
            set(&mut both, "codes", codes.clone());
            set(&mut both, "details", details.clone());
            set(out, "errorDetails", both);
        }
        for key in ["name", "policy"] {
            let value = self.first(&[key]);
            if value.is_truthy() {
                set(out, key, value.clone());
            }
        }
    }

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

/// The member `original` of a request without a response, where auth0.js has the error of its HTTP library.
fn no_response(method: &str, url: &str, text: &str) -> Params {
    let mut original = Params::new();
    set(&mut original, "message", text);
    set(&mut original, "crossDomain", true);
    set(&mut original, "method", method);
    set_text(&mut original, "url", url);
    original
}

/// auth0.js's code of every request without a usable response.
const REQUEST_ERROR: &str = "request_error";

/// auth0.js's code of every authorization response that fails a check.
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
