//! What Auth0 itself serves, one module an endpoint.

mod answer_page;
pub(crate) mod authorize;
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
