//! `GET /authorize`: with a login ticket, or on the strength of an earlier login.
//!
//! <https://auth0.com/docs/api/authentication/login/authorize-application>, OIDC Core section 3.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;

use super::authorize_request::{AuthorizeError, AuthorizeRequest, Destination, PageError};
use super::co_authenticate::CO_COOKIE;
use super::device;
use super::hosted_login;
use super::verification;
use crate::config::Client;
use crate::grants::Grant;
use crate::logs::{Event, Type};
use crate::request::{Params, Requester, cookie};
use crate::response::{set_cookie, set_cookie_pair};
use crate::rules::{self, Verdict};
use crate::sessions::{Session, TicketRefusal};
use crate::state::{AppState, Store};
use crate::tokens::{self, AccessFor, Front};

/// The cookie of a person who is logged in at the tenant, and its twin for old browsers.
const SESSION_COOKIES: [&str; 2] = ["auth0", "auth0_compat"];

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

/// `GET /authorize`
pub(crate) async fn authorize(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let asked = Params::form(query.as_bytes());
    let found = asked
        .clone()
        .map_err(|error| PageError::Params(error.to_string()))
        .and_then(|params| {
            let params = hosted_login::resume(&state, &params, &headers).unwrap_or(params);
            let (client, destination) =
                Destination::find(&state.store().config, state.base_url(), &params)?;
            Ok((params, client, destination))
        });
    let (params, client, destination) = match found {
        Ok(found) => found,
        Err(error) => {
            log_failure(&state, "", Type::F, &error.to_string(), &requester);
            return page_error(&state, &error, asked.ok().as_ref());
        }
    };
    let parsed = AuthorizeRequest::parse(&state.store().config, &client, &params);
    let request = match parsed {
        Ok(request) => request,
        Err(error) => {
            log_failure(
                &state,
                &client.client_id,
                Type::F,
                &error.to_string(),
                &requester,
            );
            return destination.fail(&error);
        }
    };
    match person(&state, &client, &request, &query, &headers, &requester) {
        Ok(Person::Known(login)) => {
            answer(&state, &client, &destination, &request, *login, &requester).await
        }
        Ok(Person::MustVerify(page)) => *page,
        Ok(Person::MustLogIn) => hosted_login::begin(&state, &client.client_id, &query, &headers),
        Err(error) => {
            let silent = request.prompt.as_deref() == Some("none");
            let kind = if silent { Type::Fsa } else { Type::F };
            log_failure(
                &state,
                &client.client_id,
                kind,
                &error.to_string(),
                &requester,
            );
            destination.fail(&error)
        }
    }
}

/// Answers what must not be told to an application.
pub(super) fn page_error(state: &AppState, error: &PageError, asked: Option<&Params>) -> Response {
    let mut guard = state.store();
    let store = &mut *guard;
    let tracking = store.random.token::<12>();
    error.answer(&store.config, asked, &tracking)
}

/// Who sits at the browser.
enum Person {
    Known(Box<Login>),
    /// The application's page must show that this browser earned the ticket.
    MustVerify(Box<Response>),
    /// Nobody is logged in, and the application allows asking.
    MustLogIn,
}

/// A person who is logged in.
pub(crate) struct Login {
    session: Session,
    /// Value of a fresh session cookie, and its life in seconds.
    cookie: Option<(String, u64)>,
}

/// A new session for someone who has just proved who they are, in place of the browser's `old` one.
pub(crate) fn begin_session(
    store: &mut Store,
    user_id: String,
    connection: String,
    old: Option<&str>,
    requester: &Requester,
    now_ms: u64,
) -> Login {
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
        .record_login(&session.user_id, &requester.log.ip, now_ms);
    let id = store
        .sessions
        .begin(old, session.clone(), &mut store.random);
    Login {
        session,
        cookie: Some((id, life_s)),
    }
}

fn person(
    state: &AppState,
    client: &Client,
    request: &AuthorizeRequest,
    query: &str,
    headers: &HeaderMap,
    requester: &Requester,
) -> Result<Person, AuthorizeError> {
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let old = session_cookie(headers);
    if let Some((realm, ticket)) = &request.ticket {
        let browser = cookie(headers, CO_COOKIE);
        let taken = store.sessions.take_ticket(
            ticket,
            &client.client_id,
            realm,
            browser.as_deref(),
            now_ms,
        );
        let ticket = match taken {
            Ok(ticket) => ticket,
            Err(TicketRefusal::Unusable) => return Err(AuthorizeError::InvalidTicket),
            Err(TicketRefusal::OtherBrowser(ticket)) => {
                return verification::page(store, state.base_url(), *ticket, query, now_ms)
                    .map(|page| Person::MustVerify(Box::new(page)))
                    .ok_or(AuthorizeError::NoVerificationPage);
            }
        };
        let login = begin_session(
            store,
            ticket.user_id,
            ticket.realm,
            old.as_deref(),
            requester,
            now_ms,
        );
        return known(store, login.session, login.cookie);
    }
    let session = old.and_then(|id| store.sessions.find(&id, now_ms)).cloned();
    let fits = |session: &Session| {
        let age_s = now_ms.saturating_sub(session.auth_time_ms) / 1_000;
        request.max_age.is_none_or(|max| age_s <= max)
            && request.prompt.as_deref() != Some("login")
            && request
                .connection
                .as_ref()
                .is_none_or(|name| *name == session.connection)
            && (request.organization.is_none() || request.organization == session.organization)
    };
    match session.filter(fits) {
        Some(session) => known(store, session, None),
        None if request.prompt.as_deref() == Some("none") => Err(AuthorizeError::LoginRequired),
        None => Ok(Person::MustLogIn),
    }
}

fn known(
    store: &Store,
    session: Session,
    cookie: Option<(String, u64)>,
) -> Result<Person, AuthorizeError> {
    match store.users.by_id(&session.user_id) {
        Some(user) if user.blocked => Err(AuthorizeError::BlockedUser),
        Some(_) => Ok(Person::Known(Box::new(Login { session, cookie }))),
        None => Err(AuthorizeError::LoginRequired),
    }
}

/// Sends the person back to the application with what the request asked for.
pub(crate) async fn answer(
    state: &AppState,
    client: &Client,
    destination: &Destination,
    request: &AuthorizeRequest,
    mut login: Login,
    requester: &Requester,
) -> Response {
    if let Some((id, _)) = &login.cookie {
        let organization = request.organization.clone();
        login.session.organization.clone_from(&organization);
        state.store().sessions.enter(id, organization);
    }
    if let Some(refusal) = refusal(state, client, request, &login) {
        let silent = request.prompt.as_deref() == Some("none");
        let kind = if silent { Type::Fsa } else { Type::F };
        log_failure(
            state,
            &client.client_id,
            kind,
            &refusal.to_string(),
            requester,
        );
        return destination.fail(&refusal);
    }
    // Asked for before the lock is taken: the key may still be in the making.
    let needs_key = request.response_type.token || request.response_type.id_token;
    let key = match needs_key.then(|| state.keys().key()) {
        None => None,
        Some(key) => match key.await {
            Ok(key) => Some(key),
            Err(error) => {
                tracing::error!("{error}");
                return destination.fail(&AuthorizeError::NoKey);
            }
        },
    };
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let session = &login.session;
    let mut params = Vec::new();
    let mut front = Front::default();
    if request.response_type.code {
        let code = store.random.token::<24>();
        let life_ms = store
            .config
            .tenant
            .authorization_code_lifetime_s
            .saturating_mul(1_000);
        let grant = Grant {
            client_id: client.client_id.clone(),
            redirect_uri: destination.redirect_uri.clone(),
            user_id: session.user_id.clone(),
            scope: request.scope.clone(),
            audience: request.audience.clone(),
            nonce: request.nonce.clone(),
            auth_time_ms: request.max_age.map(|_| session.auth_time_ms),
            sid: session.sid.clone(),
            organization: session.organization.clone(),
            challenge: request.challenge.clone(),
        };
        store
            .grants
            .add_code(&code, grant, now_ms.saturating_add(life_ms));
        front.code = Some(code.clone());
        params.push(("code", code));
    }
    if let Some(key) = key {
        let made = tokens::front_channel(
            &key,
            store,
            &state.issuer(),
            request,
            &AccessFor { client, session },
            &mut front,
            now_ms,
        );
        match made {
            Ok(made) => params.extend(made),
            Err(error) => {
                tracing::error!("{error}");
                return destination.fail(&AuthorizeError::NoKey);
            }
        }
    }
    log_success(store, client, request, session, requester, now_ms);
    let begun = login
        .cookie
        .map(|(id, life_s)| (id, life_s, device::name(requester, &mut store.random)));
    drop(guard);
    state.announce();
    let mut response = destination.answer(&params);
    if let Some((id, life_s, device)) = begun {
        set_session_cookie(response.headers_mut(), state.is_secure(), &id, life_s);
        device::set_device_cookie(response.headers_mut(), state.is_secure(), &device);
        // The ticket's cookie has done its work.
        set_cookie(response.headers_mut(), state.is_secure(), CO_COOKIE, "", 0);
    }
    response
}

/// What the tenant's rules say against the login; a session that began with it ends.
fn refusal(
    state: &AppState,
    client: &Client,
    request: &AuthorizeRequest,
    login: &Login,
) -> Option<AuthorizeError> {
    let mut store = state.store();
    let verdict = rules::judge(&store, &login.session.user_id, &client.client_id)?;
    if let Some((id, _)) = &login.cookie {
        store.sessions.end(id);
    }
    Some(match verdict {
        Verdict::Deny(reason) => AuthorizeError::Denied(reason),
        Verdict::Mfa if request.prompt.as_deref() == Some("none") => {
            AuthorizeError::InteractionRequired
        }
        Verdict::Mfa => AuthorizeError::MfaRequired,
    })
}

fn log_success(
    store: &mut Store,
    client: &Client,
    request: &AuthorizeRequest,
    session: &Session,
    requester: &Requester,
    now_ms: u64,
) {
    let user = store.users.by_id(&session.user_id);
    let name = user.map(|user| user.name.clone()).unwrap_or_default();
    let logins = user.map_or(0, |user| user.logins_count);
    let silent = request.prompt.as_deref() == Some("none");
    let event = Event {
        description: if silent {
            "Successful silent authentication"
        } else {
            "Successful login"
        },
        client_id: &client.client_id,
        client_name: &client.name,
        connection: &session.connection,
        user_id: &session.user_id,
        user_name: &name,
        details: json!({"stats": {"loginsCount": logins}}),
        ..Event::new(if silent { Type::Ssa } else { Type::S })
    };
    store
        .logs
        .push(&event, &requester.log, &mut store.random, now_ms);
}

/// Logs a login that came to nothing.
pub(crate) fn log_failure(
    state: &AppState,
    client_id: &str,
    kind: Type,
    description: &str,
    requester: &Requester,
) {
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let event = Event {
        description,
        client_id,
        ..Event::new(kind)
    };
    store
        .logs
        .push(&event, &requester.log, &mut store.random, now_ms);
    drop(guard);
    state.announce();
}
