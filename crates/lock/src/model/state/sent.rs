//! What the tenant was asked to send last.

use crate::model::state::recipient::Recipient;

/// The newest code or link that the tenant was asked to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Where it was sent.
    pub to: Recipient,
    /// It is a link.
    pub is_link: bool,
    /// When, in milliseconds since 1970.
    pub at_ms: u64,
    /// How many wrong codes were tried since.
    pub wrong: u32,
    /// The tenant said that it no longer works.
    pub dead: bool,
    /// No answer came to the request: the tenant may have sent it, or may still do so.
    pub unsure: bool,
}
