//! The effects of the model: requests, events, focus moves and stored data that the runtime carries out.

use latchkey_webauth::Send;

use crate::model::failure::Failure;
use crate::model::message::{By, News};
use crate::model::state::recipient::{LastLogin, Recipient};
use crate::model::state::screen::ScreenKind;
use crate::model::state::secret::Secret;

/// An element of the dialog that takes the focus.
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
    /// The screen's title, on a screen without a field.
    Title,
    /// The checkbox of the terms.
    Terms,
}

/// An effect that the runtime carries out. Effects with a `version` are answered by a message that repeats
/// it.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Leaves the page for a social connection, by `/authorize?connection=...`. A message follows only if
    /// that fails, or if the login was done in a window.
    Authorize {
        /// The version that the message repeats.
        version: u32,
        /// The connection's name.
        connection: String,
    },
    /// Asks the page for the picture and the name of this address's owner. The runtime waits for a pause in
    /// typing first. An empty text drops the last request.
    Avatar(String),
    /// Shows the tenant's captcha in its place on the screen, or replaces the captcha that is shown.
    Captcha,
    /// Cancels the request in flight, because its response is no longer wanted.
    Cancel,
    /// Takes the dialog off the page and gives the focus back.
    Close,
    /// Closes the dialog, by [`Msg::Hide`](super::Msg::Hide), if the page is hidden.
    CloseUnseen,
    /// Emits an event to the page.
    Emit(Event),
    /// Moves the focus.
    Focus(FocusTarget),
    /// Puts the dialog on the page.
    Open,
    /// Stores this text in `sessionStorage`, in place of what was stored before:
    /// [`Memory::to_text`](super::Memory::to_text). An empty text removes it.
    Remember(String),
    /// Stores the last login in `localStorage`, or removes it.
    RememberLogin(Option<LastLogin>),
    /// Asks the tenant whether the person has a session of the last login, and logs in with that session.
    Session {
        /// The version that the message repeats.
        version: u32,
        /// The last login.
        login: LastLogin,
    },
    /// Asks the tenant to send a code or a link: `POST /passwordless/start`.
    Start {
        /// The version that the message repeats.
        version: u32,
        /// The e-mail address or the phone number.
        to: Recipient,
        /// Whether the message contains a code or a link.
        send: Send,
        /// The solution of the captcha, if the tenant asked for one.
        captcha: Option<String>,
    },
    /// Sends a message to the other dialogs of this browser.
    Tell(News),
    /// Logs in with the code: `POST /co/authenticate`, then `/authorize`.
    Verify {
        /// The version that the message repeats.
        version: u32,
        /// The recipient of the code.
        to: Recipient,
        /// The code, of full length.
        code: Secret,
    },
}

/// An event that the page can listen to, under the name [`Event::name`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Event {
    /// A request failed.
    AuthorizationError(Failure),
    /// The dialog was closed before the person was logged in.
    Cancelled(By),
    /// The tenant sent another code.
    CodeResent,
    /// The tenant sent a code.
    CodeSent,
    /// The browser leaves for a social connection.
    FederatedLogin {
        /// The connection's name.
        connection: String,
    },
    /// The dialog was closed.
    Hide,
    /// The tenant sent another link.
    LinkResent,
    /// The tenant sent a link.
    LinkSent,
    /// The dialog was opened.
    Show,
    /// The person logged in in another tab.
    SignedInElsewhere,
    /// The dialog shows another screen.
    StepChanged(ScreenKind),
    /// The person submitted a screen, complete or not.
    Submit(ScreenKind),
    /// A screen with a field is ready for input.
    Ready(ScreenKind),
    /// A request failed in a way that only a change of settings can help.
    UnrecoverableError(Failure),
}

impl Event {
    /// The event's name. It is Lock's name for each event that Lock has.
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
            Self::Submit(ScreenKind::Code) => "vcode submit",
            Self::Submit(ScreenKind::Phone) => "socialOrPhoneNumber submit",
            Self::Submit(_) => "socialOrEmail submit",
            Self::Ready(ScreenKind::Code) => "vcode ready",
            Self::Ready(ScreenKind::Phone) => "socialOrPhoneNumber ready",
            Self::Ready(_) => "socialOrEmail ready",
            Self::UnrecoverableError(_) => "unrecoverable_error",
        }
    }
}

/// Adds the effect that emits `event`.
pub(super) fn emit(effects: &mut Vec<Effect>, event: Event) {
    effects.push(Effect::Emit(event));
}

/// Adds the effect that moves the focus to `target`.
pub(super) fn focus(effects: &mut Vec<Effect>, target: FocusTarget) {
    effects.push(Effect::Focus(target));
}
