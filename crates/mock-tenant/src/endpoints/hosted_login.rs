//! `/login`: the hosted login page, to which `/authorize` leads without a ticket or a session. Its forms need no script.
//!
//! <https://auth0.com/docs/authenticate/login/auth0-universal-login>

use axum::extract::RawQuery;
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::authorize_request::Destination;
use super::challenge;
use super::hosted_page::{Page, Stage, dialog};
use crate::call::{Call, Turn};
use crate::config::{Connection, Strategy};
use crate::hosted::Pending;
use crate::mail::encode_component;
use crate::pages;
use crate::paths::LOGIN;
use crate::request::Params;
use crate::response::{redirect, set_cookie};
use crate::urls::origin_of;

/// The cookie that binds a login page to its browser.
pub(crate) const LOGIN_COOKIE: &str = "auth0_login";
/// The greatest number of people with a button to log in as them.
const MAX_PEOPLE: usize = 20;
/// The lifetime of the login page's cookie in seconds.
const COOKIE_S: u64 = 3_600;

/// Begins a login, and redirects the browser to the page.
pub(super) fn begin(turn: &mut Turn<'_>, client_id: &str, query: &str) -> Response {
    let known = turn.cookie(LOGIN_COOKIE).filter(|value| value.len() == 32);
    let now_ms = turn.now_ms;
    let store = &mut *turn.store;
    let id = store.random.token::<24>();
    let browser = known.unwrap_or_else(|| store.random.token::<24>());
    store
        .hosted
        .begin(id.clone(), &browser, client_id, query, now_ms);
    let client = encode_component(client_id);
    let base_url = turn.base_url();
    let url = format!("{base_url}{LOGIN}?state={id}&client={client}&protocol=oauth2");
    let mut response = redirect(&url);
    let (headers, is_secure) = (response.headers_mut(), turn.is_secure());
    set_cookie(headers, is_secure, LOGIN_COOKIE, &browser, COOKIE_S);
    response
}

/// `GET /login?state=`
pub(crate) async fn show(call: Call, RawQuery(query): RawQuery) -> Response {
    let params = Params::form(query.unwrap_or_default().as_bytes()).unwrap_or_default();
    let has_dialog = call.state.dialog().is_some();
    call.turn(|turn| match Login::find(turn, &params) {
        Some(login) => login.show(turn, params.str("connection"), has_dialog),
        None => lost(),
    })
}

/// The request of the application, if `params` come from the dialog on the login page. The ticket in `params` is added to it.
pub(super) fn resume(turn: &mut Turn<'_>, params: &Params) -> Option<Params> {
    let (ticket, realm) = (params.str("login_ticket")?, params.str("realm")?);
    let id = params.str("state")?;
    let browser = turn.cookie(LOGIN_COOKIE);
    let hosted = &mut turn.store.hosted;
    let pending = hosted.of_browser(id, browser.as_deref(), turn.now_ms)?;
    let asked = Params::form(pending.query.as_bytes()).ok()?;
    hosted.end(id);
    Some(asked.with("login_ticket", ticket).with("realm", realm))
}

/// A login at the page, with everything that the page shows.
pub(super) struct Login {
    pub(super) id: String,
    pub(super) pending: Pending,
    pub(super) client_name: String,
    /// The connections that the client may use and the request allows. There is at least one.
    pub(super) connections: Vec<Connection>,
    pub(super) hint: Option<String>,
    pub(super) redirect_uri: String,
    /// The origin to which forms of the page may redirect.
    pub(super) redirects_to: String,
    /// IDs and names of the people with a button to log in as them.
    pub(super) people: Vec<(String, String)>,
}

impl Login {
    /// The login with the `state` in `params`, if this browser has begun it.
    pub(super) fn find(turn: &mut Turn<'_>, params: &Params) -> Option<Self> {
        let id = params.string("state")?;
        let browser = turn.cookie(LOGIN_COOKIE);
        let hosted = &mut turn.store.hosted;
        let pending = hosted.of_browser(&id, browser.as_deref(), turn.now_ms)?;
        let pending = pending.clone();
        let asked = Params::form(pending.query.as_bytes()).ok()?;
        let config = &turn.store.config;
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
        let (_, destination) = Destination::find(config, turn.base_url(), &asked).ok()?;
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
            people: people(turn),
        })
    }

    fn show(&self, turn: &mut Turn<'_>, wanted: Option<&str>, has_dialog: bool) -> Response {
        let stage = match &self.pending.sent {
            Some(sent) if wanted.is_none() => Stage::sent(sent),
            _ => Stage::Address {
                chosen: self
                    .connections
                    .iter()
                    .position(|c| wanted == Some(c.name.as_str())),
                typed: self.hint.clone().unwrap_or_default(),
                captcha: challenge::picture(turn, Some(&self.id)),
            },
        };
        // The dialog shows no captchas on this page, so the plain form is shown if one is required.
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

    /// The page with Latchkey's dialog over the plain form.
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
        // Browsers apply form-action to the redirect after the post, too.
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

/// The people with a button to log in as them, if the tenant's settings allow it.
fn people(turn: &Turn<'_>) -> Vec<(String, String)> {
    if !turn.store.config.tenant.login_as {
        return Vec::new();
    }
    let people = turn.store.users.all().into_iter();
    let people = people.filter(|user| !user.blocked).take(MAX_PEOPLE);
    people
        .map(|user| (user.user_id.clone(), user.label()))
        .collect()
}

/// `page` with another Content Security Policy.
fn with_policy(mut page: Response, policy: &str) -> Response {
    let headers = page.headers_mut();
    crate::response::set(headers, header::CONTENT_SECURITY_POLICY, policy);
    page
}

/// The page for a login that has expired, has ended, or belongs to another browser.
pub(super) fn lost() -> Response {
    pages::error_page(
        StatusCode::BAD_REQUEST,
        "This login page is no longer good.",
        "It has expired, it was used, or it was opened in another browser. Go back to the application and log in again.",
    )
}
