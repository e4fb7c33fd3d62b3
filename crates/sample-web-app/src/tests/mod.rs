//! Tests of the app in one process, with a scripted tenant on loopback that uses none of the app's code.
//! `tests/e2e/callback.test.mjs` tests the callback from outside, together with that of the server in Node.

mod cli;
mod files_and_headers;
mod id_token;
mod keys;
mod limits;
mod local_path;
mod login_checks;
mod login_config;
mod login_form;
mod login_refusals;
mod own_site;
mod passwordless;
mod session;
mod store;
mod tenant;
mod third_party_cookies;
mod typed;
mod visitor;
