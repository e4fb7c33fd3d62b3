//! The notes above a field, from the dialog or from the page.

use crate::model::failure::Cause;

/// The tone of a note: its look, and how screen readers announce it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Tone {
    /// An error.
    #[default]
    Error,
    /// Information. The person did nothing wrong.
    Info,
    /// A success.
    Ok,
}

/// A note of the dialog above the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The tenant asks for a captcha.
    CaptchaWanted,
    /// The captcha's solution was wrong.
    CaptchaWrong,
    /// A request failed for this cause.
    Failed(Cause),
    /// The code has expired.
    Expired,
    /// Another tab requested a newer code.
    Newer,
    /// The browser is offline. The dialog repeats the request when it is online again.
    Offline,
    /// The tenant's rate limit holds.
    RateLimited {
        /// The end of the rate limit, in milliseconds since 1970.
        until_ms: u64,
        /// Seconds to wait, counted at the time of the response. The note does not count down, because a
        /// screen reader would announce it every second.
        seconds: u64,
    },
    /// Another code was sent.
    Resent,
    /// Another link was sent.
    LinkResent,
    /// No tries are left for this code.
    Spent,
    /// The code was wrong.
    WrongCode {
        /// Tries left, at least 1.
        left: u32,
    },
}

impl Note {
    /// The tone of the note.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Resent | Self::LinkResent => Tone::Ok,
            Self::CaptchaWanted
            | Self::Expired
            | Self::Newer
            | Self::Offline
            | Self::RateLimited { .. } => Tone::Info,
            Self::CaptchaWrong | Self::Failed(_) | Self::Spent | Self::WrongCode { .. } => {
                Tone::Error
            }
        }
    }

    /// Whether the note stays true while the person goes on typing.
    #[must_use]
    pub fn outlives_typing(self) -> bool {
        matches!(self, Self::Expired | Self::RateLimited { .. } | Self::Spent)
    }
}

/// The page's own message above the field (`flashMessage`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flash {
    /// The tone of the message.
    pub tone: Tone,
    /// The text, shown as text and never as HTML.
    pub text: String,
}
