//! `/login`: the hosted login page, for `/authorize` without a ticket or a session. Plain forms that need no script.
//!
//! <https://auth0.com/docs/authenticate/login/auth0-universal-login>

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use super::authorize_request::Destination;
use super::hosted_page::{Step, page};
use crate::captcha;
use crate::config::{Connection, Strategy};
use crate::hosted::Pending;
use crate::mail::encode_component;
use crate::pages;
use crate::request::{Params, Requester, cookie};
use crate::response::{redirect, set_cookie};
use crate::state::AppState;
use crate::urls::origin_of;

/// The cookie that binds a login page to the browser it was shown in.
pub(crate) const LOGIN_COOKIE: &str = "auth0_login";
/// Life of that cookie in seconds.
const COOKIE_S: u64 = 3_600;

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
}

impl Login {
    pub(super) fn find(state: &AppState, headers: &HeaderMap, params: &Params) -> Option<Self> {
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
    pub(super) fn captcha(&self, state: &AppState, requester: &Requester) -> Option<String> {
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
        let [title, lead, body] = page(&self.id, &self.client_name, &self.connections, step, None);
        let dialog = super::hosted_page::dialog(&self.id, &connection.name, &data);
        let page = pages::login(StatusCode::OK, &[title, lead, body, ("dialog", dialog)]);
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.redirects_to
        );
        with_policy(page, &policy)
    }

    pub(super) fn page(&self, status: StatusCode, step: &Step, problem: Option<&str>) -> Response {
        let [title, lead, body] = page(
            &self.id,
            &self.client_name,
            &self.connections,
            step,
            problem,
        );
        let none = ("dialog", String::new());
        let page = pages::login(status, &[title, lead, body, none]);
        // Browsers apply form-action to the redirect that follows the post as well.
        let policy = format!(
            "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self' {}; frame-ancestors 'none'",
            self.redirects_to
        );
        with_policy(page, &policy)
    }
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
