//! `GET` and `POST /authorize`, with a login ticket or with the session of an earlier login.
//!
//! <https://auth0.com/docs/api/authentication/login/authorize-application>, OIDC Core section 3.

use axum::body::Bytes;
use axum::extract::RawQuery;
use axum::response::Response;

use super::authorize_error::AuthorizeError;
use super::hosted_login;
use super::login::{self, Asked, CO_COOKIE, Login, Refusal, SigningKey, begin_session};
use super::verification;
use crate::call::{Call, Turn};
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
        _ => call.turn(|turn| Refusal::from(ParamsError::NotAForm).respond(turn)),
    }
}

async fn respond(call: &Call, query: &str) -> Response {
    let key = login::signing_key(call, wants_tokens(query)).await;
    call.turn(|turn| decide(turn, query, key).unwrap_or_else(|refusal| refusal.respond(turn)))
}

/// Whether the response may contain tokens. A request that continues from the hosted page has no response type here.
fn wants_tokens(query: &str) -> bool {
    let params = Params::form(query.as_bytes()).unwrap_or_default();
    params.str("response_type") != Some("code")
}

fn decide(turn: &mut Turn<'_>, query: &str, key: SigningKey) -> Result<Response, Refusal> {
    let params = Params::form(query.as_bytes())?;
    let params = hosted_login::resume(turn, &params).unwrap_or(params);
    let asked = Asked::read(turn, &params)?;
    match person(turn, &asked, query)? {
        Person::Known(login) => login::finish(turn, &asked, *login, key),
        Person::MustVerify(page) => Ok(*page),
        Person::MustLogIn => Ok(hosted_login::begin(turn, &asked.client.client_id, query)),
    }
}

/// What is known of the person at the browser.
enum Person {
    Known(Box<Login>),
    /// The application's verification page has to show that this browser received the ticket.
    MustVerify(Box<Response>),
    /// Nobody is logged in, and the request allows a login page.
    MustLogIn,
}

fn person(turn: &mut Turn<'_>, asked: &Asked, query: &str) -> Result<Person, Refusal> {
    if asked.request.ticket.is_some() {
        return by_ticket(turn, asked, query);
    }
    let id = login::session_cookie(turn.headers());
    let session = id.and_then(|id| turn.store.sessions.find(&id, turn.now_ms));
    let session = session.filter(|session| fits(asked, session, turn.now_ms));
    match session.cloned() {
        Some(session) => known(
            turn,
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

/// Whether a session satisfies the request, so that no login is needed.
fn fits(asked: &Asked, session: &Session, now_ms: u64) -> bool {
    let request = &asked.request;
    let age_s = now_ms.saturating_sub(session.auth_time_ms) / 1_000;
    // `max_age=0` always requires a login (OIDC Core section 3.1.2.1).
    let is_young = request.max_age.is_none_or(|max| max > 0 && age_s <= max);
    let connection = request.connection.as_ref();
    is_young
        && !request.prompt.login
        && connection.is_none_or(|name| *name == session.connection)
        && (request.organization.is_none() || request.organization == session.organization)
}

fn by_ticket(turn: &mut Turn<'_>, asked: &Asked, query: &str) -> Result<Person, Refusal> {
    let Some((realm, ticket)) = &asked.request.ticket else {
        return Err(asked.refuse(AuthorizeError::InvalidTicket));
    };
    let browser = turn.cookie(CO_COOKIE);
    let client_id = &asked.client.client_id;
    let (sessions, now_ms) = (&mut turn.store.sessions, turn.now_ms);
    match sessions.take_ticket(ticket, client_id, realm, browser.as_deref(), now_ms) {
        Ok(ticket) => {
            let login = begin_session(turn, ticket.user_id, ticket.realm);
            known(turn, asked, login)
        }
        Err(TicketRefusal::Unusable) => Err(asked.refuse(AuthorizeError::InvalidTicket)),
        Err(TicketRefusal::OtherBrowser(ticket)) => verification::page(turn, *ticket, query)
            .map(|page| Person::MustVerify(Box::new(page)))
            .ok_or_else(|| asked.refuse(AuthorizeError::NoVerificationPage)),
    }
}

fn known(turn: &Turn<'_>, asked: &Asked, login: Login) -> Result<Person, Refusal> {
    match turn.store.users.by_id(&login.session.user_id) {
        Some(user) if user.blocked => Err(asked.refuse(AuthorizeError::BlockedUser)),
        Some(_) => Ok(Person::Known(Box::new(login))),
        None => Err(asked.refuse(AuthorizeError::LoginRequired)),
    }
}
