//! The texts that the dialog shows: those of a language, and over them the page's own words.

use std::sync::Arc;

use latchkey_webauth::Value;
use latchkey_webauth::text::{digits, parts, split as split_at};

use super::formats::Formats;
use super::keys::{FINGERPRINT, english};
use super::{Key, is_right_to_left, tag};

/// Lock has one hint for every field. Where a page words that one and not the hint of a field, it is used for the
/// field.
const OLD_PATHS: [(Key, Key); 4] = [
    (Key::BlankEmail, Key::Blank),
    (Key::InvalidEmail, Key::Invalid),
    (Key::BlankPhone, Key::Blank),
    (Key::InvalidPhone, Key::Invalid),
];

/// The texts that the dialog shows.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// All texts of the language, in the order of [`Key`].
    texts: Arc<Vec<String>>,
    /// The page's own words by path. Few and rarely read, so a list is enough.
    overrides: Vec<(String, String)>,
    /// The language of the texts, a BCP 47 tag.
    language: String,
    /// Plurals, durations and names in that language.
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
    /// English, with plurals and the like by `formats`.
    #[must_use]
    pub fn new(formats: Formats) -> Self {
        Self {
            texts: Arc::new(english().map(str::to_owned).collect()),
            overrides: Vec::new(),
            language: "en".to_owned(),
            formats,
        }
    }

    /// The first entry of a compiled language file: it tells whether the file was made for this
    /// very table, whose order its texts are in.
    #[must_use]
    pub fn fingerprint() -> String {
        digits(FINGERPRINT)
    }

    /// Replaces the language by `language` (as in [`negotiate`](super::negotiate)) with the texts
    /// of its compiled file. `false`, and nothing changes, if the file belongs to another version.
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

    /// Says that the page's own words are in `language`, for which the dialog has no file.
    pub fn call_language(&mut self, language: &str) {
        language.clone_into(&mut self.language);
    }

    /// The language that the dialog speaks, a BCP 47 tag.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Puts in the functions that know about languages.
    pub fn format_with(&mut self, formats: Formats) {
        self.formats = formats;
    }

    /// Plurals, durations and names of the dialog's language.
    #[must_use]
    pub fn formats(&self) -> Formats {
        self.formats
    }

    /// Lays `text` over the text at `path`, whose parts are joined by dots. A path that no text has
    /// is kept and never read.
    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        self.overrides.retain(|(known, _)| *known != path);
        self.overrides.push((path, text.into()));
    }

    /// Lays the texts in `texts` over those of the dictionary: an object of texts and of further objects, as Lock's
    /// `languageDictionary`. Anything else in it is left out.
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

    /// The page's own words, by path.
    #[cfg(feature = "serde")]
    pub(crate) fn overrides(&self) -> impl Iterator<Item = (&str, &str)> {
        self.overrides
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Lays `text` over the text of `key`: [`Dictionary::set`] for programs, which cannot misspell it.
    pub fn say(&mut self, key: Key, text: impl Into<String>) {
        self.set(key.path(), text);
    }

    /// Lays `text` over one plural form of `key`, by its CLDR category: `one`, `few`, `other`, ...
    /// A category without a text of its own has that of `other`.
    pub fn say_form(&mut self, key: Key, category: &str, text: impl Into<String>) {
        self.set([key.path(), ".", category].concat(), text);
    }

    /// Whether the page brought no words of its own.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.overrides.is_empty()
    }

    /// The text of `key`.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.own_text(key)
            .or_else(|| self.texts.get(key as usize).map(String::as_str))
            .unwrap_or_default()
    }

    /// The page's own text of `key`.
    fn own_text(&self, key: Key) -> Option<&str> {
        // Most pages have no words of their own, and looking for the path of each key takes time.
        if self.is_plain() {
            return None;
        }
        let old = || OLD_PATHS.iter().find(|(new, _)| *new == key);
        self.own(key.path()).or_else(|| self.own(old()?.1.path()))
    }

    fn own(&self, path: &str) -> Option<&str> {
        self.overrides
            .iter()
            .find_map(|(known, text)| (known == path).then_some(text.as_str()))
    }

    /// The text of `key`, its first `%s` or `%d` replaced by `value`. A text without one stays as
    /// it is; `%%` is a per cent sign.
    #[must_use]
    pub fn fill(&self, key: Key, value: &str) -> String {
        self.fill_text(self.text(key), value)
    }

    fn fill_text(&self, text: &str, value: &str) -> String {
        match split(text) {
            // An address or a time among words that run from right to left keeps its own direction.
            (before, Some(after)) if is_right_to_left(&self.language) => {
                [&*before, "\u{2068}", value, "\u{2069}", &after].concat()
            }
            (before, Some(after)) => [&*before, value, &after].concat(),
            (before, None) => before,
        }
    }

    /// The texts before and after the first `%s` or `%d` of `key`.
    #[must_use]
    pub fn split(&self, key: Key) -> (String, Option<String>) {
        split(self.text(key))
    }

    /// The sentence of `key` that fits `count`.
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

/// The sentence of one plural category: `one=...|other=...`.
pub(super) fn plural_form<'a>(forms: &'a str, category: &str) -> Option<&'a str> {
    parts(forms, "|").find_map(|form| form.strip_prefix(category)?.strip_prefix('='))
}

/// The texts before and after the first `%s` or `%d`, with each `%%` as `%`.
fn split(text: &str) -> (String, Option<String>) {
    let mut before = None;
    let mut text_so_far = String::new();
    let mut rest = text;
    while let Some((plain, tail)) = split_at(rest, "%") {
        text_so_far.push_str(plain);
        let is_place = before.is_none() && tail.starts_with(['s', 'd']);
        rest = tail;
        if is_place || tail.starts_with('%') {
            rest = tail.get(1..).unwrap_or_default();
        }
        if is_place {
            before = Some(std::mem::take(&mut text_so_far));
        } else {
            text_so_far.push('%');
        }
    }
    text_so_far.push_str(rest);
    match before {
        Some(before) => (before, Some(text_so_far)),
        None => (text_so_far, None),
    }
}
