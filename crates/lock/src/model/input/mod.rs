//! What people type, and what is read out of it: codes, e-mail addresses, phone numbers. Functions of
//! text alone: nothing here knows of the dialog.

pub(super) mod code;
pub(super) mod email;
pub(super) mod mail_service;
pub(super) mod phone;
pub(super) mod unicode;
