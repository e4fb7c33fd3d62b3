//! The outbox: the sent mails and text messages.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::address::normalise;
use crate::codes::Addressee;
use crate::config::Strategy;

/// The number of messages that are kept. A further message replaces the oldest one.
const CAPACITY: usize = 500;

/// A sent message. It contains the code in plain text, for tests and for people.
#[derive(Clone, Serialize, Deserialize)]
pub struct Message {
    /// The ID of the message.
    pub id: String,
    /// The recipient's address or number, normalised.
    pub to: String,
    /// The sender.
    pub from: String,
    /// The subject. Empty for text messages.
    pub subject: String,
    /// The HTML of a mail. Empty for text messages.
    pub html: String,
    /// The plain text.
    pub text: String,
    /// The digits of the code. Empty in a notice.
    pub code: String,
    /// The magic link. Every message has one.
    pub link: String,
    /// The name of the connection.
    pub connection: String,
    /// The language header of the request, if it had one.
    pub request_language: Option<String>,
    /// When the message was sent, by the tenant's clock, in RFC 3339.
    pub created_at: String,
    /// When the code expires, by the tenant's clock, in milliseconds since the epoch.
    pub expires_at_ms: u64,
    /// The application that asked for the message.
    pub client_id: String,
    /// `code`, `link` or `notice`.
    pub send: String,
    /// When the message was sent, by the machine's clock, in milliseconds since the epoch. `None` until
    /// [`Outbox::stamp`] sets it. It is not serialized, because in a later run of the program all messages of this one are old.
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
    /// Whether `to` is the address or number of the message.
    fn is_to(&self, to: &str) -> bool {
        // An unencoded plus in a query is read as a space. Addresses have no spaces, and numbers begin with a plus.
        let with_plus = to.trim_end().replace(' ', "+");
        [to, &with_plus]
            .iter()
            .any(|to| self.to == normalise(Strategy::Email, to))
    }

    /// Whether the message is a mail and not a text message.
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

    /// Sets the machine's time of the messages that were just sent.
    pub(crate) fn stamp(&mut self, now_ms: u64) {
        let new = self.0.iter_mut().rev();
        for message in new.take_while(|message| message.sent_ms.is_none()) {
            message.sent_ms = Some(now_ms);
        }
    }

    /// The messages to `to`, or all with `None`, that are newer than the message with the ID `after`, and that were sent at `from_ms`
    /// or later by the machine's clock.
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

    /// Sets the codes of `who` to expired.
    pub(crate) fn expire(&mut self, who: &Addressee, now_ms: u64) {
        for message in &mut self.0 {
            if message.to == who.address && message.connection == who.connection {
                message.expires_at_ms = message.expires_at_ms.min(now_ms);
            }
        }
    }

    /// Deletes the message `id`. Returns false if there is none.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let at = self.0.iter().position(|m| m.id == id);
        at.is_some_and(|at| self.0.remove(at).is_some())
    }

    pub(crate) fn find(&self, id: &str) -> Option<&Message> {
        self.0.iter().find(|m| m.id == id)
    }

    /// Deletes the messages to `to`, or all with `None`.
    pub(crate) fn clear(&mut self, to: Option<&str>) {
        self.0.retain(|m| to.is_some_and(|to| !m.is_to(to)));
    }
}
