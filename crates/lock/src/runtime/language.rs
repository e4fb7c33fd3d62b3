//! The words of other languages than English: a file each, loaded when it is wanted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use latchkey_webauth::Value;
use latchkey_webauth::text::parts;

use crate::browser::warn;
use crate::i18n::{Dictionary, find_language, negotiate};
use crate::options::Options;
use crate::page::languages;

/// How long the dialog may wait for its language before it opens in English.
const PATIENCE_MS: u32 = 400;

/// A language file to be loaded. Its arrival is reported with the version.
pub(super) struct File {
    pub(super) version: u32,
    pub(super) address: String,
}

/// The loading of a language.
#[derive(Default)]
pub(super) struct Loading {
    /// What is on its way: the language, and its file's address.
    pending: RefCell<Option<(&'static str, String)>>,
    /// Opens the dialog in English after a while; there only while somebody wants it open.
    patience: RefCell<Option<Timeout>>,
    /// The developer was told, which once is enough.
    has_complained: Cell<bool>,
    /// Raised with each set of options: files for older ones are not for these.
    version: Cell<u32>,
}

thread_local! {
    /// The files that were loaded, by address: dialogs on a page share them.
    static FILES: RefCell<Vec<(String, Rc<Value>)>> = const { RefCell::new(Vec::new()) };
}

/// A file that has come before any dialog asked for it.
pub(super) fn know(address: String, file: Value) {
    FILES.with_borrow_mut(|files| files.push((address, Rc::new(file))));
}

impl Loading {
    /// Whether the language is on its way.
    pub(super) fn is_pending(&self) -> bool {
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

    /// Calls `open` when the dialog has waited for its language long enough, unless that comes before.
    pub(super) fn wait(&self, open: impl FnOnce() + 'static) {
        *self.patience.borrow_mut() = Some(Timeout::new(PATIENCE_MS, open));
    }

    /// The time of [`Loading::wait`] is over.
    pub(super) fn give_up(&self) {
        // It is running out at this moment.
        if let Some(timeout) = self.patience.take() {
            timeout.forget();
        }
    }

    /// Sees to it that the dialog speaks the language of its options: now, or once the returned file has come.
    pub(super) fn choose(
        &self,
        options: &Options,
        dictionary: &RefCell<Dictionary>,
    ) -> Option<File> {
        self.stop();
        let version = self.version.get().wrapping_add(1);
        self.version.set(version);
        let language = self.wanted(options, dictionary)?;
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
            self.speak(language, &file, options, dictionary);
            return None;
        }
        *self.pending.borrow_mut() = Some((language, address.clone()));
        Some(File { version, address })
    }

    /// The words of the language are there, or will not come. Whether somebody waited for them; `None` if they belong to
    /// older options.
    pub(super) fn came(
        &self,
        version: u32,
        file: Option<Value>,
        options: &Options,
        dictionary: &RefCell<Dictionary>,
    ) -> Option<bool> {
        if self.version.get() != version {
            return None;
        }
        let (language, address) = self.pending.take()?;
        if let Some(file) = file {
            self.speak(language, &file, options, dictionary);
            know(address, file);
        } else {
            let what = [
                "the language file ",
                &address,
                " cannot be loaded (the option `languageBaseUrl` says where the folder `languages` is)",
            ]
            .concat();
            self.make_do(language, &what, options, dictionary);
        }
        Some(self.patience.take().is_some())
    }

    /// The language to load, unless the words at hand will do.
    fn wanted(&self, options: &Options, dictionary: &RefCell<Dictionary>) -> Option<&'static str> {
        let language = match &options.language {
            None => negotiate(parts(&languages(), ",")),
            Some(wanted) => find_language(wanted).unwrap_or_else(|| {
                let what = ["there are no words for the language `", wanted, "`"].concat();
                self.make_do(wanted, &what, options, dictionary);
                "en"
            }),
        };
        if language != "en" && options.language_base_url.is_empty() {
            self.make_do(
                language,
                "`languageBaseUrl` is not set",
                options,
                dictionary,
            );
            return None;
        }
        (language != "en").then_some(language)
    }

    /// There is no file for `language`: its words are the page's own, if it brought any.
    fn make_do(
        &self,
        language: &str,
        why: &str,
        options: &Options,
        dictionary: &RefCell<Dictionary>,
    ) {
        let mut dictionary = dictionary.borrow_mut();
        if !dictionary.is_plain() {
            dictionary.call_language(language);
        } else if options.warns && !self.has_complained.replace(true) {
            let message = [
                "Auth0LockPasswordless: ",
                why,
                ": the dialog speaks English.",
            ];
            warn(&message.concat());
        }
    }

    fn speak(
        &self,
        language: &str,
        file: &Value,
        options: &Options,
        dictionary: &RefCell<Dictionary>,
    ) {
        let texts = match file {
            Value::Array(texts) => &texts[..],
            _ => &[],
        };
        let texts = texts.iter().map(Value::as_str);
        let is_ours = dictionary.borrow_mut().speak(language, texts);
        if !is_ours {
            let why = "the language file is none of this version";
            self.make_do(language, why, options, dictionary);
        }
    }
}
