//! How every login ends: a session begins, and the person goes back to the application with what it asked for.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::authorize_error::{AuthorizeError, PageError};
use super::authorize_request::{AuthorizeRequest, Destination};
use crate::call::{Call, Step};
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

/// The cookie of a person who is logged in at the tenant, and its twin for old browsers.
const SESSION_COOKIES: [&str; 2] = ["auth0", "auth0_compat"];

/// The cookie that binds a login ticket to the browser which earned it.
pub(crate) const CO_COOKIE: &str = "auth0_co";

/// The session that a browser shows.
pub(crate) fn session_cookie(headers: &HeaderMap) -> Option<String> {
    let found = SESSION_COOKIES.map(|name| cookie(headers, name));
    found.into_iter().flatten().find(|value| !value.is_empty())
}

/// Sets the session's cookie, and over TLS its twin; a life of 0 seconds takes them away.
pub(crate) fn set_session_cookie(
    headers: &mut HeaderMap,
    is_secure: bool,
    value: &str,
    life_s: u64,
) {
    set_cookie_pair(headers, is_secure, SESSION_COOKIES, value, life_s);
}

/// The signing key, or why there is none. It may still be in the making, so it is waited for before a step, which cannot
/// wait.
pub(super) type SigningKey = Result<Arc<Key>, KeyError>;

/// The key that signs tokens in a redirect; not waited for when `is_needed` says that there are none.
pub(super) async fn signing_key(call: &Call, is_needed: bool) -> SigningKey {
    if is_needed {
        call.state.keys().key().await
    } else {
        Err(KeyError::Gone)
    }
}

/// A request of `/authorize` that was read and found valid.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) client: Client,
    pub(super) destination: Destination,
    pub(super) request: AuthorizeRequest,
}

/// Why a login came to nothing, and who is told.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The person alone: to redirect this would make the tenant an open redirector. With what was asked.
    Person(PageError, Params),
    /// The application, in the mode that it asked for.
    Application {
        client_id: String,
        destination: Box<Destination>,
        error: AuthorizeError,
        /// How it is logged.
        kind: Type,
    },
}

impl From<ParamsError> for Refusal {
    fn from(error: ParamsError) -> Self {
        Self::Person(PageError::Params(error.to_string()), Params::default())
    }
}

impl Asked {
    /// Reads `params`: client and destination first, so that all that is wrong later can be told the application.
    pub(super) fn read(step: &Step<'_>, params: &Params) -> Result<Self, Refusal> {
        let config = &step.store.config;
        let (client, destination) = Destination::find(config, step.base_url(), params)
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

    /// That the login fails with `error`.
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
    /// As `kind` in the log.
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

    /// Logs it, and tells whom it concerns.
    pub(super) fn respond(self, step: &mut Step<'_>) -> Response {
        match self {
            Self::Person(error, asked) => {
                log_failure(step, "", Type::F, &error.to_string());
                let tracking = step.store.random.token::<12>();
                error.answer(&step.store.config, Some(&asked), &tracking)
            }
            Self::Application {
                client_id,
                destination,
                error,
                kind,
            } => {
                log_failure(step, &client_id, kind, &error.to_string());
                destination.fail(&error)
            }
        }
    }
}

/// A person who is logged in.
#[derive(Debug)]
pub(super) struct Login {
    pub(super) session: Session,
    /// Value of a fresh session cookie, and its life in seconds.
    pub(super) cookie: Option<(String, u64)>,
}

/// A new session for someone who has just proved who they are, in place of the browser's old one.
pub(super) fn begin_session(step: &mut Step<'_>, user_id: String, connection: String) -> Login {
    let old = session_cookie(step.headers());
    let now_ms = step.now_ms;
    let store = &mut *step.store;
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
        .record_login(&session.user_id, &step.requester.log.ip, now_ms);
    let begun = session.clone();
    let random = &mut store.random;
    let id = store.sessions.begin(old.as_deref(), begun, random, now_ms);
    Login {
        session,
        cookie: Some((id, life_s)),
    }
}

/// Sends the person back to the application with what the request asked for.
pub(super) fn finish(
    step: &mut Step<'_>,
    asked: &Asked,
    mut login: Login,
    key: SigningKey,
) -> Result<Response, Refusal> {
    enter_organization(step, asked, &mut login);
    obey_rules(step, asked, &login)?;
    let params = artifacts(step, asked, &login.session, key)?;
    log_success(step, asked, &login.session);
    let mut response = asked.destination.answer(&params);
    if let Some((id, life_s)) = login.cookie {
        let device = step.device();
        let (headers, is_secure) = (response.headers_mut(), step.is_secure());
        set_session_cookie(headers, is_secure, &id, life_s);
        device::set_device_cookie(headers, is_secure, &device);
        // The ticket's cookie has done its work.
        set_cookie(headers, is_secure, CO_COOKIE, "", 0);
    }
    Ok(response)
}

/// A session that has just begun is of the organization that was asked for.
fn enter_organization(step: &mut Step<'_>, asked: &Asked, login: &mut Login) {
    if let Some((id, _)) = &login.cookie {
        let organization = asked.request.organization.clone();
        login.session.organization.clone_from(&organization);
        step.store.sessions.enter(id, organization, step.now_ms);
    }
}

/// What the tenant's rules say against the login; a session that began with it ends.
fn obey_rules(step: &mut Step<'_>, asked: &Asked, login: &Login) -> Result<(), Refusal> {
    let client_id = &asked.client.client_id;
    let Some(verdict) = rules::judge(step.store, &login.session.user_id, client_id) else {
        return Ok(());
    };
    if let Some((id, _)) = &login.cookie {
        step.store.sessions.end(id, step.now_ms);
    }
    Err(asked.refuse(match verdict {
        Verdict::Deny(reason) => AuthorizeError::Denied(reason),
        Verdict::Mfa if asked.request.prompt.none => AuthorizeError::InteractionRequired,
        Verdict::Mfa => AuthorizeError::MfaRequired,
    }))
}

/// The code and the tokens that were asked for (OIDC Core section 3.3.2.5).
fn artifacts(
    step: &mut Step<'_>,
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
        family: step.store.random.token::<12>(),
    };
    let mut params = Vec::new();
    let mut code = None;
    if request.response_type.code {
        let made = step.store.random.token::<24>();
        let life_s = step.store.config.tenant.authorization_code_lifetime_s;
        let end_ms = step.now_ms.saturating_add(life_s.saturating_mul(1_000));
        let grants = &mut step.store.grants;
        grants.add_code(&made, grant.clone(), end_ms, step.now_ms);
        params.push(("code", made.clone()));
        code = Some(made);
    }
    if request.response_type.token || request.response_type.id_token {
        let made = key.and_then(|key| {
            let kind = request.response_type;
            tokens::front_channel(step, &key, &asked.client, &grant, kind, code.as_deref())
        });
        params.extend(made.map_err(|error| {
            tracing::error!("{error}");
            asked.refuse(AuthorizeError::NoKey)
        })?);
    }
    Ok(params)
}

fn log_success(step: &mut Step<'_>, asked: &Asked, session: &Session) {
    let user = step.store.users.by_id(&session.user_id);
    let name = user.map(|user| user.name.clone()).unwrap_or_default();
    let logins = user.map_or(0, |user| user.logins_count);
    let (kind, description) = if asked.request.prompt.none {
        (Type::Ssa, "Successful silent authentication")
    } else {
        (Type::S, "Successful login")
    };
    step.log(&Event {
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

/// Logs a login that came to nothing.
pub(super) fn log_failure(step: &mut Step<'_>, client_id: &str, kind: Type, description: &str) {
    step.log(&Event {
        description,
        client_id,
        ..Event::new(kind)
    });
}
