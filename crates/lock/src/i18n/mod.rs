//! The texts of the dialog.
//!
//! Texts have the key paths of Lock's dictionaries, such as `error.passwordless.bad.email`, and further paths
//! for what Lock does not have. English is compiled in. Other languages are files that are loaded on demand.
//! A page's `languageDictionary` overrides both. [`Key`] is the table of all texts; `i18n/en.json` has the
//! same table for translators and tools.
//!
//! `ARCHITECTURE.md` says how to add a language or a text.

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
