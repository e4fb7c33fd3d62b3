//! The errors of the SDK, by cause. [`Error::to_object`] makes auth0.js's error object of them.

mod cause;
mod kind;
mod object;
mod refusal;
mod text;

use std::fmt;

pub use kind::ErrorKind;
pub use object::Shape;
pub(crate) use refusal::Clock;
pub use refusal::Refusal;

/// Why a call failed. The variant is the cause; `Display` gives a sentence with the remedy.
///
/// Variants with a [`Refusal`] are refusals by the tenant. Status, code and description of the response decide which variant
/// it is. Auth0 has the same code for a wrong, an expired and a used-up verification code, so there only the description
/// decides.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.text())]
#[non_exhaustive]
pub enum Error {
    /// The caller aborted the call.
    Aborted,
    /// The tenant denied access to this person.
    AccessDenied(Box<Refusal>),
    /// The person is blocked.
    BlockedUser(Box<Refusal>),
    /// The tenant asks for a captcha, or the solution that was sent is wrong.
    CaptchaRequired(Box<Refusal>),
    /// The tenant's settings for the client or the connection do not allow the request.
    ClientMisconfigured(Box<Refusal>),
    /// The verification code has expired.
    CodeExpired(Box<Refusal>),
    /// The connection is not enabled for the client.
    ConnectionDisabled(Box<Refusal>),
    /// The tenant does not accept the e-mail address.
    InvalidEmail(Box<Refusal>),
    /// The verification code is wrong.
    InvalidCode(Box<Refusal>),
    /// An option is missing or of the wrong type. The text is auth0.js's own.
    InvalidOptions(&'static str),
    /// The tenant does not accept the phone number.
    InvalidPhoneNumber(Box<Refusal>),
    /// The login has no verification code, or its code is neither a text nor a number.
    MissingCode,
    /// The call has neither an e-mail address nor a phone number.
    MissingRecipient(Recipient),
    /// There is no response: the browser is offline, the host does not exist, the connection was lost, or CORS hides the
    /// response.
    Network {
        /// The method of the request.
        method: &'static str,
        /// The address of the request.
        url: String,
    },
    /// The authorization response lacks a token that `response_type` asked for.
    InvalidResponse(&'static str),
    /// The options of a silent request rule it out: the response type, the redirect URI or its origin.
    InvalidSession(Box<Refusal>),
    /// An ID token failed a check (OpenID Connect Core 1.0 section 3.1.3.7). The text is auth0.js's own.
    InvalidToken(Box<str>),
    /// A silent request needs the person: the tenant wants to show a login, a consent or an account page (OpenID Connect
    /// Core 1.0 section 3.1.2.6).
    LoginRequired(Box<Refusal>),
    /// The authorization response belongs to a request of which this browser has no transaction.
    NoTransaction,
    /// The page's origin is not among the client's allowed web origins.
    OriginNotAllowed(Box<Refusal>),
    /// The browser has no WebCrypto, which signatures and code challenges need.
    CryptoUnavailable,
    /// The browser has no source of cryptographically strong random bytes.
    RandomUnavailable,
    /// The tenant limits the rate of requests from this address.
    RateLimited(Box<Refusal>),
    /// The tenant refused for a reason that the SDK does not know.
    RequestRefused(Box<Refusal>),
    /// A hidden frame sent no response in time.
    SilentTimeout(Box<Refusal>),
    /// The state of the authorization response is not the expected one.
    StateMismatch,
    /// The tenant failed, or a proxy on the way to it responded in its place.
    ServerError(Box<Refusal>),
    /// The address is unknown, and the connection accepts no new users.
    SignupDisabled(Box<Refusal>),
    /// Neither cookies nor local storage keep the transaction.
    StorageUnavailable,
    /// The tenant did not receive its own cookie, because the browser blocks third-party cookies.
    ThirdPartyCookies(Box<Refusal>),
    /// The request took longer than its time limit.
    Timeout {
        /// The method of the request.
        method: &'static str,
        /// The address of the request.
        url: String,
    },
    /// Too many wrong codes, or too many failed logins.
    TooManyAttempts(Box<Refusal>),
}

/// The kind of recipient that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// An e-mail address.
    Email,
    /// A phone number.
    PhoneNumber,
}

impl Error {
    /// The cause without its details, for a `match`. [`ErrorKind::as_str`] is its name in JavaScript.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Aborted => ErrorKind::Aborted,
            Self::AccessDenied(_) => ErrorKind::AccessDenied,
            Self::BlockedUser(_) => ErrorKind::BlockedUser,
            Self::CaptchaRequired(_) => ErrorKind::CaptchaRequired,
            Self::ClientMisconfigured(_) => ErrorKind::ClientMisconfigured,
            Self::CodeExpired(_) => ErrorKind::CodeExpired,
            Self::ConnectionDisabled(_) => ErrorKind::ConnectionDisabled,
            Self::InvalidCode(_) | Self::MissingCode => ErrorKind::InvalidCode,
            Self::InvalidEmail(_) | Self::MissingRecipient(Recipient::Email) => {
                ErrorKind::InvalidEmail
            }
            Self::CryptoUnavailable => ErrorKind::CryptoUnavailable,
            Self::InvalidOptions(_) | Self::InvalidSession(_) => ErrorKind::InvalidOptions,
            Self::InvalidResponse(_) => ErrorKind::InvalidResponse,
            Self::InvalidToken(_) => ErrorKind::InvalidToken,
            Self::LoginRequired(_) => ErrorKind::LoginRequired,
            Self::NoTransaction => ErrorKind::NoTransaction,
            Self::StateMismatch => ErrorKind::StateMismatch,
            Self::ThirdPartyCookies(_) => ErrorKind::ThirdPartyCookies,
            Self::InvalidPhoneNumber(_) | Self::MissingRecipient(Recipient::PhoneNumber) => {
                ErrorKind::InvalidPhoneNumber
            }
            Self::Network { .. } => ErrorKind::Network,
            Self::OriginNotAllowed(_) => ErrorKind::OriginNotAllowed,
            Self::RandomUnavailable => ErrorKind::RandomUnavailable,
            Self::RateLimited(_) => ErrorKind::RateLimited,
            Self::RequestRefused(_) => ErrorKind::RequestRefused,
            Self::ServerError(_) => ErrorKind::ServerError,
            Self::SignupDisabled(_) => ErrorKind::SignupDisabled,
            Self::StorageUnavailable => ErrorKind::StorageUnavailable,
            Self::SilentTimeout(_) | Self::Timeout { .. } => ErrorKind::Timeout,
            Self::TooManyAttempts(_) => ErrorKind::TooManyAttempts,
        }
    }

    /// Whether the same authorization response can be checked again, because the error decided nothing about it.
    pub(crate) fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Aborted
                | Self::CryptoUnavailable
                | Self::Network { .. }
                | Self::ServerError(_)
                | Self::Timeout { .. }
        )
    }

    /// The refusal, if the tenant refused. `None` for errors that the SDK found itself.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::AccessDenied(refusal)
            | Self::BlockedUser(refusal)
            | Self::CaptchaRequired(refusal)
            | Self::ClientMisconfigured(refusal)
            | Self::CodeExpired(refusal)
            | Self::ConnectionDisabled(refusal)
            | Self::InvalidCode(refusal)
            | Self::InvalidEmail(refusal)
            | Self::InvalidPhoneNumber(refusal)
            | Self::InvalidSession(refusal)
            | Self::LoginRequired(refusal)
            | Self::OriginNotAllowed(refusal)
            | Self::RateLimited(refusal)
            | Self::RequestRefused(refusal)
            | Self::ServerError(refusal)
            | Self::SignupDisabled(refusal)
            | Self::SilentTimeout(refusal)
            | Self::ThirdPartyCookies(refusal)
            | Self::TooManyAttempts(refusal) => Some(refusal),
            Self::Aborted
            | Self::CryptoUnavailable
            | Self::InvalidOptions(_)
            | Self::InvalidResponse(_)
            | Self::InvalidToken(_)
            | Self::MissingCode
            | Self::MissingRecipient(_)
            | Self::Network { .. }
            | Self::NoTransaction
            | Self::RandomUnavailable
            | Self::StateMismatch
            | Self::StorageUnavailable
            | Self::Timeout { .. } => None,
        }
    }

    /// The HTTP status, if the tenant refused a request of the SDK itself.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.refusal()
            .map(|refusal| refusal.status)
            .filter(|status| *status != 0)
    }

    /// Seconds to wait before another try, if the response has a header with it (`Retry-After` or `x-ratelimit-reset`) and the
    /// tenant exposes that header by CORS.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.refusal().and_then(|refusal| refusal.retry_after)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
