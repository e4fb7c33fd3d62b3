//! Reads codes, e-mail addresses and phone numbers out of typed text. The functions depend on the text alone,
//! not on the dialog's state.

pub(super) mod code;
pub(super) mod email;
pub(super) mod flaw;
pub(super) mod mail_service;
pub(super) mod phone;
pub(super) mod unicode;
