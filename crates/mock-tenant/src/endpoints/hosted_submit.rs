//! Handles the forms of the hosted login page: an address to which a code or a link is sent, and the code.

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
use crate::call::{Call, Turn};
use crate::config::{Connection, Strategy};
use crate::hosted::Sent;
use crate::limits::Bucket;
use crate::mail::Send;
use crate::paths::LOGIN;
use crate::proof::{Attempt, SUSPICIOUS, TOO_MANY_ATTEMPTS, TOO_MANY_LOGINS, Unproved};
use crate::request::Params;
use crate::response::redirect;

/// The text for a person who asks for too many messages.
const TOO_MANY_MESSAGES: &str =
    "That were many messages at once. Wait a minute, then ask for another.";

/// The text for an unknown person, if only known people may log in.
const NO_ACCOUNT: &str = "There is no account with this address.";

/// `POST /login`: sends a message, checks a code, or logs in as a known person.
pub(crate) async fn submit(call: Call, body: Bytes) -> Response {
    let params = Params::body(&call.headers, &body).unwrap_or_default();
    match params.str("step") {
        Some(kind @ ("code" | "as")) => {
            let key = login::signing_key(&call, true).await;
            call.turn(|turn| match Login::find(turn, &params) {
                Some(login) if kind == "as" => login.log_in_as(turn, &params, key),
                Some(login) => login.check(turn, &params, key),
                None => lost(),
            })
        }
        _ => send(&call, &params).await,
    }
}

/// A request for a message at the page.
struct Wish {
    login: Login,
    /// The index of the connection in the login's list.
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

    /// The field of `/passwordless/start` for the address.
    fn field(&self) -> &'static str {
        match self.connection.strategy {
            Strategy::Sms => "phone_number",
            Strategy::Email | Strategy::Database => "email",
        }
    }

    /// The parameters of the page's call of `/passwordless/start`.
    fn call(&self, captcha: Option<&str>) -> Params {
        let mut body = Map::new();
        for (key, value) in [
            ("client_id", json!(self.login.pending.client_id)),
            ("connection", json!(self.connection.name)),
            (self.field(), json!(self.typed)),
            ("send", json!(self.send.as_str())),
            // The state shows that the hosted page calls. It is also in the link, which leads back to this login.
            ("authParams", json!({"state": self.login.id})),
            ("captcha", json!(captcha)),
        ] {
            body.insert(key.to_owned(), value);
        }
        Params::from(body)
    }

    /// The same page with an error.
    fn refused(&self, turn: &mut Turn<'_>, status: StatusCode, problem: &str) -> Response {
        let stage = Stage::Address {
            chosen: self.chosen,
            typed: self.typed.clone(),
            captcha: challenge::picture(turn, Some(&self.login.id)),
        };
        self.login.page(status, &stage, Some(problem))
    }
}

/// Sends a code or a link, and shows the next page.
async fn send(call: &Call, params: &Params) -> Response {
    let wish = call.turn(|turn| {
        let wish = Login::find(turn, params).and_then(|login| Wish::read(login, params));
        let wish = wish.ok_or_else(|| Box::new(lost()))?;
        if is_too_often(turn) {
            let status = StatusCode::TOO_MANY_REQUESTS;
            return Err(Box::new(wish.refused(turn, status, TOO_MANY_MESSAGES)));
        }
        Ok(wish)
    });
    let wish = match wish {
        Ok(wish) => wish,
        Err(page) => return *page,
    };
    let asked = wish.call(params.str("captcha"));
    let outcome = start::send(call, &asked, &mut None).await;
    call.turn(|turn| match outcome {
        Ok(receipt) => {
            let address = receipt.get(wish.field()).and_then(Value::as_str);
            let sent = Sent {
                connection: wish.connection.name.clone(),
                address: address.unwrap_or_default().to_owned(),
                send: wish.send,
            };
            let (id, browser) = (&wish.login.id, turn.cookie(LOGIN_COOKIE));
            let hosted = &mut turn.store.hosted;
            if let Some(pending) = hosted.of_browser(id, browser.as_deref(), turn.now_ms) {
                pending.sent = Some(sent);
            }
            // After a redirect, reloading the page does not send another message.
            redirect(&format!("{}{LOGIN}?state={id}", turn.base_url()))
        }
        Err(error) => {
            let (status, _) = error.code();
            wish.refused(turn, status, &explain(&error))
        }
    })
}

impl Login {
    /// Checks the code, and sends the person back to the application.
    fn check(&self, turn: &mut Turn<'_>, params: &Params, key: SigningKey) -> Response {
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
        match attempt.prove(turn) {
            Ok(user_id) => self.finish(turn, user_id, &connection.name, key),
            Err(unproved) => {
                let (status, problem) = explain_refusal(unproved);
                self.page(status, &Stage::sent(sent), Some(problem))
            }
        }
    }

    /// Logs a known person in without a code, for development, if the tenant's setting `login_as` allows it.
    fn log_in_as(&self, turn: &mut Turn<'_>, params: &Params, key: SigningKey) -> Response {
        let wanted = params.str("user_id").unwrap_or_default();
        if !self.people.iter().any(|(id, _)| id == wanted) {
            return lost();
        }
        let user = turn.store.users.by_id(wanted);
        let connection = user.map(|user| user.identities[0].connection.clone());
        self.finish(
            turn,
            wanted.to_owned(),
            &connection.unwrap_or_default(),
            key,
        )
    }

    fn finish(
        &self,
        turn: &mut Turn<'_>,
        user_id: String,
        connection: &str,
        key: SigningKey,
    ) -> Response {
        let finished = Params::form(self.pending.query.as_bytes())
            .map_err(Refusal::from)
            .and_then(|params| Asked::read(turn, &params))
            .and_then(|asked| {
                turn.store.hosted.end(&self.id);
                let login = begin_session(turn, user_id, connection.to_owned());
                login::finish(turn, &asked, login, key)
            });
        finished.unwrap_or_else(|refusal| refusal.respond(turn))
    }
}

/// The status and the text for a refused code.
fn explain_refusal(unproved: Unproved) -> (StatusCode, &'static str) {
    match unproved {
        Unproved::BlockedUser => (StatusCode::FORBIDDEN, "This account is blocked."),
        Unproved::SignupDisabled => (StatusCode::FORBIDDEN, NO_ACCOUNT),
        Unproved::TooManyLogins => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_LOGINS),
        Unproved::Suspicious => (StatusCode::TOO_MANY_REQUESTS, SUSPICIOUS),
        Unproved::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, TOO_MANY_ATTEMPTS),
        Unproved::Refused(refused) => (StatusCode::BAD_REQUEST, refused.text()),
    }
}

/// Counts the message, and tells whether the page has sent too many messages for one IP address.
fn is_too_often(turn: &mut Turn<'_>) -> bool {
    let limit = turn.store.config.tenant.hosted_challenges_per_minute;
    let bucket = Bucket::HostedChallenge(turn.requester.ip);
    let allowance = turn.store.limits.take(bucket, limit, turn.now_ms);
    allowance.is_some_and(|allowance| allowance.is_exceeded())
}

/// The text for a person whose message was not sent.
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
