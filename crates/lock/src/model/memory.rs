//! What a tab remembers of a login that is under way, so that a reload or a trip to the mail app
//! does not lose it. The code itself is never kept.

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
        text(self.sent.as_ref(), self.wait_until_ms, 0)
    }

    /// Reads [`Memory::to_text`]. Anybody on the page may have written it: what does not fit is
    /// nothing. A code from the future, after a clock was set back while no dialog watched it, is dropped too.
    #[must_use]
    pub fn read(text: &str, now_ms: u64) -> Option<Self> {
        let mut lines = text.split('\n');
        let mut next = || lines.next();
        let (kind, address) = (next()?, next()?.to_owned());
        let sent = Sent {
            is_link: kind == "link",
            to: match kind {
                "email" | "link" => Recipient::Email(address),
                "phone" => Recipient::Phone(address),
                _ => return None,
            },
            at_ms: next()?.parse().ok().filter(|at_ms| *at_ms <= now_ms)?,
            wrong: next()?.parse().ok()?,
            dead: next()? == "dead",
        };
        Some(Self {
            sent: Some(sent),
            wait_until_ms: next()?.parse().ok()?,
        })
    }
}

/// What the tab is to remember of `shared`, in the clock's own time: after a reload nobody knows that it
/// was set back.
pub(super) fn memory_text(shared: &Shared) -> String {
    text(shared.sent.as_ref(), shared.wait_until_ms, shared.lag_ms)
}

fn text(sent: Option<&Sent>, wait_until_ms: u64, lag_ms: u64) -> String {
    let Some(sent) = sent else {
        return String::new();
    };
    let (kind, address) = match &sent.to {
        Recipient::Email(address) if sent.is_link => ("link", address),
        Recipient::Email(address) => ("email", address),
        Recipient::Phone(number) => ("phone", number),
    };
    let time = |at_ms: u64| at_ms.saturating_sub(lag_ms).to_string();
    [
        kind,
        address,
        &time(sent.at_ms),
        &sent.wrong.to_string(),
        if sent.dead { "dead" } else { "" },
        &time(wait_until_ms),
    ]
    .join("\n")
}
