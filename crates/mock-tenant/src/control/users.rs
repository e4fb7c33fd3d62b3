//! Creates, changes and deletes people while the tenant runs. An error names the field and the remedy.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{ControlError, done, made, object};
use crate::address::{is_email, is_phone_number, normalise};
use crate::claims;
use crate::clock::rfc3339;
use crate::codes::Addressee;
use crate::config::{Client, Config, Connection, Strategy, UserSeed, merge_patch, parse};
use crate::mail::{self, Draft, Occasion, Purpose};
use crate::outbox::Message;
use crate::response::json_response;
use crate::state::{AppState, Store};

/// `GET /_mock/users`: the people who have logged in or are in the configuration.
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    json_response(StatusCode::OK, &json!(state.store().users.all()))
}

/// `POST /_mock/users` with `{"email"}` or `{"phone_number"}` and further fields.
pub(crate) async fn create_user(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    made(make_user(&state, object(&body)?))
}

/// Creates a person in the state.
pub(crate) fn make_user(
    state: &AppState,
    given: Map<String, Value>,
) -> Result<Value, ControlError> {
    let (seed, unknown): (UserSeed, _) =
        parse(Value::Object(given)).map_err(|error| ControlError::Invalid(error.to_string()))?;
    if let Some(field) = unknown.first() {
        return Err(ControlError::Invalid(format!(
            "field `{field}` is not known; known are connection, email, phone_number, name, blocked, user_id, roles, \
             user_metadata, app_metadata, claims"
        )));
    }
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let (to, strategy) = addressee(&store.config, &seed)?;
    if let Some(user) = store.users.find(&to) {
        return Err(exists(&user.user_id));
    }
    if let Some(id) = seed.user_id.as_ref()
        && store.users.has_id(strategy, id)
    {
        return Err(exists(id));
    }
    let user = store
        .users
        .add(&to, strategy, &seed, &mut store.random, now_ms);
    let shown = json!(user);
    drop(guard);
    state.announce();
    Ok(shown)
}

fn exists(id: &str) -> ControlError {
    ControlError::Conflict(format!(
        "the user already exists: {id}; change it with PATCH /_mock/users/{{user_id}}"
    ))
}

/// The fields of a person that can be changed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    blocked: Option<bool>,
    name: Option<String>,
    /// The new address, to which a mail about the change is sent.
    email: Option<String>,
    email_verified: Option<bool>,
    roles: Option<Vec<String>>,
    /// Merged into the existing metadata (RFC 7396), like `app_metadata`.
    user_metadata: Option<Map<String, Value>>,
    app_metadata: Option<Map<String, Value>>,
    /// Replaces the existing claims.
    claims: Option<Map<String, Value>>,
    /// The application that the mail about the change of address names.
    client_id: Option<String>,
    /// The person's connection, which clients of the Management API repeat.
    connection: Option<String>,
}

/// `PATCH /_mock/users/{user_id}` with `{"blocked": true}`, `{"email": "new@example.com"}` or the like.
pub(crate) async fn change_user(
    State(state): State<AppState>,
    Path(id): Path<String>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let shown = alter_user(&state, &id, &body).await?;
    Ok(json_response(StatusCode::OK, &shown))
}

/// Changes a person in the state, and sends the mail about a new address.
pub(crate) async fn alter_user(
    state: &AppState,
    id: &str,
    body: &[u8],
) -> Result<Value, ControlError> {
    let change: Change = serde_json::from_slice(body).map_err(|error| {
        ControlError::Invalid(format!(
            "expected {{\"blocked\": true}}, {{\"name\": text}}, {{\"email\": address}} or the like: {error}"
        ))
    })?;
    if let Some(Err((name, error))) = change.claims.as_ref().map(claims::check) {
        return Err(ControlError::Invalid(format!(
            "field `claims.{name}` {error}"
        )));
    }
    let (shown, letter) = {
        let mut store = state.store();
        let missing = || ControlError::NotFound(format!("user {id}"));
        let user = store.users.by_id_mut(id).ok_or_else(missing)?;
        let is_elsewhere = |name: &String| *name != user.identities[0].connection;
        if change.connection.as_ref().is_some_and(is_elsewhere) {
            let text = "field `connection` cannot be changed; delete the person and make them anew";
            return Err(ControlError::Invalid(text.to_owned()));
        }
        // The new address is checked before any other field changes, so that a refused change leaves all as it was.
        let letter = match &change.email {
            Some(email) => readdress(state, &mut store, id, email, change.client_id.as_deref())?,
            None => None,
        };
        let user = store.users.by_id_mut(id).ok_or_else(missing)?;
        user.blocked = change.blocked.unwrap_or(user.blocked);
        user.email_verified = change.email_verified.or(user.email_verified);
        user.name = change.name.unwrap_or_else(|| user.name.clone());
        user.roles = change.roles.unwrap_or_else(|| user.roles.clone());
        user.claims = change.claims.unwrap_or_else(|| user.claims.clone());
        merge(&mut user.user_metadata, change.user_metadata);
        merge(&mut user.app_metadata, change.app_metadata);
        user.updated_at = rfc3339(state.now_ms());
        (json!(user), letter)
    };
    if let Some(letter) = letter {
        send(state, letter).await;
    }
    state.announce();
    Ok(shown)
}

fn merge(metadata: &mut Map<String, Value>, change: Option<Map<String, Value>>) {
    let Some(change) = change else {
        return;
    };
    let mut whole = Value::Object(std::mem::take(metadata));
    merge_patch(&mut whole, Value::Object(change));
    if let Value::Object(whole) = whole {
        *metadata = whole;
    }
}

/// A mail about a changed address.
struct Letter {
    to: Addressee,
    /// The application that the mail names. Empty if no application is enabled for the connection.
    client_id: String,
    draft: Draft,
}

/// Gives a person another e-mail address. Returns the mail about it, or `None` if the address is the current one.
fn readdress(
    state: &AppState,
    store: &mut Store,
    id: &str,
    email: &str,
    client_id: Option<&str>,
) -> Result<Option<Letter>, ControlError> {
    let Some((old, connection)) = store.users.addressee(id).cloned().and_then(|old| {
        let connection = store.config.connection(&old.connection)?;
        let is_email = connection.strategy == Strategy::Email;
        is_email.then(|| (old, connection.clone()))
    }) else {
        let text =
            format!("user {id} logs in without an e-mail address, so `email` cannot be changed");
        return Err(ControlError::Invalid(text));
    };
    let address = normalise(Strategy::Email, email);
    if !is_email(&address) {
        let text = format!("field `email` is not valid: {email}; write it as ada@example.com");
        return Err(ControlError::Invalid(text));
    }
    let to = Addressee {
        address,
        ..old.clone()
    };
    if to == old {
        return Ok(None);
    }
    if let Some(other) = store.users.find(&to) {
        return Err(exists(&other.user_id));
    }
    let now_ms = state.now_ms();
    // Codes that were sent to the old or the new address before the change become invalid.
    store.codes.consume(&old);
    store.codes.consume(&to);
    store.users.move_to(id, to.clone(), Strategy::Email, now_ms);
    Ok(Some(letter(state, store, &connection, to, client_id)))
}

/// Writes the mail about a changed address, in the name of `client_id` or else of the first application that uses the connection.
fn letter(
    state: &AppState,
    store: &Store,
    connection: &Connection,
    to: Addressee,
    client_id: Option<&str>,
) -> Letter {
    let config = &store.config;
    let named = client_id.and_then(|id| config.client(id));
    let enabled = |client: &&Client| connection.is_enabled_for(&client.client_id);
    let client = named.or_else(|| config.clients.iter().find(enabled));
    let (client_id, client_name) = client
        .map_or(("", config.tenant.friendly_name.as_str()), |client| {
            (client.client_id.as_str(), client.name.as_str())
        });
    let occasion = Occasion {
        connection,
        client_id,
        client_name,
        address: &to.address,
        purpose: Purpose::ChangeEmail,
        request_language: None,
        now_ms: state.now_ms(),
        auth_params: &Map::new(),
    };
    let draft = Draft::of(config, state.base_url(), &occasion);
    Letter {
        client_id: client_id.to_owned(),
        draft,
        to,
    }
}

/// Sends the mail about a changed address.
async fn send(state: &AppState, letter: Letter) {
    let Letter {
        to,
        client_id,
        draft,
    } = letter;
    let composed = draft.compose_apart().await;
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let message = Message {
        id: store.random.token::<12>(),
        to: to.address,
        from: composed.from,
        subject: composed.subject,
        html: composed.html,
        text: composed.text,
        link: composed.link,
        code: String::new(),
        connection: to.connection,
        request_language: None,
        created_at: rfc3339(now_ms),
        expires_at_ms: now_ms,
        client_id,
        send: "notice".to_owned(),
        sent_ms: None,
    };
    mail::transport::hand_over(store, message, now_ms);
}

/// `DELETE /_mock/users/{user_id}`: deletes a person with their sessions and tokens.
pub(crate) async fn delete_user(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    remove_user(&state, &id).map(|()| done())
}

/// Deletes a person from the state.
pub(crate) fn remove_user(state: &AppState, id: &str) -> Result<(), ControlError> {
    if !forget(&mut state.store(), id) {
        return Err(ControlError::NotFound(format!("user {id}")));
    }
    state.announce();
    Ok(())
}

/// Deletes a person, their sessions and everything that was granted to them.
pub(super) fn forget(store: &mut Store, user_id: &str) -> bool {
    let Some(to) = store.users.remove(user_id) else {
        return false;
    };
    store.codes.consume(&to);
    store.sessions.end_all_of(user_id);
    store.grants.revoke_all_of(user_id);
    store.attacks.forgive(&to, None);
    true
}

/// The checked address and the strategy of the person in `seed`.
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
