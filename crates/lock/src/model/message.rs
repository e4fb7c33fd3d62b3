//! The messages that the model handles.

use crate::model::failure::Failure;
use crate::model::state::note::Flash;
use crate::model::state::person::Person;
use crate::model::state::secret::Secret;

/// The side that closed the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum By {
    /// The person, with the close button or the Escape key.
    Person,
    /// The page, with `hide()` or `destroy()`.
    Page,
}

/// A message between the dialogs of one browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A newer code or link was sent to this address or number.
    Sent {
        /// The recipient's address or number.
        to: String,
    },
    /// The person logged in.
    SignedIn,
}

/// A message to the model: an input of the person, a call of the page, a response, or the time.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The person goes back to the screen that asks for the address, or cancels a request.
    Back,
    /// The text in the captcha's field. It is sent just before [`Msg::Submit`].
    Captcha(String),
    /// The outcome of [`Effect::Captcha`](super::Effect::Captcha): whether the screen shows a captcha to
    /// solve.
    CaptchaShown(bool),
    /// The person closes the dialog. A dialog that is not closable ignores it.
    Close,
    /// The text in the code field changed.
    CodeChanged(Secret),
    /// The person chose another country, by its ISO 3166 code.
    CountryChanged(String),
    /// The text in the e-mail field changed.
    EmailChanged(String),
    /// The page sets or removes its message above the field.
    Flash(Option<Flash>),
    /// The person has a code, although the request for it got no response.
    HaveCode,
    /// The page closes the dialog.
    Hide,
    /// The browser went online (`true`) or offline (`false`).
    Online(bool),
    /// Another dialog of this browser, in this or another tab, sent a message.
    OtherTab(News),
    /// The browser restored the page from its back/forward cache.
    PageRestored,
    /// The outcome of [`Effect::Avatar`](super::Effect::Avatar): the page's data about the owner of an
    /// address.
    Person(Person),
    /// The text in the phone number field changed.
    PhoneChanged(String),
    /// The person asks for another code or link.
    Resend,
    /// The page opens the dialog.
    Show,
    /// The person chose a social connection, by its name.
    Social(String),
    /// The tenant's response to the [`Effect::Start`](super::Effect::Start) with the same version.
    Started {
        /// The version of the request.
        version: u32,
        /// Whether the tenant sent the code or the link.
        result: Result<(), Failure>,
    },
    /// The person submits the screen: with the button, with Enter, or with the last digit of a code.
    Submit,
    /// The person accepts the address that the dialog suggests.
    SuggestionTaken,
    /// The person presses the screen's second button. Each screen has its own, such as the one for the other
    /// channel, or the one for a code instead of a link.
    Switch,
    /// The dialog replaces the painted first screen. It opens as by [`Msg::Show`], without the events that
    /// the painter has emitted: [`Event::Show`](super::Event::Show), and
    /// [`Event::Ready`](super::Event::Ready) for the screen that asks for an address or a number. The focus
    /// stays where it is.
    TakeOver,
    /// The person ticked or unticked the terms.
    TermsToggled(bool),
    /// The time passes. The runtime sends a tick before every message, and each second while a countdown is
    /// shown.
    Tick {
        /// The browser's clock, in milliseconds since 1970.
        now_ms: u64,
    },
    /// The response to the [`Effect::Verify`](super::Effect::Verify),
    /// [`Effect::Session`](super::Effect::Session) or [`Effect::Authorize`](super::Effect::Authorize) with
    /// the same version.
    Verified {
        /// The version of the request.
        version: u32,
        /// Whether the person is logged in, or the browser is leaving for the tenant.
        result: Result<(), Failure>,
    },
}
