//! What can go wrong, by cause. auth0.js's error object is made of it in [`Error::to_object`].

mod answer;
mod kind;
mod object;

use std::fmt;

pub use answer::Answer;
pub(crate) use answer::Clock;
pub use kind::ErrorKind;
pub use object::Shape;

/// Why a call failed. The variant is the cause; the text names the remedy.
///
/// Variants with an [`Answer`] are refusals by the tenant, told apart by its status, code and description. Auth0 has
/// no machine-readable difference between a wrong, an expired and a used-up code, so there the description decides.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", self.text())]
#[non_exhaustive]
pub enum Error {
    /// The caller aborted the call.
    Aborted,
    /// The tenant will not let this person in.
    AccessDenied(Box<Answer>),
    /// The person is blocked.
    BlockedUser(Box<Answer>),
    /// The tenant wants a captcha solved, or the one given was wrong.
    CaptchaRequired(Box<Answer>),
    /// The client, the connection or the request is not set up as the tenant wants it.
    ClientMisconfigured(Box<Answer>),
    /// The verification code is too old.
    CodeExpired(Box<Answer>),
    /// The connection is not enabled for the client.
    ConnectionDisabled(Box<Answer>),
    /// The tenant cannot use the e-mail address.
    InvalidEmail(Box<Answer>),
    /// The verification code is wrong.
    InvalidCode(Box<Answer>),
    /// An option is missing or of the wrong type. The text is auth0.js's own.
    InvalidOptions(&'static str),
    /// The tenant cannot use the phone number.
    InvalidPhoneNumber(Box<Answer>),
    /// The login has no verification code, or one that is no text.
    MissingCode,
    /// The call has neither an e-mail address nor a phone number.
    MissingRecipient(Recipient),
    /// There is no answer: offline, no such host, connection lost, or hidden by CORS.
    Network {
        /// The method of the request.
        method: &'static str,
        /// The address of the request.
        url: String,
    },
    /// The answer to the authorization request was not one of those asked for.
    InvalidResponse(&'static str),
    /// A silent request that cannot work: its response type, redirect URI or origin forbids it.
    InvalidSession(Box<Answer>),
    /// An ID token failed one of its checks. The text is auth0.js's own.
    InvalidToken(Box<str>),
    /// The tenant wants the person to log in, to consent or to choose first, and silently that is not possible.
    LoginRequired(Box<Answer>),
    /// An authorization response to a request that this browser does not remember.
    NoTransaction,
    /// The page's origin is not among the client's allowed web origins.
    OriginNotAllowed(Box<Answer>),
    /// There is no WebCrypto to check signatures and to make challenges with.
    CryptoUnavailable,
    /// There is no source of strong random bytes.
    RandomUnavailable,
    /// Too many requests from this address.
    RateLimited(Box<Answer>),
    /// The tenant refused for a reason that this SDK does not know.
    RequestRefused(Box<Answer>),
    /// A hidden frame did not answer in time.
    SilentTimeout(Box<Answer>),
    /// The authorization response carries another state than the one expected.
    StateMismatch,
    /// The tenant failed, or something on the way to it answered in its place.
    ServerError(Box<Answer>),
    /// Unknown address, and the connection takes no new users.
    SignupDisabled(Box<Answer>),
    /// Neither cookies nor local storage keep the transaction.
    StorageUnavailable,
    /// The tenant did not see its own cookie: the browser blocks cookies across sites.
    ThirdPartyCookies(Box<Answer>),
    /// The request took longer than its time limit.
    Timeout {
        /// The method of the request.
        method: &'static str,
        /// The address of the request.
        url: String,
    },
    /// Too many wrong codes, or too many failed logins.
    TooManyAttempts(Box<Answer>),
}

/// What kind of address is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recipient {
    /// An e-mail address.
    Email,
    /// A phone number.
    PhoneNumber,
}

impl Error {
    /// One sentence: what happened, and what to do about it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Aborted => "The call was aborted.",
            Self::AccessDenied(_) => {
                "The tenant denied access: its description and its logs say why."
            }
            Self::BlockedUser(_) => {
                "This user is blocked: an administrator of the tenant can lift the block."
            }
            Self::CaptchaRequired(_) => {
                "The tenant asks for a captcha: pass its solution as `captcha`."
            }
            Self::ClientMisconfigured(_) => {
                "The tenant does not accept this client's request: check the client ID, its application type, its connections and Allow Cross-Origin Authentication in the client's settings."
            }
            Self::CodeExpired(_) => "The verification code has expired: ask for a new one.",
            Self::ConnectionDisabled(_) => {
                "The connection is disabled: enable it for this client in the tenant's settings."
            }
            Self::InvalidEmail(_) => "The e-mail address is not valid: check its spelling.",
            Self::InvalidCode(_) => {
                "The verification code is wrong: check it, or ask for a new one."
            }
            Self::CryptoUnavailable => {
                "No WebCrypto here: serve the page over https, or from localhost."
            }
            Self::InvalidOptions(text) | Self::InvalidResponse(text) => text,
            Self::InvalidToken(text) => text,
            Self::LoginRequired(_) => {
                "The tenant wants to ask the person: begin a login that is not silent."
            }
            Self::NoTransaction => {
                "This browser does not know of this login, or only of one too long ago: begin it again here."
            }
            Self::StateMismatch => {
                "This answer belongs to another request than the one expected: begin the login again."
            }
            Self::ThirdPartyCookies(_) => {
                "The browser blocks the tenant's cookies on this page: give the tenant a custom domain of the page's own site."
            }
            Self::InvalidPhoneNumber(_) => {
                "The phone number is not valid: give it with its country code, as in +15551234567."
            }
            Self::MissingCode => "The verification code is missing: pass it as `verificationCode`.",
            Self::MissingRecipient(_) => "The recipient is missing: pass `email` or `phoneNumber`.",
            Self::Network { .. } => {
                "No answer from the tenant: check the network connection, the domain, and that the page's origin is among the client's allowed origins."
            }
            Self::OriginNotAllowed(_) => {
                "The page's origin is not allowed: add it to the client's Allowed Web Origins."
            }
            Self::RandomUnavailable => {
                "No secure random numbers here: use a browser with `crypto.getRandomValues`."
            }
            Self::RateLimited(_) => "Too many requests: wait before trying again.",
            Self::RequestRefused(_) => {
                "The tenant refused the request: its code and description say why."
            }
            Self::ServerError(_) => "The tenant failed to answer properly: try again later.",
            Self::SignupDisabled(_) => {
                "Sign-ups are disabled: only people who are known to the connection can log in."
            }
            Self::StorageUnavailable => {
                "The browser keeps neither cookies nor local storage for this page: allow them, then try again."
            }
            Self::SilentTimeout(_) | Self::Timeout { .. } => {
                "The tenant did not answer in time: try again."
            }
            Self::InvalidSession(answer) => answer.description().unwrap_or_default(),
            Self::TooManyAttempts(_) => {
                "Too many attempts: ask for a new code, or follow the tenant's description."
            }
        }
    }

    /// The cause without its details: for `match` and, through [`ErrorKind::as_str`], for JavaScript.
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

    /// Whether the same authorization response may be finished after all at another try: nothing was decided about it.
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

    /// The tenant's answer, where there was one.
    #[must_use]
    pub fn answer(&self) -> Option<&Answer> {
        match self {
            Self::AccessDenied(answer)
            | Self::BlockedUser(answer)
            | Self::CaptchaRequired(answer)
            | Self::ClientMisconfigured(answer)
            | Self::CodeExpired(answer)
            | Self::ConnectionDisabled(answer)
            | Self::InvalidCode(answer)
            | Self::InvalidEmail(answer)
            | Self::InvalidPhoneNumber(answer)
            | Self::InvalidSession(answer)
            | Self::LoginRequired(answer)
            | Self::OriginNotAllowed(answer)
            | Self::RateLimited(answer)
            | Self::RequestRefused(answer)
            | Self::ServerError(answer)
            | Self::SignupDisabled(answer)
            | Self::SilentTimeout(answer)
            | Self::ThirdPartyCookies(answer)
            | Self::TooManyAttempts(answer) => Some(answer),
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

    /// The HTTP status, where there was an answer to a request of our own.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.answer()
            .map(|answer| answer.status)
            .filter(|status| *status != 0)
    }

    /// Seconds to wait before trying again, where the tenant said so and the browser may see it.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.answer().and_then(|answer| answer.retry_after)
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
