//! `/_mock/keys`: lists, rotates and revokes the signing keys.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::{ControlError, done};
use crate::keys::KeyError;
use crate::response::json_response;
use crate::state::AppState;

/// `GET /_mock/keys`: the current key, the next one, and previous ones.
pub(crate) async fn list(State(state): State<AppState>) -> Result<Response, ControlError> {
    let keys = state.keys().all().await.map_err(internal)?;
    let shown: Vec<Value> = keys
        .iter()
        .map(|(role, key)| json!({"kid": key.kid(), "role": role}))
        .collect();
    Ok(json_response(StatusCode::OK, &json!(shown)))
}

/// `POST /_mock/keys/rotate`: makes the next key the current one and announces another. Responds like [`list`].
pub(crate) async fn rotate(State(state): State<AppState>) -> Result<Response, ControlError> {
    state.keys().rotate().await.map_err(internal)?;
    state.announce();
    list(State(state)).await
}

/// `DELETE /_mock/keys/{kid}`: tokens that a previous key signed no longer validate.
pub(crate) async fn revoke(
    State(state): State<AppState>,
    Path(kid): Path<String>,
) -> Result<Response, ControlError> {
    if !state.keys().revoke(&kid) {
        return Err(ControlError::NotFound(format!(
            "previous key {kid}; only a key that was rotated away can be revoked"
        )));
    }
    state.announce();
    Ok(done())
}

#[expect(clippy::needless_pass_by_value, reason = "shaped for `map_err`")]
fn internal(error: KeyError) -> ControlError {
    ControlError::Internal(error.to_string())
}
