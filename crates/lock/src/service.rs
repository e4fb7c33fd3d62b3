//! Everything that leaves the page: requests to the tenant, and what only the page or the program around the dialog can do.
//!
//! Logging in goes through the SDK's `Client` ([`tenant`]). What differs between a Rust program and a page of JavaScript is
//! in [`program`] and `page`.

mod captcha;
#[cfg(feature = "js")]
mod page;
mod program;
mod task;
mod tenant;

use std::rc::Weak;

use latchkey_webauth::{Error, Value};

#[cfg(feature = "js")]
use crate::model::Person;
use crate::model::{Failure, Msg, Recipient, Secret, Way};
use crate::options::Options;

#[cfg(feature = "js")]
pub(crate) use page::{Page, PageService};
pub(crate) use program::ProgramService;

/// Something to be done. The response to it repeats the `version`.
pub(crate) enum Order<'a> {
    /// Ask the page's own functions who an address belongs to; empty: nobody any longer.
    Avatar {
        #[cfg_attr(
            not(feature = "js"),
            expect(dead_code, reason = "the functions are JavaScript's")
        )]
        email: &'a str,
    },
    /// Leave for a social connection. Only a failure is reported, and a login in a window.
    Authorize { version: u32, connection: &'a str },
    /// Show a captcha in the place that the screen has for it.
    Captcha(CaptchaWords<'a>),
    /// Load the words of a language, from this address.
    Language { version: u32, address: &'a str },
    /// Log in by the session that the person has with the tenant, if it is of that way.
    Session {
        version: u32,
        #[cfg_attr(
            not(feature = "js"),
            expect(dead_code, reason = "a Rust program's dialog asks for no session")
        )]
        way: Way,
    },
    /// Have a code or a link sent.
    Start(Start<'a>),
    /// Log in with a code.
    Verify(Verify),
}

/// A code or a link to be sent.
pub(crate) struct Start<'a> {
    pub(crate) version: u32,
    pub(crate) to: Recipient,
    pub(crate) link: bool,
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

/// The dialog's number, its language, and its words for a captcha.
#[derive(Clone, Copy)]
pub(crate) struct CaptchaWords<'a> {
    pub(crate) id: &'a str,
    #[cfg_attr(
        not(feature = "js"),
        expect(dead_code, reason = "providers' widgets are JavaScript's")
    )]
    pub(crate) language: &'a str,
    /// The field's label.
    pub(crate) label: &'a str,
    /// What to type: the characters of the picture.
    pub(crate) code: &'a str,
    /// What to type: the result of a sum.
    pub(crate) math: &'a str,
    /// The button that brings another picture.
    pub(crate) reload: &'a str,
}

/// Does what leaves the page.
pub(crate) trait Service {
    /// Takes the options of the next showing.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] when they do not make a client.
    fn configure(&self, options: &Options) -> Result<(), Error>;

    /// Begins; `answers` is told how it ended.
    fn begin(&self, order: Order<'_>, options: &Options, answers: Answers);

    /// Ends the request in flight, if there is one: its response is not wanted.
    fn cancel(&self);
}

/// Takes what a service reports: the dialog's runtime.
pub(crate) trait Receiver {
    /// A message for the model.
    fn receive(&self, msg: Msg);

    /// The words of a language, or nothing where the file cannot be loaded.
    fn receive_language(&self, version: u32, file: Option<Value>);
}

/// Where a service reports how an order ended. It does not keep the dialog alive.
#[derive(Clone)]
pub(crate) struct Answers(pub(crate) Weak<dyn Receiver>);

impl Answers {
    /// Whether there is a captcha to solve.
    pub(crate) fn captcha(&self, is_there: bool) {
        self.send(Msg::CaptchaShown(is_there));
    }

    /// The login is done, and so is the dialog.
    pub(crate) fn hide(&self) {
        self.send(Msg::Hide);
    }

    /// The words of a language, or nothing where the file cannot be loaded.
    pub(crate) fn language(&self, version: u32, file: Option<Value>) {
        if let Some(dialog) = self.0.upgrade() {
            dialog.receive_language(version, file);
        }
    }

    /// Who an address belongs to, as far as the page knows.
    #[cfg(feature = "js")]
    pub(crate) fn person(&self, person: Person) {
        self.send(Msg::Person(person));
    }

    /// Whether a code or a link was sent.
    pub(crate) fn started(&self, version: u32, result: Result<(), Failure>) {
        self.send(Msg::Started { version, result });
    }

    /// Whether the person is logged in, or on the way.
    pub(crate) fn verified(&self, version: u32, result: Result<(), Failure>) {
        self.send(Msg::Verified { version, result });
    }

    fn send(&self, msg: Msg) {
        if let Some(dialog) = self.0.upgrade() {
            dialog.receive(msg);
        }
    }
}
