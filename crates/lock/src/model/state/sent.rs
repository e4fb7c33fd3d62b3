//! The newest code or link.

use crate::model::state::recipient::Recipient;

/// The newest code or link that the tenant was asked to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The recipient.
    pub to: Recipient,
    /// Whether it is a link.
    pub is_link: bool,
    /// The time of sending, in milliseconds since 1970.
    pub at_ms: u64,
    /// Wrong codes that were tried since.
    pub wrong_tries: u32,
    /// The tenant said that the code no longer works.
    pub is_invalid: bool,
    /// The request got no response: the tenant may have sent the code, or may still send it.
    pub is_unconfirmed: bool,
}
