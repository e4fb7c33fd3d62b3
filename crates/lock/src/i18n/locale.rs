//! Facts about languages.

/// Whether `language` (a BCP 47 tag such as `ar` or `fa-IR`, in any case) is written from right to
/// left.
#[must_use]
pub fn is_right_to_left(language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    ["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]
        .iter()
        .any(|code| primary.eq_ignore_ascii_case(code))
}
