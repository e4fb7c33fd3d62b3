//! `POST /oauth/revoke`: revokes a refresh token and all others of the same login (RFC 7009).
//!
//! <https://auth0.com/docs/api/authentication/revoke-refresh-token>

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use super::client_auth::authenticate;
use super::cors;
use crate::call::{Call, Turn};
use crate::request::Params;
use crate::response::oauth_error;

/// `POST /oauth/revoke`
pub(crate) async fn revoke(call: Call, body: Bytes) -> Response {
    let mut response = match call.turn(|turn| revoked(turn, &body)) {
        // Revoking an unknown token succeeds (RFC 7009 section 2.2).
        Ok(()) => StatusCode::OK.into_response(),
        Err((status, code, description)) => oauth_error(status, code, description),
    };
    cors::allow_start(&call.state, &call.headers, None, &mut response);
    response
}

fn revoked(
    turn: &mut Turn<'_>,
    body: &[u8],
) -> Result<(), (StatusCode, &'static str, &'static str)> {
    let bad = |text| (StatusCode::BAD_REQUEST, "invalid_request", text);
    let params = Params::body(turn.headers(), body)
        .map_err(|_| bad("The request body must be JSON or form encoded"))?;
    let client = authenticate(turn, &params)
        .map_err(|_| (StatusCode::UNAUTHORIZED, "invalid_client", "Unauthorized"))?;
    let token = params
        .str("token")
        .ok_or_else(|| bad("Missing required parameter: token"))?;
    let grants = &mut turn.store.grants;
    grants.revoke(token, &client.client_id, turn.now_ms);
    Ok(())
}
