//! Finds the cause of a failed request or of an authorization response with an error.

use super::refusal::Clock;
use super::{Error, Refusal};
use crate::env::{HttpError, Response};
use crate::text::contains;
use crate::wire::Params;

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
    pub(crate) fn unusable(response: Response, secrets: &[String]) -> Self {
        let clock = Clock {
            now_ms: 0.0,
            parse_date: &|_| None,
        };
        Self::ServerError(Box::new(refusal(response, secrets, &clock)))
    }

    /// Finds the cause of a refusal. The secrets of the request are masked wherever the response repeats them. `clock` converts
    /// points in time to seconds to wait.
    pub(crate) fn from_response(response: Response, secrets: &[String], clock: &Clock<'_>) -> Self {
        let refusal = Box::new(refusal(response, secrets, clock));
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

fn refusal(response: Response, secrets: &[String], clock: &Clock<'_>) -> Refusal {
    let mut refusal = Refusal::new(response, clock);
    for secret in secrets {
        refusal.mask(secret);
    }
    refusal
}
