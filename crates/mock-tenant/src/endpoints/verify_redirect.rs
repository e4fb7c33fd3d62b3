//! `GET /passwordless/verify_redirect`: the magic link, and the second step of `/passwordless/verify`.
//!
//! <https://auth0.com/docs/authenticate/passwordless/authentication-methods/email-magic-link>

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::authorize::{SESSION_COOKIE, answer, begin_session, log_failure};
use super::authorize_request::{AuthorizeError, AuthorizeRequest, Destination, PageError};
use super::co_authenticate::refusal_text;
use crate::config::{Client, Strategy};
use crate::logs::Type;
use crate::pages;
use crate::proof::{Attempt, Unproved};
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
        .map(|params| params.or("response_type", DEFAULT_RESPONSE_TYPE))
        .map_err(|error| PageError::Params(error.to_string()))
        .and_then(|params| {
            let (client, destination) = Destination::find(&state.store().config, &params)?;
            Ok((params, client, destination))
        });
    let (params, client, destination) = match found {
        Ok(found) => found,
        Err(error) => {
            log_failure(&state, "", Type::F, &error.to_string(), &requester);
            return error.into_response();
        }
    };
    // Without the hosted login page no browser can have asked there, so with the flag off every link is refused.
    let flags = state.store().config.tenant.flags.clone();
    if !flags.allow_magiclink_verify_without_session {
        log_failure(
            &state,
            &client.client_id,
            Type::F,
            OTHER_BROWSER,
            &requester,
        );
        return pages::error_page(OTHER_BROWSER_STATUS, "Other browser.", OTHER_BROWSER);
    }
    let outcome = AuthorizeRequest::parse(&client, &params).and_then(|mut request| {
        // A link never yields a refresh token, and is no place for a login ticket.
        request.ticket = None;
        request.forgo_offline_access();
        let (user_id, connection) = prove(&state, &client, &params, &requester)?;
        Ok((request, user_id, connection))
    });
    match outcome {
        Ok((request, user_id, connection)) => {
            let now_ms = state.now_ms();
            let old = cookie(&headers, SESSION_COOKIE);
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
        Unproved::TooManyAttempts => AuthorizeError::TooManyAttempts,
        Unproved::Refused(refusal) => {
            AuthorizeError::CodeRefused(refusal_text(refusal, connection.strategy, distinct))
        }
    })?;
    Ok((user_id, connection.name))
}
