//! `POST /co/authenticate`: a page of the application sends the code and gets a login ticket.
//!
//! <https://auth0.com/docs/authenticate/login/cross-origin-authentication>

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::cors::{self, Lists};
use super::login::CO_COOKIE;
use crate::call::{Call, Turn};
use crate::codes::Addressee;
use crate::config::{Client, Connection};
use crate::device;
use crate::limits::{Allowance, Bucket, TOO_MANY_REQUESTS};
use crate::logs::{Event, MASKED, Type};
use crate::proof::{self, Refused, SIGNUP_DISABLED, SUSPICIOUS, TOO_MANY_ATTEMPTS, Unproved};
use crate::request::Params;
use crate::response::{json_response, oauth_error, set_cookie, text_response};
use crate::secret::Secret;
use crate::sessions::Ticket;
use crate::urls::{Scope, origin_allowed, origin_of};

/// The credential type of verification codes, the only one with which people can log in.
const OTP: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";
/// The credential type of passwords, which nobody has at this tenant.
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
    #[error(transparent)]
    Refused(Refused),
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

/// The kind of credential in the request.
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

    /// The field of the credential.
    fn field(self) -> &'static str {
        match self {
            Self::Otp => "otp",
            Self::Password => "password",
        }
    }
}

impl From<Unproved> for CoError {
    fn from(unproved: Unproved) -> Self {
        match unproved {
            Unproved::BlockedUser => Self::BlockedUser,
            Unproved::SignupDisabled => Self::SignupDisabled,
            Unproved::TooManyLogins => Self::TooManyRequests,
            Unproved::Suspicious => Self::Suspicious,
            Unproved::TooManyAttempts => Self::TooManyAttempts,
            Unproved::Refused(refused) => Self::Refused(refused),
        }
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
            | Self::Refused(_)
            | Self::WrongPassword => (StatusCode::FORBIDDEN, "access_denied"),
            Self::BlockedUser => (StatusCode::FORBIDDEN, "blocked_user"),
            Self::Suspicious | Self::TooManyAttempts => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts")
            }
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            // These two responses are plain text, as at Auth0.
            Self::MissingOrigin | Self::OriginNotAllowed(_) => {
                return text_response(StatusCode::FORBIDDEN, text);
            }
        };
        oauth_error(status, code, &text)
    }
}

/// The result of a successful request.
struct Issued {
    ticket: String,
    verifier: String,
    id: String,
    browser: String,
    life_s: u64,
    device: String,
    /// Whether the browser keeps the cookies. A browser that blocks third-party cookies keeps them only for the tenant's own page.
    keeps_cookies: bool,
}

/// `POST /co/authenticate`
pub(crate) async fn co_authenticate(call: Call, body: Bytes) -> Response {
    let params = Params::json(&body).map_err(|_| CoError::InvalidBody(Credential::Otp));
    let client_id = params
        .as_ref()
        .ok()
        .and_then(|params| params.string("client_id"));
    let (outcome, allowance) = call.turn(|turn| {
        let allowance = allowance(turn);
        let is_exceeded = allowance.is_some_and(|allowance| allowance.is_exceeded());
        let outcome = if is_exceeded {
            Err(CoError::TooManyRequests)
        } else {
            call.header("origin")
                .ok_or(CoError::MissingOrigin)
                .and_then(|origin| authenticate(turn, &params?, &origin))
        };
        (outcome, allowance)
    });
    let mut response = match outcome {
        Ok(issued) => issued.respond(call.state.is_secure()),
        Err(error) => error.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    let client_id = client_id.as_deref();
    if !cors::allow_co_authenticate(&call.state, &call.headers, client_id, &mut response) {
        cors::log_refused(&call, client_id, Lists::WebOrigins);
    }
    response
}

impl Issued {
    fn respond(self, is_secure: bool) -> Response {
        let body =
            json!({"login_ticket": self.ticket, "co_verifier": self.verifier, "co_id": self.id});
        let mut response = json_response(StatusCode::OK, &body);
        if self.keeps_cookies {
            let headers = response.headers_mut();
            set_cookie(headers, is_secure, CO_COOKIE, &self.browser, self.life_s);
            device::set_device_cookie(headers, is_secure, &self.device);
        }
        response
    }
}

/// Counts the call against the tenant's limit.
fn allowance(turn: &mut Turn<'_>) -> Option<Allowance> {
    let limit = turn.store.config.tenant.co_authenticate_per_second;
    let limits = &mut turn.store.limits;
    limits.take(Bucket::CoAuthenticate, limit, turn.now_ms)
}

/// Checks the client and the origin, then the credential, and issues a ticket.
fn authenticate(turn: &mut Turn<'_>, params: &Params, origin: &str) -> Result<Issued, CoError> {
    let attempt = Attempt::parse(params)?;
    // The hosted login page has the tenant's own origin, so its request is not cross-origin.
    let is_own = origin_of(turn.base_url()).is_some_and(|own| own == origin);
    let client = client(turn, attempt.client_id, origin, is_own)?;
    let connection = turn
        .store
        .config
        .connection(attempt.realm)
        .filter(|connection| connection.is_enabled_for(attempt.client_id))
        .ok_or_else(|| CoError::UnknownRealm(attempt.realm.to_owned()))?
        .clone();
    let proof = proof::Attempt {
        connection: &connection,
        username: attempt.username,
        client_id: attempt.client_id,
        code: attempt.secret,
    };
    let to = proof.addressee();
    let proved = match attempt.credential {
        // A password is never compared with the code, so this does not count as a try.
        Credential::Password => Err(CoError::WrongPassword),
        Credential::Otp if !connection.is_passwordless() => {
            return Err(CoError::AuthenticationError);
        }
        Credential::Otp => proof.prove(turn).map_err(CoError::from),
    };
    match proved {
        Ok(user_id) => {
            log_success(turn, &client, &to, &user_id);
            Ok(issue(turn, &attempt, user_id, is_own))
        }
        Err(error) => {
            let with = (&client, &connection, attempt.credential);
            log_failure(turn, with, &to, &error);
            Err(error)
        }
    }
}

/// The client, if a page of `origin` may log people in for it.
fn client(turn: &Turn<'_>, client_id: &str, origin: &str, is_own: bool) -> Result<Client, CoError> {
    let config = &turn.store.config;
    // An unknown client gets the same error as one without cross-origin authentication, so that the error does not reveal which
    // clients exist.
    let client = config.client(client_id).ok_or(CoError::CrossOriginOff)?;
    if !is_own && !client.cross_origin_authentication {
        return Err(CoError::CrossOriginOff);
    }
    let scope = Scope::of(config, client);
    if !is_own && !origin_allowed(&client.web_origins, origin, &scope) {
        return Err(CoError::OriginNotAllowed(origin.to_owned()));
    }
    Ok(client.clone())
}

/// The fields of the request. All of them are required strings, and others are refused.
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

fn issue(turn: &mut Turn<'_>, attempt: &Attempt<'_>, user_id: String, is_own: bool) -> Issued {
    let device = turn.device();
    let now_ms = turn.now_ms;
    let store = &mut *turn.store;
    let tenant = &store.config.tenant;
    let life_s = tenant.login_ticket_lifetime_s;
    let issued = Issued {
        ticket: store.random.token::<24>(),
        verifier: store.random.token::<24>(),
        id: store.random.token::<9>(),
        browser: store.random.token::<24>(),
        life_s,
        device,
        keeps_cookies: is_own || !tenant.block_third_party_cookies,
    };
    let ticket = Ticket {
        client_id: attempt.client_id.to_owned(),
        realm: attempt.realm.to_owned(),
        user_id,
        browser: issued.browser.clone(),
        co_id: issued.id.clone(),
        verifier: Secret::new(issued.verifier.clone()),
        expires_at_ms: now_ms.saturating_add(life_s.saturating_mul(1_000)),
    };
    let sessions = &mut store.sessions;
    sessions.add_ticket(issued.ticket.clone(), ticket, now_ms);
    issued
}

/// Logs a failure. As at Auth0 there are two entries: one for the wrong code or password, and one for the failed cross-origin
/// authentication.
fn log_failure(
    turn: &mut Turn<'_>,
    (client, connection, credential): (&Client, &Connection, Credential),
    to: &Addressee,
    error: &CoError,
) {
    let message = error.to_string();
    let users = &turn.store.users;
    let user_id = users.future_user_id(to, connection.strategy, turn.now_ms);
    let user_id = user_id.unwrap_or_default();
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
    turn.log(&base(Type::Fp, json!({"error": {"message": message}})));
    turn.log(&base(
        Type::Fcoa,
        json!({"body": body,
        "error": {"message": message, "oauthError": message, "type": "access_denied", "uri": null}}),
    ));
}

fn log_success(turn: &mut Turn<'_>, client: &Client, to: &Addressee, user_id: &str) {
    // As at Auth0 the count includes the login that follows.
    let user = turn.store.users.by_id(user_id);
    let logins = user.map_or(0, |user| user.logins_count) + 1;
    turn.log(&Event {
        client_id: &client.client_id,
        client_name: &client.name,
        connection: &to.connection,
        user_id,
        user_name: &to.address,
        details: json!({"prompts": [{"name": "coverify"}], "stats": {"loginsCount": logins}}),
        ..Event::new(Type::Scoa)
    });
}
