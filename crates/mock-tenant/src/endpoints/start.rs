//! `POST /passwordless/start`: sends a code or a link.
//!
//! <https://auth0.com/docs/api/authentication/passwordless/get-code-or-link>

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::client_assertion;
use super::client_auth::behind;
use super::cors;
use super::start_error::StartError;
use crate::address::{is_email, is_phone_number, normalise};
use crate::captcha;
use crate::clock::rfc3339;
use crate::codes::Addressee;
use crate::config::{Client, Connection, EmailProviderName, Strategy};
use crate::limits::{Allowance, Bucket};
use crate::logs::{Event, MASKED, Type};
use crate::mail::{self, Occasion, Send};
use crate::outbox::Message;
use crate::request::{Params, Requester, request_language};
use crate::response::json_response;
use crate::state::{AppState, Store};

/// The schema is strict: any other property is refused.
const PROPERTIES: [&str; 11] = [
    "tenant",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "connection",
    "email",
    "phone_number",
    "send",
    "authParams",
    "captcha",
];

/// `POST /passwordless/start`
pub(crate) async fn start(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params =
        Params::json(&body).map_err(|_| StartError::Malformed("The body is not a JSON object"));
    let client_id = params
        .as_ref()
        .ok()
        .and_then(|params| params.string("client_id"));
    let mut allowance = None;
    let outcome = params.and_then(|params| {
        let language = request_language(&headers);
        let context = (&headers, &requester);
        send(&state, &params, language, context, &mut allowance)
    });
    let mut response = match outcome {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(error) => error.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    cors::allow_start(&state, &headers, client_id.as_deref(), &mut response);
    response
}

/// Sends, and tells what `/passwordless/start` answers.
pub(crate) fn send(
    state: &AppState,
    params: &Params,
    language: Option<String>,
    (headers, requester): (&HeaderMap, &Requester),
    allowance: &mut Option<Allowance>,
) -> Result<Value, StartError> {
    let unknown: Vec<&str> = params
        .names()
        .filter(|name| !PROPERTIES.contains(name))
        .collect();
    if !unknown.is_empty() {
        return Err(StartError::UnknownProperties(unknown.join(", ")));
    }
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let other = |tenant: &Value| tenant.as_str() != Some(store.config.tenant.name.as_str());
    if params.value("tenant").is_some_and(other) {
        return Err(StartError::UnknownTenant);
    }
    let client_id = params.str("client_id").ok_or(StartError::MissingClientId)?;
    let client = store
        .config
        .client(client_id)
        .ok_or_else(|| StartError::UnknownClient(client_id.to_owned()))?
        .clone();
    let requester = &behind(requester, &client, params, headers);
    let proof = proof(store, state.base_url(), &client, params, now_ms)?;
    if proof == Proof::None {
        note_missing_secret(store, &client, requester, now_ms);
        let per_hour = store.config.tenant.passwordless_start_per_hour;
        let bucket = Bucket::Start(requester.ip);
        *allowance = store.limits.take(bucket, per_hour, now_ms);
        if allowance.is_some_and(|allowance| allowance.is_exceeded()) {
            let event = Event {
                description: "Rate limit of /passwordless/start",
                client_id: &client.client_id,
                ..Event::new(Type::ApiLimit)
            };
            store
                .logs
                .push(&event, &requester.log, &mut store.random, now_ms);
            return Err(StartError::TooManyRequests);
        }
    }
    let connection = connection(store, params, client_id)?;
    let send = match params.value("send").map(Value::as_str) {
        None | Some(Some("link")) => Send::Link,
        Some(Some("code")) => Send::Code,
        Some(Some(other)) => return Err(StartError::UnknownSend(other.to_owned())),
        Some(None) => return Err(StartError::UnknownSend("[object]".to_owned())),
    };
    let auth_params = match params.value("authParams") {
        None => Map::new(),
        Some(Value::Object(object)) => object.clone(),
        Some(other) => return Err(StartError::AuthParamsType(type_name(other))),
    };
    let to = Addressee {
        connection: connection.name.clone(),
        address: address(connection.strategy, params)?,
    };
    // A server that proved itself is no robot of somebody else's.
    if proof != Proof::Credentials && captcha::is_wanted(store, requester.ip, now_ms) {
        let login = auth_params.get("state").and_then(Value::as_str);
        if !captcha::is_solved(store, login, params.str("captcha"), now_ms) {
            return Err(StartError::InvalidCaptcha);
        }
    }
    let known = store.users.find(&to);
    let is_stranger = known.is_none() && connection.options.disable_signup;
    if is_stranger && !store.config.tenant.uniform_start {
        return Err(StartError::SignupDisabled);
    }
    let gets_nothing = is_stranger || known.is_some_and(|user| user.blocked);
    let fails = store.config.email_provider.name == EmailProviderName::Fail;
    if fails && connection.strategy == Strategy::Sms {
        return Err(StartError::SmsProvider);
    }
    let id = store.users.reserve(&to, &mut store.random, now_ms);
    if !gets_nothing {
        let ready = Ready {
            client: &client,
            connection: &connection,
            to: &to,
            send,
            auth_params: &auth_params,
        };
        deliver(state.base_url(), store, &ready, language, requester, now_ms);
    }
    drop(guard);
    state.announce();
    Ok(match connection.strategy {
        Strategy::Sms => json!({"_id": id, "phone_number": to.address, "phone_verified": true}),
        Strategy::Email | Strategy::Database => {
            json!({"_id": id, "email": to.address, "email_verified": true})
        }
    })
}

/// How a call proved where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// The client's secret or assertion.
    Credentials,
    /// The state of a login under way at the hosted page.
    HostedPage,
    None,
}

/// How the call proved itself. Not doing so is an error only for a confidential client on a new tenant.
fn proof(
    store: &mut Store,
    base_url: &str,
    client: &Client,
    params: &Params,
    now_ms: u64,
) -> Result<Proof, StartError> {
    if let Some(sent) = params.str("client_secret") {
        let right = client
            .client_secret
            .as_ref()
            .is_some_and(|secret| secret.matches(sent));
        return if right {
            Ok(Proof::Credentials)
        } else {
            Err(StartError::WrongSecret)
        };
    }
    let (config, used) = (&store.config, &mut store.assertions);
    let signed = client_assertion::authenticate((config, used), params, base_url, now_ms);
    if let Some(signed) = signed {
        return Ok(signed.map(|_| Proof::Credentials)?);
    }
    // The hosted login page proves itself by the state of a login that is under way there.
    let from_page = params
        .value("authParams")
        .and_then(|sent| sent.get("state")?.as_str())
        .and_then(|state| store.hosted.find(state, now_ms));
    if from_page.is_some_and(|pending| pending.client_id == client.client_id) {
        return Ok(Proof::HostedPage);
    }
    let enforced = store
        .config
        .tenant
        .flags
        .enforce_client_authentication_on_passwordless_start;
    if enforced && client.is_confidential() {
        return Err(StartError::ClientAuthenticationRequired);
    }
    Ok(Proof::None)
}

/// Auth0 logs a confidential client's start without its secret as deprecated.
fn note_missing_secret(store: &mut Store, client: &Client, requester: &Requester, now_ms: u64) {
    if !client.is_confidential() {
        return;
    }
    let event = Event {
        description: "Client authentication was not used with /passwordless/start",
        client_id: &client.client_id,
        client_name: &client.name,
        ..Event::new(Type::Depnote)
    };
    store
        .logs
        .push(&event, &requester.log, &mut store.random, now_ms);
}

fn connection(store: &Store, params: &Params, client_id: &str) -> Result<Connection, StartError> {
    let name = params
        .str("connection")
        .ok_or(StartError::MissingConnection)?;
    let connection = store
        .config
        .connection(name)
        .ok_or(StartError::UnknownConnection)?;
    if !connection.is_enabled_for(client_id) {
        return Err(StartError::ConnectionDisabled);
    }
    if !connection.is_passwordless() {
        return Err(StartError::NotPasswordless);
    }
    Ok(connection.clone())
}

fn address(strategy: Strategy, params: &Params) -> Result<String, StartError> {
    if strategy == Strategy::Sms {
        let sent = params
            .str("phone_number")
            .ok_or(StartError::MissingPhoneNumber)?;
        let number = normalise(strategy, sent);
        return if is_phone_number(&number) {
            Ok(number)
        } else {
            Err(StartError::InvalidPhoneNumber)
        };
    }
    let sent = params.str("email").ok_or(StartError::MissingEmail)?;
    let email = normalise(strategy, sent);
    if is_email(&email) {
        Ok(email)
    } else {
        Err(StartError::InvalidEmail(sent.to_owned()))
    }
}

/// All that is needed to send.
struct Ready<'a> {
    client: &'a Client,
    connection: &'a Connection,
    to: &'a Addressee,
    send: Send,
    auth_params: &'a Map<String, Value>,
}

fn deliver(
    base_url: &str,
    store: &mut Store,
    ready: &Ready<'_>,
    language: Option<String>,
    requester: &Requester,
    now_ms: u64,
) {
    let totp = &ready.connection.options.totp;
    let life_ms = totp.time_step.saturating_mul(1_000);
    let code = store.random.digits(totp.length);
    let client_id = &ready.client.client_id;
    store
        .codes
        .issue(ready.to, client_id, &code, now_ms, life_ms);
    let occasion = Occasion {
        connection: ready.connection,
        client_id,
        client_name: &ready.client.name,
        address: &ready.to.address,
        code: &code,
        send: ready.send,
        request_language: language.as_deref(),
        now_ms,
        auth_params: ready.auth_params,
    };
    let composed = mail::compose(&store.config, base_url, &occasion);
    log_sent(
        store,
        ready,
        &composed.link.replace(&code, MASKED),
        language.as_deref(),
        requester,
        now_ms,
    );
    let message = Message {
        id: store.random.token::<12>(),
        to: ready.to.address.clone(),
        from: composed.from,
        subject: composed.subject,
        html: composed.html,
        text: composed.text,
        link: composed.link,
        code,
        connection: ready.connection.name.clone(),
        request_language: language,
        created_at: rfc3339(now_ms),
        expires_at_ms: now_ms.saturating_add(life_ms),
        client_id: client_id.clone(),
        send: ready.send.as_str().to_owned(),
    };
    mail::transport::hand_over(store, message, now_ms);
}

fn log_sent(
    store: &mut Store,
    ready: &Ready<'_>,
    masked_link: &str,
    language: Option<&str>,
    requester: &Requester,
    now_ms: u64,
) {
    let by_phone = ready.connection.strategy == Strategy::Sms;
    let details = json!({
        "authentication_methods": [ready.connection.name],
        "code": MASKED,
        "link": masked_link,
        "send": ready.send.as_str(),
        "request_language": language,
        "is_signup": store.users.find(ready.to).is_none(),
        "tenant": store.config.tenant.name,
    });
    let event = Event {
        description: &ready.to.address,
        client_id: &ready.client.client_id,
        client_name: &ready.client.name,
        connection: &ready.connection.name,
        strategy: Some(ready.connection.strategy),
        user_name: &ready.to.address,
        details,
        ..Event::new(if by_phone { Type::Cs } else { Type::Cls })
    };
    store
        .logs
        .push(&event, &requester.log, &mut store.random, now_ms);
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
