//! `POST /oauth/revoke`: ends a refresh token and all that descend from its login (RFC 7009).
//!
//! <https://auth0.com/docs/api/authentication/revoke-refresh-token>

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::client_auth::authenticate;
use super::cors;
use crate::request::Params;
use crate::response::oauth_error;
use crate::state::AppState;

/// `POST /oauth/revoke`
pub(crate) async fn revoke(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut response = match revoked(&state, &headers, &body) {
        // An unknown token is as gone as it can be (RFC 7009 section 2.2).
        Ok(()) => StatusCode::OK.into_response(),
        Err((status, code, description)) => oauth_error(status, code, description),
    };
    cors::allow_start(&state, &headers, None, &mut response);
    response
}

fn revoked(
    state: &AppState,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), (StatusCode, &'static str, &'static str)> {
    let bad = |text| (StatusCode::BAD_REQUEST, "invalid_request", text);
    let params = Params::body(headers, body)
        .map_err(|_| bad("The request body must be JSON or form encoded"))?;
    let mut store = state.store();
    let now_ms = state.now_ms();
    let client = authenticate(&mut store, headers, &params, state.base_url(), now_ms)
        .map_err(|_| (StatusCode::UNAUTHORIZED, "invalid_client", "Unauthorized"))?;
    let token = params
        .str("token")
        .ok_or_else(|| bad("Missing required parameter: token"))?;
    store.grants.revoke(token, &client.client_id);
    Ok(())
}
