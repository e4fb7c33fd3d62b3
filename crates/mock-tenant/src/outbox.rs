//! Sent mails and text messages.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::address::normalise;
use crate::codes::Addressee;
use crate::config::Strategy;

/// How many messages are kept; the oldest go first.
const CAPACITY: usize = 500;

/// A sent message. Holds the code in clear: this is the one place where tests and people read it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    /// Its own name.
    pub id: String,
    /// Address or number, normalised.
    pub to: String,
    /// Sender.
    pub from: String,
    /// Empty for text messages.
    pub subject: String,
    /// Empty for text messages.
    pub html: String,
    /// Plain text.
    pub text: String,
    /// The digits; empty in a notice.
    pub code: String,
    /// The magic link; every message has one.
    pub link: String,
    /// Name of the connection.
    pub connection: String,
    /// The raw header that chose the language, or null.
    pub request_language: Option<String>,
    /// RFC 3339.
    pub created_at: String,
    /// When the code dies, by the tenant's clock; milliseconds since the epoch.
    pub expires_at_ms: u64,
    /// The application that asked.
    pub client_id: String,
    /// `code`, `link` or `notice`.
    pub send: String,
    /// When it was sent by the machine's own clock, whatever the tenant's says; milliseconds since the epoch. `None`: just
    /// now. It is kept for no other run of the program, where a message of an earlier one is old.
    #[serde(skip, default = "long_ago")]
    pub(crate) sent_ms: Option<u64>,
}

#[expect(clippy::unnecessary_wraps, reason = "serde wants the field's own type")]
fn long_ago() -> Option<u64> {
    Some(0)
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Message {
    /// Whether `to` names its address or number.
    fn is_to(&self, to: &str) -> bool {
        // In a query a plus that was not encoded reads as a space. An address has none, and a number begins with the plus.
        let with_plus = to.trim_end().replace(' ', "+");
        [to, &with_plus]
            .iter()
            .any(|to| self.to == normalise(Strategy::Email, to))
    }

    /// Whether it is a mail, and no text message.
    pub(crate) fn is_mail(&self) -> bool {
        self.to.contains('@')
    }
}

/// All kept messages, oldest first.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Outbox(VecDeque<Message>);

impl Outbox {
    pub(crate) fn push(&mut self, message: Message) {
        if self.0.len() == CAPACITY {
            self.0.pop_front();
        }
        self.0.push_back(message);
    }

    /// Notes the machine's time for messages that were just sent.
    pub(crate) fn stamp(&mut self, now_ms: u64) {
        let new = self.0.iter_mut().rev();
        for message in new.take_while(|message| message.sent_ms.is_none()) {
            message.sent_ms = Some(now_ms);
        }
    }

    /// Messages to `to` (all when None) that are newer than the one with the id `after`, and were sent from `from_ms` on
    /// by the machine's clock.
    pub(crate) fn select(
        &self,
        to: Option<&str>,
        after: Option<&str>,
        from_ms: u64,
    ) -> Vec<&Message> {
        let skip = after
            .and_then(|after| self.0.iter().position(|m| m.id == after))
            .map_or(0, |position| position + 1);
        self.0
            .iter()
            .skip(skip)
            .filter(|m| to.is_none_or(|to| m.is_to(to)))
            .filter(|m| m.sent_ms.is_none_or(|sent_ms| sent_ms >= from_ms))
            .collect()
    }

    /// Notes that the codes of `who` have ended.
    pub(crate) fn expire(&mut self, who: &Addressee, now_ms: u64) {
        for message in &mut self.0 {
            if message.to == who.address && message.connection == who.connection {
                message.expires_at_ms = message.expires_at_ms.min(now_ms);
            }
        }
    }

    /// Forgets the message `id`. False when there is none.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let at = self.0.iter().position(|m| m.id == id);
        at.is_some_and(|at| self.0.remove(at).is_some())
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Message> {
        self.0.iter().find(|m| m.id == id)
    }

    /// Forgets messages to `to`, or all.
    pub(crate) fn clear(&mut self, to: Option<&str>) {
        self.0.retain(|m| to.is_some_and(|to| !m.is_to(to)));
    }
}
