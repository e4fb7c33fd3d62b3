//! `GET /passwordless/verify_redirect`: the magic link, and the navigation after `/passwordless/verify`.
//!
//! <https://auth0.com/docs/authenticate/passwordless/authentication-methods/email-magic-link>

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;

use super::authorize_error::AuthorizeError;
use super::hosted_login::LOGIN_COOKIE;
use super::login::{self, Asked, Refusal, SigningKey, begin_session, log_failure};
use crate::call::{Call, Turn};
use crate::config::{Client, Strategy};
use crate::logs::Type;
use crate::pages;
use crate::proof::{Attempt, SIGNUP_DISABLED, Unproved};
use crate::request::Params;
use crate::response::text_response;

/// The status of the page that refuses another browser. No source tells Auth0's.
pub(crate) const OTHER_BROWSER_STATUS: StatusCode = StatusCode::FORBIDDEN;
const OTHER_BROWSER: &str = "The link must be opened on the same device and browser from which you submitted your email address. Start over from this device or browser.";
/// The response type of a link whose start had none. No source tells Auth0's.
pub(crate) const DEFAULT_RESPONSE_TYPE: &str = "code";

/// `HEAD /passwordless/verify_redirect`, with which mail scanners check links. It does not use up the link.
pub(crate) async fn look() -> Response {
    text_response(StatusCode::OK, "")
}

/// `GET /passwordless/verify_redirect`
pub(crate) async fn verify_redirect(call: Call, RawQuery(query): RawQuery) -> Response {
    // A browser that only prefetches the link must not use it up.
    let purpose = call.header("sec-purpose").unwrap_or_default();
    if purpose.contains("prefetch") {
        return text_response(StatusCode::SERVICE_UNAVAILABLE, "");
    }
    let query = query.unwrap_or_default();
    let key = login::signing_key(&call, true).await;
    call.turn(|turn| follow(turn, &query, key).unwrap_or_else(|refusal| refusal.respond(turn)))
}

fn follow(turn: &mut Turn<'_>, query: &str, key: SigningKey) -> Result<Response, Refusal> {
    let (params, page) = resume(turn, Params::form(query.as_bytes())?);
    let params = params.or("response_type", DEFAULT_RESPONSE_TYPE);
    let mut asked = Asked::read(turn, &params)?;
    let flags = &turn.store.config.tenant.flags;
    let asked_here = page.as_ref().is_some_and(|page| page.same_browser);
    if !asked_here && !flags.allow_magiclink_verify_without_session {
        log_failure(turn, &asked.client.client_id, Type::F, OTHER_BROWSER);
        let page = pages::error_page(OTHER_BROWSER_STATUS, "Other browser.", OTHER_BROWSER);
        return Ok(page);
    }
    // A link cannot carry a login ticket, and it gives a refresh token only if the login began at the hosted page.
    asked.request.ticket = None;
    if !asked_here {
        asked.request.forgo_offline_access();
    }
    let (user_id, connection) = prove(turn, &asked.client, &params)
        .map_err(|error| asked.refuse(error).logged_as(Type::F))?;
    if let Some(page) = &page {
        turn.store.hosted.end(&page.id);
    }
    let login = begin_session(turn, user_id, connection);
    login::finish(turn, &asked, login, key)
}

/// The hosted login page at which a link was requested.
struct Page {
    id: String,
    /// Whether this is the browser of that page.
    same_browser: bool,
}

/// The parameters of a link. If it was requested at the hosted login page, they are those of the page's request.
fn resume(turn: &Turn<'_>, link: Params) -> (Params, Option<Page>) {
    let Some(id) = link.string("state") else {
        return (link, None);
    };
    let Some(pending) = turn.store.hosted.find(&id, turn.now_ms) else {
        return (link, None);
    };
    let Ok(mut params) = Params::form(pending.query.as_bytes()) else {
        return (link, None);
    };
    for name in ["verification_code", "connection", "email", "phone_number"] {
        if let Some(value) = link.str(name) {
            params = params.with(name, value);
        }
    }
    let browser = turn.cookie(LOGIN_COOKIE);
    let same_browser = pending.is_of(browser.as_deref());
    (params, Some(Page { id, same_browser }))
}

/// Redeems the link's code. Returns the person and the connection.
fn prove(
    turn: &mut Turn<'_>,
    client: &Client,
    params: &Params,
) -> Result<(String, String), AuthorizeError> {
    let wrong = AuthorizeError::CodeRefused("Wrong email or verification code.");
    let connection = params
        .str("connection")
        .and_then(|name| turn.store.config.connection(name))
        .filter(|c| c.is_passwordless() && c.is_enabled_for(&client.client_id))
        .ok_or_else(|| wrong.clone())?
        .clone();
    let name = if connection.strategy == Strategy::Sms {
        "phone_number"
    } else {
        "email"
    };
    let attempt = Attempt {
        connection: &connection,
        username: params.str(name).ok_or_else(|| wrong.clone())?,
        client_id: &client.client_id,
        code: params.str("verification_code").ok_or(wrong)?,
    };
    let user_id = attempt.prove(turn)?;
    Ok((user_id, connection.name))
}

impl From<Unproved> for AuthorizeError {
    fn from(unproved: Unproved) -> Self {
        match unproved {
            Unproved::BlockedUser => Self::BlockedUser,
            Unproved::SignupDisabled => Self::Denied(SIGNUP_DISABLED.to_owned()),
            Unproved::TooManyLogins => Self::TooManyLogins,
            Unproved::Suspicious => Self::Suspicious,
            Unproved::TooManyAttempts => Self::TooManyAttempts,
            Unproved::Refused(refused) => Self::CodeRefused(refused.text()),
        }
    }
}
