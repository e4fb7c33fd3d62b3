//! The pen that the view model is written with.

use crate::i18n::{Dictionary, Key};
use crate::model::state::shared::Shared;
use crate::model::view_model::shown::Lead;

/// Writes texts of the dictionary into the view model.
pub(super) struct Pen<'a> {
    pub(super) shared: &'a Shared,
    pub(super) dictionary: &'a Dictionary,
}

impl Pen<'_> {
    /// The text of `key`.
    pub(super) fn say(&self, slot: &mut String, key: Key) {
        self.dictionary.text(key).clone_into(slot);
    }

    /// The text of `key`, if `is_so`.
    pub(super) fn say_if(&self, slot: &mut String, is_so: bool, key: Key) {
        if is_so {
            self.say(slot, key);
        }
    }

    /// The text of `key` around `value`.
    pub(super) fn fill(&self, slot: &mut String, key: Key, value: &str) {
        *slot = self.dictionary.fill(key, value);
    }

    /// A sentence around `value`, which stands out; the whole sentence where it has no place for it.
    pub(super) fn around(&self, lead: &mut Lead, key: Key, value: &str) {
        let (before, after) = self.dictionary.split(key);
        lead.before = before;
        if let Some(after) = after {
            value.clone_into(&mut lead.strong);
            lead.after = after;
        }
    }
}
