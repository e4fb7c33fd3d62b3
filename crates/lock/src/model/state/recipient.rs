//! Recipients of codes and links, channels, and logins to remember.

/// The channel that a code is sent by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Channel {
    /// By e-mail.
    #[default]
    Email,
    /// By text message.
    Sms,
}

/// The recipient of a code or a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// An e-mail address, trimmed and checked.
    Email(String),
    /// A phone number with its calling code: `+` and digits.
    Phone(String),
}

impl Recipient {
    /// The channel that reaches the recipient.
    #[must_use]
    pub fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Phone(_) => Channel::Sms,
        }
    }

    /// The address or the number.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Email(text) | Self::Phone(text) => text,
        }
    }
}

/// A login that can be remembered and offered the next time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastLogin {
    /// With a code or a link that is sent to this recipient.
    Code(Recipient),
    /// Through the social connection with this name.
    Social(String),
}
