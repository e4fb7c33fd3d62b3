//! The screens, and what each of them knows besides [`Shared`](super::shared::Shared).

use crate::model::failure::Cause;
use crate::model::input::email::EmailFlaw;
use crate::model::state::note::Note;
use crate::model::state::recipient::Channel;
use crate::model::state::secret::Secret;

/// Which screen is shown, without its contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Step {
    /// Asking for the e-mail address.
    #[default]
    Email,
    /// Asking for the phone number.
    Phone,
    /// Offering the way of the last login.
    #[cfg_attr(feature = "serde", serde(rename = "last login"))]
    LastLogin,
    /// Asking for the code.
    Code,
    /// A link was sent.
    Link,
    /// On the way to the tenant.
    #[cfg_attr(feature = "serde", serde(rename = "signed in"))]
    SignedIn,
    /// The person logged in in another tab.
    #[cfg_attr(feature = "serde", serde(rename = "signed in elsewhere"))]
    Elsewhere,
    /// Something has to be set up differently first.
    Error,
}

impl Step {
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

/// Whether a screen waits for a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The person's turn.
    #[default]
    Idle,
    /// The browser is leaving for a social connection.
    Leaving {
        /// The version of the request.
        version: u32,
    },
    /// A code or a link was asked for.
    Sending {
        /// The version of the request.
        version: u32,
    },
    /// The code is being checked, or the person's session with the tenant.
    Verifying {
        /// The version of the request.
        version: u32,
    },
}

/// The request that is sent again when the network is back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// Ask for another code.
    Resend,
    /// Check the code in the field.
    Verify,
}

/// The screen that asks for the e-mail address or the phone number. What was typed outlives it:
/// [`Shared::email`](super::shared::Shared::email), [`Shared::phone`](super::shared::Shared::phone).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmailScreen {
    /// Which of the two it asks for.
    pub channel: Channel,
    /// A code was asked for, and no answer came: the person may have it all the same.
    pub may_have_code: bool,
    /// What is wrong with the address.
    pub flaw: Option<EmailFlaw>,
    /// What is to be said above the field.
    pub note: Option<Note>,
    /// Whether a response is awaited.
    pub phase: Phase,
    /// The address that the person probably meant.
    pub suggestion: Option<String>,
    /// The last request found no network: ask again as soon as there is one.
    pub resume: bool,
    /// The terms have to be ticked first.
    pub terms_missing: bool,
}

/// The screen that asks for the code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeScreen {
    /// The digits so far.
    pub code: Secret,
    /// The digits when another code was asked for. Others were typed since, maybe from that code.
    pub code_before: Secret,
    /// What is to be said above the field.
    pub note: Option<Note>,
    /// Whether a response is awaited.
    pub phase: Phase,
    /// The request that found no network, and is to be sent again as soon as there is one.
    pub resume: Option<Resume>,
    /// The code has to be entered first: it was submitted before it was full, or what was pasted holds several numbers
    /// that could be it.
    pub lacks_code: bool,
}

/// The screen that says where the link went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkScreen {
    /// What is to be said.
    pub note: Option<Note>,
    /// Whether a response is awaited.
    pub phase: Phase,
    /// A resend found no network: ask again as soon as there is one.
    pub resume: bool,
    /// The last request was for a code in place of the link.
    pub wants_code: bool,
}

/// What the dialog shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Screen {
    /// Nothing.
    #[default]
    Closed,
    /// The e-mail address or the phone number is asked for.
    Email(EmailScreen),
    /// The way of the last login is offered. It has the state of the screen that asks for an address, because
    /// the same login begins there; only the field is not shown.
    LastLogin(EmailScreen),
    /// A link was sent.
    Link(LinkScreen),
    /// The code is asked for.
    Code(CodeScreen),
    /// The login is done; the browser is on its way to the tenant.
    SignedIn,
    /// The person logged in in another tab.
    Elsewhere,
    /// A setting has to be changed before anybody can log in.
    Error(Cause),
}

impl Screen {
    /// Which screen it is. A closed dialog has none.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        match self {
            Self::Closed => None,
            Self::Email(screen) if screen.channel == Channel::Sms => Some(Step::Phone),
            Self::Email(_) => Some(Step::Email),
            Self::LastLogin(_) => Some(Step::LastLogin),
            Self::Link(_) => Some(Step::Link),
            Self::Elsewhere => Some(Step::Elsewhere),
            Self::Code(_) => Some(Step::Code),
            Self::SignedIn => Some(Step::SignedIn),
            Self::Error(_) => Some(Step::Error),
        }
    }

    /// Whether it waits for a response.
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

/// The screen that follows a transition. `None`: the screen stays, however it has changed.
pub(in crate::model) type Next = Option<Screen>;
