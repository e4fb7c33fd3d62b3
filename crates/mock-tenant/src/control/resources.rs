//! Creates and deletes clients and connections while the tenant runs. An error names the field and the remedy.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::users::forget;
use super::{ControlError, done, made, object};
use crate::config::{Client, Config, Connection, parse_config};
use crate::secret::Secret;
use crate::state::AppState;

/// `POST /_mock/clients`: creates a client. A missing ID or secret is random.
pub(crate) async fn create_client(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    made(make_client(&state, object(&body)?))
}

/// Creates a client in the configuration.
pub(crate) fn make_client(
    state: &AppState,
    mut given: Map<String, Value>,
) -> Result<Value, ControlError> {
    let mut guard = state.store();
    let store = &mut *guard;
    let id = match given.get("client_id") {
        None => {
            let id = store.random.token::<24>();
            given.insert("client_id".to_owned(), id.as_str().into());
            id
        }
        Some(id) => id.as_str().unwrap_or_default().to_owned(),
    };
    if store.config.client(&id).is_some() {
        return Err(ControlError::Conflict(format!(
            "client `{id}` exists; choose another `client_id`, or change it with PATCH /_mock/clients/{id}"
        )));
    }
    let (mut config, _) = with_element(&store.config, "clients", Value::Object(given))?;
    if let Some(client) = config.clients.last_mut() {
        if client.is_confidential() && client.client_secret.is_none() {
            client.client_secret = Some(Secret::new(store.random.token::<48>()));
        }
        if client.name.is_empty() {
            client.name.clone_from(&client.client_id);
        }
    }
    let shown = json!(config.clients.last());
    store.config = config;
    drop(guard);
    state.announce();
    Ok(shown)
}

/// `DELETE /_mock/clients/{client_id}`
pub(crate) async fn delete_client(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    remove_client(&state, &id).map(|()| done())
}

/// Deletes a client from the configuration.
pub(crate) fn remove_client(state: &AppState, id: &str) -> Result<(), ControlError> {
    let mut store = state.store();
    let clients = &mut store.config.clients;
    take(clients, |client: &Client| client.client_id == id)
        .ok_or_else(|| ControlError::NotFound(format!("client {id}")))?;
    drop(store);
    state.announce();
    Ok(())
}

/// `POST /_mock/connections`
pub(crate) async fn create_connection(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    made(make_connection(&state, object(&body)?))
}

/// Creates a connection in the configuration.
pub(crate) fn make_connection(
    state: &AppState,
    given: Map<String, Value>,
) -> Result<Value, ControlError> {
    let mut store = state.store();
    let name = given.get("name").and_then(Value::as_str);
    if let Some(name) = name.filter(|name| store.config.connection(name).is_some()) {
        return Err(ControlError::Conflict(format!(
            "connection `{name}` exists; choose another `name`, or change it with PATCH /_mock/connections/{name}"
        )));
    }
    let (config, shown) = with_element(&store.config, "connections", Value::Object(given))?;
    store.config = config;
    drop(store);
    state.announce();
    Ok(shown)
}

/// `DELETE /_mock/connections/{name}`: deletes a connection and its people.
pub(crate) async fn delete_connection(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, ControlError> {
    remove_connection(&state, &name).map(|()| done())
}

/// Deletes a connection from the configuration, and its people.
pub(crate) fn remove_connection(state: &AppState, name: &str) -> Result<(), ControlError> {
    let mut guard = state.store();
    let store = &mut *guard;
    let connections = &mut store.config.connections;
    take(connections, |connection: &Connection| {
        connection.name == name
    })
    .ok_or_else(|| ControlError::NotFound(format!("connection {name}")))?;
    for id in store.users.of_connection(name) {
        forget(store, &id);
    }
    drop(guard);
    state.announce();
    Ok(())
}

/// The checked configuration with `element` at the end of `section`, and that element with its defaults.
fn with_element(
    config: &Config,
    section: &str,
    element: Value,
) -> Result<(Config, Value), ControlError> {
    let mut whole =
        serde_json::to_value(config).map_err(|error| ControlError::Internal(error.to_string()))?;
    if let Some(elements) = whole.get_mut(section).and_then(Value::as_array_mut) {
        elements.push(element);
    }
    let (config, unknown) =
        parse_config(whole).map_err(|error| ControlError::Invalid(error.to_string()))?;
    if let Some(field) = unknown.first() {
        return Err(ControlError::Invalid(format!(
            "field `{field}` is not known"
        )));
    }
    let filled =
        serde_json::to_value(&config).map_err(|error| ControlError::Internal(error.to_string()))?;
    let elements = filled.get(section).and_then(Value::as_array);
    let added = elements.and_then(|elements| elements.last()).cloned();
    Ok((config, added.unwrap_or_default()))
}

fn take<T>(list: &mut Vec<T>, is_it: impl FnMut(&T) -> bool) -> Option<T> {
    let at = list.iter().position(is_it)?;
    Some(list.remove(at))
}
