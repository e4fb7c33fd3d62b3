//! Rules that several screens share. The screens call them; the rules know no screen's module. Among each
//! other they are layered: entering and opening screens, limits and failures are below sending.

pub(super) mod address;
pub(super) mod captcha;
pub(super) mod enter;
pub(super) mod failure;
pub(super) mod last_login;
pub(super) mod limit;
pub(super) mod open;
pub(super) mod person;
pub(super) mod resend;
pub(super) mod send;
pub(super) mod social;
pub(super) mod terms;
