//! A path of this app to return to, safe to redirect to.

use openidconnect::url::Url;

/// The longest path taken, in bytes: it travels in a cookie.
const MAX_BYTES: usize = 256;

/// A path of this very app, such as `/`. A redirect to it cannot lead to another site.
///
/// Browsers read `//evil.example`, `/\evil.example` and `/<tab>/evil.example` as another host, which has made
/// open redirects of many `returnTo` parameters (CVE-2022-24794, CVE-2021-43812).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// The start page.
    #[must_use]
    pub fn root() -> Self {
        Self("/".to_owned())
    }

    /// Reads a path and its query; `None` when it could lead elsewhere.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() <= MAX_BYTES
            && text.starts_with('/')
            && !text.starts_with("//")
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
            && !has_encoded_trap(text);
        // The parser that browsers share has the last word.
        let base = Url::parse("https://app.invalid/").ok()?;
        let stays = base.join(text).ok()?.origin() == base.origin();
        (plain && stays).then(|| Self(text.to_owned()))
    }

    /// The path as it goes into a `Location` header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether an encoded line break, NUL or backslash, or an encoded slash at the front, waits for someone to decode it.
fn has_encoded_trap(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["%00", "%09", "%0a", "%0d", "%5c"]
        .iter()
        .any(|trap| lower.contains(trap))
        || lower.starts_with("/%2f")
}
