//! What can happen to the dialog.

use crate::model::failure::Failure;
use crate::model::state::note::Flash;
use crate::model::state::person::Person;
use crate::model::state::secret::Secret;

/// The side that ended a login before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum By {
    /// The person: the close button or Escape.
    Person,
    /// The page: `hide()` or `destroy()`.
    Page,
}

/// What dialogs of one browser tell each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// A newer code or link was sent to this address or number.
    Sent {
        /// Where.
        to: String,
    },
    /// Somebody logged in.
    SignedIn,
}

/// Everything that can happen to the dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The person goes back one screen, or takes a request back.
    Back,
    /// The text in the captcha's field. It comes before [`Msg::Submit`].
    Captcha(String),
    /// What became of [`Effect::Captcha`](super::Effect::Captcha): whether there is a captcha to solve.
    CaptchaShown(bool),
    /// The person closes the dialog. Ignored where the dialog is not closable.
    Close,
    /// The code field changed.
    CodeChanged(Secret),
    /// Another country was chosen, by its ISO 3166 code.
    CountryChanged(String),
    /// The e-mail field changed.
    EmailChanged(String),
    /// The page has something to say above the field, or nothing any longer.
    Flash(Option<Flash>),
    /// The person has a code, though no answer came to the request for it.
    HaveCode,
    /// The page closes the dialog.
    Hide,
    /// The browser says that it is online (`true`) or offline.
    Online(bool),
    /// Another tab of this browser, or another dialog of this page, did something.
    OtherTab(News),
    /// The page came back from the browser's back/forward cache.
    PageRestored,
    /// What the page knows of the person behind an address: what became of
    /// [`Effect::Avatar`](super::Effect::Avatar).
    Person(Person),
    /// The phone number field changed.
    PhoneChanged(String),
    /// The person asks for another code or link.
    Resend,
    /// The page opens the dialog.
    Show,
    /// The person chose a social connection, by its name.
    Social(String),
    /// The tenant's response to [`Effect::Start`](super::Effect::Start) of the same version.
    Started {
        /// The version of the request.
        version: u32,
        /// Whether the code is on its way.
        result: Result<(), Failure>,
    },
    /// The person submits the screen: the button, Enter, or the last digit of a code.
    Submit,
    /// The person takes the address that the dialog suggests.
    SuggestionTaken,
    /// The person wants the code by the other channel, a code instead of a link, or to log in another way than the
    /// last time.
    Switch,
    /// The dialog takes the place of the painted first screen: [`Msg::Show`] without the events that the
    /// painter sent. These are [`Event::Show`](super::Event::Show), and
    /// [`Event::Ready`](super::Event::Ready) where the dialog opens on the screen that asks for an address or
    /// a number. The focus stays where it is.
    TakeOver,
    /// The terms were ticked or unticked.
    TermsToggled(bool),
    /// The time, in milliseconds since 1970.
    Tick {
        /// Now.
        now_ms: u64,
    },
    /// The response to [`Effect::Verify`](super::Effect::Verify),
    /// [`Effect::Session`](super::Effect::Session) or
    /// [`Effect::Authorize`](super::Effect::Authorize) of the same version.
    Verified {
        /// The version of the request.
        version: u32,
        /// Whether the browser is on its way to the tenant, or the person logged in in place.
        result: Result<(), Failure>,
    },
}
