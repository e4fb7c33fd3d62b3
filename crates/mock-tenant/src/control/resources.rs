//! Making and deleting clients, connections and people while the tenant runs. What is wrong is told by field, with a remedy.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{ControlError, done};
use crate::address::{is_email, is_phone_number, normalise};
use crate::codes::Addressee;
use crate::config::{Client, Config, Connection, Strategy, UserSeed, parse, parse_config};
use crate::response::json_response;
use crate::secret::Secret;
use crate::state::{AppState, Store};

/// `POST /_mock/clients`: identifier and secret are made up where they are left out.
pub(crate) async fn create_client(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    made(make_client(&state, object(&body)?))
}

/// The step of [`create_client`].
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

/// The step of [`delete_client`].
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

/// The step of [`create_connection`].
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

/// `DELETE /_mock/connections/{name}`: its people go with it.
pub(crate) async fn delete_connection(
    State(state): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, ControlError> {
    remove_connection(&state, &name).map(|()| done())
}

/// The step of [`delete_connection`].
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

/// `POST /_mock/users` with `{"email"}` or `{"phone_number"}`, and `connection, name, blocked`.
pub(crate) async fn create_user(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    made(make_user(&state, object(&body)?))
}

/// The step of [`create_user`].
pub(crate) fn make_user(
    state: &AppState,
    given: Map<String, Value>,
) -> Result<Value, ControlError> {
    let (seed, unknown): (UserSeed, _) =
        parse(Value::Object(given)).map_err(|error| ControlError::Invalid(error.to_string()))?;
    if let Some(field) = unknown.first() {
        return Err(ControlError::Invalid(format!(
            "field `{field}` is not known; known are connection, email, phone_number, name, blocked"
        )));
    }
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let (to, strategy) = addressee(&store.config, &seed)?;
    if let Some(user) = store.users.find(&to) {
        return Err(ControlError::Conflict(format!(
            "the user already exists: {}; change it with PATCH /_mock/users/{{user_id}}",
            user.user_id
        )));
    }
    let user = store
        .users
        .add(&to, strategy, &seed, &mut store.random, now_ms);
    let shown = json!(user);
    drop(guard);
    state.announce();
    Ok(shown)
}

/// `PATCH /_mock/users/{user_id}` with `{"blocked": true}` or `{"name": "Ada"}`
pub(crate) async fn change_user(
    State(state): State<AppState>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ControlError> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Change {
        blocked: Option<bool>,
        name: Option<String>,
    }
    let change: Change = serde_json::from_slice(&body).map_err(|error| {
        ControlError::Invalid(format!(
            "expected {{\"blocked\": true}} or {{\"name\": text}}: {error}"
        ))
    })?;
    let mut store = state.store();
    let user = store
        .users
        .by_id_mut(&id)
        .ok_or_else(|| ControlError::NotFound(format!("user {id}")))?;
    user.blocked = change.blocked.unwrap_or(user.blocked);
    if let Some(name) = change.name {
        user.name = name;
    }
    let shown = json!(user);
    drop(store);
    state.announce();
    Ok(json_response(StatusCode::OK, &shown))
}

/// `DELETE /_mock/users/{user_id}`: with their sessions and tokens.
pub(crate) async fn delete_user(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    remove_user(&state, &id).map(|()| done())
}

/// The step of [`delete_user`].
pub(crate) fn remove_user(state: &AppState, id: &str) -> Result<(), ControlError> {
    if !forget(&mut state.store(), id) {
        return Err(ControlError::NotFound(format!("user {id}")));
    }
    state.announce();
    Ok(())
}

/// Forgets a person, and all that was granted to them.
fn forget(store: &mut Store, user_id: &str) -> bool {
    let Some(to) = store.users.remove(user_id) else {
        return false;
    };
    store.codes.consume(&to);
    store.sessions.end_all_of(user_id);
    store.grants.revoke_all_of(user_id);
    store.attacks.forgive(&to, None);
    true
}

/// Who `seed` is about, found valid.
fn addressee(config: &Config, seed: &UserSeed) -> Result<(Addressee, Strategy), ControlError> {
    let invalid = |text: String| ControlError::Invalid(text);
    let name = seed.connection_name();
    let connection = config
        .connection(name)
        .filter(|connection| connection.is_passwordless())
        .ok_or_else(|| {
            invalid(format!(
                "field `connection` names no passwordless connection: {name}"
            ))
        })?;
    let strategy = connection.strategy;
    let (field, value, hint) = if strategy == Strategy::Sms {
        ("phone_number", &seed.phone_number, "+493012345678")
    } else {
        ("email", &seed.email, "ada@example.com")
    };
    let address = value
        .as_deref()
        .map(|address| normalise(strategy, address))
        .ok_or_else(|| invalid(format!("field `{field}` is missing; write it as {hint}")))?;
    let is_valid = match strategy {
        Strategy::Sms => is_phone_number(&address),
        Strategy::Email | Strategy::Database => is_email(&address),
    };
    if !is_valid {
        return Err(invalid(format!(
            "field `{field}` is not valid: {address}; write it as {hint}"
        )));
    }
    let connection = name.to_owned();
    Ok((
        Addressee {
            connection,
            address,
        },
        strategy,
    ))
}

/// The configuration with `element` at the end of `section`, checked as a whole, and that element as it is now.
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

fn object(body: &[u8]) -> Result<Map<String, Value>, ControlError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ControlError::Invalid("expected a JSON object".to_owned())),
        Err(error) => Err(ControlError::Invalid(format!(
            "expected a JSON object: {error}"
        ))),
    }
}

fn take<T>(list: &mut Vec<T>, is_it: impl FnMut(&T) -> bool) -> Option<T> {
    let at = list.iter().position(is_it)?;
    Some(list.remove(at))
}

fn made(outcome: Result<Value, ControlError>) -> Result<Response, ControlError> {
    outcome.map(|shown| json_response(StatusCode::CREATED, &shown))
}
