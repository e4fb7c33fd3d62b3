//! `/_mock/logs`: the tenant's log.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::response::json_response;
use crate::state::AppState;

/// `GET /_mock/logs`: all entries, the newest last.
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    let host = state.base_url().split_once("://");
    let host = host.map_or("", |(_, host)| host);
    let store = state.store();
    let mut entries = json!(store.logs.all());
    for entry in entries.as_array_mut().into_iter().flatten() {
        if let Some(entry) = entry.as_object_mut() {
            entry.insert("hostname".to_owned(), host.into());
        }
    }
    json_response(StatusCode::OK, &entries)
}
