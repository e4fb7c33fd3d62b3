//! The app in process, against a scripted tenant on loopback that knows nothing of ours.

mod callback;
mod cli;
mod files_and_headers;
mod id_token;
mod keys;
mod local_path;
mod login_config;
mod session;
mod tenant;
mod visitor;
