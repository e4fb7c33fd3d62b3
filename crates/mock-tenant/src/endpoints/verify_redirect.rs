//! `GET /passwordless/verify_redirect`: the magic link, and the second step of `/passwordless/verify`.
//!
//! <https://auth0.com/docs/authenticate/passwordless/authentication-methods/email-magic-link>

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::authorize::{answer, begin_session, log_failure, session_cookie};
use super::authorize_request::{AuthorizeError, AuthorizeRequest, Destination, PageError};
use super::co_authenticate::refusal_text;
use super::hosted_login::LOGIN_COOKIE;
use crate::config::{Client, Strategy};
use crate::logs::Type;
use crate::pages;
use crate::proof::{Attempt, SIGNUP_DISABLED, Unproved};
use crate::request::{Params, Requester, cookie, text};
use crate::response::text_response;
use crate::state::AppState;

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
pub(crate) async fn verify_redirect(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    // A browser that only fetches ahead has not been asked to log in.
    if text(&headers, "sec-purpose").is_some_and(|purpose| purpose.contains("prefetch")) {
        return text_response(StatusCode::SERVICE_UNAVAILABLE, "");
    }
    let found = Params::form(query.unwrap_or_default().as_bytes())
        .map(|params| resume(&state, params, &headers))
        .map_err(|error| PageError::Params(error.to_string()))
        .and_then(|(params, page)| {
            let params = params.or("response_type", DEFAULT_RESPONSE_TYPE);
            let (client, destination) =
                Destination::find(&state.store().config, state.base_url(), &params)?;
            Ok((params, page, client, destination))
        });
    let (params, page, client, destination) = match found {
        Ok(found) => found,
        Err(error) => {
            log_failure(&state, "", Type::F, &error.to_string(), &requester);
            return error.into_response();
        }
    };
    let flags = state.store().config.tenant.flags.clone();
    let asked_here = page.as_ref().is_some_and(|page| page.same_browser);
    if !asked_here && !flags.allow_magiclink_verify_without_session {
        log_failure(
            &state,
            &client.client_id,
            Type::F,
            OTHER_BROWSER,
            &requester,
        );
        return pages::error_page(OTHER_BROWSER_STATUS, "Other browser.", OTHER_BROWSER);
    }
    let parsed = AuthorizeRequest::parse(&state.store().config, &client, &params);
    let outcome = parsed.and_then(|mut request| {
        // A link is no place for a login ticket, and yields a refresh token only where the hosted page began the login.
        request.ticket = None;
        if !asked_here {
            request.forgo_offline_access();
        }
        let (user_id, connection) = prove(&state, &client, &params, &requester)?;
        Ok((request, user_id, connection))
    });
    match outcome {
        Ok((request, user_id, connection)) => {
            let now_ms = state.now_ms();
            let old = session_cookie(&headers);
            if let Some(page) = &page {
                state.store().hosted.end(&page.id);
            }
            let login = begin_session(
                &mut state.store(),
                user_id,
                connection,
                old.as_deref(),
                &requester,
                now_ms,
            );
            answer(&state, &client, &destination, &request, login, &requester).await
        }
        Err(error) => {
            let description = error.to_string();
            log_failure(&state, &client.client_id, Type::F, &description, &requester);
            destination.fail(&error)
        }
    }
}

/// The hosted login page that a link was asked for at.
struct Page {
    id: String,
    /// Whether this is the browser that asked there.
    same_browser: bool,
}

/// The parameters of a link; one that was asked for at the hosted login page goes on with that page's request.
fn resume(state: &AppState, link: Params, headers: &HeaderMap) -> (Params, Option<Page>) {
    let Some(id) = link.string("state") else {
        return (link, None);
    };
    let store = state.store();
    let Some(pending) = store.hosted.find(&id, state.now_ms()) else {
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
    let browser = cookie(headers, LOGIN_COOKIE);
    let same_browser = pending.is_of(browser.as_deref());
    (params, Some(Page { id, same_browser }))
}

/// Redeems the link's code: who it was sent to, and over which connection.
fn prove(
    state: &AppState,
    client: &Client,
    params: &Params,
    requester: &Requester,
) -> Result<(String, String), AuthorizeError> {
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let wrong = AuthorizeError::CodeRefused("Wrong email or verification code.");
    let connection = params
        .str("connection")
        .and_then(|name| store.config.connection(name))
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
        requester,
        base_url: state.base_url(),
        now_ms,
    };
    let distinct = store.config.tenant.distinct_code_errors;
    let user_id = attempt.prove(store).map_err(|unproved| match unproved {
        Unproved::BlockedUser => AuthorizeError::BlockedUser,
        Unproved::SignupDisabled => AuthorizeError::Denied(SIGNUP_DISABLED.to_owned()),
        Unproved::TooManyLogins => AuthorizeError::TooManyLogins,
        Unproved::Suspicious => AuthorizeError::Suspicious,
        Unproved::TooManyAttempts => AuthorizeError::TooManyAttempts,
        Unproved::Refused(refusal) => {
            AuthorizeError::CodeRefused(refusal_text(refusal, connection.strategy, distinct))
        }
    })?;
    Ok((user_id, connection.name))
}
