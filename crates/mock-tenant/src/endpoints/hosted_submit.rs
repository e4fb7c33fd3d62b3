//! What is sent from the hosted login page: an address that a code or a link goes to, or the code.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::authorize::{answer, begin_session, session_cookie};
use super::authorize_request::{AuthorizeRequest, Destination};
use super::co_authenticate::refusal_text;
use super::hosted_login::{LOGIN_COOKIE, Login, lost};
use super::hosted_page::Step;
use super::start;
use super::start_error::StartError;
use crate::config::Strategy;
use crate::hosted::Sent;
use crate::limits::Bucket;
use crate::mail::Send;
use crate::proof::{Attempt, SUSPICIOUS, TOO_MANY_ATTEMPTS, TOO_MANY_LOGINS, Unproved};
use crate::request::{Params, Requester, cookie, request_language};
use crate::response::redirect;
use crate::state::AppState;

/// What a person is told who asks for one message after another.
const TOO_MANY_MESSAGES: &str =
    "That were many messages at once. Wait a minute, then ask for another.";

/// What a stranger is told where only known people may log in.
const NO_ACCOUNT: &str = "There is no account with this address.";

/// `POST /login`: an address to send to, or a code.
pub(crate) async fn submit(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::body(&headers, &body).unwrap_or_default();
    let Some(login) = Login::find(&state, &headers, &params) else {
        return lost();
    };
    match params.str("step") {
        Some("code") => login.check(&state, &params, &requester, &headers).await,
        _ => login.send(&state, &params, &requester, &headers),
    }
}

impl Login {
    /// Sends a code or a link, and shows what to do with it.
    fn send(
        &self,
        state: &AppState,
        params: &Params,
        requester: &Requester,
        headers: &HeaderMap,
    ) -> Response {
        let wanted = params.str("connection");
        let chosen = self
            .connections
            .iter()
            .position(|c| Some(c.name.as_str()) == wanted);
        let Some(connection) = self.connections.get(chosen.unwrap_or(0)) else {
            return lost();
        };
        let by_phone = connection.strategy == Strategy::Sms;
        let send = match params.str("send") {
            Some("link") if !by_phone => Send::Link,
            _ => Send::Code,
        };
        let typed = params.string("address").unwrap_or_default();
        let name = if by_phone { "phone_number" } else { "email" };
        let mut body = Map::new();
        for (key, value) in [
            ("client_id", json!(self.pending.client_id)),
            ("connection", json!(connection.name)),
            (name, json!(typed)),
            ("send", json!(send.as_str())),
            // Shows that the hosted page asks; what is sent keeps the way back in it.
            ("authParams", json!({"state": self.id})),
            ("captcha", json!(params.str("captcha"))),
        ] {
            body.insert(key.to_owned(), value);
        }
        if is_too_often(state, requester) {
            let step = Step::Address {
                chosen,
                typed,
                captcha: self.captcha(state, requester),
            };
            let status = StatusCode::TOO_MANY_REQUESTS;
            return self.page(status, &step, Some(TOO_MANY_MESSAGES));
        }
        let language = request_language(headers);
        let outcome = start::send(
            state,
            &Params::from(body),
            language,
            (headers, requester),
            &mut None,
        );
        let receipt = match outcome {
            Ok(receipt) => receipt,
            Err(error) => {
                let (status, _) = error.code();
                let step = Step::Address {
                    chosen,
                    typed,
                    captcha: self.captcha(state, requester),
                };
                return self.page(status, &step, Some(&explain(&error)));
            }
        };
        let browser = cookie(headers, LOGIN_COOKIE);
        let address = receipt
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut store = state.store();
        let now_ms = state.now_ms();
        if let Some(pending) = store
            .hosted
            .of_browser(&self.id, browser.as_deref(), now_ms)
        {
            pending.sent = Some(Sent {
                connection: connection.name.clone(),
                address: address.to_owned(),
                send,
            });
        }
        drop(store);
        // A reload must not send again.
        redirect(&format!("{}/login?state={}", state.base_url(), self.id))
    }

    /// Checks the code, and goes back to the application.
    async fn check(
        &self,
        state: &AppState,
        params: &Params,
        requester: &Requester,
        headers: &HeaderMap,
    ) -> Response {
        let Some(sent) = &self.pending.sent else {
            return lost();
        };
        let connection = self.connections.iter().find(|c| c.name == sent.connection);
        let Some(connection) = connection else {
            return lost();
        };
        let typed = params.str("code").unwrap_or_default();
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let now_ms = state.now_ms();
        let attempt = Attempt {
            connection,
            username: &sent.address,
            client_id: &self.pending.client_id,
            code: &code,
            requester,
            base_url: state.base_url(),
            now_ms,
        };
        let (proved, distinct) = {
            let mut store = state.store();
            let distinct = store.config.tenant.distinct_code_errors;
            (attempt.prove(&mut store), distinct)
        };
        state.announce();
        let user_id = match proved {
            Ok(user_id) => user_id,
            Err(unproved) => {
                let (status, problem) = match unproved {
                    Unproved::BlockedUser => (StatusCode::FORBIDDEN, "This account is blocked."),
                    Unproved::SignupDisabled => (StatusCode::FORBIDDEN, NO_ACCOUNT),
                    Unproved::TooManyLogins => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_LOGINS),
                    Unproved::Suspicious => (StatusCode::TOO_MANY_REQUESTS, SUSPICIOUS),
                    Unproved::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_ATTEMPTS),
                    Unproved::Refused(refusal) => (
                        StatusCode::BAD_REQUEST,
                        refusal_text(refusal, connection.strategy, distinct),
                    ),
                };
                return self.page(status, &Step::sent(sent), Some(problem));
            }
        };
        self.finish(state, user_id, requester, headers).await
    }

    async fn finish(
        &self,
        state: &AppState,
        user_id: String,
        requester: &Requester,
        headers: &HeaderMap,
    ) -> Response {
        let Ok(asked) = Params::form(self.pending.query.as_bytes()) else {
            return lost();
        };
        let found = Destination::find(&state.store().config, state.base_url(), &asked);
        let (client, destination) = match found {
            Ok(found) => found,
            Err(error) => return error.into_response(),
        };
        let parsed = AuthorizeRequest::parse(&state.store().config, &client, &asked);
        let request = match parsed {
            Ok(request) => request,
            Err(error) => return destination.fail(&error),
        };
        let now_ms = state.now_ms();
        let old = session_cookie(headers);
        let connection = self
            .pending
            .sent
            .as_ref()
            .map(|sent| sent.connection.clone());
        let login = {
            let mut store = state.store();
            store.hosted.end(&self.id);
            begin_session(
                &mut store,
                user_id,
                connection.unwrap_or_default(),
                old.as_deref(),
                requester,
                now_ms,
            )
        };
        answer(state, &client, &destination, &request, login, requester).await
    }
}

/// Whether the page has just sent too many messages for one address. Counts the call.
fn is_too_often(state: &AppState, requester: &Requester) -> bool {
    let now_ms = state.now_ms();
    let mut store = state.store();
    let per_minute = store.config.tenant.hosted_challenges_per_minute;
    let bucket = Bucket::HostedChallenge(requester.ip);
    let allowance = store.limits.take(bucket, per_minute, now_ms);
    allowance.is_some_and(|allowance| allowance.is_exceeded())
}

/// What a person can do about it.
fn explain(error: &StartError) -> String {
    match error {
        StartError::InvalidEmail(_) | StartError::MissingEmail => {
            "Enter an e-mail address, such as ada@example.com.".to_owned()
        }
        StartError::InvalidPhoneNumber | StartError::MissingPhoneNumber => {
            "Enter a phone number with its country code, such as +493012345678.".to_owned()
        }
        StartError::InvalidCaptcha => "Type the letters of the picture.".to_owned(),
        StartError::SignupDisabled => NO_ACCOUNT.to_owned(),
        other => other.to_string(),
    }
}
