//! The control API under `/_mock/`, with which tests and people control the tenant.
//!
//! `control/openapi.json`, which is written by hand, describes each route with every status that it can have. The tests in
//! `tests/openapi.rs` compare the two; a response that has a schema gets a row there.

mod ca;
mod captchas;
mod clock;
pub(crate) mod codes;
pub(crate) mod email_test;
mod events;
mod faults;
pub(crate) use self::faults::inject;
mod guard;
mod keys;
mod logs;
mod openapi;
mod outbox;
mod preview;
mod protection;
pub(crate) mod resources;
pub(crate) mod sample;
mod settings;
pub(crate) mod snapshot;
pub(crate) mod users;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{delete, get, patch, post};
use serde_json::{Map, Value, json};

use crate::pages;
use crate::request::Params;
use crate::response::{json_response, oauth_error};
use crate::state::AppState;

/// All routes below `/_mock`. Only callers on this machine, or with the token, may use them.
pub(crate) fn router(state: &AppState) -> Router<AppState> {
    page_routes()
        .merge(message_routes())
        .merge(settings_routes())
        .merge(world_routes())
        .layer(from_fn_with_state(state.clone(), guard::guard))
}

/// The dashboard, and what its pages load.
fn page_routes() -> Router<AppState> {
    Router::new()
        .route("/inbox", get(pages::inbox))
        .route("/mail", get(pages::dashboard))
        .route("/connection-settings", get(pages::dashboard))
        .route("/applications", get(pages::dashboard))
        .route("/people", get(pages::dashboard))
        .route("/activity", get(pages::dashboard))
        .route("/controls", get(pages::dashboard))
        .route("/assets/{file}", get(pages::asset))
        .route("/events", get(events::events))
        .route("/enter", post(guard::enter))
        .route("/openapi.json", get(openapi::openapi))
}

/// The messages that the tenant sent, and the codes and captchas in use.
fn message_routes() -> Router<AppState> {
    Router::new()
        .route("/outbox", get(outbox::list).delete(outbox::clear))
        .route("/outbox/{id}", get(outbox::one).delete(outbox::remove))
        .route("/outbox/{id}/source", get(outbox::source))
        .route("/outbox/{id}/html", get(outbox::html))
        .route("/captchas", get(captchas::list))
        .route("/codes/expire", post(codes::expire))
}

/// The settings of the tenant, as Auth0's dashboard has them.
fn settings_routes() -> Router<AppState> {
    Router::new()
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
        .route("/clients/{id}/sample.zip", get(sample::download))
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
        .route("/email-provider/test", post(email_test::send))
        .route(
            "/email-provider",
            get(settings::email_provider).patch(settings::patch_email_provider),
        )
        .route("/users", get(users::list).post(users::create_user))
        .route(
            "/users/{id}",
            patch(users::change_user).delete(users::delete_user),
        )
}

/// The state around the logins that a test may change: the clock, faults, keys, blocks, and all of the state at once.
fn world_routes() -> Router<AppState> {
    Router::new()
        .route("/ca.pem", get(ca::ca))
        .route("/clock", get(clock::read).post(clock::set))
        .route(
            "/faults",
            get(faults::list).post(faults::add).delete(faults::clear),
        )
        .route("/faults/{index}", delete(faults::remove))
        .route("/keys", get(keys::list))
        .route("/keys/rotate", post(keys::rotate))
        .route("/keys/{id}", delete(keys::revoke))
        .route("/logs", get(logs::list))
        .route("/reset", post(settings::reset))
        .route("/snapshot", get(snapshot::take).put(snapshot::restore))
        .route(
            "/user-blocks",
            get(protection::list).delete(protection::clear),
        )
}

/// Why a control call is refused.
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
    /// The e-mail provider does not accept the mail.
    #[error("{0}")]
    Unsent(String),
}

impl axum::response::IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::Invalid(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict"),
            Self::NotFound(_) => (StatusCode::NOT_FOUND, "not_found"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
            Self::Unsent(_) => (StatusCode::BAD_GATEWAY, "unsent"),
        };
        oauth_error(status, code, &self.to_string())
    }
}

/// `{"ok": true}`
fn done() -> Response {
    json_response(StatusCode::OK, &json!({"ok": true}))
}

/// The parameters of a query. Unknown names are refused, because a typo would select everything.
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

/// A body that is a JSON object.
fn object(body: &[u8]) -> Result<Map<String, Value>, ControlError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ControlError::Invalid("expected a JSON object".to_owned())),
        Err(error) => Err(ControlError::Invalid(format!(
            "expected a JSON object: {error}"
        ))),
    }
}

/// The response with the created object and the status 201.
fn made(outcome: Result<Value, ControlError>) -> Result<Response, ControlError> {
    outcome.map(|shown| json_response(StatusCode::CREATED, &shown))
}
