//! The endpoints of Auth0, each in its own module.
//!
//! `serve.rs` has their routes, and `paths.rs` the paths that are named in several places. An endpoint that clients look for in the
//! tenant's metadata is also in `discovery.rs`.

pub(crate) mod authorize;
pub(crate) mod authorize_error;
pub(crate) mod authorize_request;
pub(crate) mod challenge;
pub(crate) mod client_auth;
pub(crate) mod client_settings;
pub(crate) mod co_authenticate;
pub(crate) mod cors;
pub(crate) mod discovery;
pub(crate) mod hosted_login;
mod hosted_page;
pub(crate) mod hosted_submit;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod management;
mod response_page;
pub(crate) mod revoke;
pub(crate) mod start;
pub(crate) mod start_error;
pub(crate) mod tenant_limit;
pub(crate) mod token;
mod token_error;
mod token_grants;
pub(crate) mod unblock;
pub(crate) mod userinfo;
pub(crate) mod verification;
pub(crate) mod verify;
pub(crate) mod verify_redirect;
