//! A path of this app to which a redirect is safe.

use openidconnect::url::Url;

/// The longest path that is accepted, in bytes. The path is stored in a cookie.
const MAX_BYTES: usize = 256;

/// A path of this app, such as `/`. A redirect to it cannot lead to another site.
///
/// Browsers read `//evil.example`, `/\evil.example` and `/<tab>/evil.example` as another host. This has turned many
/// `returnTo` parameters into open redirects (CVE-2022-24794, CVE-2021-43812).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// The start page.
    #[must_use]
    pub fn root() -> Self {
        Self("/".to_owned())
    }

    /// Reads a path with its query. `None` if the path could lead to another site.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.len() <= MAX_BYTES
            && text.starts_with('/')
            && !text.starts_with("//")
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
            && !has_encoded_trap(text);
        // This parser follows the standard of browsers, so it finds the same host as a browser.
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

/// Whether the text has an encoded tab, line break, NUL or backslash, or begins with an encoded second slash. A server
/// that decodes the path could be misled by these.
fn has_encoded_trap(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["%00", "%09", "%0a", "%0d", "%5c"]
        .iter()
        .any(|trap| lower.contains(trap))
        || lower.starts_with("/%2f")
}
