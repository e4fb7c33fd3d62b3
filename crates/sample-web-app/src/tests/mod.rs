//! The app in process, against a scripted tenant on loopback that knows nothing of ours. The callback is tested from
//! outside, together with that of the server in Node: `tests/e2e/callback.test.mjs`.

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
