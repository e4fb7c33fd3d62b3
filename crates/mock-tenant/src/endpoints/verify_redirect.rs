//! `GET /passwordless/verify_redirect`: the magic link, and the second step of `/passwordless/verify`.
//!
//! <https://auth0.com/docs/authenticate/passwordless/authentication-methods/email-magic-link>

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;

use super::authorize_error::AuthorizeError;
use super::hosted_login::LOGIN_COOKIE;
use super::login::{self, Asked, Refusal, SigningKey, begin_session, log_failure};
use crate::call::{Call, Step};
use crate::config::{Client, Strategy};
use crate::logs::Type;
use crate::pages;
use crate::proof::{Attempt, SIGNUP_DISABLED, Unproved};
use crate::request::Params;
use crate::response::text_response;

/// Status of the page that refuses another browser; no source tells which one Auth0 uses.
pub(crate) const OTHER_BROWSER_STATUS: StatusCode = StatusCode::FORBIDDEN;
const OTHER_BROWSER: &str = "The link must be opened on the same device and browser from which you submitted your email address. Start over from this device or browser.";
/// What a link asks for whose start named no response type; no source tells.
pub(crate) const DEFAULT_RESPONSE_TYPE: &str = "code";

/// `HEAD /passwordless/verify_redirect`: mail scanners look at links this way; looking must not use one up.
pub(crate) async fn look() -> Response {
    text_response(StatusCode::OK, "")
}

/// `GET /passwordless/verify_redirect`
pub(crate) async fn verify_redirect(call: Call, RawQuery(query): RawQuery) -> Response {
    // A browser that only fetches ahead has not been asked to log in.
    let purpose = call.header("sec-purpose").unwrap_or_default();
    if purpose.contains("prefetch") {
        return text_response(StatusCode::SERVICE_UNAVAILABLE, "");
    }
    let query = query.unwrap_or_default();
    let key = login::signing_key(&call, true).await;
    call.step(|step| follow(step, &query, key).unwrap_or_else(|refusal| refusal.respond(step)))
}

fn follow(step: &mut Step<'_>, query: &str, key: SigningKey) -> Result<Response, Refusal> {
    let (params, page) = resume(step, Params::form(query.as_bytes())?);
    let params = params.or("response_type", DEFAULT_RESPONSE_TYPE);
    let mut asked = Asked::read(step, &params)?;
    let flags = &step.store.config.tenant.flags;
    let asked_here = page.as_ref().is_some_and(|page| page.same_browser);
    if !asked_here && !flags.allow_magiclink_verify_without_session {
        log_failure(step, &asked.client.client_id, Type::F, OTHER_BROWSER);
        let page = pages::error_page(OTHER_BROWSER_STATUS, "Other browser.", OTHER_BROWSER);
        return Ok(page);
    }
    // A link is no place for a login ticket, and yields a refresh token only where the hosted page began the login.
    asked.request.ticket = None;
    if !asked_here {
        asked.request.forgo_offline_access();
    }
    let (user_id, connection) = prove(step, &asked.client, &params)
        .map_err(|error| asked.refuse(error).logged_as(Type::F))?;
    if let Some(page) = &page {
        step.store.hosted.end(&page.id);
    }
    let login = begin_session(step, user_id, connection);
    login::finish(step, &asked, login, key)
}

/// The hosted login page that a link was asked for at.
struct Page {
    id: String,
    /// Whether this is the browser that asked there.
    same_browser: bool,
}

/// The parameters of a link; one that was asked for at the hosted login page goes on with that page's request.
fn resume(step: &Step<'_>, link: Params) -> (Params, Option<Page>) {
    let Some(id) = link.string("state") else {
        return (link, None);
    };
    let Some(pending) = step.store.hosted.find(&id, step.now_ms) else {
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
    let browser = step.cookie(LOGIN_COOKIE);
    let same_browser = pending.is_of(browser.as_deref());
    (params, Some(Page { id, same_browser }))
}

/// Redeems the link's code: who it was sent to, and over which connection.
fn prove(
    step: &mut Step<'_>,
    client: &Client,
    params: &Params,
) -> Result<(String, String), AuthorizeError> {
    let wrong = AuthorizeError::CodeRefused("Wrong email or verification code.");
    let connection = params
        .str("connection")
        .and_then(|name| step.store.config.connection(name))
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
    let user_id = attempt.prove(step)?;
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
