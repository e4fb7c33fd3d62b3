//! What a language does with numbers: plurals, durations, names of countries.
//!
//! Browsers know all of it (`Intl`); the tables would be larger than the dialog. So these are
//! functions that the runtime puts in; without a browser they speak English.

use latchkey_webauth::text::digits;

/// A unit of time that people wait in, by its name in `Intl`.
pub type Unit = &'static str;

/// A country's name, and its ISO 3166 code.
pub type NamedCountry = (String, &'static str);

/// Functions of a language, given as a BCP 47 tag.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// The CLDR plural category of a count: `one`, `few`, `other`, ...
    pub plural: fn(language: &str, count: u64) -> String,
    /// A span of time in words: "12 minutes".
    pub duration: fn(language: &str, count: u64, unit: Unit) -> String,
    /// The names of countries, given as their ISO 3166 codes, and the codes; sorted by name.
    pub countries: fn(language: &str, codes: &[&'static str]) -> Vec<NamedCountry>,
}

impl Default for Formats {
    fn default() -> Self {
        Self {
            plural: |_, count| if count == 1 { "one" } else { "other" }.to_owned(),
            duration: |_, count, unit| {
                let plural = if count == 1 { "" } else { "s" };
                [&*digits(count), " ", unit, plural].concat()
            },
            countries: |_, codes| {
                codes
                    .iter()
                    .map(|code| ((*code).to_owned(), *code))
                    .collect()
            },
        }
    }
}
