//! `POST /co/authenticate`: a page of the application hands in the code and gets a login ticket.
//!
//! <https://auth0.com/docs/authenticate/login/cross-origin-authentication>

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::{cors, device};
use crate::codes::{Addressee, Refusal};
use crate::config::{Client, Connection, Strategy};
use crate::limits::{Allowance, Bucket, TOO_MANY_REQUESTS};
use crate::logs::{Event, MASKED, Type};
use crate::proof::{self, SIGNUP_DISABLED, SUSPICIOUS, TOO_MANY_ATTEMPTS, Unproved};
use crate::request::{Params, Requester, text};
use crate::response::{json_response, oauth_error, set_cookie, text_response};
use crate::secret::Secret;
use crate::sessions::Ticket;
use crate::state::{AppState, Store};
use crate::urls::{Scope, origin_allowed, origin_of};

/// The cookie that binds a ticket to the browser which earned it.
pub(crate) const CO_COOKIE: &str = "auth0_co";
/// The only credential with which people get in here.
const OTP: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";
/// A password; nobody has one at this tenant.
const PASSWORD: &str = "http://auth0.com/oauth/grant-type/password-realm";

/// Why there is no ticket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CoError {
    #[error("Authentication error")]
    AuthenticationError,
    #[error("Blocked user")]
    BlockedUser,
    #[error("Cross origin login not allowed.")]
    CrossOriginOff,
    #[error(
        "Invalid request body. All and only of client_id, credential_type, username, {}, realm are required.",
        .0.field()
    )]
    InvalidBody(Credential),
    #[error("Origin header required")]
    MissingOrigin,
    #[error("Origin {0} is not allowed.")]
    OriginNotAllowed(String),
    /// A code was refused; how much of the cause is told is a setting.
    #[error("{}", refusal_text(*.refusal, *.strategy, *.distinct))]
    Refused {
        refusal: Refusal,
        strategy: Strategy,
        distinct: bool,
    },
    #[error("{SIGNUP_DISABLED}")]
    SignupDisabled,
    #[error("{SUSPICIOUS}")]
    Suspicious,
    #[error("{TOO_MANY_ATTEMPTS}")]
    TooManyAttempts,
    #[error("{TOO_MANY_REQUESTS}")]
    TooManyRequests,
    #[error("Unknown credential type parameter.")]
    UnknownCredentialType,
    #[error("Unknown realm {0}.")]
    UnknownRealm(String),
    #[error("Wrong email or password.")]
    WrongPassword,
}

/// What somebody hands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Credential {
    Otp,
    Password,
}

impl Credential {
    /// Its `credential_type`.
    fn kind(self) -> &'static str {
        match self {
            Self::Otp => OTP,
            Self::Password => PASSWORD,
        }
    }

    /// The key that it stands under.
    fn field(self) -> &'static str {
        match self {
            Self::Otp => "otp",
            Self::Password => "password",
        }
    }
}

/// What a person is told about a refused code.
pub(crate) fn refusal_text(refusal: Refusal, strategy: Strategy, distinct: bool) -> &'static str {
    match (refusal, distinct, strategy) {
        (Refusal::Expired, true, _) => {
            "The verification code has expired. Please try to login again."
        }
        (Refusal::Exhausted, true, _) => {
            "You've reached the maximum number of attempts. Please try to login again."
        }
        (_, _, Strategy::Sms) => "Wrong phone number or verification code.",
        (_, _, Strategy::Email | Strategy::Database) => "Wrong email or verification code.",
    }
}

impl IntoResponse for CoError {
    fn into_response(self) -> Response {
        let text = self.to_string();
        let (status, code) = match self {
            Self::InvalidBody(_) | Self::UnknownRealm(_) => {
                (StatusCode::BAD_REQUEST, "invalid_request")
            }
            Self::UnknownCredentialType => (StatusCode::BAD_REQUEST, "unsupported_credential_type"),
            Self::CrossOriginOff => (StatusCode::UNAUTHORIZED, "unauthorized_client"),
            Self::AuthenticationError
            | Self::SignupDisabled
            | Self::Refused { .. }
            | Self::WrongPassword => (StatusCode::FORBIDDEN, "access_denied"),
            Self::BlockedUser => (StatusCode::FORBIDDEN, "blocked_user"),
            Self::Suspicious | Self::TooManyAttempts => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts")
            }
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            // These two are plain text at Auth0 too.
            Self::MissingOrigin | Self::OriginNotAllowed(_) => {
                return text_response(StatusCode::FORBIDDEN, text);
            }
        };
        oauth_error(status, code, &text)
    }
}

/// What a success hands out.
struct Issued {
    ticket: String,
    verifier: String,
    id: String,
    browser: String,
    life_s: u64,
    device: String,
}

/// `POST /co/authenticate`
pub(crate) async fn co_authenticate(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::json(&body).map_err(|_| CoError::InvalidBody(Credential::Otp));
    let client_id = params
        .as_ref()
        .ok()
        .and_then(|params| params.string("client_id"));
    let allowance = allowance(&state);
    let is_exceeded = allowance.is_some_and(|allowance| allowance.is_exceeded());
    let outcome = if is_exceeded {
        Err(CoError::TooManyRequests)
    } else {
        text(&headers, "origin")
            .ok_or(CoError::MissingOrigin)
            .and_then(|origin| authenticate(&state, &params?, &origin, &requester))
    };
    state.announce();
    let mut response = match outcome {
        Ok(issued) => {
            let body = json!({"login_ticket": issued.ticket, "co_verifier": issued.verifier, "co_id": issued.id});
            let mut response = json_response(StatusCode::OK, &body);
            // A browser that blocks third-party cookies would drop them, unless the page is the tenant's own.
            let is_own = text(&headers, "origin") == origin_of(state.base_url());
            if is_own || !state.store().config.tenant.block_third_party_cookies {
                set_cookie(
                    response.headers_mut(),
                    state.is_secure(),
                    CO_COOKIE,
                    &issued.browser,
                    issued.life_s,
                );
                let is_secure = state.is_secure();
                device::set_device_cookie(response.headers_mut(), is_secure, &issued.device);
            }
            response
        }
        Err(error) => error.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    cors::allow_co_authenticate(&state, &headers, client_id.as_deref(), &mut response);
    response
}

/// Counts the call against the tenant's limit.
fn allowance(state: &AppState) -> Option<Allowance> {
    let now_ms = state.now_ms();
    let mut store = state.store();
    let limit = store.config.tenant.co_authenticate_per_second;
    store.limits.take(Bucket::CoAuthenticate, limit, now_ms)
}

fn authenticate(
    state: &AppState,
    params: &Params,
    origin: &str,
    requester: &Requester,
) -> Result<Issued, CoError> {
    let attempt = Attempt::parse(params)?;
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    // An unknown client is answered like one that may not log in across origins: it tells nobody which clients exist.
    let client = store
        .config
        .client(attempt.client_id)
        .ok_or(CoError::CrossOriginOff)?
        .clone();
    // The hosted login page is of the tenant's own origin: nothing is crossed there.
    let is_own = origin_of(state.base_url()).is_some_and(|own| own == origin);
    if !is_own && !client.cross_origin_authentication {
        return Err(CoError::CrossOriginOff);
    }
    if !is_own
        && !origin_allowed(
            &client.web_origins,
            origin,
            &Scope::of(&store.config, &client),
        )
    {
        return Err(CoError::OriginNotAllowed(origin.to_owned()));
    }
    let connection = store
        .config
        .connection(attempt.realm)
        .filter(|connection| connection.is_enabled_for(attempt.client_id))
        .ok_or_else(|| CoError::UnknownRealm(attempt.realm.to_owned()))?
        .clone();
    let is_code = attempt.credential == Credential::Otp;
    if is_code && !connection.is_passwordless() {
        return Err(CoError::AuthenticationError);
    }
    let proof = proof::Attempt {
        connection: &connection,
        username: attempt.username,
        client_id: attempt.client_id,
        code: attempt.secret,
        requester,
        base_url: state.base_url(),
        now_ms,
    };
    let to = proof.addressee();
    let with = (&client, &connection, attempt.credential);
    if !is_code {
        // Not a try at the code, even if it is one: the person's code stays as good as it was.
        let error = CoError::WrongPassword;
        log_failure(store, with, &to, &error, requester, now_ms);
        return Err(error);
    }
    let user_id = match proof.prove(store) {
        Ok(user_id) => user_id,
        Err(unproved) => {
            let error = match unproved {
                Unproved::BlockedUser => CoError::BlockedUser,
                Unproved::SignupDisabled => CoError::SignupDisabled,
                Unproved::TooManyLogins => CoError::TooManyRequests,
                Unproved::Suspicious => CoError::Suspicious,
                Unproved::TooManyAttempts => CoError::TooManyAttempts,
                Unproved::Refused(refusal) => CoError::Refused {
                    refusal,
                    strategy: connection.strategy,
                    distinct: store.config.tenant.distinct_code_errors,
                },
            };
            log_failure(store, with, &to, &error, requester, now_ms);
            return Err(error);
        }
    };
    log_success(store, &client, &to, &user_id, requester, now_ms);
    Ok(issue(
        store,
        attempt.client_id,
        &connection.name,
        user_id,
        requester,
        now_ms,
    ))
}

/// The request's fields: all, only, and as strings.
struct Attempt<'a> {
    client_id: &'a str,
    username: &'a str,
    credential: Credential,
    /// The code, or the password.
    secret: &'a str,
    realm: &'a str,
}

impl<'a> Attempt<'a> {
    fn parse(params: &'a Params) -> Result<Self, CoError> {
        let kind = params
            .str("credential_type")
            .ok_or(CoError::InvalidBody(Credential::Otp))?;
        let credential = [Credential::Otp, Credential::Password]
            .into_iter()
            .find(|credential| credential.kind() == kind)
            .ok_or(CoError::UnknownCredentialType)?;
        let keys = [
            "client_id",
            "credential_type",
            "username",
            credential.field(),
            "realm",
        ];
        if params.names().any(|name| !keys.contains(&name)) {
            return Err(CoError::InvalidBody(credential));
        }
        let field = |name| params.str(name).ok_or(CoError::InvalidBody(credential));
        Ok(Self {
            client_id: field("client_id")?,
            username: field("username")?,
            credential,
            secret: field(credential.field())?,
            realm: field("realm")?,
        })
    }
}

fn issue(
    store: &mut Store,
    client_id: &str,
    realm: &str,
    user_id: String,
    requester: &Requester,
    now_ms: u64,
) -> Issued {
    let life_s = store.config.tenant.login_ticket_lifetime_s;
    let issued = Issued {
        ticket: store.random.token::<24>(),
        verifier: store.random.token::<24>(),
        id: store.random.token::<9>(),
        browser: store.random.token::<24>(),
        life_s,
        device: device::name(requester, &mut store.random),
    };
    let ticket = Ticket {
        client_id: client_id.to_owned(),
        realm: realm.to_owned(),
        user_id,
        browser: issued.browser.clone(),
        co_id: issued.id.clone(),
        verifier: Secret::new(issued.verifier.clone()),
        expires_at_ms: now_ms.saturating_add(life_s.saturating_mul(1_000)),
    };
    store
        .sessions
        .add_ticket(issued.ticket.clone(), ticket, now_ms);
    issued
}

/// Auth0 writes two entries: the wrong code or password, and the failed cross-origin authentication.
fn log_failure(
    store: &mut Store,
    (client, connection, credential): (&Client, &Connection, Credential),
    to: &Addressee,
    error: &CoError,
    requester: &Requester,
    now_ms: u64,
) {
    let message = error.to_string();
    let user_id = store
        .users
        .future_user_id(to, connection.strategy)
        .unwrap_or_default();
    let base = |kind, details: Value| Event {
        kind,
        description: &message,
        client_id: &client.client_id,
        client_name: &client.name,
        connection: &connection.name,
        strategy: (kind == Type::Fp).then_some(connection.strategy),
        user_id: &user_id,
        user_name: &to.address,
        details,
    };
    let body = json!({"client_id": client.client_id, "credential_type": credential.kind(), "username": to.address,
        credential.field(): MASKED, "realm": connection.name});
    let wrong = base(Type::Fp, json!({"error": {"message": message}}));
    let failed = base(
        Type::Fcoa,
        json!({"body": body,
        "error": {"message": message, "oauthError": message, "type": "access_denied", "uri": null}}),
    );
    for event in [&wrong, &failed] {
        store
            .logs
            .push(event, &requester.log, &mut store.random, now_ms);
    }
}

fn log_success(
    store: &mut Store,
    client: &Client,
    to: &Addressee,
    user_id: &str,
    requester: &Requester,
    now_ms: u64,
) {
    // The login that is about to follow is counted already.
    let logins = store
        .users
        .by_id(user_id)
        .map_or(0, |user| user.logins_count)
        + 1;
    let event = Event {
        client_id: &client.client_id,
        client_name: &client.name,
        connection: &to.connection,
        user_id,
        user_name: &to.address,
        details: json!({"prompts": [{"name": "coverify"}], "stats": {"loginsCount": logins}}),
        ..Event::new(Type::Scoa)
    };
    store
        .logs
        .push(&event, &requester.log, &mut store.random, now_ms);
}
