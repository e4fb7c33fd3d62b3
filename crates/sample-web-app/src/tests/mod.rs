//! The app in process, against a scripted tenant on loopback that knows nothing of ours.

mod callback;
mod cli;
mod files_and_headers;
mod id_token;
mod keys;
mod local_path;
mod login_checks;
mod login_config;
mod login_form;
mod login_refusals;
mod own_site;
mod passwordless;
mod pending_login;
mod session;
mod tenant;
mod third_party_cookies;
mod typed;
mod visitor;
