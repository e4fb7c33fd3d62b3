//! Loads the texts of languages other than English. Each language is one file, which is loaded on demand.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use latchkey_webauth::Value;
use latchkey_webauth::text::parts;

use crate::browser::warn;
use crate::i18n::{Dictionary, find_language, negotiate};
use crate::options::Options;
use crate::page::languages;

/// The longest that the dialog waits for its language file before it opens in English, in milliseconds.
const PATIENCE_MS: u32 = 400;

/// A language file to be loaded. The service reports the file's content together with `version`.
pub(super) struct File {
    pub(super) version: u32,
    pub(super) address: String,
}

/// A language that is loading.
struct Pending {
    language: &'static str,
    /// The address of its file.
    address: String,
}

/// Whether anything waited for a language file that has arrived.
pub(super) enum Arrival {
    /// The file belongs to earlier options. It is ignored.
    Outdated,
    /// A call of `show` waited for the file.
    Awaited,
    /// Nothing waited for the file.
    Unawaited,
}

/// The loading of a dialog's language.
#[derive(Default)]
pub(super) struct Loading {
    /// The language that is loading.
    pending: RefCell<Option<Pending>>,
    /// The timer that opens the dialog in English. It exists while a call of `show` waits for the language.
    patience: RefCell<Option<Timeout>>,
    /// Whether the developer has been warned. There is at most one warning.
    has_warned: Cell<bool>,
    /// The number of the current options. Files for earlier options are ignored.
    version: Cell<u32>,
}

thread_local! {
    /// The files that have loaded, by address. All dialogs of a page share them.
    static FILES: RefCell<Vec<(String, Rc<Value>)>> = const { RefCell::new(Vec::new()) };
}

/// Adds a file that has loaded before any dialog asked for it.
pub(super) fn know(address: String, file: Value) {
    FILES.with_borrow_mut(|files| files.push((address, Rc::new(file))));
}

impl Loading {
    /// Whether the language file is loading.
    pub(super) fn is_pending(&self) -> bool {
        self.pending.borrow().is_some()
    }

    /// Stops waiting for the language file.
    pub(super) fn stop(&self) {
        drop(self.pending.take());
        drop(self.patience.take());
    }

    /// Cancels the request to open the dialog. Returns whether there was one.
    pub(super) fn forget_opening(&self) -> bool {
        self.patience.take().is_some()
    }

    /// Calls `open` when the dialog has waited long enough, unless the language file comes first.
    pub(super) fn wait(&self, open: impl FnOnce() + 'static) {
        *self.patience.borrow_mut() = Some(Timeout::new(PATIENCE_MS, open));
    }

    /// Handles the end of the wait in [`Loading::wait`].
    pub(super) fn give_up(&self) {
        // The timer is running at this moment, so it must not be cancelled.
        if let Some(timeout) = self.patience.take() {
            timeout.forget();
        }
    }

    /// Chooses the language of the options. Returns the file to load, unless the dialog has the texts
    /// already.
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
        while let Some(without_slash) = base.strip_suffix('/') {
            base = without_slash;
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
        *self.pending.borrow_mut() = Some(Pending {
            language,
            address: address.clone(),
        });
        Some(File { version, address })
    }

    /// Handles the content of a language file, or the failure to load it.
    pub(super) fn came(
        &self,
        version: u32,
        file: Option<Value>,
        options: &Options,
        dictionary: &RefCell<Dictionary>,
    ) -> Arrival {
        if self.version.get() != version {
            return Arrival::Outdated;
        }
        let Some(Pending { language, address }) = self.pending.take() else {
            return Arrival::Outdated;
        };
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
            self.do_without(language, &what, options, dictionary);
        }
        if self.patience.take().is_some() {
            Arrival::Awaited
        } else {
            Arrival::Unawaited
        }
    }

    /// The language to load, or `None` if no file is needed.
    fn wanted(&self, options: &Options, dictionary: &RefCell<Dictionary>) -> Option<&'static str> {
        let language = match &options.language {
            None => negotiate(parts(&languages(), ",")),
            Some(requested) => find_language(requested).unwrap_or_else(|| {
                let what = ["there are no words for the language `", requested, "`"].concat();
                self.do_without(requested, &what, options, dictionary);
                "en"
            }),
        };
        if language != "en" && options.language_base_url.is_empty() {
            self.do_without(
                language,
                "`languageBaseUrl` is not set",
                options,
                dictionary,
            );
            return None;
        }
        (language != "en").then_some(language)
    }

    /// Handles a missing language file. The dialog keeps the page's own texts, if there are any, and English
    /// otherwise.
    fn do_without(
        &self,
        language: &str,
        why: &str,
        options: &Options,
        dictionary: &RefCell<Dictionary>,
    ) {
        let mut dictionary = dictionary.borrow_mut();
        if !dictionary.is_plain() {
            dictionary.call_language(language);
        } else if options.warns && !self.has_warned.replace(true) {
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
            self.do_without(language, why, options, dictionary);
        }
    }
}
