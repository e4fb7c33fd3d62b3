//! `/_mock/snapshot`: takes and restores snapshots of the tenant's state.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use super::{ControlError, done};
use crate::config::parse;
use crate::response::json_response;
use crate::snapshot::{Snapshot, Taken, VERSION};
use crate::state::AppState;

/// `GET /_mock/snapshot`: a snapshot. It contains codes, tokens, the test signing keys and the state of the random generator, so it
/// has to be kept secret.
pub(crate) async fn take(State(state): State<AppState>) -> Result<Response, ControlError> {
    Ok(json_response(StatusCode::OK, &document(&state).await?))
}

/// The state as JSON.
pub(crate) async fn document(state: &AppState) -> Result<Value, ControlError> {
    let keys = state.keys().save().await;
    let keys = keys.map_err(|error| ControlError::Internal(error.to_string()))?;
    let store = state.store();
    let taken = Taken {
        keys: &keys,
        version: VERSION,
        clock: state.clock().shift(),
        state: &store,
    };
    serde_json::to_value(&taken).map_err(|error| ControlError::Internal(error.to_string()))
}

/// `PUT /_mock/snapshot`: restores a snapshot. If it cannot be read, nothing changes.
pub(crate) async fn restore(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let given: Value = serde_json::from_slice(&body)
        .map_err(|error| ControlError::Invalid(format!("the snapshot is not JSON: {error}")))?;
    let (snapshot, unknown): (Snapshot, _) =
        parse(given).map_err(|error| ControlError::Invalid(format!("snapshot: {error}")))?;
    if let Some(field) = unknown.first() {
        return Err(ControlError::Invalid(format!(
            "snapshot: field `{field}` is not known"
        )));
    }
    let keys = state.keys().read(&snapshot.keys);
    let keys = keys.map_err(|error| ControlError::Invalid(format!("snapshot: {error}")))?;
    state.keys().put(keys);
    state.clock().set_shift(snapshot.clock);
    *state.store() = snapshot.state;
    state.announce();
    Ok(done())
}
