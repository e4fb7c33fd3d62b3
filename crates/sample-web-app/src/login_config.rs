//! `GET /login-config.js`: what the pages need to begin a login, minted anew for each load.

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

/// A page that comes back out of the browser's cache holds a transaction that may be used up.
const RELOAD_WHEN_SHOWN_AGAIN: &str = "window.addEventListener('pageshow', function (event) { if (event.persisted) location.reload(); });\n";

/// The parameters of the script's address.
#[derive(Debug, Deserialize)]
pub struct Parameters {
    /// A path of this app to go to after the login. Default `/`, also for one that could lead elsewhere.
    #[serde(rename = "returnTo")]
    return_to: Option<String>,
}

/// Begins a transaction and gives the script `window.latchkeySample = {...}` that carries it to the page.
///
/// Nothing in it is secret: the nonce and the state do no harm without the cookie that comes along, and the
/// challenge is the hash of a verifier that stays on the server's side.
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
