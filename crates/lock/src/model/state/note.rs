//! What is said above a field, by the dialog or by the page.

use crate::model::failure::Cause;

/// How a note looks and sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Tone {
    /// Something went wrong.
    #[default]
    Error,
    /// Something to know; nothing the person did wrong.
    Info,
    /// Something went well.
    Ok,
}

/// A note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// The tenant wants a captcha solved.
    CaptchaWanted,
    /// The answer to the captcha was wrong.
    CaptchaWrong,
    /// A request failed for this cause.
    Failed(Cause),
    /// The code's time is over.
    Expired,
    /// Another tab asked for a newer code.
    Newer,
    /// The browser has no network; the dialog goes on by itself when it is back.
    Offline,
    /// The tenant limits the rate.
    RateLimited {
        /// When to try again, in milliseconds since 1970.
        until_ms: u64,
        /// Seconds to wait from the time of the response. The note does not count down, because a screen reader
        /// would read it out every second.
        seconds: u64,
    },
    /// Another code is on its way.
    Resent,
    /// Another link is on its way.
    LinkResent,
    /// The last try at this code was wrong.
    Spent,
    /// The code was wrong.
    WrongCode {
        /// Tries left, at least 1.
        left: u32,
    },
}

impl Note {
    /// How the note looks and sounds.
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

    /// Whether the note stays true when the person goes on typing.
    #[must_use]
    pub fn outlives_typing(self) -> bool {
        matches!(self, Self::Expired | Self::RateLimited { .. } | Self::Spent)
    }
}

/// What a page has to say above the field (`flashMessage`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flash {
    /// How it looks and sounds.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}
