//! What a tab remembers of a login that is under way, so that a reload or a trip to the mail app
//! does not lose it. The code itself is never kept.

use latchkey_webauth::text::{digits, number, parts};

use crate::model::state::recipient::Recipient;
use crate::model::state::sent::Sent;

/// What a tab remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The newest code or link.
    pub sent: Option<Sent>,
    /// When another one may be asked for, where the tenant limits the rate. Milliseconds since 1970.
    pub wait_until_ms: u64,
}

impl Memory {
    /// The memory as one text, with a line for each of its parts. Empty: nothing to remember.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Some(sent) = &self.sent else {
            return String::new();
        };
        let (kind, address) = match &sent.to {
            Recipient::Email(address) if sent.is_link => ("link", address),
            Recipient::Email(address) => ("email", address),
            Recipient::Phone(number) => ("phone", number),
        };
        [
            kind,
            address,
            &digits(sent.at_ms),
            &digits(sent.wrong),
            if sent.dead { "dead" } else { "" },
            &digits(self.wait_until_ms),
            if sent.unsure { "unsure" } else { "" },
        ]
        .join("\n")
    }

    /// Reads [`Memory::to_text`]. Any script on the page may have written the text, so `None` is the answer to
    /// a text that does not fit. A code that was sent in the future is dropped too: the clock was set back
    /// while no dialog watched it.
    #[must_use]
    pub fn read(text: &str, now_ms: u64) -> Option<Self> {
        let mut lines = parts(text, "\n");
        let mut next = || lines.next();
        let (kind, address) = (next()?, next()?.to_owned());
        let mut sent = Sent {
            is_link: kind == "link",
            to: match kind {
                "email" | "link" => Recipient::Email(address),
                "phone" => Recipient::Phone(address),
                _ => return None,
            },
            at_ms: number(next()?).filter(|at_ms| *at_ms <= now_ms)?,
            wrong: number(next()?)?,
            dead: next()? == "dead",
            unsure: false,
        };
        let wait_until_ms = number(next()?)?;
        // The text of an older dialog lacks this line.
        sent.unsure = next() == Some("unsure");
        Some(Self {
            sent: Some(sent),
            wait_until_ms,
        })
    }
}
