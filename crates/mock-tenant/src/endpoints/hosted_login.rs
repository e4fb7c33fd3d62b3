//! `/login`: the hosted login page, for `/authorize` without a ticket or a session. Plain forms that need no script.
//!
//! <https://auth0.com/docs/authenticate/login/auth0-universal-login>

use axum::extract::RawQuery;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::authorize_request::Destination;
use super::challenge;
use super::hosted_page::{Page, Stage, dialog};
use crate::call::{Call, Step};
use crate::config::{Connection, Strategy};
use crate::hosted::Pending;
use crate::mail::encode_component;
use crate::pages;
use crate::paths::LOGIN;
use crate::request::Params;
use crate::response::{redirect, set_cookie};
use crate::urls::origin_of;

/// The cookie that binds a login page to the browser it was shown in.
pub(crate) const LOGIN_COOKIE: &str = "auth0_login";
/// How many people are offered to log in as.
const MAX_PEOPLE: usize = 20;
/// Life of that cookie in seconds.
const COOKIE_S: u64 = 3_600;

/// Sends a browser that must log in to the page.
pub(super) fn begin(step: &mut Step<'_>, client_id: &str, query: &str) -> Response {
    let known = step.cookie(LOGIN_COOKIE).filter(|value| value.len() == 32);
    let now_ms = step.now_ms;
    let store = &mut *step.store;
    let id = store.random.token::<24>();
    let browser = known.unwrap_or_else(|| store.random.token::<24>());
    store
        .hosted
        .begin(id.clone(), &browser, client_id, query, now_ms);
    let client = encode_component(client_id);
    let base_url = step.base_url();
    let url = format!("{base_url}{LOGIN}?state={id}&client={client}&protocol=oauth2");
    let mut response = redirect(&url);
    let (headers, is_secure) = (response.headers_mut(), step.is_secure());
    set_cookie(headers, is_secure, LOGIN_COOKIE, &browser, COOKIE_S);
    response
}

/// `GET /login?state=`
pub(crate) async fn show(call: Call, RawQuery(query): RawQuery) -> Response {
    let params = Params::form(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let has_dialog = call.state.dialog().is_some();
    call.step(|step| match Login::find(step, &params) {
        Some(login) => login.show(step, params.str("connection"), has_dialog),
        None => lost(),
    })
}

/// The request that a browser's login page is about, when `params` come back from the dialog there: with its ticket.
pub(super) fn resume(step: &mut Step<'_>, params: &Params) -> Option<Params> {
    let (ticket, realm) = (params.str("login_ticket")?, params.str("realm")?);
    let id = params.str("state")?;
    let browser = step.cookie(LOGIN_COOKIE);
    let hosted = &mut step.store.hosted;
    let pending = hosted.of_browser(id, browser.as_deref(), step.now_ms)?;
    let asked = Params::form(pending.query.as_bytes()).ok()?;
    hosted.end(id);
    Some(asked.with("login_ticket", ticket).with("realm", realm))
}

/// A login under way, with all that its page shows.
pub(super) struct Login {
    pub(super) id: String,
    pub(super) pending: Pending,
    pub(super) client_name: String,
    /// Those that the client may use and the request allows; never none.
    pub(super) connections: Vec<Connection>,
    pub(super) hint: Option<String>,
    pub(super) redirect_uri: String,
    /// Where forms of the page may end up.
    pub(super) redirects_to: String,
    /// Ids and names of people to log in as with one press.
    pub(super) people: Vec<(String, String)>,
}

impl Login {
    /// The login that `params` name by its `state`, if it is this browser's.
    pub(super) fn find(step: &mut Step<'_>, params: &Params) -> Option<Self> {
        let id = params.string("state")?;
        let browser = step.cookie(LOGIN_COOKIE);
        let hosted = &mut step.store.hosted;
        let pending = hosted.of_browser(&id, browser.as_deref(), step.now_ms)?;
        let pending = pending.clone();
        let asked = Params::form(pending.query.as_bytes()).ok()?;
        let config = &step.store.config;
        let client = config.client(&pending.client_id)?;
        let wanted = asked.str("connection");
        let connections: Vec<_> = config
            .connections
            .iter()
            .filter(|c| c.is_passwordless() && c.is_enabled_for(&client.client_id))
            .filter(|c| wanted.is_none_or(|wanted| wanted == c.name))
            .cloned()
            .collect();
        if connections.is_empty() {
            return None;
        }
        let (_, destination) = Destination::find(config, step.base_url(), &asked).ok()?;
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
            people: people(step),
        })
    }

    fn show(&self, step: &mut Step<'_>, wanted: Option<&str>, has_dialog: bool) -> Response {
        let stage = match &self.pending.sent {
            Some(sent) if wanted.is_none() => Stage::sent(sent),
            _ => Stage::Address {
                chosen: self
                    .connections
                    .iter()
                    .position(|c| wanted == Some(c.name.as_str())),
                typed: self.hint.clone().unwrap_or_default(),
                captcha: challenge::picture(step, Some(&self.id)),
            },
        };
        // The dialog shows no pictures: where one must be solved, the plain form asks.
        let is_challenged = matches!(
            &stage,
            Stage::Address {
                captcha: Some(_),
                ..
            }
        );
        let is_fresh = !is_challenged && wanted.is_none() && self.pending.sent.is_none();
        if is_fresh && has_dialog {
            return self.with_dialog(&stage);
        }
        self.page(StatusCode::OK, &stage, None)
    }

    /// The page with our own dialog over the plain form.
    fn with_dialog(&self, stage: &Stage) -> Response {
        let by_mail = self
            .connections
            .iter()
            .find(|connection| connection.strategy == Strategy::Email);
        let Some(connection) = by_mail else {
            return self.page(StatusCode::OK, stage, None);
        };
        let totp = &connection.options.totp;
        let data = json!({"clientID": self.pending.client_id, "clientName": self.client_name, "state": self.id, "connection": connection.name,
            "redirectUri": self.redirect_uri, "loginHint": self.hint, "codeLength": totp.length,
            "codeLifetime": totp.time_step});
        let [title, lead, body] = self.words(stage, None).render();
        let dialog = dialog(&self.id, &connection.name, &data);
        let page = pages::login(StatusCode::OK, &[title, lead, body, ("dialog", dialog)]);
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.redirects_to
        );
        with_policy(page, &policy)
    }

    /// The page with its plain form.
    pub(super) fn page(
        &self,
        status: StatusCode,
        stage: &Stage,
        problem: Option<&str>,
    ) -> Response {
        let [title, lead, body] = self.words(stage, problem).render();
        let none = ("dialog", String::new());
        let page = pages::login(status, &[title, lead, body, none]);
        // Browsers apply form-action to the redirect that follows the post as well.
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.redirects_to
        );
        with_policy(page, &policy)
    }

    fn words<'a>(&'a self, stage: &'a Stage, problem: Option<&'a str>) -> Page<'a> {
        Page {
            state: &self.id,
            client_name: &self.client_name,
            connections: &self.connections,
            people: &self.people,
            stage,
            problem,
        }
    }
}

/// People to log in as with one press, where the tenant allows it.
fn people(step: &Step<'_>) -> Vec<(String, String)> {
    if !step.store.config.tenant.login_as {
        return Vec::new();
    }
    let people = step.store.users.all().into_iter();
    let people = people.filter(|user| !user.blocked).take(MAX_PEOPLE);
    people
        .map(|user| (user.user_id.clone(), user.label()))
        .collect()
}

/// `page` under a policy of its own.
fn with_policy(mut page: Response, policy: &str) -> Response {
    let headers = page.headers_mut();
    crate::response::set(headers, header::CONTENT_SECURITY_POLICY, policy);
    page
}

/// Expired, finished, or another browser's.
pub(super) fn lost() -> Response {
    pages::error_page(
        StatusCode::BAD_REQUEST,
        "This login page is no longer good.",
        "It has expired, it was used, or it was opened in another browser. Go back to the application and log in again.",
    )
}
