//! The causes of failed requests that the dialog distinguishes.

use latchkey_webauth::Value;

/// The cause of a failed request. The runtime maps the SDK's error kinds to these causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Cause {
    /// The tenant, or one of its rules, refuses this person.
    AccessDenied,
    /// This user is blocked.
    BlockedUser,
    /// The tenant asks for a captcha, or rejects its solution.
    CaptchaRequired,
    /// The client is unknown, or its settings do not allow a login from a page.
    ClientMisconfigured,
    /// The code was right but has expired.
    CodeExpired,
    /// The connection does not exist, or is disabled for this client.
    ConnectionDisabled,
    /// The code is not the one that was sent.
    InvalidCode,
    /// The tenant refuses the e-mail address.
    InvalidEmail,
    /// The tenant refuses the phone number.
    InvalidPhoneNumber,
    /// No response: the browser is offline, or the tenant cannot be reached.
    Network,
    /// The page's origin is not in the client's lists of allowed origins.
    OriginNotAllowed,
    /// The browser blocked a window from opening.
    PopupBlocked,
    /// The person closed the window of a social connection.
    PopupClosed,
    /// The tenant rejected the request because of its rate limit.
    RateLimited,
    /// The tenant answered with a server error.
    ServerError,
    /// The user does not exist, and sign-ups are disabled.
    SignupDisabled,
    /// The browser blocks the storage that the login needs.
    StorageUnavailable,
    /// The browser blocks the cookies of the tenant, which is on another site.
    ThirdPartyCookies,
    /// The tenant did not respond in time.
    Timeout,
    /// Too many wrong codes were tried: the code or the user is locked for now.
    TooManyAttempts,
    /// None of the above.
    Unknown,
}

impl Cause {
    /// Whether only a change of settings can help, so that another try by the person cannot.
    #[must_use]
    pub fn is_setup_fault(self) -> bool {
        matches!(
            self,
            Self::ClientMisconfigured
                | Self::ConnectionDisabled
                | Self::OriginNotAllowed
                | Self::StorageUnavailable
                | Self::ThirdPartyCookies
        )
    }
}

/// A failed request.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Failure {
    /// The cause of the failure.
    pub cause: Cause,
    /// auth0.js's error object, for events. The dialog never shows it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub error: Value,
    /// Seconds after which the tenant allows another request, from `Retry-After`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub retry_after_s: Option<u32>,
}

impl Failure {
    /// A failure of which only the cause is known.
    #[must_use]
    pub fn new(cause: Cause) -> Self {
        Self {
            cause,
            error: Value::Undefined,
            retry_after_s: None,
        }
    }
}
