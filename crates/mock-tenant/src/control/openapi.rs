//! `/_mock/openapi.json`: the OpenAPI description of the control API.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};

use crate::response::text_response;
use crate::state::AppState;

pub(crate) const DOCUMENT: &str = include_str!("openapi.json");

/// `GET /_mock/openapi.json`
pub(crate) async fn openapi(State(state): State<AppState>) -> Response {
    let Ok(base_url) = serde_json::to_string(state.base_url()) else {
        return text_response(StatusCode::INTERNAL_SERVER_ERROR, "");
    };
    let document = DOCUMENT.replacen("\"http://localhost:4000\"", &base_url, 1);
    let kind = [("content-type", "application/json; charset=utf-8")];
    (kind, document).into_response()
}
