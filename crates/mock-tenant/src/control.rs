//! The control API under `/_mock/`: what tests and people steer the tenant with.

mod ca;
mod captchas;
mod clock;
mod events;
pub(crate) mod faults;
mod guard;
mod keys;
mod logs;
mod openapi;
mod outbox;
mod preview;
mod protection;
pub(crate) mod resources;
mod settings;
mod snapshot;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{delete, get, patch, post};
use serde_json::json;

use crate::pages;
use crate::request::Params;
use crate::response::{json_response, oauth_error};
use crate::state::AppState;

/// All routes below `/_mock`, for callers on this machine alone.
pub(crate) fn router(state: &AppState) -> Router<AppState> {
    Router::new()
        .route("/inbox", get(pages::inbox))
        .route("/mail", get(pages::dashboard))
        .route("/applications", get(pages::dashboard))
        .route("/people", get(pages::dashboard))
        .route("/activity", get(pages::dashboard))
        .route("/controls", get(pages::dashboard))
        .route("/assets/{file}", get(pages::asset))
        .route("/events", get(events::events))
        .route("/ca.pem", get(ca::ca))
        .route("/captchas", get(captchas::list))
        .route("/outbox", get(outbox::list).delete(outbox::clear))
        .route("/outbox/{id}", get(outbox::one))
        .route("/outbox/{id}/html", get(outbox::html))
        .route("/clock", get(clock::read).post(clock::set))
        .route(
            "/faults",
            get(faults::list).post(faults::add).delete(faults::clear),
        )
        .route("/keys", get(keys::list))
        .route("/keys/rotate", post(keys::rotate))
        .route("/keys/{id}", delete(keys::revoke))
        .route("/logs", get(logs::list))
        .route("/reset", post(settings::reset))
        .route(
            "/snapshot",
            get(snapshot::take)
                .put(snapshot::restore)
                .layer(DefaultBodyLimit::max(snapshot::MAX_BODY)),
        )
        .route(
            "/settings",
            get(settings::tenant).patch(settings::patch_tenant),
        )
        .route(
            "/clients",
            get(settings::clients).post(resources::create_client),
        )
        .route(
            "/clients/{id}",
            patch(settings::patch_client).delete(resources::delete_client),
        )
        .route(
            "/connections",
            get(settings::connections).post(resources::create_connection),
        )
        .route(
            "/connections/{name}",
            patch(settings::patch_connection).delete(resources::delete_connection),
        )
        .route("/connections/{name}/lint", get(settings::lint_connection))
        .route("/connections/{name}/preview", post(preview::preview))
        .route(
            "/email-provider",
            get(settings::email_provider).patch(settings::patch_email_provider),
        )
        .route("/openapi.json", get(openapi::openapi))
        .route(
            "/user-blocks",
            get(protection::list).delete(protection::clear),
        )
        .route("/users", get(settings::users).post(resources::create_user))
        .route(
            "/users/{id}",
            patch(resources::change_user).delete(resources::delete_user),
        )
        .layer(from_fn_with_state(state.clone(), guard::local_only))
}

/// What a control call did wrong.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    #[error("{0}")]
    Invalid(String),
    #[error("{0}")]
    Conflict(String),
    #[error("there is no {0}")]
    NotFound(String),
    #[error("{0}")]
    Internal(String),
}

impl axum::response::IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::Invalid(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
        };
        oauth_error(status, code, &self.to_string())
    }
}

/// `{"ok": true}`
fn done() -> Response {
    json_response(StatusCode::OK, &json!({"ok": true}))
}

/// A query, with unknown names refused: a typo must not silently select everything.
fn query(raw: Option<String>, known: &[&str]) -> Result<Params, ControlError> {
    let params = Params::form(raw.unwrap_or_default().as_bytes())
        .map_err(|error| ControlError::Invalid(error.to_string()))?;
    if let Some(name) = params.names().find(|name| !known.contains(name)) {
        return Err(ControlError::Invalid(format!(
            "unknown parameter `{name}`; known are {}",
            known.join(", ")
        )));
    }
    Ok(params)
}
