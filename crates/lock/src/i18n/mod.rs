//! The texts of the dialog.
//!
//! Texts have the key paths of Lock's dictionaries, such as `error.passwordless.bad.email`, and further paths
//! for what Lock does not have. English is compiled in. Other languages are files that are loaded on demand.
//! A page's `languageDictionary` overrides both. [`Key`] is the table of all texts; `i18n/en.json` has the
//! same table for translators and tools.
//!
//! A further language is a file in `i18n/`, a name in [`LANGUAGES`], and its plural categories in `tests/files.rs`. The build, the
//! painter and the documentation find it by themselves. The tests refuse a text that equals the English one: a word that happens to be
//! the same has to be put in another way.

mod dictionary;
mod formats;
mod keys;
mod locale;

pub use dictionary::{Around, Dictionary};
pub use formats::{Formats, NamedCountry, Unit};
pub use keys::Key;
#[cfg(all(feature = "first-screen", not(target_arch = "wasm32")))]
pub(crate) use locale::{ALIASES, RIGHT_TO_LEFT};
pub use locale::{LANGUAGES, find_language, is_right_to_left, negotiate, tag};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
