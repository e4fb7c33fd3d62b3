//! What the dialog says.
//!
//! Texts live under the key paths of Lock's own dictionaries, such as `error.passwordless.bad.email`,
//! plus ours. English is compiled in; `languageDictionary` lies over it. The table is [`Key`]; the
//! same table as JSON, for translators and tools, is `i18n/en.json`.

mod dictionary;
mod keys;
mod locale;

pub use dictionary::Dictionary;
pub use keys::Key;
pub use locale::is_right_to_left;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
