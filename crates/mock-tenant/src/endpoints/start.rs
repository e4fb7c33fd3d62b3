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
use crate::call::{Call, Step};
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

/// The body is JSON, and says so: a page of another origin may send `text/plain` without asking first, which would make
/// its visitors send mails.
fn read(call: &Call, body: &[u8]) -> Result<Params, StartError> {
    let kind = call.header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(StartError::Malformed("The body must be application/json"));
    }
    Params::json(body).map_err(|_| StartError::Malformed("The body is not a JSON object"))
}

/// Sends, and tells what `/passwordless/start` answers.
///
/// Two steps: the first decides, the second issues the code and keeps the message. Templates are rendered between them,
/// since that takes time and needs no lock.
pub(crate) async fn send(
    call: &Call,
    params: &Params,
    allowance: &mut Option<Allowance>,
) -> Result<Value, StartError> {
    let language = request_language(&call.headers);
    let decided = call.step(|step| decide(step, params, language.as_deref(), allowance))?;
    let receipt = decided.receipt();
    if let Some(draft) = decided.draft {
        let composed = draft.compose_apart().await;
        call.step(|step| deliver(step, decided.letter, composed, language));
    }
    Ok(receipt)
}

/// What was decided: who is sent what.
struct Decided {
    letter: Letter,
    /// The identifier that the person has or will have.
    id: String,
    /// None for somebody who is sent nothing, and not told so.
    draft: Option<Draft>,
}

/// A message, besides its words.
struct Letter {
    client_id: String,
    client_name: String,
    connection: String,
    strategy: Strategy,
    to: Addressee,
    send: Send,
    code: String,
    life_ms: u64,
    /// Who counts as the caller.
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

/// The first step: everything that can be wrong, in the order in which Auth0 finds it.
fn decide(
    step: &mut Step<'_>,
    params: &Params,
    language: Option<&str>,
    allowance: &mut Option<Allowance>,
) -> Result<Decided, StartError> {
    check_schema(step, params)?;
    let client = client(step, params)?;
    behind(step, &client, params);
    let proof = proof(step, &client, params)?;
    if proof == Proof::None {
        note_missing_secret(step, &client);
        check_limit(step, &client, allowance)?;
    }
    let connection = connection(step, params, &client.client_id)?;
    let send = how(params)?;
    let auth_params = auth_params(params)?;
    let to = Addressee {
        connection: connection.name.clone(),
        address: address(connection.strategy, params)?,
    };
    check_captcha(step, proof, &auth_params, params)?;
    let gets_nothing = check_person(step, &connection, &to)?;
    let store = &mut *step.store;
    let id = store.users.reserve(&to, &mut store.random, step.now_ms);
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
        requester: step.requester.clone(),
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
            now_ms: step.now_ms,
            auth_params: &auth_params,
        };
        Draft::of(&step.store.config, step.base_url(), &occasion)
    });
    Ok(Decided { letter, id, draft })
}

/// The schema is strict: any other property is refused.
fn check_schema(step: &Step<'_>, params: &Params) -> Result<(), StartError> {
    let unknown: Vec<&str> = params
        .names()
        .filter(|name| !PROPERTIES.contains(name))
        .collect();
    if !unknown.is_empty() {
        return Err(StartError::UnknownProperties(unknown.join(", ")));
    }
    let own = step.store.config.tenant.name.as_str();
    let is_other = |tenant: &Value| tenant.as_str() != Some(own);
    if params.value("tenant").is_some_and(is_other) {
        return Err(StartError::UnknownTenant);
    }
    Ok(())
}

fn client(step: &Step<'_>, params: &Params) -> Result<Client, StartError> {
    let client_id = params.str("client_id").ok_or(StartError::MissingClientId)?;
    let client = step.store.config.client(client_id);
    client
        .cloned()
        .ok_or_else(|| StartError::UnknownClient(client_id.to_owned()))
}

/// Counts the call, and refuses it where there were too many.
fn check_limit(
    step: &mut Step<'_>,
    client: &Client,
    allowance: &mut Option<Allowance>,
) -> Result<(), StartError> {
    let limit = step.store.config.tenant.passwordless_start_per_hour;
    let bucket = Bucket::Start(step.requester.ip);
    *allowance = step.store.limits.take(bucket, limit, step.now_ms);
    if !allowance.is_some_and(|allowance| allowance.is_exceeded()) {
        return Ok(());
    }
    step.log(&Event {
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

/// A server that proved itself is no robot of somebody else's.
fn check_captcha(
    step: &mut Step<'_>,
    proof: Proof,
    auth_params: &Map<String, Value>,
    params: &Params,
) -> Result<(), StartError> {
    if proof == Proof::Credentials || !challenge::is_wanted(step) {
        return Ok(());
    }
    let login = auth_params.get("state").and_then(Value::as_str);
    if challenge::is_solved(step, login, params.str("captcha")) {
        Ok(())
    } else {
        Err(StartError::InvalidCaptcha)
    }
}

/// Whether the person is sent nothing, and not told so.
fn check_person(
    step: &Step<'_>,
    connection: &Connection,
    to: &Addressee,
) -> Result<bool, StartError> {
    let config = &step.store.config;
    let known = step.store.users.find(to);
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

/// The second step: the code becomes the one that counts, and its message is sent.
fn deliver(step: &mut Step<'_>, letter: Letter, composed: Composed, language: Option<String>) {
    let now_ms = step.now_ms;
    step.requester = letter.requester.clone();
    let (client_id, code) = (&letter.client_id, &letter.code);
    let codes = &mut step.store.codes;
    codes.issue(&letter.to, client_id, code, now_ms, letter.life_ms);
    let masked_link = composed.link.replace(code, MASKED);
    log_sent(step, &letter, &masked_link, language.as_deref());
    let message = Message {
        id: step.store.random.token::<12>(),
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
    mail::transport::hand_over(step.store, message, now_ms);
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
fn proof(step: &mut Step<'_>, client: &Client, params: &Params) -> Result<Proof, StartError> {
    if let Some(sent) = params.str("client_secret") {
        let secret = client.client_secret.as_ref();
        return if secret.is_some_and(|secret| secret.matches(sent)) {
            Ok(Proof::Credentials)
        } else {
            Err(StartError::WrongSecret)
        };
    }
    let (base_url, now_ms) = (step.base_url().to_owned(), step.now_ms);
    let (config, used) = (&step.store.config, &mut step.store.assertions);
    let signed = client_assertion::authenticate((config, used), params, &base_url, now_ms);
    if let Some(signed) = signed {
        return Ok(signed.map(|_| Proof::Credentials)?);
    }
    // The hosted login page proves itself by the state of a login that is under way there.
    let from_page = params
        .value("authParams")
        .and_then(|sent| sent.get("state")?.as_str())
        .and_then(|state| step.store.hosted.find(state, now_ms));
    if from_page.is_some_and(|pending| pending.client_id == client.client_id) {
        return Ok(Proof::HostedPage);
    }
    let flags = &step.store.config.tenant.flags;
    if flags.enforce_client_authentication_on_passwordless_start && client.is_confidential() {
        return Err(StartError::ClientAuthenticationRequired);
    }
    Ok(Proof::None)
}

/// Auth0 logs a confidential client's start without its secret as deprecated. One line a client says it, not one a start.
fn note_missing_secret(step: &mut Step<'_>, client: &Client) {
    if !client.is_confidential() || !step.store.deprecations.insert(client.client_id.clone()) {
        return;
    }
    step.log(&Event {
        description: "Client authentication was not used with /passwordless/start",
        client_id: &client.client_id,
        client_name: &client.name,
        ..Event::new(Type::Depnote)
    });
}

fn connection(step: &Step<'_>, params: &Params, client_id: &str) -> Result<Connection, StartError> {
    let name = params
        .str("connection")
        .ok_or(StartError::MissingConnection)?;
    let connection = step
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

fn log_sent(step: &mut Step<'_>, letter: &Letter, masked_link: &str, language: Option<&str>) {
    let by_phone = letter.strategy == Strategy::Sms;
    let details = json!({
        "authentication_methods": [letter.connection],
        "code": MASKED,
        "link": masked_link,
        "send": letter.send.as_str(),
        "request_language": language,
        "is_signup": step.store.users.find(&letter.to).is_none(),
        "tenant": step.store.config.tenant.name,
    });
    step.log(&Event {
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
