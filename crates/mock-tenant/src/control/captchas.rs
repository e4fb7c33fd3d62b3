//! `/_mock/captchas`: what the pictures say, so that a test can pass where a person must look.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::response::json_response;
use crate::state::AppState;

/// `GET /_mock/captchas`: pictures that wait for their answer.
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    let now_ms = state.now_ms();
    json_response(
        StatusCode::OK,
        &json!(state.store().captchas.answers(now_ms)),
    )
}
