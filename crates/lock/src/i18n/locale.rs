//! Chooses the language, and knows each language's tag and direction.

use latchkey_webauth::text::{split, split_last};

/// The languages that have a dictionary file, in alphabetical order. They are the 43 of Lock, with English, which is compiled in.
pub const LANGUAGES: [&str; 43] = [
    "af", "ar", "az", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he",
    "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "nn", "no", "pl", "pt",
    "pt-br", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk", "vi", "zh", "zh-tw",
];

/// Other names of languages: old ISO 639 codes, Lock's own codes, and close languages whose speakers can read
/// the same texts.
pub(crate) const ALIASES: [(&str, &str); 8] = [
    ("ua", "uk"),
    ("iw", "he"),
    ("in", "id"),
    ("zh-hk", "zh-tw"),
    ("zh-mo", "zh-tw"),
    ("zh-hant", "zh-tw"),
    ("sh", "sr"),
    ("bs", "hr"),
];

/// The language of [`LANGUAGES`] for `wanted`, a BCP 47 tag such as `pt-BR` or `zh_Hant_TW`.
#[must_use]
pub fn find_language(wanted: &str) -> Option<&'static str> {
    let wanted = with_dashes(wanted);
    let mut part = &*wanted;
    // Looks up the whole tag, then shorter prefixes of it: `zh-hant-tw`, `zh-hant`, `zh`.
    loop {
        let alias = ALIASES.iter().find(|(alias, _)| *alias == part);
        let name = alias.map_or(part, |(_, language)| language);
        if let Some(known) = LANGUAGES.into_iter().find(|known| *known == name) {
            return Some(known);
        }
        let (shorter, _) = split_last(part, b'-')?;
        part = shorter;
    }
}

/// The first of the `wanted` languages that the dialog speaks. Default: English.
#[must_use]
pub fn negotiate<'a>(wanted: impl IntoIterator<Item = &'a str>) -> &'static str {
    wanted.into_iter().find_map(find_language).unwrap_or("en")
}

/// The BCP 47 tag of a name in [`LANGUAGES`], for `lang` attributes, `Intl` and requests to the tenant.
#[must_use]
pub fn tag(language: &str) -> &str {
    match language {
        "pt-br" => "pt-BR",
        "zh-tw" => "zh-TW",
        // The Serbian texts are in Latin script, and the tag `sr` alone means Cyrillic.
        "sr" => "sr-Latn",
        other => other,
    }
}

/// Primary subtags of the languages that are written from right to left.
pub(crate) const RIGHT_TO_LEFT: [&str; 10] =
    ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"];

/// Whether `language`, a BCP 47 tag in any case, is written from right to left.
#[must_use]
pub fn is_right_to_left(language: &str) -> bool {
    let language = with_dashes(language);
    let primary = split(&language, "-").map_or(&*language, |(primary, _)| primary);
    RIGHT_TO_LEFT.contains(&primary)
}

/// Normalises `pt_BR` and `pt-BR` to `pt-br`.
fn with_dashes(language: &str) -> String {
    let dashed = |letter: char| {
        if letter == '_' {
            '-'
        } else {
            letter.to_ascii_lowercase()
        }
    };
    language.chars().map(dashed).collect()
}
