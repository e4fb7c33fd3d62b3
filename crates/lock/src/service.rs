//! Everything that leaves the page is done outside the dialog, which is on the page before any of it
//! is there: by the SDK in a Rust program, and in JavaScript by what the facade loads once the first
//! screen is up.

mod captcha;
#[cfg(feature = "js")]
mod facade;
mod sdk;
mod task;

use std::rc::Weak;

use latchkey_webauth::{Error, Value};

#[cfg(feature = "js")]
use crate::model::Person;
use crate::model::{Failure, Msg, Recipient, Secret, Way};
use crate::options::Options;
use crate::runtime::Inner;

#[cfg(feature = "js")]
pub(crate) use facade::Facade;
pub(crate) use sdk::Sdk;

/// Something to be done. Its answer repeats the `version`.
pub(crate) enum Order<'a> {
    /// Ask the page's own functions who an address belongs to; empty: nobody any longer.
    Avatar {
        #[cfg_attr(
            not(feature = "js"),
            expect(dead_code, reason = "the functions are JavaScript's")
        )]
        email: &'a str,
    },
    /// Leave for a social connection. Only a failure is answered, and a login in a window.
    Authorize { version: u32, connection: &'a str },
    /// Show a captcha in the place that the screen has for it.
    Captcha {
        /// The dialog's number, its language, and its words for the field, its two kinds and the button.
        texts: [&'a str; 6],
    },
    /// Load the words of a language, from this address.
    Language { version: u32, address: &'a str },
    /// Log in by the session that the person has with the tenant, if it is of that way.
    Session {
        version: u32,
        #[cfg_attr(
            not(feature = "js"),
            expect(dead_code, reason = "the SDK's service asks for no session")
        )]
        way: Way,
    },
    /// Have a code or a link sent.
    Start {
        version: u32,
        to: Recipient,
        link: bool,
        captcha: Option<String>,
        language: &'a str,
    },
    /// Log in with a code.
    Verify {
        version: u32,
        to: Recipient,
        code: Secret,
    },
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

    /// Ends the request in flight, if there is one: its answer is not wanted.
    fn cancel(&self);
}

/// Where the answers go. It does not keep the dialog alive.
#[derive(Clone)]
pub(crate) struct Answers(pub(crate) Weak<Inner>);

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
        if let Some(inner) = self.0.upgrade() {
            inner.language_came(version, file);
        }
    }

    /// Who an address belongs to: `{ email, image, name }`.
    #[cfg(feature = "js")]
    pub(crate) fn person(&self, person: &Value) {
        let text = |name| person.member(name).as_str().unwrap_or_default().to_owned();
        self.send(Msg::Person(Person {
            email: text("email"),
            image: text("image"),
            name: text("name"),
        }));
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
        if let Some(inner) = self.0.upgrade() {
            inner.dispatch(msg);
        }
    }
}
