//! The words of other languages than English: a file each, loaded when it is wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use latchkey_webauth::Value;
use latchkey_webauth::text::parts;

use super::Inner;
use crate::browser::{now_ms, warn};
use crate::i18n::{find_language, negotiate};
use crate::model::Msg;
use crate::options::Options;
use crate::page::languages;
use crate::service::Order;

/// How long the dialog may wait for its language before it opens in English.
const PATIENCE_MS: u32 = 400;

/// The loading of a language.
#[derive(Default)]
pub(super) struct Loading {
    /// What is on its way: the language, and its file's address.
    pending: RefCell<Option<(&'static str, String)>>,
    /// Opens the dialog in English after a while; there only while somebody wants it open.
    patience: RefCell<Option<Timeout>>,
    /// The developer was told, which once is enough.
    has_complained: Cell<bool>,
    /// Raised with each set of options: answers for older ones are not for these.
    round: Cell<u32>,
}

thread_local! {
    /// The files that were loaded, by address: dialogs on a page share them.
    static FILES: RefCell<Vec<(String, Rc<Value>)>> = const { RefCell::new(Vec::new()) };
}

impl Loading {
    /// Whether the language is on its way.
    fn is_pending(&self) -> bool {
        self.pending.borrow().is_some()
    }

    /// Nobody waits any longer.
    pub(super) fn stop(&self) {
        drop(self.pending.take());
        drop(self.patience.take());
    }

    /// The dialog is not wanted any longer. Whether it was waited for.
    pub(super) fn forget_opening(&self) -> bool {
        self.patience.take().is_some()
    }
}

impl Inner {
    /// Sees to it that the dialog speaks the language of its options, now or soon.
    pub(super) fn choose_language(self: &Rc<Self>) {
        self.language.stop();
        let round = self.language.round.get().wrapping_add(1);
        self.language.round.set(round);
        let options = Rc::clone(&self.options.borrow());
        let Some(language) = self.wanted(&options) else {
            return;
        };
        let mut base = &*options.language_base_url;
        while let Some(rest) = base.strip_suffix('/') {
            base = rest;
        }
        let address = [base, "/languages/", language, ".json"].concat();
        let known = FILES.with_borrow(|files| {
            let file = files.iter().find(|(known, _)| *known == address);
            file.map(|(_, file)| Rc::clone(file))
        });
        if let Some(file) = known {
            self.speak(language, &file);
            return;
        }
        *self.language.pending.borrow_mut() = Some((language, address.clone()));
        self.begin(Order::Language {
            version: round,
            address: &address,
        });
    }

    /// The words of the language are there, or will not come.
    pub(crate) fn language_came(self: &Rc<Self>, round: u32, file: Option<Value>) {
        if self.language.round.get() != round {
            return;
        }
        let Some((language, address)) = self.language.pending.take() else {
            return;
        };
        if let Some(file) = file.map(Rc::new) {
            self.speak(language, &file);
            FILES.with_borrow_mut(|files| files.push((address, file)));
        } else {
            let what = ["the language file ", &address, " cannot be loaded"].concat();
            self.make_do(language, &what);
        }
        let is_wanted = self.language.patience.take().is_some();
        let is_open = self.mounted.borrow().is_some();
        if is_wanted {
            self.dispatch(Msg::Show);
        } else if is_open {
            // Says the same in other words.
            self.dispatch(Msg::Tick { now_ms: now_ms() });
        }
    }

    /// The language to load, unless the words at hand will do.
    fn wanted(&self, options: &Options) -> Option<&'static str> {
        let language = match &options.language {
            None => negotiate(parts(&languages(), ",")),
            Some(wanted) => find_language(wanted).unwrap_or_else(|| {
                let what = ["there are no words for the language `", wanted, "`"].concat();
                self.make_do(wanted, &what);
                "en"
            }),
        };
        if language != "en" && options.language_base_url.is_empty() {
            self.make_do(language, "`languageBaseUrl` is not set");
            return None;
        }
        (language != "en").then_some(language)
    }

    /// There is no file for `language`: its words are the page's own, if it brought any.
    fn make_do(&self, language: &str, why: &str) {
        let mut dictionary = self.dictionary.borrow_mut();
        if dictionary.is_plain() {
            self.complain(why);
        } else {
            dictionary.call_language(language);
        }
    }

    fn complain(&self, what: &str) {
        if self.options.borrow().warns && !self.language.has_complained.replace(true) {
            warn(
                &[
                    "Auth0LockPasswordless: ",
                    what,
                    ": the dialog speaks English.",
                ]
                .concat(),
            );
        }
    }

    fn speak(&self, language: &str, file: &Value) {
        let texts = match file {
            Value::Array(texts) => &texts[..],
            _ => &[],
        };
        let texts = texts.iter().map(Value::as_str);
        let is_ours = self.dictionary.borrow_mut().speak(language, texts);
        if !is_ours {
            self.make_do(language, "the language file is none of this version");
        }
    }

    /// Opens the dialog, if need be after a short wait for its language.
    pub(super) fn show_in_language(self: &Rc<Self>) {
        if !self.language.is_pending() || self.mounted.borrow().is_some() {
            self.dispatch(Msg::Show);
            return;
        }
        let weak = Rc::downgrade(self);
        let patience = Timeout::new(PATIENCE_MS, move || {
            if let Some(inner) = weak.upgrade() {
                // It is running out at this moment.
                if let Some(timeout) = inner.language.patience.take() {
                    timeout.forget();
                }
                inner.dispatch(Msg::Show);
            }
        });
        *self.language.patience.borrow_mut() = Some(patience);
    }
}
