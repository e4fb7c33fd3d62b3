//! The texts that the dialog shows: those of a language, overridden by the page's own.

use std::sync::Arc;

use latchkey_webauth::Value;
use latchkey_webauth::text::{digits, parts, split as split_at};

use super::formats::Formats;
use super::keys::{FINGERPRINT, english};
use super::{Key, is_right_to_left, tag};

/// The keys of hints that Lock has for every field alike, each after the key that a field has here. A page that
/// overrides Lock's key and not the field's key gets its text at the field.
const LOCKS_KEYS: [(Key, Key); 4] = [
    (Key::BlankEmail, Key::Blank),
    (Key::InvalidEmail, Key::Invalid),
    (Key::BlankPhone, Key::Blank),
    (Key::InvalidPhone, Key::Invalid),
];

/// A text around its placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The text before the placeholder, or the whole text if there is none.
    pub before: String,
    /// The text after the placeholder. `None` if there is none.
    pub after: Option<String>,
}

/// The texts that the dialog shows.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// The texts of the language, in the order of [`Key`].
    texts: Arc<Vec<String>>,
    /// The page's own texts by path. They are few and rarely read, so a list is enough.
    overrides: Vec<(String, String)>,
    /// The language of the texts, a BCP 47 tag.
    language: String,
    /// Plurals, durations and country names in that language.
    formats: Formats,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self::new(Formats::default())
    }
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.texts == other.texts
            && self.overrides == other.overrides
            && self.language == other.language
    }
}

impl Dictionary {
    /// The English dictionary, with `formats` for plurals, durations and country names.
    #[must_use]
    pub fn new(formats: Formats) -> Self {
        Self {
            texts: Arc::new(english().map(str::to_owned).collect()),
            overrides: Vec::new(),
            language: "en".to_owned(),
            formats,
        }
    }

    /// The first entry of a compiled language file. It identifies the table of keys that the file was made
    /// for, because the file has its texts in the table's order.
    #[must_use]
    pub fn fingerprint() -> String {
        digits(FINGERPRINT)
    }

    /// Switches to `language` (a name that [`negotiate`](super::negotiate) returns) with the texts of its
    /// compiled file. Returns `false`, and changes nothing, if the file belongs to another version.
    pub fn speak<'a>(
        &mut self,
        language: &str,
        file: impl IntoIterator<Item = Option<&'a str>>,
    ) -> bool {
        let mut file = file.into_iter();
        if file.next().flatten() != Some(&*Self::fingerprint()) {
            return false;
        }
        let texts: Option<Vec<String>> = file.map(|text| text.map(str::to_owned)).collect();
        match texts {
            Some(texts) if texts.len() == self.texts.len() => {
                self.texts = Arc::new(texts);
                tag(language).clone_into(&mut self.language);
                true
            }
            _ => false,
        }
    }

    /// Declares that the page's own texts are in `language`, for which the dialog has no file.
    pub fn call_language(&mut self, language: &str) {
        language.clone_into(&mut self.language);
    }

    /// The language that the dialog speaks, as a BCP 47 tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Sets the functions for plurals, durations and country names.
    pub fn format_with(&mut self, formats: Formats) {
        self.formats = formats;
    }

    /// The functions for plurals, durations and country names.
    #[must_use]
    pub fn formats(&self) -> Formats {
        self.formats
    }

    /// Overrides the text at `path`, such as `error.passwordless.bad.email`. A path that no text has is kept
    /// and never read.
    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        self.overrides.retain(|(known, _)| *known != path);
        self.overrides.push((path, text.into()));
    }

    /// Overrides the texts in `texts`: an object of strings and of further objects, as Lock's
    /// `languageDictionary`. Values of other types are ignored.
    pub fn lay_over(&mut self, texts: &Value) {
        self.lay_over_at(String::new(), texts);
    }

    fn lay_over_at(&mut self, path: String, texts: &Value) {
        match texts {
            Value::String(text) => self.set(path, text.as_str()),
            Value::Object(members) => {
                for (name, inner) in members {
                    let path = if path.is_empty() {
                        name.clone()
                    } else {
                        [path.as_str(), ".", name].concat()
                    };
                    self.lay_over_at(path, inner);
                }
            }
            _ => {}
        }
    }

    /// The page's own texts, by path.
    #[cfg(feature = "serde")]
    pub(crate) fn overrides(&self) -> impl Iterator<Item = (&str, &str)> {
        self.overrides
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Overrides the text of `key`, as [`Dictionary::set`] does. A program cannot misspell a [`Key`].
    pub fn say(&mut self, key: Key, text: impl Into<String>) {
        self.set(key.path(), text);
    }

    /// Overrides one plural form of `key`, by its CLDR category: `one`, `few`, `other`, ... A category
    /// without a text of its own falls back to `other`.
    pub fn say_form(&mut self, key: Key, category: &str, text: impl Into<String>) {
        self.set([key.path(), ".", category].concat(), text);
    }

    /// Whether the page overrides no text.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.overrides.is_empty()
    }

    /// The text of `key`: the page's own, else the language's.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.own_text(key)
            .or_else(|| self.texts.get(key as usize).map(String::as_str))
            .unwrap_or_default()
    }

    /// The page's own text of `key`.
    fn own_text(&self, key: Key) -> Option<&str> {
        // Most pages override nothing, and looking up the path of each key takes time.
        if self.is_plain() {
            return None;
        }
        let locks_key = || {
            let mut keys = LOCKS_KEYS.iter();
            keys.find_map(|(ours, locks)| (*ours == key).then_some(*locks))
        };
        self.own(key.path())
            .or_else(|| self.own(locks_key()?.path()))
    }

    fn own(&self, path: &str) -> Option<&str> {
        self.overrides
            .iter()
            .find_map(|(known, text)| (known == path).then_some(text.as_str()))
    }

    /// The text of `key` with its first `%s` or `%d` replaced by `value`. A text without a placeholder is
    /// returned unchanged. `%%` is a per cent sign.
    #[must_use]
    pub fn fill(&self, key: Key, value: &str) -> String {
        self.fill_text(self.text(key), value)
    }

    fn fill_text(&self, text: &str, value: &str) -> String {
        match split(text) {
            // An address or a time runs from left to right, so it is isolated inside text that runs from
            // right to left.
            Around {
                before,
                after: Some(after),
            } if is_right_to_left(&self.language) => {
                [&*before, "\u{2068}", value, "\u{2069}", &after].concat()
            }
            Around {
                before,
                after: Some(after),
            } => [&*before, value, &after].concat(),
            Around {
                before,
                after: None,
            } => before,
        }
    }

    /// The text of `key` around its first `%s` or `%d`.
    #[must_use]
    pub fn split(&self, key: Key) -> Around {
        split(self.text(key))
    }

    /// The plural form of `key` for `count`, with the number in place of `%d`.
    #[must_use]
    pub fn count(&self, key: Key, count: u64) -> String {
        let category = (self.formats.plural)(&self.language, count);
        let path = |category| [key.path(), ".", category].concat();
        let sentence = self
            .own(&path(&category))
            .or_else(|| self.own(&path("other")))
            .or_else(|| plural_form(self.text(key), &category))
            .or_else(|| plural_form(self.text(key), "other"))
            .unwrap_or_else(|| self.text(key));
        self.fill_text(sentence, &digits(count))
    }
}

/// The text of one plural category. `forms` is written as `one=...|other=...`.
pub(super) fn plural_form<'a>(forms: &'a str, category: &str) -> Option<&'a str> {
    parts(forms, "|").find_map(|form| form.strip_prefix(category)?.strip_prefix('='))
}

/// Splits a text at its first `%s` or `%d`. Each `%%` becomes `%`.
fn split(text: &str) -> Around {
    let mut before = None;
    let mut text_so_far = String::new();
    let mut remaining = text;
    while let Some((plain, tail)) = split_at(remaining, "%") {
        text_so_far.push_str(plain);
        let is_placeholder = before.is_none() && tail.starts_with(['s', 'd']);
        remaining = tail;
        if is_placeholder || tail.starts_with('%') {
            remaining = tail.get(1..).unwrap_or_default();
        }
        if is_placeholder {
            before = Some(std::mem::take(&mut text_so_far));
        } else {
            text_so_far.push('%');
        }
    }
    text_so_far.push_str(remaining);
    match before {
        Some(before) => Around {
            before,
            after: Some(text_so_far),
        },
        None => Around {
            before: text_so_far,
            after: None,
        },
    }
}
