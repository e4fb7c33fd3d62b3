//! The endpoints, driven through the router in process: manual clock, seeded randomness, literal JSON.

mod authorize;
mod captcha;
mod clock;
mod co_authenticate;
mod control;
mod dashboard;
mod hosted;
mod limits;
mod lock_calls;
mod login;
mod logout;
mod openapi;
mod openidconnect;
mod preview;
mod protection;
mod providers;
mod refresh;
mod rules;
mod sms;
mod snapshot;
mod start;
pub(crate) mod tenant;
mod threats;
mod tls;
mod token;
mod verification;
mod verify;
