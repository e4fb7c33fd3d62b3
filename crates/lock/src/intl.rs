//! The browser's `Intl` and Unicode tables, as functions.

use js_sys::JsString;
use latchkey_webauth::Env;
use latchkey_webauth::env::browser::BrowserEnv;
use latchkey_webauth::text::{parts, split};

use crate::i18n::{Formats, NamedCountry, Unit};
use crate::model::Unicode;
use crate::page;

/// The formats of `Intl`, for the dictionary.
pub(crate) const FORMATS: Formats = Formats {
    plural,
    duration,
    countries,
};

/// The browser's Unicode tables, for the model.
pub(crate) const UNICODE: Unicode = Unicode {
    nfkc: |text| BrowserEnv.nfkc(text),
    lower_case: |text| JsString::from(text).to_lower_case().into(),
};

fn plural(language: &str, count: u64) -> String {
    page::plural(language, small(count)).unwrap_or_else(|| "other".to_owned())
}

fn duration(language: &str, count: u64, unit: Unit) -> String {
    page::duration(language, small(count), unit.as_str())
        .unwrap_or_else(|| (Formats::default().duration)(language, count, unit))
}

fn countries(language: &str, codes: &[&'static str]) -> Vec<NamedCountry> {
    let named = page::countries(language, &codes.join(" "));
    let entry = |line: &str| {
        let (code, name) = split(line, " ")?;
        let code = codes.iter().find(|known| **known == code)?;
        let name = name.to_owned();
        Some(NamedCountry { name, code })
    };
    parts(&named, "\n").filter_map(entry).collect()
}

/// The region of the browser's first language, as its code. If the language's tag has none, the likeliest region.
pub(crate) fn home_country() -> Option<String> {
    page::country(parts(&page::languages(), ",").next()?)
}

/// Converts a count of seconds or of tries, which always fits.
fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
