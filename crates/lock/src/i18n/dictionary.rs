//! The texts in force: English, with a page's own words over it.

use super::Key;

/// Lock's old names for the hints of the e-mail field: used where the new ones are not given.
const OLD_PATHS: [(&str, &str); 2] = [
    ("blankErrorHint", "blankEmailErrorHint"),
    ("invalidErrorHint", "invalidEmailErrorHint"),
];

/// The texts in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    /// What differs from English. Few and rarely read, so a list is enough.
    overrides: Vec<(String, String)>,
}

impl Dictionary {
    /// Lays `text` over the text at `path`, whose parts are joined by dots. A path that no text has
    /// is kept and never read.
    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let path = path.into();
        self.overrides.retain(|(known, _)| *known != path);
        self.overrides.push((path, text.into()));
    }

    /// Whether nothing lies over the English texts.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.overrides.is_empty()
    }

    /// The text of `key`.
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        let Some((_, path, english)) = Key::ALL.iter().find(|(known, _, _)| *known == key) else {
            return "";
        };
        let old_path = OLD_PATHS
            .iter()
            .find_map(|(old, new)| (new == path).then_some(*old));
        self.own(path)
            .or_else(|| self.own(old_path?))
            .unwrap_or(english)
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
        let (before, after) = self.split(key);
        match after {
            Some(after) => [&*before, value, &after].concat(),
            None => before,
        }
    }

    /// The texts before and after the first `%s` or `%d` of `key`.
    #[must_use]
    pub fn split(&self, key: Key) -> (String, Option<String>) {
        let mut before = None;
        let mut text = String::new();
        let mut rest = self.text(key);
        while let Some((plain, tail)) = rest.split_once('%') {
            text.push_str(plain);
            let is_place = before.is_none() && tail.starts_with(['s', 'd']);
            rest = tail;
            if is_place || tail.starts_with('%') {
                rest = tail.get(1..).unwrap_or_default();
            }
            if is_place {
                before = Some(std::mem::take(&mut text));
            } else {
                text.push('%');
            }
        }
        text.push_str(rest);
        match before {
            Some(before) => (before, Some(text)),
            None => (text, None),
        }
    }

    /// `count` in words: the text of `one` for 1, else of `other`.
    #[must_use]
    pub fn count(&self, count: u64, one: Key, other: Key) -> String {
        self.fill(if count == 1 { one } else { other }, &count.to_string())
    }
}
