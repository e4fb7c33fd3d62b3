//! Writes texts of the dictionary into the view model.

use crate::i18n::{Around, Dictionary, Key};
use crate::model::state::shared::Shared;
use crate::model::view_model::shown::Sentence;

/// Writes texts of the dictionary into fields of the view model.
pub(super) struct TextWriter<'a> {
    pub(super) shared: &'a Shared,
    pub(super) dictionary: &'a Dictionary,
}

impl TextWriter<'_> {
    /// Sets `slot` to the text of `key`.
    pub(super) fn set(&self, slot: &mut String, key: Key) {
        self.dictionary.text(key).clone_into(slot);
    }

    /// Sets `slot` to the text of `key` if `is_so`.
    pub(super) fn set_if(&self, slot: &mut String, is_so: bool, key: Key) {
        if is_so {
            self.set(slot, key);
        }
    }

    /// Sets `slot` to the text of `key` with `value` in its placeholder.
    pub(super) fn fill(&self, slot: &mut String, key: Key, value: &str) {
        *slot = self.dictionary.fill(key, value);
    }

    /// Splits the text of `key` around `value`, which the view emphasizes. A text without a placeholder stays
    /// whole.
    pub(super) fn around(&self, lead: &mut Sentence, key: Key, value: &str) {
        let Around { before, after } = self.dictionary.split(key);
        lead.before = before;
        if let Some(after) = after {
            value.clone_into(&mut lead.strong);
            lead.after = after;
        }
    }
}
