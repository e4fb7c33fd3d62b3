//! `/login`: the hosted login page, for `/authorize` without a ticket or a session. Plain forms that need no script.
//!
//! <https://auth0.com/docs/authenticate/login/auth0-universal-login>

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use super::authorize::{answer, begin_session, session_cookie};
use super::authorize_request::{AuthorizeRequest, Destination};
use super::co_authenticate::refusal_text;
use super::hosted_page::{Step, page};
use super::start;
use crate::captcha;
use crate::config::{Connection, Strategy};
use crate::hosted::{Pending, Sent};
use crate::limits::Bucket;
use crate::mail::{Send, encode_component};
use crate::pages;
use crate::proof::{Attempt, SUSPICIOUS, TOO_MANY_ATTEMPTS, TOO_MANY_LOGINS, Unproved};
use crate::request::{Params, Requester, cookie, request_language};
use crate::response::{redirect, set_cookie};
use crate::state::AppState;
use crate::urls::origin_of;

/// The cookie that binds a login page to the browser it was shown in.
pub(crate) const LOGIN_COOKIE: &str = "auth0_login";
/// Life of that cookie in seconds.
const COOKIE_S: u64 = 3_600;

/// What a stranger is told where only known people may log in.
const NO_ACCOUNT: &str = "There is no account with this address.";

/// What a person is told who asks for one message after another.
const TOO_MANY_MESSAGES: &str =
    "That were many messages at once. Wait a minute, then ask for another.";

/// Sends a browser that must log in to the page.
pub(crate) fn begin(
    state: &AppState,
    client_id: &str,
    query: &str,
    headers: &HeaderMap,
) -> Response {
    let now_ms = state.now_ms();
    let (id, browser) = {
        let mut guard = state.store();
        let store = &mut *guard;
        let id = store.random.token::<24>();
        let browser = cookie(headers, LOGIN_COOKIE).filter(|value| value.len() == 32);
        let browser = browser.unwrap_or_else(|| store.random.token::<24>());
        store
            .hosted
            .begin(id.clone(), &browser, client_id, query, now_ms);
        (id, browser)
    };
    let client = encode_component(client_id);
    let url = format!(
        "{}/login?state={id}&client={client}&protocol=oauth2",
        state.base_url()
    );
    let mut response = redirect(&url);
    set_cookie(
        response.headers_mut(),
        state.is_secure(),
        LOGIN_COOKIE,
        &browser,
        COOKIE_S,
    );
    response
}

/// `GET /login?state=`
pub(crate) async fn show(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::form(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let Some(login) = Login::find(&state, &headers, &params) else {
        return lost();
    };
    let wants = |name: &str| params.str("connection") == Some(name);
    let step = match &login.pending.sent {
        Some(sent) if params.str("connection").is_none() => Step::sent(sent),
        _ => Step::Address {
            chosen: login.connections.iter().position(|c| wants(&c.name)),
            typed: login.hint.clone().unwrap_or_default(),
            captcha: login.captcha(&state, &requester),
        },
    };
    // The dialog shows no pictures: where one must be solved, the plain form asks.
    let is_challenged = matches!(&step, Step::Address { captcha, .. } if captcha.is_some());
    let is_fresh =
        !is_challenged && params.str("connection").is_none() && login.pending.sent.is_none();
    if is_fresh && state.dialog().is_some() {
        return login.with_dialog(&step);
    }
    login.page(StatusCode::OK, &step, None)
}

/// The request that a browser's login page is about, when `params` come back from the dialog there: with its ticket.
pub(super) fn resume(state: &AppState, params: &Params, headers: &HeaderMap) -> Option<Params> {
    let (ticket, realm) = (params.str("login_ticket")?, params.str("realm")?);
    let id = params.str("state")?;
    let browser = cookie(headers, LOGIN_COOKIE);
    let now_ms = state.now_ms();
    let mut store = state.store();
    let pending = store.hosted.of_browser(id, browser.as_deref(), now_ms)?;
    let asked = Params::form(pending.query.as_bytes()).ok()?;
    store.hosted.end(id);
    Some(asked.with("login_ticket", ticket).with("realm", realm))
}

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

/// A login under way, with all that its page shows.
struct Login {
    id: String,
    pending: Pending,
    client_name: String,
    /// Those that the client may use and the request allows; never none.
    connections: Vec<Connection>,
    hint: Option<String>,
    redirect_uri: String,
    /// Where forms of the page may end up.
    redirects_to: String,
}

impl Login {
    fn find(state: &AppState, headers: &HeaderMap, params: &Params) -> Option<Self> {
        let id = params.string("state")?;
        let browser = cookie(headers, LOGIN_COOKIE);
        let now_ms = state.now_ms();
        let mut store = state.store();
        let pending = store
            .hosted
            .of_browser(&id, browser.as_deref(), now_ms)?
            .clone();
        let asked = Params::form(pending.query.as_bytes()).ok()?;
        let client = store.config.client(&pending.client_id)?;
        let wanted = asked.str("connection");
        let connections: Vec<_> = store
            .config
            .connections
            .iter()
            .filter(|c| c.is_passwordless() && c.is_enabled_for(&client.client_id))
            .filter(|c| wanted.is_none_or(|wanted| wanted == c.name))
            .cloned()
            .collect();
        if connections.is_empty() {
            return None;
        }
        let (_, destination) = Destination::find(&store.config, state.base_url(), &asked).ok()?;
        let uri = destination.redirect_uri;
        let redirects_to = origin_of(&uri)
            .or_else(|| Some(format!("{}:", uri.split_once(':')?.0)))
            .unwrap_or_default();
        Some(Self {
            id,
            client_name: client.name.clone(),
            connections,
            hint: asked.string("login_hint"),
            redirect_uri: uri,
            redirects_to,
            pending,
        })
    }

    /// A picture to solve, if one must be.
    fn captcha(&self, state: &AppState, requester: &Requester) -> Option<String> {
        let now_ms = state.now_ms();
        let mut store = state.store();
        let challenge = captcha::challenge(&mut store, Some(&self.id), requester.ip, now_ms);
        drop(store);
        state.announce();
        challenge.get("image")?.as_str().map(str::to_owned)
    }

    /// The page with our own dialog over the plain form.
    fn with_dialog(&self, step: &Step) -> Response {
        let by_mail = self
            .connections
            .iter()
            .find(|connection| connection.strategy == Strategy::Email);
        let Some(connection) = by_mail else {
            return self.page(StatusCode::OK, step, None);
        };
        let totp = &connection.options.totp;
        let data = json!({"clientID": self.pending.client_id, "clientName": self.client_name, "state": self.id, "connection": connection.name,
            "redirectUri": self.redirect_uri, "loginHint": self.hint, "codeLength": totp.length,
            "codeLifetime": totp.time_step});
        let values = page(&self.id, &self.client_name, &self.connections, step, None);
        let [title, lead, body] = values;
        let dialog = super::hosted_page::dialog(&self.id, &connection.name, &data);
        let mut response = pages::login(StatusCode::OK, &[title, lead, body, ("dialog", dialog)]);
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.redirects_to
        );
        crate::response::set(
            response.headers_mut(),
            header::CONTENT_SECURITY_POLICY,
            &policy,
        );
        response
    }

    fn page(&self, status: StatusCode, step: &Step, problem: Option<&str>) -> Response {
        let [title, lead, body] = page(
            &self.id,
            &self.client_name,
            &self.connections,
            step,
            problem,
        );
        let none = ("dialog", String::new());
        let mut response = pages::login(status, &[title, lead, body, none]);
        // Browsers apply form-action to the redirect that follows the post as well.
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.redirects_to
        );
        crate::response::set(
            response.headers_mut(),
            header::CONTENT_SECURITY_POLICY,
            &policy,
        );
        response
    }

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
fn explain(error: &super::start_error::StartError) -> String {
    use super::start_error::StartError;
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

/// Expired, finished, or another browser's.
fn lost() -> Response {
    pages::error_page(
        StatusCode::BAD_REQUEST,
        "This login page is no longer good.",
        "It has expired, it was used, or it was opened in another browser. Go back to the application and log in again.",
    )
}
