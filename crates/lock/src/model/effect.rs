//! What the dialog wants done.

use super::{By, Failure, Secret, Step};

/// A field that takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusTarget {
    /// The code field.
    Code,
    /// The e-mail field.
    Email,
    /// The screen's title: there is no field to fill in.
    Title,
    /// The checkbox of the terms.
    Terms,
}

/// Something to do outside the model. The runtime does it, and answers with a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Drop the request in flight; its answer is no longer wanted.
    Cancel,
    /// Take the dialog off the page and give the focus back.
    Close,
    /// Tell the page.
    Emit(Event),
    /// Move the focus.
    Focus(FocusTarget),
    /// Put the dialog on the page.
    Open,
    /// Ask the tenant to send a code: `POST /passwordless/start`.
    Start {
        /// To be repeated in the answer.
        version: u32,
        /// The address, trimmed and checked.
        email: String,
    },
    /// Log in with the code: `POST /co/authenticate`, then on to `/authorize`.
    Verify {
        /// To be repeated in the answer.
        version: u32,
        /// The address that the code was sent to.
        email: String,
        /// The code, of full length.
        code: Secret,
    },
}

/// What the page is told. [`Event::name`] is the name to subscribe to.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A request failed.
    AuthorizationError(Failure),
    /// The dialog was closed before the login was done.
    Cancelled(By),
    /// Another code is on its way.
    CodeResent,
    /// A code is on its way.
    CodeSent,
    /// The dialog was closed.
    Hide,
    /// The dialog was opened.
    Show,
    /// Another screen is shown.
    StepChanged(Step),
    /// The person submitted a screen, with whatever it held.
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
            Self::Hide => "hide",
            Self::Show => "show",
            Self::StepChanged(_) => "step changed",
            Self::Submit(Step::Code) => "vcode submit",
            Self::Submit(Step::Email | Step::SignedIn | Step::Error) => "socialOrEmail submit",
            Self::Ready(Step::Code) => "vcode ready",
            Self::Ready(Step::Email | Step::SignedIn | Step::Error) => "socialOrEmail ready",
            Self::UnrecoverableError(_) => "unrecoverable_error",
        }
    }
}
