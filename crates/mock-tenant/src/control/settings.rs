//! Reads and changes settings, clients and connections of the running tenant, and resets it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use serde_json::{Value, json};

use super::preview::lint_apart;
use super::{ControlError, done};
use crate::config::{EmailProviderName, merge_patch, parse_config};
use crate::response::json_response;
use crate::state::AppState;

/// `POST /_mock/reset`: restores the initial settings, people, messages, clock and randomness.
pub(crate) async fn reset(State(state): State<AppState>) -> Result<Response, ControlError> {
    state
        .reset()
        .map_err(|error| ControlError::Internal(error.to_string()))?;
    Ok(done())
}

/// `GET /_mock/settings`
pub(crate) async fn tenant(State(state): State<AppState>) -> Response {
    shown(&state.store().config.tenant)
}

/// `GET /_mock/clients`
pub(crate) async fn clients(State(state): State<AppState>) -> Response {
    shown(&state.store().config.clients)
}

/// `GET /_mock/connections`
pub(crate) async fn connections(State(state): State<AppState>) -> Response {
    shown(&state.store().config.connections)
}

/// `PATCH /_mock/settings`: a JSON Merge Patch (RFC 7396) of the tenant's settings.
pub(crate) async fn patch_tenant(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let patched = patch(&state, &body, &Target::Tenant)?;
    Ok(json_response(StatusCode::OK, &patched))
}

/// `GET /_mock/email-provider`, without the password.
pub(crate) async fn email_provider(State(state): State<AppState>) -> Response {
    let mut provider = json!(state.store().config.email_provider);
    hide_password(&mut provider);
    shown(&provider)
}

/// `PATCH /_mock/email-provider`
pub(crate) async fn patch_email_provider(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let mut patched = patch(&state, &body, &Target::EmailProvider)?;
    hide_password(&mut patched);
    Ok(json_response(StatusCode::OK, &patched))
}

fn hide_password(provider: &mut Value) {
    if let Some(password) = provider.pointer_mut("/credentials/smtp_pass") {
        *password = json!("[redacted]");
    }
}

/// `PATCH /_mock/clients/{client_id}`
pub(crate) async fn patch_client(
    State(state): State<AppState>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let target = Target::Client(&id);
    let patched = patch(&state, &body, &target)?;
    Ok(json_response(StatusCode::OK, &patched))
}

/// `PATCH /_mock/connections/{name}`
pub(crate) async fn patch_connection(
    State(state): State<AppState>,
    Path(name): Path<String>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let target = Target::Connection(&name);
    let patched = patch(&state, &body, &target)?;
    Ok(json_response(StatusCode::OK, &patched))
}

/// `GET /_mock/connections/{name}/lint`: warnings about the connection's mail templates. `takes_effect` says whether they are used:
/// that needs a sender and a custom e-mail provider.
pub(crate) async fn lint_connection(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, ControlError> {
    let (body, takes_effect) = {
        let store = state.store();
        let connection = store
            .config
            .connection(&name)
            .ok_or_else(|| ControlError::NotFound(format!("connection {name}")))?;
        let texts = &connection.options.email;
        let is_own = store.config.email_provider.name != EmailProviderName::Outbox;
        (texts.body.clone(), is_own && !texts.from.is_empty())
    };
    let warnings = lint_apart(body).await?;
    Ok(json_response(
        StatusCode::OK,
        &json!({"takes_effect": takes_effect, "warnings": warnings}),
    ))
}

/// The part of the configuration that a patch changes.
#[derive(Debug)]
enum Target<'a> {
    Client(&'a str),
    Connection(&'a str),
    EmailProvider,
    Tenant,
}

impl Target<'_> {
    fn find<'v>(&self, config: &'v mut Value) -> Option<&'v mut Value> {
        let (list, key, id) = match self {
            Self::Client(id) => ("clients", "client_id", id),
            Self::Connection(name) => ("connections", "name", name),
            Self::EmailProvider => return config.get_mut("email_provider"),
            Self::Tenant => return config.get_mut("tenant"),
        };
        config
            .get_mut(list)?
            .as_array_mut()?
            .iter_mut()
            .find(|element| element.get(key).and_then(Value::as_str) == Some(id))
    }
}

impl std::fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Client(id) => write!(f, "client {id}"),
            Self::Connection(name) => write!(f, "connection {name}"),
            Self::EmailProvider => f.write_str("e-mail provider"),
            Self::Tenant => f.write_str("tenant"),
        }
    }
}

/// Patches a part of the configuration, checks the whole configuration, and applies it if it is valid.
fn patch(state: &AppState, body: &[u8], target: &Target<'_>) -> Result<Value, ControlError> {
    let change: Value = serde_json::from_slice(body)
        .map_err(|error| ControlError::Invalid(format!("expected a JSON object: {error}")))?;
    if !change.is_object() {
        return Err(ControlError::Invalid("expected a JSON object".to_owned()));
    }
    let mut store = state.store();
    let mut whole = serde_json::to_value(&store.config)
        .map_err(|error| ControlError::Internal(error.to_string()))?;
    let part = target
        .find(&mut whole)
        .ok_or_else(|| ControlError::NotFound(target.to_string()))?;
    merge_patch(part, change);
    let patched = part.clone();
    let (config, unknown) =
        parse_config(whole).map_err(|error| ControlError::Invalid(error.to_string()))?;
    if let Some(field) = unknown.first() {
        return Err(ControlError::Invalid(format!(
            "field `{field}` is not known"
        )));
    }
    store.config = config;
    drop(store);
    state.announce();
    Ok(patched)
}

fn shown(value: &impl Serialize) -> Response {
    json_response(StatusCode::OK, &json!(value))
}
