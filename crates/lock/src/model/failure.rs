//! Why a request failed, as far as the dialog tells cases apart.

use latchkey_webauth::Value;

/// The cause of a failed request. The runtime maps the SDK's error kinds to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Cause {
    /// The tenant, or a rule of it, refuses this person.
    AccessDenied,
    /// This user is blocked.
    BlockedUser,
    /// The tenant wants a captcha, or another answer to it.
    CaptchaRequired,
    /// The client is unknown, or set up so that it cannot log in from a page.
    ClientMisconfigured,
    /// The code is right but too old.
    CodeExpired,
    /// The connection is off, or not there, for this client.
    ConnectionDisabled,
    /// The code is not the one that was sent.
    InvalidCode,
    /// The tenant refuses the e-mail address.
    InvalidEmail,
    /// The tenant refuses the phone number.
    InvalidPhoneNumber,
    /// No response: the browser is offline, or the tenant is out of reach.
    Network,
    /// The page's origin is not listed in the client's settings.
    OriginNotAllowed,
    /// The browser kept a window from opening.
    PopupBlocked,
    /// The person closed the window of a social connection.
    PopupClosed,
    /// Too many requests from this network.
    RateLimited,
    /// The tenant failed.
    ServerError,
    /// There is no such user, and nobody may sign up.
    SignupDisabled,
    /// The browser refuses the storage that the login needs.
    StorageUnavailable,
    /// The browser keeps out the cookies of the tenant, which is on another site.
    ThirdPartyCookies,
    /// The tenant took too long.
    Timeout,
    /// Too many wrong codes: the code, or the user, is locked for now.
    TooManyAttempts,
    /// None of the above.
    Unknown,
}

impl Cause {
    /// Whether another try by the same person cannot help, because a setting has to be changed.
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
    /// Why it failed.
    pub cause: Cause,
    /// auth0.js's error object, for events. Never shown.
    #[cfg_attr(feature = "serde", serde(default))]
    pub error: Value,
    /// Seconds that the tenant asks to wait, if it says so.
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
