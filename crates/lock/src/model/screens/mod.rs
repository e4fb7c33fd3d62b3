//! The screens, a module each: the messages that a screen takes, and the transitions that they make. Each
//! module has `update`, which changes the screen's state and returns the screen that follows, if another one
//! does. Screens do not know each other: another screen is entered through `rules::enter`.

pub(super) mod code;
pub(super) mod email;
pub(super) mod ends;
pub(super) mod last_login;
pub(super) mod link;
