//! What is sent from the hosted login page: an address that a code or a link goes to, or the code.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::challenge;
use super::hosted_login::{LOGIN_COOKIE, Login, lost};
use super::hosted_page::Stage;
use super::login::{self, Asked, Refusal, SigningKey, begin_session};
use super::start;
use super::start_error::StartError;
use crate::call::{Call, Step};
use crate::config::{Connection, Strategy};
use crate::hosted::Sent;
use crate::limits::Bucket;
use crate::mail::Send;
use crate::paths::LOGIN;
use crate::proof::{Attempt, SUSPICIOUS, TOO_MANY_ATTEMPTS, TOO_MANY_LOGINS, Unproved};
use crate::request::Params;
use crate::response::redirect;

/// What a person is told who asks for one message after another.
const TOO_MANY_MESSAGES: &str =
    "That were many messages at once. Wait a minute, then ask for another.";

/// What a stranger is told where only known people may log in.
const NO_ACCOUNT: &str = "There is no account with this address.";

/// `POST /login`: an address to send to, a code, or a person to log in as.
pub(crate) async fn submit(call: Call, body: Bytes) -> Response {
    let params = Params::body(&call.headers, &body).unwrap_or_default();
    match params.str("step") {
        Some(kind @ ("code" | "as")) => {
            let key = login::signing_key(&call, true).await;
            call.step(|step| match Login::find(step, &params) {
                Some(login) if kind == "as" => login.log_in_as(step, &params, key),
                Some(login) => login.check(step, &params, key),
                None => lost(),
            })
        }
        _ => send(&call, &params).await,
    }
}

/// A message that is asked for at the page.
struct Wish {
    login: Login,
    /// The connection's position in the login's.
    chosen: Option<usize>,
    connection: Connection,
    typed: String,
    send: Send,
}

impl Wish {
    fn read(login: Login, params: &Params) -> Option<Self> {
        let wanted = params.str("connection");
        let chosen = login
            .connections
            .iter()
            .position(|c| Some(c.name.as_str()) == wanted);
        let connection = login.connections.get(chosen.unwrap_or(0))?.clone();
        let send = match params.str("send") {
            Some("link") if connection.strategy != Strategy::Sms => Send::Link,
            _ => Send::Code,
        };
        Some(Self {
            chosen,
            connection,
            send,
            typed: params.string("address").unwrap_or_default(),
            login,
        })
    }

    /// The field of `/passwordless/start` that the address goes into.
    fn field(&self) -> &'static str {
        match self.connection.strategy {
            Strategy::Sms => "phone_number",
            Strategy::Email | Strategy::Database => "email",
        }
    }

    /// The call of `/passwordless/start` that the page makes.
    fn call(&self, captcha: Option<&str>) -> Params {
        let mut body = Map::new();
        for (key, value) in [
            ("client_id", json!(self.login.pending.client_id)),
            ("connection", json!(self.connection.name)),
            (self.field(), json!(self.typed)),
            ("send", json!(self.send.as_str())),
            // Shows that the hosted page asks; what is sent keeps the way back in it.
            ("authParams", json!({"state": self.login.id})),
            ("captcha", json!(captcha)),
        ] {
            body.insert(key.to_owned(), value);
        }
        Params::from(body)
    }

    /// The page again, with what is wrong.
    fn refused(&self, step: &mut Step<'_>, status: StatusCode, problem: &str) -> Response {
        let stage = Stage::Address {
            chosen: self.chosen,
            typed: self.typed.clone(),
            captcha: challenge::picture(step, Some(&self.login.id)),
        };
        self.login.page(status, &stage, Some(problem))
    }
}

/// Sends a code or a link, and shows what to do with it.
async fn send(call: &Call, params: &Params) -> Response {
    let wish = call.step(|step| {
        let wish = Login::find(step, params).and_then(|login| Wish::read(login, params));
        let wish = wish.ok_or_else(|| Box::new(lost()))?;
        if is_too_often(step) {
            let status = StatusCode::TOO_MANY_REQUESTS;
            return Err(Box::new(wish.refused(step, status, TOO_MANY_MESSAGES)));
        }
        Ok(wish)
    });
    let wish = match wish {
        Ok(wish) => wish,
        Err(page) => return *page,
    };
    let asked = wish.call(params.str("captcha"));
    let outcome = start::send(call, &asked, &mut None).await;
    call.step(|step| match outcome {
        Ok(receipt) => {
            let address = receipt.get(wish.field()).and_then(Value::as_str);
            let sent = Sent {
                connection: wish.connection.name.clone(),
                address: address.unwrap_or_default().to_owned(),
                send: wish.send,
            };
            let (id, browser) = (&wish.login.id, step.cookie(LOGIN_COOKIE));
            let hosted = &mut step.store.hosted;
            if let Some(pending) = hosted.of_browser(id, browser.as_deref(), step.now_ms) {
                pending.sent = Some(sent);
            }
            // A reload must not send again.
            redirect(&format!("{}{LOGIN}?state={id}", step.base_url()))
        }
        Err(error) => {
            let (status, _) = error.code();
            wish.refused(step, status, &explain(&error))
        }
    })
}

impl Login {
    /// Checks the code, and goes back to the application.
    fn check(&self, step: &mut Step<'_>, params: &Params, key: SigningKey) -> Response {
        let Some(sent) = &self.pending.sent else {
            return lost();
        };
        let connection = self.connections.iter().find(|c| c.name == sent.connection);
        let Some(connection) = connection else {
            return lost();
        };
        let typed = params.str("code").unwrap_or_default();
        let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let attempt = Attempt {
            connection,
            username: &sent.address,
            client_id: &self.pending.client_id,
            code: &code,
        };
        match attempt.prove(step) {
            Ok(user_id) => self.finish(step, user_id, &connection.name, key),
            Err(unproved) => {
                let (status, problem) = told(unproved);
                self.page(status, &Stage::sent(sent), Some(problem))
            }
        }
    }

    /// Logs a known person in who proved nothing: for development, where the tenant's `login_as` allows it.
    fn log_in_as(&self, step: &mut Step<'_>, params: &Params, key: SigningKey) -> Response {
        let wanted = params.str("user_id").unwrap_or_default();
        if !self.people.iter().any(|(id, _)| id == wanted) {
            return lost();
        }
        let user = step.store.users.by_id(wanted);
        let connection = user.map(|user| user.identities[0].connection.clone());
        self.finish(
            step,
            wanted.to_owned(),
            &connection.unwrap_or_default(),
            key,
        )
    }

    fn finish(
        &self,
        step: &mut Step<'_>,
        user_id: String,
        connection: &str,
        key: SigningKey,
    ) -> Response {
        let finished = Params::form(self.pending.query.as_bytes())
            .map_err(Refusal::from)
            .and_then(|params| Asked::read(step, &params))
            .and_then(|asked| {
                step.store.hosted.end(&self.id);
                let login = begin_session(step, user_id, connection.to_owned());
                login::finish(step, &asked, login, key)
            });
        finished.unwrap_or_else(|refusal| refusal.respond(step))
    }
}

/// Status and words for a code that proved nothing.
fn told(unproved: Unproved) -> (StatusCode, &'static str) {
    match unproved {
        Unproved::BlockedUser => (StatusCode::FORBIDDEN, "This account is blocked."),
        Unproved::SignupDisabled => (StatusCode::FORBIDDEN, NO_ACCOUNT),
        Unproved::TooManyLogins => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_LOGINS),
        Unproved::Suspicious => (StatusCode::TOO_MANY_REQUESTS, SUSPICIOUS),
        Unproved::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_ATTEMPTS),
        Unproved::Refused(refused) => (StatusCode::BAD_REQUEST, refused.text()),
    }
}

/// Whether the page has just sent too many messages for one address. Counts the call.
fn is_too_often(step: &mut Step<'_>) -> bool {
    let limit = step.store.config.tenant.hosted_challenges_per_minute;
    let bucket = Bucket::HostedChallenge(step.requester.ip);
    let allowance = step.store.limits.take(bucket, limit, step.now_ms);
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
