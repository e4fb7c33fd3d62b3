//! The end of every login: a session begins, and the person returns to the application with the authorization response.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::authorize_error::{AuthorizeError, PageError};
use super::authorize_request::{AuthorizeRequest, Destination};
use crate::call::{Call, Turn};
use crate::config::Client;
use crate::device;
use crate::grants::Grant;
use crate::headers::cookie;
use crate::keys::{Key, KeyError};
use crate::logs::{Event, Type};
use crate::request::{Params, ParamsError};
use crate::response::{set_cookie, set_cookie_pair};
use crate::rules::{self, Verdict};
use crate::sessions::Session;
use crate::tokens;

/// The cookie of a session with the tenant, and its second copy for old browsers.
const SESSION_COOKIES: [&str; 2] = ["auth0", "auth0_compat"];

/// The cookie that binds a login ticket to the browser that received it.
pub(crate) const CO_COOKIE: &str = "auth0_co";

/// The session ID in a browser's cookie.
pub(crate) fn session_cookie(headers: &HeaderMap) -> Option<String> {
    let found = SESSION_COOKIES.map(|name| cookie(headers, name));
    found.into_iter().flatten().find(|value| !value.is_empty())
}

/// Sets the session's cookie, and over TLS its second copy. A lifetime of 0 seconds deletes them.
pub(crate) fn set_session_cookie(
    headers: &mut HeaderMap,
    is_secure: bool,
    value: &str,
    life_s: u64,
) {
    set_cookie_pair(headers, is_secure, SESSION_COOKIES, value, life_s);
}

/// The signing key, or the error of making it. The key may not be ready yet, so it is awaited before the request takes the lock.
pub(super) type SigningKey = Result<Arc<Key>, KeyError>;

/// Waits for the key that signs tokens in a redirect, if `is_needed`.
pub(super) async fn signing_key(call: &Call, is_needed: bool) -> SigningKey {
    if is_needed {
        call.state.keys().key().await
    } else {
        Err(KeyError::Gone)
    }
}

/// A valid request of `/authorize`.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) client: Client,
    pub(super) destination: Destination,
    pub(super) request: AuthorizeRequest,
}

/// Why a login failed, and who gets the error.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Only the person, because redirecting the error would make the tenant an open redirector. With the request's parameters.
    Person(PageError, Params),
    /// The application, in the response mode of its request.
    Application {
        client_id: String,
        destination: Box<Destination>,
        error: AuthorizeError,
        /// The type of the log entry.
        kind: Type,
    },
}

impl From<ParamsError> for Refusal {
    fn from(error: ParamsError) -> Self {
        Self::Person(PageError::Params(error.to_string()), Params::default())
    }
}

impl Asked {
    /// Reads `params`. Client and callback are checked first, so that all later errors can be sent to the application.
    pub(super) fn read(turn: &Turn<'_>, params: &Params) -> Result<Self, Refusal> {
        let config = &turn.store.config;
        let (client, destination) = Destination::find(config, turn.base_url(), params)
            .map_err(|error| Refusal::Person(error, params.clone()))?;
        match AuthorizeRequest::parse(config, &client, params) {
            Ok(request) => Ok(Self {
                client,
                destination,
                request,
            }),
            Err(error) => Err(Refusal::Application {
                client_id: client.client_id,
                destination: Box::new(destination),
                error,
                kind: Type::F,
            }),
        }
    }

    /// Fails the login with `error`.
    pub(super) fn refuse(&self, error: AuthorizeError) -> Refusal {
        let kind = if self.request.prompt.none {
            Type::Fsa
        } else {
            Type::F
        };
        Refusal::Application {
            client_id: self.client.client_id.clone(),
            destination: Box::new(self.destination.clone()),
            error,
            kind,
        }
    }
}

impl Refusal {
    /// Sets the type of the log entry.
    pub(super) fn logged_as(self, logged: Type) -> Self {
        match self {
            Self::Application {
                client_id,
                destination,
                error,
                ..
            } => Self::Application {
                client_id,
                destination,
                error,
                kind: logged,
            },
            told @ Self::Person(..) => told,
        }
    }

    /// Logs the failure, and makes the response for the person or the application.
    pub(super) fn respond(self, turn: &mut Turn<'_>) -> Response {
        match self {
            Self::Person(error, asked) => {
                log_failure(turn, "", Type::F, &error.to_string());
                let tracking = turn.store.random.token::<12>();
                error.respond(&turn.store.config, Some(&asked), &tracking)
            }
            Self::Application {
                client_id,
                destination,
                error,
                kind,
            } => {
                log_failure(turn, &client_id, kind, &error.to_string());
                destination.fail(&error)
            }
        }
    }
}

/// A person who is logged in.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) session: Session,
    /// The value of a new session cookie, and its lifetime in seconds.
    pub(super) cookie: Option<(String, u64)>,
}

/// Begins a session for a person who has just authenticated. It replaces the browser's old session.
pub(super) fn begin_session(turn: &mut Turn<'_>, user_id: String, connection: String) -> Login {
    let old = session_cookie(turn.headers());
    let now_ms = turn.now_ms;
    let store = &mut *turn.store;
    let life_s = store.config.tenant.session_lifetime.saturating_mul(3_600);
    let session = Session {
        user_id,
        connection,
        auth_time_ms: now_ms,
        expires_at_ms: now_ms.saturating_add(life_s.saturating_mul(1_000)),
        organization: None,
        sid: store.random.token::<24>(),
    };
    store
        .users
        .record_login(&session.user_id, &turn.requester.log.ip, now_ms);
    let begun = session.clone();
    let random = &mut store.random;
    let id = store.sessions.begin(old.as_deref(), begun, random, now_ms);
    Login {
        session,
        cookie: Some((id, life_s)),
    }
}

/// Sends the person back to the application with the authorization response.
pub(super) fn finish(
    turn: &mut Turn<'_>,
    asked: &Asked,
    mut login: Login,
    key: SigningKey,
) -> Result<Response, Refusal> {
    enter_organization(turn, asked, &mut login);
    obey_rules(turn, asked, &login)?;
    let params = artifacts(turn, asked, &login.session, key)?;
    log_success(turn, asked, &login.session);
    let mut response = asked.destination.respond(&params);
    if let Some((id, life_s)) = login.cookie {
        let device = turn.device();
        let (headers, is_secure) = (response.headers_mut(), turn.is_secure());
        set_session_cookie(headers, is_secure, &id, life_s);
        device::set_device_cookie(headers, is_secure, &device);
        // The ticket has been redeemed, so its cookie is deleted.
        set_cookie(headers, is_secure, CO_COOKIE, "", 0);
    }
    Ok(response)
}

/// Assigns a new session to the organization of the request.
fn enter_organization(turn: &mut Turn<'_>, asked: &Asked, login: &mut Login) {
    if let Some((id, _)) = &login.cookie {
        let organization = asked.request.organization.clone();
        login.session.organization.clone_from(&organization);
        turn.store.sessions.enter(id, organization, turn.now_ms);
    }
}

/// Applies the tenant's rules to the login. If a rule refuses it, the session that began with it ends.
fn obey_rules(turn: &mut Turn<'_>, asked: &Asked, login: &Login) -> Result<(), Refusal> {
    let client_id = &asked.client.client_id;
    let Some(verdict) = rules::judge(turn.store, &login.session.user_id, client_id) else {
        return Ok(());
    };
    if let Some((id, _)) = &login.cookie {
        turn.store.sessions.end(id, turn.now_ms);
    }
    Err(asked.refuse(match verdict {
        Verdict::Deny(reason) => AuthorizeError::Denied(reason),
        Verdict::Mfa if asked.request.prompt.none => AuthorizeError::InteractionRequired,
        Verdict::Mfa => AuthorizeError::MfaRequired,
    }))
}

/// The code and the tokens of the response type (OIDC Core section 3.3.2.5).
fn artifacts(
    turn: &mut Turn<'_>,
    asked: &Asked,
    session: &Session,
    key: SigningKey,
) -> Result<Vec<(&'static str, String)>, Refusal> {
    let request = &asked.request;
    let grant = Grant {
        client_id: asked.client.client_id.clone(),
        redirect_uri: asked.destination.redirect_uri.clone(),
        user_id: session.user_id.clone(),
        scope: request.scope.clone(),
        audience: request.audience.clone(),
        nonce: request.nonce.clone(),
        auth_time_ms: request.max_age.map(|_| session.auth_time_ms),
        sid: session.sid.clone(),
        organization: session.organization.clone(),
        challenge: request.challenge.clone(),
        family: turn.store.random.token::<12>(),
    };
    let mut params = Vec::new();
    let mut code = None;
    if request.response_type.code {
        let made = turn.store.random.token::<24>();
        let life_s = turn.store.config.tenant.authorization_code_lifetime_s;
        let end_ms = turn.now_ms.saturating_add(life_s.saturating_mul(1_000));
        let grants = &mut turn.store.grants;
        grants.add_code(&made, grant.clone(), end_ms, turn.now_ms);
        params.push(("code", made.clone()));
        code = Some(made);
    }
    if request.response_type.token || request.response_type.id_token {
        let made = key.and_then(|key| {
            let kind = request.response_type;
            tokens::front_channel(turn, &key, &asked.client, &grant, kind, code.as_deref())
        });
        params.extend(made.map_err(|error| {
            tracing::error!("{error}");
            asked.refuse(AuthorizeError::NoKey)
        })?);
    }
    Ok(params)
}

fn log_success(turn: &mut Turn<'_>, asked: &Asked, session: &Session) {
    let user = turn.store.users.by_id(&session.user_id);
    let name = user.map(|user| user.name.clone()).unwrap_or_default();
    let logins = user.map_or(0, |user| user.logins_count);
    let (kind, description) = if asked.request.prompt.none {
        (Type::Ssa, "Successful silent authentication")
    } else {
        (Type::S, "Successful login")
    };
    turn.log(&Event {
        description,
        client_id: &asked.client.client_id,
        client_name: &asked.client.name,
        connection: &session.connection,
        user_id: &session.user_id,
        user_name: &name,
        details: json!({"stats": {"loginsCount": logins}}),
        ..Event::new(kind)
    });
}

/// Logs a failed login.
pub(super) fn log_failure(turn: &mut Turn<'_>, client_id: &str, kind: Type, description: &str) {
    turn.log(&Event {
        description,
        client_id,
        ..Event::new(kind)
    });
}
