//! `/_mock/logs`: the tenant's log.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::response::json_response;
use crate::state::AppState;

/// `GET /_mock/logs`: newest last.
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    json_response(StatusCode::OK, &json!(state.store().logs.all()))
}
