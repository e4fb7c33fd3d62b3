//! What a tab remembers of a login that is under way, so that a reload or a trip to the mail app
//! does not lose it. The code itself is never kept.

use latchkey_webauth::text::{digits, number, parts};

use super::{Recipient, Sent, Shared};

/// What a tab remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The newest code or link.
    pub sent: Option<Sent>,
    /// When another one may be asked for, where the tenant limits the rate. Milliseconds since 1970.
    pub wait_until_ms: u64,
}

impl Memory {
    /// As one text, a line each. Empty: nothing to remember.
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
        ]
        .join("\n")
    }

    /// Reads [`Memory::to_text`]. Anybody on the page may have written it: what does not fit is
    /// nothing. A code from the future, after a clock was set back while no dialog watched it, is dropped too.
    #[must_use]
    pub fn read(text: &str, now_ms: u64) -> Option<Self> {
        let mut lines = parts(text, "\n");
        let mut next = || lines.next();
        let (kind, address) = (next()?, next()?.to_owned());
        let sent = Sent {
            is_link: kind == "link",
            to: match kind {
                "email" | "link" => Recipient::Email(address),
                "phone" => Recipient::Phone(address),
                _ => return None,
            },
            at_ms: number(next()?).filter(|at_ms| *at_ms <= now_ms)?,
            wrong: number(next()?)?,
            dead: next()? == "dead",
        };
        Some(Self {
            sent: Some(sent),
            wait_until_ms: number(next()?)?,
        })
    }
}

impl Shared {
    /// What the tab is to remember, in the clock's own time: after a reload nobody knows that it was
    /// set back.
    #[must_use]
    pub fn memory(&self) -> Memory {
        let mut sent = self.sent.clone();
        if let Some(sent) = &mut sent {
            sent.at_ms = sent.at_ms.saturating_sub(self.lag_ms);
        }
        Memory {
            sent,
            wait_until_ms: self.wait_until_ms.saturating_sub(self.lag_ms),
        }
    }
}
