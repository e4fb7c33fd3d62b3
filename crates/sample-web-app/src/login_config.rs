//! `GET /login-config.js`: the values with which the pages begin a login. Each request gets new ones.

use axum::{
    extract::{Query, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
};
use axum_extra::extract::{PrivateCookieJar, cookie::CookieJar};
use serde::Deserialize;
use serde_json::json;

use crate::{
    error::{Error, Page},
    local_path::LocalPath,
    state::AppState,
    transaction::Transaction,
};

/// A page that the browser restores from its cache has a transaction that may be used already. So the page is reloaded.
const RELOAD_WHEN_SHOWN_AGAIN: &str = "window.addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });\n";

/// The parameters of the script's address.
#[derive(Debug, Deserialize)]
pub struct Parameters {
    /// The path of this app to which the person returns after the login. Default: `/`, also for a path that could lead to
    /// another site.
    #[serde(rename = "returnTo")]
    return_to: Option<String>,
}

/// Begins a transaction and responds with the script `window.latchkeySample = {...}`, by which the page gets its values.
///
/// Nothing in the script is secret. The nonce and the state are of no use without the transaction's cookie. The challenge
/// is the hash of a verifier that the page does not get.
pub async fn show(
    State(app): State<AppState>,
    raw_jar: CookieJar,
    private_jar: PrivateCookieJar,
    Query(parameters): Query<Parameters>,
) -> Response {
    let return_to = parameters
        .return_to
        .and_then(|path| LocalPath::parse(&path))
        .unwrap_or_else(LocalPath::root);
    let (settings, now) = (&app.settings, app.clock.now());
    let transaction = match Transaction::mint(&*app.random, now + settings.login_life, &return_to) {
        Ok(transaction) => transaction,
        Err(cause) => return Page::of(&Error::from(cause), &app).into_response(),
    };
    let config = json!({
        "domain": settings.domain.for_scripts(),
        "clientID": settings.client_id,
        "redirectUri": settings.base_url.redirect_uri(),
        "authParams": {
            "state": transaction.state,
            "nonce": transaction.nonce,
            "code_challenge": transaction.code_challenge(),
            "code_challenge_method": "S256",
        },
    });
    let jars = transaction.store(raw_jar, private_jar, &settings.base_url, now);
    let script = format!("window.latchkeySample = {config:#};\n{RELOAD_WHEN_SHOWN_AGAIN}");
    (
        jars,
        [(CONTENT_TYPE, "text/javascript; charset=utf-8")],
        script,
    )
        .into_response()
}
