//! Everything that leaves the page: requests to the tenant, and actions that only the page or the program can
//! do.
//!
//! Logins go through the SDK's `Client` ([`tenant`]). Rust programs and pages of JavaScript differ in
//! [`program`] and `page`.

mod captcha;
#[cfg(feature = "js")]
mod page;
mod program;
mod task;
mod tenant;

use std::rc::Weak;

use latchkey_webauth::{Error, Send, Value};

#[cfg(feature = "js")]
use crate::model::Person;
use crate::model::{Failure, LastLogin, Msg, Recipient, Secret};
use crate::options::Options;

#[cfg(feature = "js")]
pub(crate) use page::{Page, PageService};
pub(crate) use program::ProgramService;

/// An order to a service. Its outcome is reported with the same `version`.
pub(crate) enum Order<'a> {
    /// Ask the page's own functions about the owner of an address. Empty: stop asking.
    Avatar {
        #[cfg_attr(
            not(feature = "js"),
            expect(dead_code, reason = "the functions are JavaScript's")
        )]
        email: &'a str,
    },
    /// Leave for a social connection. Only a failure is reported, or the outcome of a login in a window.
    Authorize { version: u32, connection: &'a str },
    /// Show a captcha in its place on the screen.
    Captcha(CaptchaTexts<'a>),
    /// Load a language file from this address.
    Language { version: u32, address: &'a str },
    /// Log in with the person's session at the tenant, if it is a session of that login.
    Session {
        version: u32,
        #[cfg_attr(
            not(feature = "js"),
            expect(dead_code, reason = "a Rust program's dialog asks for no session")
        )]
        login: LastLogin,
    },
    /// Request a code or a link.
    Start(Start<'a>),
    /// Log in with a code.
    Verify(Verify),
}

/// A request for a code or a link.
pub(crate) struct Start<'a> {
    pub(crate) version: u32,
    pub(crate) to: Recipient,
    pub(crate) send: Send,
    pub(crate) captcha: Option<String>,
    /// The language of the message, a BCP 47 tag.
    pub(crate) language: &'a str,
}

/// A login with a code.
pub(crate) struct Verify {
    pub(crate) version: u32,
    pub(crate) to: Recipient,
    pub(crate) code: Secret,
}

/// The dialog's number, its language, and its texts for a captcha.
#[derive(Clone, Copy)]
pub(crate) struct CaptchaTexts<'a> {
    pub(crate) id: &'a str,
    #[cfg_attr(
        not(feature = "js"),
        expect(dead_code, reason = "providers' widgets are JavaScript's")
    )]
    pub(crate) language: &'a str,
    /// Label of the field.
    pub(crate) label: &'a str,
    /// Placeholder for a picture of characters.
    pub(crate) code: &'a str,
    /// Placeholder for a picture of a sum.
    pub(crate) math: &'a str,
    /// Label of the button that loads another picture.
    pub(crate) reload: &'a str,
}

/// Carries out orders that leave the page.
pub(crate) trait Service {
    /// Applies the options of the next showing.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if they do not make a client.
    fn configure(&self, options: &Options) -> Result<(), Error>;

    /// Begins an order. Its outcome is reported through `reporter`.
    fn begin(&self, order: Order<'_>, options: &Options, reporter: Reporter);

    /// Cancels the request in flight, if there is one.
    fn cancel(&self);
}

/// Receives the reports of a service. The dialog's runtime implements it.
pub(crate) trait Receiver {
    /// Receives a message for the model.
    fn receive(&self, msg: Msg);

    /// Receives the content of a language file, or nothing if it cannot be loaded.
    fn receive_language(&self, version: u32, file: Option<Value>);
}

/// The handle through which a service reports the outcome of an order. It does not keep the dialog alive.
#[derive(Clone)]
pub(crate) struct Reporter(pub(crate) Weak<dyn Receiver>);

impl Reporter {
    /// Reports whether there is a captcha to solve.
    pub(crate) fn captcha(&self, is_there: bool) {
        self.send(Msg::CaptchaShown(is_there));
    }

    /// Closes the dialog after a login.
    pub(crate) fn hide(&self) {
        self.send(Msg::Hide);
    }

    /// Reports the content of a language file, or nothing if it cannot be loaded.
    pub(crate) fn language(&self, version: u32, file: Option<Value>) {
        if let Some(dialog) = self.0.upgrade() {
            dialog.receive_language(version, file);
        }
    }

    /// Reports the page's data about the owner of an address.
    #[cfg(feature = "js")]
    pub(crate) fn person(&self, person: Person) {
        self.send(Msg::Person(person));
    }

    /// Reports whether a code or a link was sent.
    pub(crate) fn started(&self, version: u32, result: Result<(), Failure>) {
        self.send(Msg::Started { version, result });
    }

    /// Reports whether the person is logged in, or leaving for the tenant.
    pub(crate) fn verified(&self, version: u32, result: Result<(), Failure>) {
        self.send(Msg::Verified { version, result });
    }

    fn send(&self, msg: Msg) {
        if let Some(dialog) = self.0.upgrade() {
            dialog.receive(msg);
        }
    }
}
