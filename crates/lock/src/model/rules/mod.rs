//! The rules that several screens share. A screen calls them; they know of no screen's module, and of each
//! other only downwards: entering and opening screens, limits and failures stand below sending.

pub(super) mod address;
pub(super) mod captcha;
pub(super) mod enter;
pub(super) mod failure;
pub(super) mod last_way;
pub(super) mod limit;
pub(super) mod open;
pub(super) mod person;
pub(super) mod resend;
pub(super) mod send;
pub(super) mod social;
pub(super) mod terms;
