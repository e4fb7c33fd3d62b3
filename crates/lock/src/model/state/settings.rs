//! The options that the rules of the dialog depend on.

use crate::model::state::recipient::Channel;

/// What is fixed for the life of a dialog. Times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one option of its own"
)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct Settings {
    /// The ways a code can travel, the first one first. Empty: social connections only. Default:
    /// by e-mail.
    pub channels: Vec<Channel>,
    /// Ask the page for the person behind an address, as soon as the text in the field can be an address.
    /// Only JavaScript has functions that answer. Default: false.
    pub avatar: bool,
    /// Submit the code by itself as soon as it is full. Default: true.
    pub auto_submit: bool,
    /// Whether the person may close the dialog. Default: true.
    pub closable: bool,
    /// How many digits a code has. Default: 6, as a tenant sends unless told otherwise.
    pub code_length: usize,
    /// How long a code works. Default: 180 000, the tenant's default.
    pub code_life_ms: u64,
    /// Whether social connections are offered. Default: false.
    pub has_social: bool,
    /// Log in without leaving the page. Default: false.
    pub in_place: bool,
    /// How long to wait between two codes to one address. Default: 30 000.
    pub cool_down_ms: u64,
    /// Whether the terms have to be ticked. Default: false.
    pub must_accept_terms: bool,
    /// Whether the terms are shown. Default: true.
    pub show_terms: bool,
    /// Send a link by e-mail instead of a code. Default: false.
    pub link: bool,
    /// Offer a code in place of a link that was sent: a link has to be opened in the browser that asked for
    /// it. The message of the connection has to show the code, too. Default: false.
    pub offers_code: bool,
    /// Keep how somebody logged in, and offer it the next time. Default: false.
    pub remembers: bool,
    /// Log in the way of the last time by the session that the person has with the tenant. Only JavaScript
    /// asks for a session: in Rust programs a code is sent at once. Default: true.
    pub sso: bool,
    /// How many wrong codes the tenant allows. Default: 3.
    pub tries: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            channels: vec![Channel::Email],
            avatar: false,
            auto_submit: true,
            closable: true,
            code_length: 6,
            code_life_ms: 180_000,
            cool_down_ms: 30_000,
            must_accept_terms: false,
            show_terms: true,
            has_social: false,
            in_place: false,
            link: false,
            offers_code: false,
            remembers: false,
            sso: true,
            tries: 3,
        }
    }
}
