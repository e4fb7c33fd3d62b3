//! A regular web app that logs people in with a code by e-mail and handles the callback on its server.
//!
//! The browser asks the tenant for a code and redeems it (`www/lock.html`, `www/custom-ui.html`); the tenant
//! then sends the browser to `/callback` with an authorization code. The module [`callback`] shows step by step how a
//! server handles that code. For a browser without JavaScript the server does the whole login ([`login_form`]).
//! [`app`] makes the router of the whole web app.

pub mod address;
pub mod callback;
pub mod cli;
pub mod clock;
pub mod code_page;
pub mod config;
mod cookies;
pub mod email_address;
pub mod env_file;
pub mod error;
pub mod finish;
pub mod headers;
pub mod home;
pub mod http;
pub mod id_token;
pub mod limits;
pub mod local_path;
pub mod login_config;
pub mod login_form;
pub mod logout;
pub mod oidc;
pub mod own_site;
pub mod pages;
pub mod passwordless;
pub mod pending_login;
pub mod random;
pub mod requester;
pub mod session;
pub mod state;
pub mod static_files;
pub mod store;
pub mod transaction;
pub mod verification_code;
mod words;

#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};

use state::AppState;

/// The web app: pages, scripts, callback, login form and logout. Every response has the security headers.
pub fn app(state: AppState) -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/login-config.js", get(login_config::show))
        // A HEAD request must not use up the transaction.
        .route(
            "/callback",
            get(callback::receive).head(error::method_not_allowed),
        )
        .route("/logout", post(logout::end))
        .merge(login_form::routes(&state))
        .merge(static_files::routes(&state.settings))
        .method_not_allowed_fallback(error::method_not_allowed)
        .layer(DefaultBodyLimit::max(logout::MAX_BODY_BYTES))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            headers::canonical_host,
        ))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            headers::secure,
        ))
        .with_state(state)
}
