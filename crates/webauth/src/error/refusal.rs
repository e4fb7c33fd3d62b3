//! A refusal by the tenant, and how the SDK finds its cause.

use super::Error;
use crate::config::seconds;
use crate::env::{Body, HttpError, Response};
use crate::text::{self, contains, number};
use crate::wire::{Params, Value};

/// A refusal by the tenant, in an HTTP response or in an authorization response. If the tenant repeats a secret of the
/// request, that is masked.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The HTTP status; 0 for an authorization response, which has none.
    pub status: u16,
    /// The reason phrase; empty over HTTP/2.
    pub status_text: String,
    /// Seconds to wait, from the header `Retry-After` or else from `x-ratelimit-reset`.
    pub retry_after: Option<u32>,
    /// The body.
    pub body: Body,
    /// The headers that the SDK reads.
    pub headers: Vec<(String, String)>,
}

impl Refusal {
    fn new(response: Response, secret: &str, clock: &Clock<'_>) -> Self {
        let retry_after = wait(&response, clock);
        let Response {
            status,
            status_text,
            headers,
            body,
        } = response;
        Self {
            status,
            status_text: text::mask(&status_text, secret),
            retry_after,
            body: mask_body(body, secret),
            headers: headers
                .into_iter()
                .map(|(name, value)| (name, text::mask(&value, secret)))
                .collect(),
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

    /// The tenant's description of the error.
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

    fn text(&self) -> &str {
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

impl Error {
    /// The error of a request that has no response.
    pub(crate) fn without_response(error: HttpError, method: &'static str, url: String) -> Self {
        match error {
            HttpError::Aborted => Self::Aborted,
            HttpError::Network => Self::Network { method, url },
            HttpError::Timeout => Self::Timeout { method, url },
        }
    }

    /// The error of a response with status 2xx whose body lacks what the SDK needs.
    pub(crate) fn unusable(response: Response, secret: &str) -> Self {
        let clock = Clock {
            now_ms: 0.0,
            parse_date: &|_| None,
        };
        Self::ServerError(Box::new(Refusal::new(response, secret, &clock)))
    }

    /// Finds the cause of a refusal. `secret`, the verification code, is masked wherever the response repeats it. `clock`
    /// converts points in time to seconds to wait.
    pub(crate) fn from_response(response: Response, secret: &str, clock: &Clock<'_>) -> Self {
        let refusal = Box::new(Refusal::new(response, secret, clock));
        classify(&refusal)(refusal)
    }
}

impl Error {
    /// Finds the cause of an authorization response with an `error`.
    pub(crate) fn of_response(params: Params) -> Self {
        let refusal = Box::new(Refusal::of_response(params));
        classify(&refusal)(refusal)
    }
}

fn classify(refusal: &Refusal) -> fn(Box<Refusal>) -> Error {
    let code = refusal.code().unwrap_or_default();
    let text = refusal.description().unwrap_or(refusal.text());
    let says = |part: &str| contains(text, part);
    match code {
        _ if says("verification code has expired") => Error::CodeExpired,
        _ if says("maximum number of attempts") => Error::TooManyAttempts,
        _ if says("verifier returned from client") || says("configure verification page") => {
            Error::ThirdPartyCookies
        }
        "timeout" if refusal.status == 0 => Error::SilentTimeout,
        "login_required"
        | "consent_required"
        | "interaction_required"
        | "account_selection_required" => Error::LoginRequired,
        "server_error" | "temporarily_unavailable" => Error::ServerError,
        "too_many_attempts" | "too_many_logins" => Error::TooManyAttempts,
        "too_many_requests" => Error::RateLimited,
        _ if refusal.status == 429 => Error::RateLimited,
        _ if refusal.status >= 500 => Error::ServerError,
        "invalid_user_password" => Error::InvalidCode,
        _ if says("verification code.") || says("Wrong email or password.") => Error::InvalidCode,
        "blocked_user" => Error::BlockedUser,
        _ if says("user is blocked") => Error::BlockedUser,
        _ if says("onnection is disabled") || says("connection was disabled") => {
            Error::ConnectionDisabled
        }
        _ if says("signup is disabled") => Error::SignupDisabled,
        "bad.email" | "invalid_email" => Error::InvalidEmail,
        "bad.phone_number" => Error::InvalidPhoneNumber,
        // 21211 is the SMS provider Twilio's number for an invalid phone number.
        "sms_provider_error" if says("(Code: 21211)") => Error::InvalidPhoneNumber,
        "sms_provider_error" => Error::ServerError,
        _ if contains(code, "captcha") => Error::CaptchaRequired,
        _ if text.starts_with("Origin ") => Error::OriginNotAllowed,
        "unauthorized_client"
        | "unsupported_credential_type"
        | "invalid_request"
        | "invalid_client" => Error::ClientMisconfigured,
        _ if code.starts_with("bad.") => Error::ClientMisconfigured,
        "access_denied" | "unauthorized" => Error::AccessDenied,
        _ if refusal.payload().is_none() => Error::ServerError,
        _ => Error::RequestRefused,
    }
}

/// The current time, and the function that parses HTTP dates.
pub(crate) struct Clock<'a> {
    pub(crate) now_ms: f64,
    pub(crate) parse_date: &'a dyn Fn(&str) -> Option<f64>,
}

/// The seconds to wait. `Retry-After` holds seconds or a date (RFC 9110 section 10.2.3), `x-ratelimit-reset` the seconds since
/// the Unix epoch.
fn wait(response: &Response, clock: &Clock<'_>) -> Option<u32> {
    let until = |ms: f64| Some(seconds(((ms - clock.now_ms) / 1000.0).ceil()));
    if let Some(text) = response.header("retry-after") {
        return number(text).or_else(|| until((clock.parse_date)(text)?));
    }
    if response.status != 429 {
        return None;
    }
    until(f64::from(number::<u32>(response.header("x-ratelimit-reset")?)?) * 1000.0)
}

fn mask_body(body: Body, secret: &str) -> Body {
    match body {
        Body::Empty => Body::Empty,
        Body::Json(value) => Body::Json(mask(value, secret)),
        Body::Malformed(text) => Body::Malformed(text::mask(&text, secret)),
        Body::Text(text) => Body::Text(text::mask(&text, secret)),
    }
}

fn mask(value: Value, secret: &str) -> Value {
    match value {
        Value::String(text) => Value::String(text::mask(&text, secret)),
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| mask(item, secret)).collect())
        }
        Value::Object(members) => Value::Object(
            members
                .into_iter()
                .map(|(name, member)| (text::mask(&name, secret), mask(member, secret)))
                .collect(),
        ),
        other => other,
    }
}
