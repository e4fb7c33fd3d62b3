//! The stable names of the causes of errors.
//!
//! `scripts/docs/errors.mjs` reads this file for the page about errors: the comment of a variant is the cause that the page gives, and
//! [`ErrorKind::as_str`] has one variant a line. `AuthErrorKind` in `js/index.d.ts` has the same names; no test notices one that is
//! missing there.

/// The cause of an [`Error`](super::Error) without its details. Later versions may add kinds; known kinds keep their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller aborted the call.
    Aborted,
    /// The tenant denied access to this person.
    AccessDenied,
    /// The person is blocked.
    BlockedUser,
    /// The tenant asks for a captcha.
    CaptchaRequired,
    /// The tenant's settings for the client do not allow the request.
    ClientMisconfigured,
    /// The verification code has expired.
    CodeExpired,
    /// The connection is not enabled for the client.
    ConnectionDisabled,
    /// The browser has no WebCrypto.
    CryptoUnavailable,
    /// The verification code is wrong or missing.
    InvalidCode,
    /// The e-mail address is wrong or missing.
    InvalidEmail,
    /// An option is missing or of the wrong type.
    InvalidOptions,
    /// The authorization response lacks a token that the request asked for.
    InvalidResponse,
    /// The phone number is wrong or missing.
    InvalidPhoneNumber,
    /// An ID token failed a check.
    InvalidToken,
    /// There is no response: the browser is offline, or CORS hides the response.
    Network,
    /// A silent request needs the person, so the page has to begin a login that is not silent.
    LoginRequired,
    /// The authorization response belongs to a request of which this browser has no transaction.
    NoTransaction,
    /// The page's origin is not allowed.
    OriginNotAllowed,
    /// The browser has no source of cryptographically strong random bytes.
    RandomUnavailable,
    /// The tenant limits the rate of requests.
    RateLimited,
    /// The tenant refused for a reason that the SDK does not know.
    RequestRefused,
    /// The tenant failed.
    ServerError,
    /// The connection accepts no new users.
    SignupDisabled,
    /// The state of the authorization response is not the expected one.
    StateMismatch,
    /// The browser keeps neither cookies nor local storage.
    StorageUnavailable,
    /// The browser blocks the tenant's cookies, because the tenant is on another site.
    ThirdPartyCookies,
    /// The response did not come in time.
    Timeout,
    /// Too many wrong codes, or too many failed logins.
    TooManyAttempts,
}

impl ErrorKind {
    /// The name of the cause, which is the member `kind` of JavaScript's error objects.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Aborted => "aborted",
            Self::AccessDenied => "access_denied",
            Self::BlockedUser => "blocked_user",
            Self::CaptchaRequired => "captcha_required",
            Self::ClientMisconfigured => "client_misconfigured",
            Self::CodeExpired => "code_expired",
            Self::CryptoUnavailable => "crypto_unavailable",
            Self::ConnectionDisabled => "connection_disabled",
            Self::InvalidCode => "invalid_code",
            Self::InvalidEmail => "invalid_email",
            Self::InvalidResponse => "invalid_response",
            Self::InvalidOptions => "invalid_options",
            Self::InvalidToken => "invalid_token",
            Self::InvalidPhoneNumber => "invalid_phone_number",
            Self::NoTransaction => "no_transaction",
            Self::LoginRequired => "login_required",
            Self::Network => "network",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::RandomUnavailable => "random_unavailable",
            Self::RateLimited => "rate_limited",
            Self::RequestRefused => "request_refused",
            Self::ServerError => "server_error",
            Self::StateMismatch => "state_mismatch",
            Self::SignupDisabled => "signup_disabled",
            Self::ThirdPartyCookies => "third_party_cookies",
            Self::StorageUnavailable => "storage_unavailable",
            Self::Timeout => "timeout",
            Self::TooManyAttempts => "too_many_attempts",
        }
    }
}
