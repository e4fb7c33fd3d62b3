//! What the dialog knows: plain data, with the questions that the data itself can answer. No
//! transition and no effect belongs here.

pub(super) mod clock;
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
