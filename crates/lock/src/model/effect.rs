//! What the dialog wants done outside: requests, events, the focus, what is kept. The runtime does it.

use crate::model::failure::Failure;
use crate::model::message::{By, News};
use crate::model::state::recipient::{Recipient, Way};
use crate::model::state::screen::Step;
use crate::model::state::secret::Secret;

/// A field that takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusTarget {
    /// The captcha's field.
    Captcha,
    /// The code field.
    Code,
    /// The e-mail field.
    Email,
    /// The phone number field.
    Phone,
    /// The screen's title: there is no field to fill in.
    Title,
    /// The checkbox of the terms.
    Terms,
}

/// Something to do outside the model. The runtime does it, and sends a message about how it ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Leave for a social connection: `/authorize?connection=...`. A message follows only if that failed, or
    /// if the login was done in a window.
    Authorize {
        /// To be repeated in the message that follows.
        version: u32,
        /// The connection's name.
        connection: String,
    },
    /// Ask the page for the person behind this address, after a moment and unless another address comes. Empty:
    /// ask for nobody.
    Avatar(String),
    /// Show the tenant's captcha in its place on the screen; or another captcha, if one is shown.
    Captcha,
    /// Drop the request in flight; its response is no longer wanted.
    Cancel,
    /// Take the dialog off the page and give the focus back.
    Close,
    /// Close, by [`Msg::Hide`](super::Msg::Hide), unless the person has the page in front of them.
    CloseUnseen,
    /// Tell the page.
    Emit(Event),
    /// Move the focus.
    Focus(FocusTarget),
    /// Put the dialog on the page.
    Open,
    /// Keep this text for the life of the tab, in place of what was kept before:
    /// [`Memory::to_text`](super::Memory::to_text). Empty: keep nothing.
    Remember(String),
    /// Keep how somebody logged in, for the next time that this page is open; or nothing.
    RememberWay(Option<Way>),
    /// Ask the tenant whether the person has a session of that way, and log in by it.
    Session {
        /// To be repeated in the message that follows.
        version: u32,
        /// How the person logged in the last time.
        way: Way,
    },
    /// Ask the tenant to send a code or a link: `POST /passwordless/start`.
    Start {
        /// To be repeated in the message that follows.
        version: u32,
        /// The address or the number.
        to: Recipient,
        /// A link instead of a code.
        link: bool,
        /// The answer to the captcha, where the tenant asks for one.
        captcha: Option<String>,
    },
    /// Tell the other dialogs of this browser.
    Tell(News),
    /// Log in with the code: `POST /co/authenticate`, then on to `/authorize`.
    Verify {
        /// To be repeated in the message that follows.
        version: u32,
        /// Where the code was sent.
        to: Recipient,
        /// The code, of full length.
        code: Secret,
    },
}

/// What the page is told. [`Event::name`] is the name to subscribe to.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Event {
    /// A request failed.
    AuthorizationError(Failure),
    /// The dialog was closed before the login was done.
    Cancelled(By),
    /// Another code is on its way.
    CodeResent,
    /// A code is on its way.
    CodeSent,
    /// The browser leaves for a social connection.
    FederatedLogin {
        /// The connection's name.
        connection: String,
    },
    /// The dialog was closed.
    Hide,
    /// Another link is on its way.
    LinkResent,
    /// A link is on its way.
    LinkSent,
    /// The dialog was opened.
    Show,
    /// Somebody logged in in another tab.
    SignedInElsewhere,
    /// Another screen is shown.
    StepChanged(Step),
    /// The person submitted a screen, whether or not something is missing on it.
    Submit(Step),
    /// A screen with a field is ready for input.
    Ready(Step),
    /// A request failed, and only a change of settings can help.
    UnrecoverableError(Failure),
}

impl Event {
    /// The event's name: Lock's where Lock has one.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::AuthorizationError(_) => "authorization_error",
            Self::Cancelled(_) => "cancelled",
            Self::CodeResent => "code resent",
            Self::CodeSent => "code sent",
            Self::FederatedLogin { .. } => "federated login",
            Self::Hide => "hide",
            Self::LinkResent => "link resent",
            Self::LinkSent => "link sent",
            Self::Show => "show",
            Self::SignedInElsewhere => "signed in elsewhere",
            Self::StepChanged(_) => "step changed",
            Self::Submit(Step::Code) => "vcode submit",
            Self::Submit(Step::Phone) => "socialOrPhoneNumber submit",
            Self::Submit(_) => "socialOrEmail submit",
            Self::Ready(Step::Code) => "vcode ready",
            Self::Ready(Step::Phone) => "socialOrPhoneNumber ready",
            Self::Ready(_) => "socialOrEmail ready",
            Self::UnrecoverableError(_) => "unrecoverable_error",
        }
    }
}

/// Tells the page of `event`.
pub(super) fn emit(effects: &mut Vec<Effect>, event: Event) {
    effects.push(Effect::Emit(event));
}

/// Moves the focus to `target`.
pub(super) fn focus(effects: &mut Vec<Effect>, target: FocusTarget) {
    effects.push(Effect::Focus(target));
}
