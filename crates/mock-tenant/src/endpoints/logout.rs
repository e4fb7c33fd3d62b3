//! `GET /v2/logout` and `/oidc/logout`: end the session with the tenant.
//!
//! <https://auth0.com/docs/api/authentication/logout>

use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::login::{session_cookie, set_session_cookie};
use crate::call::{Call, Turn};
use crate::logs::{Event, Type};
use crate::mail::encode_component;
use crate::pages;
use crate::request::{Params, ParamsError};
use crate::response::{redirect, text_response};
use crate::sessions::Session;
use crate::state::Store;
use crate::urls::{Scope, logout_allowed};

/// Where the person goes after the logout.
enum Next {
    /// To a URL on the list.
    Return(String),
    /// Nowhere: the request names no URL, and the list is empty.
    Stay,
    /// Nowhere: the URL is not on the list.
    Refuse(String),
    UnknownClient(String),
}

/// `GET /v2/logout`
pub(crate) async fn logout(call: Call, RawQuery(query): RawQuery) -> Response {
    let params = Params::form(query.unwrap_or_default().as_bytes());
    call.turn(|turn| log_out(turn, params))
}

/// `GET /oidc/logout` (OpenID Connect RP-Initiated Logout 1.0).
pub(crate) async fn end_session(call: Call, RawQuery(query): RawQuery) -> Response {
    let params = Params::form(query.unwrap_or_default().as_bytes()).map(|params| mapped(&params));
    call.turn(|turn| log_out(turn, params))
}

/// `POST /oidc/logout`: the same parameters as a form (RP-Initiated Logout 1.0, section 2).
pub(crate) async fn end_session_by_form(call: Call, body: Bytes) -> Response {
    let params = match Params::body(&call.headers, &body) {
        Ok(params) => Ok(mapped(&params)),
        Err(ParamsError::UnknownType) => Err(ParamsError::NotAForm),
        Err(error) => Err(error),
    };
    call.turn(|turn| log_out(turn, params))
}

/// The parameters of `/oidc/logout` with the names of `/v2/logout`.
fn mapped(params: &Params) -> Params {
    // The hint only names the client, so it may have expired.
    let client_id = params
        .string("client_id")
        .or_else(|| params.str("id_token_hint").and_then(audience));
    let mut mapped = Params::default().with("returnTo", "");
    if let Some(client_id) = client_id {
        mapped = mapped.with("client_id", &client_id);
    }
    if let Some(url) = params.str("post_logout_redirect_uri") {
        let state = params.str("state").map_or_else(String::new, |state| {
            let separator = if url.contains('?') { '&' } else { '?' };
            format!("{separator}state={}", encode_component(state))
        });
        mapped = mapped.with("returnTo", &format!("{url}{state}"));
    }
    mapped
}

/// The audience of an ID token, which is not verified.
fn audience(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    claims.get("aud")?.as_str().map(str::to_owned)
}

fn log_out(turn: &mut Turn<'_>, params: Result<Params, ParamsError>) -> Response {
    let id = session_cookie(turn.headers());
    let session = id.and_then(|id| turn.store.sessions.end(&id, turn.now_ms));
    if let Some(session) = &session {
        turn.log(&Event {
            description: "User successfully logged out",
            connection: &session.connection,
            user_id: &session.user_id,
            ..Event::new(Type::Slo)
        });
    }
    let next = match params {
        Ok(params) => next(turn.store, &params, session.as_ref()),
        Err(error) => Next::Refuse(error.to_string()),
    };
    let mut response = match next {
        Next::Return(url) => redirect(&url),
        Next::Stay => text_response(StatusCode::OK, "OK"),
        Next::Refuse(url) => pages::error_page(
            StatusCode::BAD_REQUEST,
            "Logout URL mismatch.",
            &format!(
                "The returnTo \"{url}\" is not in the list of allowed logout URLs. Add it to the application's (or, without a client_id, the tenant's) Allowed Logout URLs."
            ),
        ),
        Next::UnknownClient(id) => pages::error_page(
            StatusCode::BAD_REQUEST,
            "Unknown client.",
            &format!("Unknown client: {id}"),
        ),
    };
    // The cookie is deleted even if the URL is refused, because the person asked for the logout.
    set_session_cookie(response.headers_mut(), turn.is_secure(), "", 0);
    response
}

fn next(store: &Store, params: &Params, session: Option<&Session>) -> Next {
    let client_id = params.str("client_id");
    let config = &store.config;
    let organization = session.and_then(|session| session.organization.as_deref());
    let (allowed, scope) = match client_id {
        None => (&config.tenant.allowed_logout_urls, Scope::default()),
        Some(id) => match config.client(id) {
            Some(client) => (
                &client.allowed_logout_urls,
                Scope::of(config, client).within(config, client, organization),
            ),
            None => return Next::UnknownClient(id.to_owned()),
        },
    };
    match params.str("returnTo") {
        Some(url) if logout_allowed(allowed, url, &scope) => Next::Return(url.to_owned()),
        Some(url) => Next::Refuse(url.to_owned()),
        // `/oidc/logout` has no default URL, so its parameter is present and empty.
        None if params.value("returnTo").is_some() => Next::Stay,
        None => match allowed
            .first()
            .filter(|url| client_id.is_some() && !url.contains(['*', '{']))
        {
            Some(first) => Next::Return(first.clone()),
            None => Next::Stay,
        },
    }
}
