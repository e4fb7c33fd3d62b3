//! The data that a tab keeps of a login under way, so that a reload does not lose it. The code itself is
//! never stored. What is added to [`Sent`] and has to outlive a reload needs a line in [`Memory::to_text`] and in
//! [`Memory::read`].

use latchkey_webauth::text::{digits, number, parts};

use crate::model::state::recipient::Recipient;
use crate::model::state::sent::Sent;

/// The words that a memory's text consists of, besides addresses and numbers.
const EMAIL: &str = "email";
const LINK: &str = "link";
const PHONE: &str = "phone";
const INVALID: &str = "dead";
const UNCONFIRMED: &str = "unsure";

/// The data that a tab keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The newest code or link.
    pub sent: Option<Sent>,
    /// The end of the tenant's rate limit for sending, in milliseconds since 1970.
    pub wait_until_ms: u64,
}

impl Memory {
    /// The memory as one text, one field a line. Empty if there is nothing to keep.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Some(sent) = &self.sent else {
            return String::new();
        };
        let (kind, address) = match &sent.to {
            Recipient::Email(address) if sent.is_link => (LINK, address),
            Recipient::Email(address) => (EMAIL, address),
            Recipient::Phone(number) => (PHONE, number),
        };
        [
            kind,
            address,
            &digits(sent.at_ms),
            &digits(sent.wrong_tries),
            if sent.is_invalid { INVALID } else { "" },
            &digits(self.wait_until_ms),
            if sent.is_unconfirmed { UNCONFIRMED } else { "" },
        ]
        .join("\n")
    }

    /// Reads the text of [`Memory::to_text`]. Returns `None` for a text of another form, because any script
    /// on the page may have written it. A code with a future time is dropped too: the clock was set back
    /// while no dialog watched it.
    #[must_use]
    pub fn read(text: &str, now_ms: u64) -> Option<Self> {
        let mut lines = parts(text, "\n");
        let mut next = || lines.next();
        let (kind, address) = (next()?, next()?.to_owned());
        let mut sent = Sent {
            is_link: kind == LINK,
            to: match kind {
                EMAIL | LINK => Recipient::Email(address),
                PHONE => Recipient::Phone(address),
                _ => return None,
            },
            at_ms: number(next()?).filter(|at_ms| *at_ms <= now_ms)?,
            wrong_tries: number(next()?)?,
            is_invalid: next()? == INVALID,
            is_unconfirmed: false,
        };
        let wait_until_ms = number(next()?)?;
        // The text of an older dialog lacks this line.
        sent.is_unconfirmed = next() == Some(UNCONFIRMED);
        Some(Self {
            sent: Some(sent),
            wait_until_ms,
        })
    }
}
