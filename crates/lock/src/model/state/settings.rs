//! The options that the rules of the dialog depend on.

use crate::model::state::recipient::Channel;

/// The settings of a dialog. Times are in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one option of its own"
)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct Settings {
    /// The channels that codes can be sent by, the preferred one first. Empty for social connections only.
    /// Default: e-mail.
    pub channels: Vec<Channel>,
    /// Ask the page for the picture and the name of an address's owner. Only JavaScript dialogs have
    /// functions for that. Default: false.
    pub avatar: bool,
    /// Submit the code as soon as it is full. Default: true.
    pub auto_submit: bool,
    /// Whether the person may close the dialog. Default: true.
    pub closable: bool,
    /// The number of digits of a code. Default: 6, as Auth0's.
    pub code_length: usize,
    /// The lifetime of a code. Default: 180 000, as Auth0's.
    pub code_life_ms: u64,
    /// Whether social connections are offered. Default: false.
    pub has_social: bool,
    /// Log in without leaving the page. Default: false.
    pub in_place: bool,
    /// The time between two codes to one address. Default: 30 000.
    pub cool_down_ms: u64,
    /// Whether the terms have to be ticked. Default: false.
    pub must_accept_terms: bool,
    /// Whether the terms are shown. Default: true.
    pub show_terms: bool,
    /// Send a link by e-mail instead of a code. Default: false.
    pub link: bool,
    /// Offer a code in place of a link that was sent, because a link logs in only in the browser that
    /// requested it. The mail template of the connection has to contain the code, too. Default: false.
    pub offers_code: bool,
    /// Remember the last login, and offer it the next time. Default: false.
    pub remembers: bool,
    /// Repeat the last login with the person's session at the tenant. Only JavaScript dialogs ask for a
    /// session; Rust dialogs send a code at once. Default: true.
    pub sso: bool,
    /// The number of wrong codes that the tenant allows. Default: 3.
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
