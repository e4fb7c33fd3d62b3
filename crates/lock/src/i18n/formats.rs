//! Formats that depend on a language: plurals, durations, names of countries.
//!
//! Browsers have them in `Intl`; tables of our own would be larger than the dialog. So the runtime sets these
//! functions. The default is for programs without a browser, and knows English only.

use latchkey_webauth::text::digits;

/// A unit of time, by its name in `Intl.NumberFormat`: `second`, `minute`, `hour`.
pub type Unit = &'static str;

/// A country's name and its ISO 3166 code.
pub type NamedCountry = (String, &'static str);

/// Functions that format for a language, given as a BCP 47 tag.
#[derive(Clone, Copy, Debug)]
pub struct Formats {
    /// The CLDR plural category of a count: `one`, `few`, `other`, ...
    pub plural: fn(language: &str, count: u64) -> String,
    /// A span of time as text: "12 minutes".
    pub duration: fn(language: &str, count: u64, unit: Unit) -> String,
    /// The names of the countries with these ISO 3166 codes, sorted by name.
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
