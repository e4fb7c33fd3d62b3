//! `GET` and `POST /authorize`: with a login ticket, or on the strength of an earlier login.
//!
//! <https://auth0.com/docs/api/authentication/login/authorize-application>, OIDC Core section 3.

use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::response::Response;

use super::authorize_error::AuthorizeError;
use super::hosted_login;
use super::login::{self, Asked, CO_COOKIE, Login, Refusal, SigningKey, begin_session};
use super::verification;
use crate::call::{Call, Step};
use crate::request::{Params, ParamsError};
use crate::sessions::{Session, TicketRefusal};

/// `GET /authorize`
pub(crate) async fn get(call: Call, RawQuery(query): RawQuery) -> Response {
    respond(&call, &query.unwrap_or_default()).await
}

/// `POST /authorize`: the same parameters as a form (OIDC Core section 3.1.2.1).
pub(crate) async fn post(call: Call, body: Bytes) -> Response {
    let kind = call.header("content-type").unwrap_or_default();
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    match std::str::from_utf8(&body) {
        Ok(query) if is_form => respond(&call, query).await,
        _ => call.step(|step| Refusal::from(ParamsError::NotAForm).respond(step)),
    }
}

async fn respond(call: &Call, query: &str) -> Response {
    let key = login::signing_key(call, wants_tokens(query)).await;
    call.step(|step| decide(step, query, key).unwrap_or_else(|refusal| refusal.respond(step)))
}

/// Whether tokens may come through the browser. What comes back from the hosted page names no response type of its own.
fn wants_tokens(query: &str) -> bool {
    let params = Params::form(query.as_bytes()).unwrap_or_default();
    params.str("response_type") != Some("code")
}

fn decide(step: &mut Step<'_>, query: &str, key: SigningKey) -> Result<Response, Refusal> {
    let params = Params::form(query.as_bytes())?;
    let params = hosted_login::resume(step, &params).unwrap_or(params);
    let asked = Asked::read(step, &params)?;
    match person(step, &asked, query)? {
        Person::Known(login) => login::finish(step, &asked, *login, key),
        Person::MustVerify(page) => Ok(*page),
        Person::MustLogIn => Ok(hosted_login::begin(step, &asked.client.client_id, query)),
    }
}

/// Who sits at the browser.
enum Person {
    Known(Box<Login>),
    /// The application's page must show that this browser earned the ticket.
    MustVerify(Box<Response>),
    /// Nobody is logged in, and the application allows asking.
    MustLogIn,
}

fn person(step: &mut Step<'_>, asked: &Asked, query: &str) -> Result<Person, Refusal> {
    if asked.request.ticket.is_some() {
        return by_ticket(step, asked, query);
    }
    let id = login::session_cookie(step.headers());
    let session = id.and_then(|id| step.store.sessions.find(&id, step.now_ms));
    let session = session.filter(|session| fits(asked, session, step.now_ms));
    match session.cloned() {
        Some(session) => known(
            step,
            asked,
            Login {
                session,
                cookie: None,
            },
        ),
        None if asked.request.prompt.none => Err(asked.refuse(AuthorizeError::LoginRequired)),
        None => Ok(Person::MustLogIn),
    }
}

/// Whether a session is what the request asks for, so that nobody has to log in.
fn fits(asked: &Asked, session: &Session, now_ms: u64) -> bool {
    let request = &asked.request;
    let age_s = now_ms.saturating_sub(session.auth_time_ms) / 1_000;
    // `max_age=0` asks for a login, however young the session is (OIDC Core section 3.1.2.1).
    let is_young = request.max_age.is_none_or(|max| max > 0 && age_s <= max);
    let connection = request.connection.as_ref();
    is_young
        && !request.prompt.login
        && connection.is_none_or(|name| *name == session.connection)
        && (request.organization.is_none() || request.organization == session.organization)
}

fn by_ticket(step: &mut Step<'_>, asked: &Asked, query: &str) -> Result<Person, Refusal> {
    let Some((realm, ticket)) = &asked.request.ticket else {
        return Err(asked.refuse(AuthorizeError::InvalidTicket));
    };
    let browser = step.cookie(CO_COOKIE);
    let client_id = &asked.client.client_id;
    let (sessions, now_ms) = (&mut step.store.sessions, step.now_ms);
    match sessions.take_ticket(ticket, client_id, realm, browser.as_deref(), now_ms) {
        Ok(ticket) => {
            let login = begin_session(step, ticket.user_id, ticket.realm);
            known(step, asked, login)
        }
        Err(TicketRefusal::Unusable) => Err(asked.refuse(AuthorizeError::InvalidTicket)),
        Err(TicketRefusal::OtherBrowser(ticket)) => verification::page(step, *ticket, query)
            .map(|page| Person::MustVerify(Box::new(page)))
            .ok_or_else(|| asked.refuse(AuthorizeError::NoVerificationPage)),
    }
}

fn known(step: &Step<'_>, asked: &Asked, login: Login) -> Result<Person, Refusal> {
    match step.store.users.by_id(&login.session.user_id) {
        Some(user) if user.blocked => Err(asked.refuse(AuthorizeError::BlockedUser)),
        Some(_) => Ok(Person::Known(Box::new(login))),
        None => Err(asked.refuse(AuthorizeError::LoginRequired)),
    }
}
