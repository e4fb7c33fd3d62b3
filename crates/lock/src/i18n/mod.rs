//! What the dialog says.
//!
//! Texts live under the key paths of Lock's own dictionaries, such as `error.passwordless.bad.email`,
//! plus ours. English is compiled in; other languages are files that are loaded when they are
//! wanted; a page's `languageDictionary` lies over both. The table is [`Key`]; the same table as
//! JSON, for translators and tools, is `i18n/en.json`.

mod dictionary;
mod formats;
mod keys;
mod locale;

pub use dictionary::Dictionary;
pub use formats::{Formats, NamedCountry, Unit};
pub use keys::Key;
#[cfg(all(feature = "first-screen", not(target_arch = "wasm32")))]
pub(crate) use locale::{ALIASES, RIGHT_TO_LEFT};
pub use locale::{LANGUAGES, find_language, is_right_to_left, negotiate, tag};

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
