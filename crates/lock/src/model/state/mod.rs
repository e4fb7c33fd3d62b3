//! The state of the dialog: plain data, with queries over it. It contains no transition and no effect.

pub(super) mod clock;
pub(super) mod entries;
pub(super) mod logins;
pub(super) mod memory;
pub(super) mod model;
pub(super) mod note;
pub(super) mod person;
pub(super) mod recipient;
pub(super) mod screen;
pub(super) mod secret;
pub(super) mod sent;
pub(super) mod settings;
pub(super) mod shared;
