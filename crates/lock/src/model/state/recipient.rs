//! Where a code goes, how it travels, and the ways to log in.

/// How a code travels.
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

/// Where a code or a link goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// An e-mail address, trimmed and checked.
    Email(String),
    /// A phone number with its country: `+` and digits.
    Phone(String),
}

impl Recipient {
    /// How it is reached.
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

/// A way to log in, as it is kept for the next time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By what is sent there.
    Code(Recipient),
    /// Through the social connection of that name.
    Social(String),
}
