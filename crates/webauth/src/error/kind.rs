//! The stable names of causes.

/// The cause of an [`Error`](super::Error) without its details. New kinds may come; known ones keep their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller aborted the call.
    Aborted,
    /// The tenant will not let this person in.
    AccessDenied,
    /// The person is blocked.
    BlockedUser,
    /// The tenant wants a captcha solved.
    CaptchaRequired,
    /// The client is not set up for this request.
    ClientMisconfigured,
    /// The verification code is too old.
    CodeExpired,
    /// The connection is not enabled for the client.
    ConnectionDisabled,
    /// No WebCrypto.
    CryptoUnavailable,
    /// The verification code is wrong or missing.
    InvalidCode,
    /// The e-mail address is wrong or missing.
    InvalidEmail,
    /// An option is missing or of the wrong type.
    InvalidOptions,
    /// An authorization response without what was asked for.
    InvalidResponse,
    /// The phone number is wrong or missing.
    InvalidPhoneNumber,
    /// An ID token failed a check.
    InvalidToken,
    /// No answer: offline, or hidden by CORS.
    Network,
    /// Only a login that is not silent can go on.
    LoginRequired,
    /// An authorization response to an unknown request.
    NoTransaction,
    /// The page's origin is not allowed.
    OriginNotAllowed,
    /// No source of strong random bytes.
    RandomUnavailable,
    /// Too many requests.
    RateLimited,
    /// Refused for a reason that this SDK does not know.
    RequestRefused,
    /// The tenant failed.
    ServerError,
    /// The connection takes no new users.
    SignupDisabled,
    /// An authorization response to another request.
    StateMismatch,
    /// Neither cookies nor local storage work.
    StorageUnavailable,
    /// The browser blocks the tenant's cookies.
    ThirdPartyCookies,
    /// No answer in time.
    Timeout,
    /// Too many wrong codes.
    TooManyAttempts,
}

impl ErrorKind {
    /// The name that JavaScript sees as `kind`.
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
