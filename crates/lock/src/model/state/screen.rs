//! The screens, and the state of each besides [`Shared`](super::shared::Shared).

use latchkey_webauth::Send;

use crate::model::failure::Cause;
use crate::model::input::flaw::Flaw;
use crate::model::state::note::Note;
use crate::model::state::recipient::Channel;
use crate::model::state::secret::Secret;

/// The kind of a screen, without its state. Events carry its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum ScreenKind {
    /// Asks for the e-mail address.
    #[default]
    Email,
    /// Asks for the phone number.
    Phone,
    /// Offers the last login.
    #[cfg_attr(feature = "serde", serde(rename = "last login"))]
    LastLogin,
    /// Asks for the code.
    Code,
    /// Shows where the link was sent.
    Link,
    /// The login is done.
    #[cfg_attr(feature = "serde", serde(rename = "signed in"))]
    SignedIn,
    /// The person logged in in another tab.
    #[cfg_attr(feature = "serde", serde(rename = "signed in elsewhere"))]
    Elsewhere,
    /// A setting has to be changed before anybody can log in.
    Error,
}

impl ScreenKind {
    /// The name that events carry.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::LastLogin => "last login",
            Self::Code => "code",
            Self::Link => "link",
            Self::SignedIn => "signed in",
            Self::Elsewhere => "signed in elsewhere",
            Self::Error => "error",
        }
    }
}

/// The request that a screen waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The screen waits for the person.
    #[default]
    Idle,
    /// The browser is leaving for a social connection.
    Leaving {
        /// The version of the request.
        version: u32,
    },
    /// A request for a code or a link is in flight.
    Sending {
        /// The version of the request.
        version: u32,
    },
    /// A check of the code, or of the person's session with the tenant, is in flight.
    Verifying {
        /// The version of the request.
        version: u32,
    },
}

/// The request to repeat when the browser is online again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Request another code.
    Resend,
    /// Check the code in the field.
    Verify,
}

/// The screen that asks for the e-mail address or the phone number. What the person enters there outlives it:
/// [`Entries`](super::entries::Entries).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailScreen {
    /// The channel: it decides whether the screen asks for an address or a number.
    pub channel: Channel,
    /// A request for a code got no response, so the person may have the code all the same.
    pub may_have_code: bool,
    /// The flaw of the address or the number.
    pub flaw: Option<Flaw>,
    /// The note above the field.
    pub note: Option<Note>,
    /// The request in flight.
    pub phase: Phase,
    /// The address that the person probably meant.
    pub suggestion: Option<String>,
    /// The last request found no network, and is repeated when the browser is online again.
    pub resume: bool,
    /// The terms have to be ticked first.
    pub terms_missing: bool,
}

/// The screen that asks for the code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeScreen {
    /// The digits in the field.
    pub code: Secret,
    /// The digits in the field when the last resend began. If the field differs, the person may have typed
    /// the new code.
    pub code_before: Secret,
    /// The note above the field.
    pub note: Option<Note>,
    /// The request in flight.
    pub phase: Phase,
    /// The request that found no network, to be repeated when the browser is online again.
    pub resume: Option<Resume>,
    /// The screen asks for the code, because a short code was submitted or a pasted text has several possible
    /// codes.
    pub lacks_code: bool,
}

/// The screen that shows where the link was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkScreen {
    /// The note.
    pub note: Option<Note>,
    /// The request in flight.
    pub phase: Phase,
    /// A resend found no network, and is repeated when the browser is online again.
    pub resume: bool,
    /// The last request was for a code in place of the link.
    pub wants_code: bool,
}

impl LinkScreen {
    /// The kind of message that was requested last.
    pub(in crate::model) fn requested(&self) -> Send {
        if self.wants_code {
            Send::Code
        } else {
            Send::Link
        }
    }
}

/// The screen of the dialog, with its state.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Screen {
    /// The dialog is closed.
    #[default]
    Closed,
    /// Asks for the e-mail address or the phone number.
    Email(EmailScreen),
    /// Offers the last login. It has the state of the screen that asks for an address, because the same login
    /// begins here; only the field is not shown.
    LastLogin(EmailScreen),
    /// Shows where the link was sent.
    Link(LinkScreen),
    /// Asks for the code.
    Code(CodeScreen),
    /// The login is done.
    SignedIn,
    /// The person logged in in another tab.
    Elsewhere,
    /// A setting has to be changed before anybody can log in.
    Error(Cause),
}

impl Screen {
    /// The kind of the screen. `None` for a closed dialog.
    #[must_use]
    pub fn kind(&self) -> Option<ScreenKind> {
        match self {
            Self::Closed => None,
            Self::Email(screen) if screen.channel == Channel::Sms => Some(ScreenKind::Phone),
            Self::Email(_) => Some(ScreenKind::Email),
            Self::LastLogin(_) => Some(ScreenKind::LastLogin),
            Self::Link(_) => Some(ScreenKind::Link),
            Self::Elsewhere => Some(ScreenKind::Elsewhere),
            Self::Code(_) => Some(ScreenKind::Code),
            Self::SignedIn => Some(ScreenKind::SignedIn),
            Self::Error(_) => Some(ScreenKind::Error),
        }
    }

    /// The request that the screen waits for.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self {
            Self::Email(screen) | Self::LastLogin(screen) => screen.phase,
            Self::Code(screen) => screen.phase,
            Self::Link(screen) => screen.phase,
            Self::Closed | Self::SignedIn | Self::Elsewhere | Self::Error(_) => Phase::Idle,
        }
    }
}

/// The screen after a transition. `None` if the screen stays, even if its state has changed.
pub(in crate::model) type Next = Option<Screen>;
