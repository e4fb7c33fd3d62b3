//! An e-mail address that a login form was sent with.

/// The longest address taken, in bytes: RFC 5321 section 4.5.3.1.3 has 256, with a bracket on each side.
const MAX_BYTES: usize = 254;

/// An e-mail address, as the person typed it.
///
/// Checked loosely: which addresses there are is for the tenant and its mail service to say. Blanks and control
/// characters inside are refused, for no mail header may be written by them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address: text on both sides of one `@`, no blanks inside. Those around it are dropped.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let text = typed.trim();
        let (local, domain) = text.split_once('@')?;
        let sound = text.len() <= MAX_BYTES
            && !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        sound.then(|| Self(text.to_owned()))
    }

    /// The address itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
