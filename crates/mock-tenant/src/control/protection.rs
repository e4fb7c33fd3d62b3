//! `/_mock/user-blocks`: lists and lifts blocks after too many failed logins.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::{ControlError, done, query};
use crate::response::json_response;
use crate::state::AppState;

/// `GET /_mock/user-blocks`
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    let now_ms = state.now_ms();
    let store = state.store();
    let settings = &store.config.tenant.attack_protection.brute_force_protection;
    json_response(
        StatusCode::OK,
        &json!(store.attacks.blocked(settings, now_ms)),
    )
}

/// `DELETE /_mock/user-blocks?identifier=`: lifts the blocks of an address or number.
pub(crate) async fn clear(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ControlError> {
    let params = query(raw, &["identifier"])?;
    let identifier = params
        .str("identifier")
        .ok_or_else(|| ControlError::Invalid("`identifier` is missing".to_owned()))?;
    let identifier = identifier.trim().to_lowercase();
    state.store().attacks.unblock_address(&identifier);
    state.announce();
    Ok(done())
}
