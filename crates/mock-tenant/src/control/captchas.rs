//! `/_mock/captchas`: the solutions of the captchas, so that a test can pass them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::response::json_response;
use crate::state::AppState;

/// `GET /_mock/captchas`: the captchas that are not solved yet.
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    let now_ms = state.now_ms();
    json_response(
        StatusCode::OK,
        &json!(state.store().captchas.answers(now_ms)),
    )
}
