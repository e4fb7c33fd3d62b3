//! The screens, one module each. Each module has `update`, which handles the screen's messages, changes its
//! state, and returns the next screen if there is one. The screens do not know each other: a screen enters
//! another one through `rules::enter`.

pub(super) mod code;
pub(super) mod email;
pub(super) mod ends;
pub(super) mod last_login;
pub(super) mod link;
