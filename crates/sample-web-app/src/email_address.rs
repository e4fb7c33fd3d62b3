//! The e-mail address in a login form.

/// The longest address that is accepted, in bytes. RFC 5321 section 4.5.3.1.3 allows 256, including two brackets.
const MAX_BYTES: usize = 254;

/// An e-mail address, as the person typed it.
///
/// The check is loose, because only the tenant and its mail service know which addresses exist. Blanks and control
/// characters could write mail headers, so an address that contains them is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address: text on both sides of one `@`, without blanks inside. Blanks around the address are removed.
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
