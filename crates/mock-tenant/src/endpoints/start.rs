//! `POST /passwordless/start`: sends a code or a link.
//!
//! <https://auth0.com/docs/api/authentication/passwordless/get-code-or-link>

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::challenge;
use super::client_auth::behind;
use super::cors::{self, Lists};
use super::start_error::StartError;
use crate::address::{is_email, is_phone_number, normalise};
use crate::call::{Call, Turn};
use crate::client_assertion;
use crate::clock::rfc3339;
use crate::codes::Addressee;
use crate::config::{Client, Connection, EmailProviderName, Strategy};
use crate::headers::request_language;
use crate::limits::{Allowance, Bucket};
use crate::logs::{Event, MASKED, Type};
use crate::mail::{self, Composed, Draft, Occasion, Purpose, Send};
use crate::outbox::Message;
use crate::request::{Params, Requester};
use crate::response::json_response;

/// The properties that a request may have. Auth0's schema is strict, so any other property is refused.
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

pub(crate) async fn start(call: Call, body: Bytes) -> Response {
    let params = read(&call, &body);
    let client_id = params
        .as_ref()
        .ok()
        .and_then(|params| params.string("client_id"));
    let mut allowance = None;
    let outcome = match params {
        Ok(params) => send(&call, &params, &mut allowance).await,
        Err(error) => Err(error),
    };
    let mut response = match outcome {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(error) => error.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    let client_id = client_id.as_deref();
    if !cors::allow_start(&call.state, &call.headers, client_id, &mut response) {
        cors::log_refused(&call, client_id, Lists::Cors);
    }
    response
}

/// Reads the body, which has to be JSON with the content type of JSON. A page of another origin can send `text/plain` without a
/// preflight, so accepting that would let a page send mails from its visitors' browsers.
fn read(call: &Call, body: &[u8]) -> Result<Params, StartError> {
    let kind = call.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(StartError::Malformed("The body must be application/json"));
    }
    Params::json(body).map_err(|_| StartError::Malformed("The body is not a JSON object"))
}

/// Sends a message. Returns the body of the response of `/passwordless/start`.
///
/// Each `call.turn` locks the store. Rendering the templates is slow and does not need the store, so it runs between two turns: the
/// first decides whether to send, and the second issues the code and keeps the message.
pub(crate) async fn send(
    call: &Call,
    params: &Params,
    allowance: &mut Option<Allowance>,
) -> Result<Value, StartError> {
    let language = request_language(&call.headers);
    let decided = call.turn(|turn| decide(turn, params, language.as_deref(), allowance))?;
    let receipt = decided.receipt();
    if let Some(draft) = decided.draft {
        let composed = draft.compose_apart().await;
        call.turn(|turn| deliver(turn, decided.letter, composed, language));
    }
    Ok(receipt)
}

/// The decision: who gets which message.
struct Decided {
    letter: Letter,
    /// The user ID that the person has or will get.
    id: String,
    /// The message. `None` if nothing is sent although the response is a success.
    draft: Option<Draft>,
}

/// A message without its texts.
struct Letter {
    client_id: String,
    client_name: String,
    connection: String,
    strategy: Strategy,
    to: Addressee,
    send: Send,
    code: String,
    life_ms: u64,
    /// Who sent the request. The second turn restores it, for the log.
    requester: Requester,
}

impl Decided {
    fn receipt(&self) -> Value {
        let (id, address) = (&self.id, &self.letter.to.address);
        match self.letter.strategy {
            Strategy::Sms => json!({"_id": id, "phone_number": address, "phone_verified": true}),
            Strategy::Email | Strategy::Database => {
                json!({"_id": id, "email": address, "email_verified": true})
            }
        }
    }
}

/// Decides whether to send a message. The checks have Auth0's order.
fn decide(
    turn: &mut Turn<'_>,
    params: &Params,
    language: Option<&str>,
    allowance: &mut Option<Allowance>,
) -> Result<Decided, StartError> {
    check_schema(turn, params)?;
    let client = client(turn, params)?;
    behind(turn, &client, params);
    let proof = proof(turn, &client, params)?;
    if proof == Proof::None {
        note_missing_secret(turn, &client);
        check_limit(turn, &client, allowance)?;
    }
    let connection = connection(turn, params, &client.client_id)?;
    let send = how(params)?;
    let auth_params = auth_params(params)?;
    let to = Addressee {
        connection: connection.name.clone(),
        address: address(connection.strategy, params)?,
    };
    check_captcha(turn, proof, &auth_params, params)?;
    let gets_nothing = check_person(turn, &connection, &to)?;
    let store = &mut *turn.store;
    let id = store.users.reserve(&to, &mut store.random, turn.now_ms);
    let totp = &connection.options.totp;
    let letter = Letter {
        code: store.random.digits(totp.length),
        life_ms: totp.time_step.saturating_mul(1_000),
        client_id: client.client_id,
        client_name: client.name,
        connection: connection.name.clone(),
        strategy: connection.strategy,
        to,
        send,
        requester: turn.requester.clone(),
    };
    let draft = (!gets_nothing).then(|| {
        let occasion = Occasion {
            connection: &connection,
            client_id: &letter.client_id,
            client_name: &letter.client_name,
            address: &letter.to.address,
            purpose: Purpose::Login {
                code: &letter.code,
                send,
            },
            request_language: language,
            now_ms: turn.now_ms,
            auth_params: &auth_params,
        };
        Draft::of(&turn.store.config, turn.base_url(), &occasion)
    });
    Ok(Decided { letter, id, draft })
}

/// Refuses unknown properties, and requests for another tenant.
fn check_schema(turn: &Turn<'_>, params: &Params) -> Result<(), StartError> {
    let unknown: Vec<&str> = params
        .names()
        .filter(|name| !PROPERTIES.contains(name))
        .collect();
    if !unknown.is_empty() {
        return Err(StartError::UnknownProperties(unknown.join(", ")));
    }
    let own = turn.store.config.tenant.name.as_str();
    let is_other = |tenant: &Value| tenant.as_str() != Some(own);
    if params.value("tenant").is_some_and(is_other) {
        return Err(StartError::UnknownTenant);
    }
    Ok(())
}

fn client(turn: &Turn<'_>, params: &Params) -> Result<Client, StartError> {
    let client_id = params.str("client_id").ok_or(StartError::MissingClientId)?;
    let client = turn.store.config.client(client_id);
    client
        .cloned()
        .ok_or_else(|| StartError::UnknownClient(client_id.to_owned()))
}

/// Counts the call, and refuses it if there were too many.
fn check_limit(
    turn: &mut Turn<'_>,
    client: &Client,
    allowance: &mut Option<Allowance>,
) -> Result<(), StartError> {
    let limit = turn.store.config.tenant.passwordless_start_per_hour;
    let bucket = Bucket::Start(turn.requester.ip);
    *allowance = turn.store.limits.take(bucket, limit, turn.now_ms);
    if !allowance.is_some_and(|allowance| allowance.is_exceeded()) {
        return Ok(());
    }
    turn.log(&Event {
        description: "Rate limit of /passwordless/start",
        client_id: &client.client_id,
        ..Event::new(Type::ApiLimit)
    });
    Err(StartError::TooManyRequests)
}

fn how(params: &Params) -> Result<Send, StartError> {
    match params.value("send").map(Value::as_str) {
        None | Some(Some("link")) => Ok(Send::Link),
        Some(Some("code")) => Ok(Send::Code),
        Some(Some(other)) => Err(StartError::UnknownSend(other.to_owned())),
        Some(None) => Err(StartError::UnknownSend("[object]".to_owned())),
    }
}

fn auth_params(params: &Params) -> Result<Map<String, Value>, StartError> {
    match params.value("authParams") {
        None => Ok(Map::new()),
        Some(Value::Object(object)) => Ok(object.clone()),
        Some(other) => Err(StartError::AuthParamsType(type_name(other))),
    }
}

/// Checks the captcha, if one is required. A server that has authenticated needs none.
fn check_captcha(
    turn: &mut Turn<'_>,
    proof: Proof,
    auth_params: &Map<String, Value>,
    params: &Params,
) -> Result<(), StartError> {
    if proof == Proof::Credentials || !challenge::is_wanted(turn) {
        return Ok(());
    }
    let login = auth_params.get("state").and_then(Value::as_str);
    if challenge::is_solved(turn, login, params.str("captcha")) {
        Ok(())
    } else {
        Err(StartError::InvalidCaptcha)
    }
}

/// Checks whether the person may get a message. `true` means that nothing is sent although the response is a success, because the
/// person is blocked, or is unknown and may not sign up.
fn check_person(
    turn: &Turn<'_>,
    connection: &Connection,
    to: &Addressee,
) -> Result<bool, StartError> {
    let config = &turn.store.config;
    let known = turn.store.users.find(to);
    let is_stranger = known.is_none() && connection.options.disable_signup;
    if is_stranger && !config.tenant.uniform_start {
        return Err(StartError::SignupDisabled);
    }
    let fails = config.email_provider.name == EmailProviderName::Fail;
    if fails && connection.strategy == Strategy::Sms {
        return Err(StartError::SmsProvider);
    }
    Ok(is_stranger || known.is_some_and(|user| user.blocked))
}

/// Makes the code valid and sends its message.
fn deliver(turn: &mut Turn<'_>, letter: Letter, composed: Composed, language: Option<String>) {
    let now_ms = turn.now_ms;
    turn.requester = letter.requester.clone();
    let (client_id, code) = (&letter.client_id, &letter.code);
    let codes = &mut turn.store.codes;
    codes.issue(&letter.to, client_id, code, now_ms, letter.life_ms);
    let masked_link = composed.link.replace(code, MASKED);
    log_sent(turn, &letter, &masked_link, language.as_deref());
    let message = Message {
        id: turn.store.random.token::<12>(),
        to: letter.to.address,
        from: composed.from,
        subject: composed.subject,
        html: composed.html,
        text: composed.text,
        link: composed.link,
        code: letter.code,
        connection: letter.connection,
        request_language: language,
        created_at: rfc3339(now_ms),
        expires_at_ms: now_ms.saturating_add(letter.life_ms),
        client_id: letter.client_id,
        send: letter.send.as_str().to_owned(),
        sent_ms: None,
    };
    mail::transport::hand_over(turn.store, message, now_ms);
}

/// How the caller proved who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// By the client's secret or assertion.
    Credentials,
    /// By the state of a login at the hosted page.
    HostedPage,
    None,
}

/// Finds how the caller proved who it is. A missing proof is an error only for a confidential client, and only if the tenant has the
/// flag `enforce_client_authentication_on_passwordless_start`.
fn proof(turn: &mut Turn<'_>, client: &Client, params: &Params) -> Result<Proof, StartError> {
    if let Some(sent) = params.str("client_secret") {
        let secret = client.client_secret.as_ref();
        return if secret.is_some_and(|secret| secret.matches(sent)) {
            Ok(Proof::Credentials)
        } else {
            Err(StartError::WrongSecret)
        };
    }
    let (base_url, now_ms) = (turn.base_url().to_owned(), turn.now_ms);
    let (config, used) = (&turn.store.config, &mut turn.store.assertions);
    let signed = client_assertion::authenticate((config, used), params, &base_url, now_ms);
    if let Some(signed) = signed {
        return Ok(signed.map(|_| Proof::Credentials)?);
    }
    // The hosted login page sends the state of the login.
    let from_page = params
        .value("authParams")
        .and_then(|sent| sent.get("state")?.as_str())
        .and_then(|state| turn.store.hosted.find(state, now_ms));
    if from_page.is_some_and(|pending| pending.client_id == client.client_id) {
        return Ok(Proof::HostedPage);
    }
    let flags = &turn.store.config.tenant.flags;
    if flags.enforce_client_authentication_on_passwordless_start && client.is_confidential() {
        return Err(StartError::ClientAuthenticationRequired);
    }
    Ok(Proof::None)
}

/// Logs a confidential client's start without its secret as deprecated, as Auth0 does. There is one entry for each client, not for
/// each start.
fn note_missing_secret(turn: &mut Turn<'_>, client: &Client) {
    if !client.is_confidential() || !turn.store.deprecations.insert(client.client_id.clone()) {
        return;
    }
    turn.log(&Event {
        description: "Client authentication was not used with /passwordless/start",
        client_id: &client.client_id,
        client_name: &client.name,
        ..Event::new(Type::Depnote)
    });
}

fn connection(turn: &Turn<'_>, params: &Params, client_id: &str) -> Result<Connection, StartError> {
    let name = params
        .str("connection")
        .ok_or(StartError::MissingConnection)?;
    let connection = turn
        .store
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

fn log_sent(turn: &mut Turn<'_>, letter: &Letter, masked_link: &str, language: Option<&str>) {
    let by_phone = letter.strategy == Strategy::Sms;
    let details = json!({
        "authentication_methods": [letter.connection],
        "code": MASKED,
        "link": masked_link,
        "send": letter.send.as_str(),
        "request_language": language,
        "is_signup": turn.store.users.find(&letter.to).is_none(),
        "tenant": turn.store.config.tenant.name,
    });
    turn.log(&Event {
        description: &letter.to.address,
        client_id: &letter.client_id,
        client_name: &letter.client_name,
        connection: &letter.connection,
        strategy: Some(letter.strategy),
        user_name: &letter.to.address,
        details,
        ..Event::new(if by_phone { Type::Cs } else { Type::Cls })
    });
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
