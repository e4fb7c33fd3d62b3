//! Formats that depend on a language: plurals, durations, names of countries.
//!
//! Browsers have them in `Intl`; tables of our own would be larger than the dialog. So the runtime sets these
//! functions. The default is for programs without a browser, and knows English only.

use latchkey_webauth::text::digits;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
}

impl Unit {
    /// The unit's name in `Intl.NumberFormat`, which is also its English name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
        }
    }
}

/// A country with its name in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCountry {
    /// The country's name. The dialog's list adds the calling code.
    pub name: String,
    /// The country's ISO 3166 code: two capital letters.
    pub code: &'static str,
}

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
                [&*digits(count), " ", unit.as_str(), plural].concat()
            },
            countries: |_, codes| {
                let named = |code: &&'static str| NamedCountry {
                    name: (*code).to_owned(),
                    code,
                };
                codes.iter().map(named).collect()
            },
        }
    }
}
