//! Cross-origin requests: which origins may call, and the CORS headers of the responses.
//!
//! <https://auth0.com/docs/get-started/applications/set-up-cors>: `/passwordless/start` is open to the origins of a
//! client's callbacks and its Allowed Origins, without credentials; `/co/authenticate` to its Allowed Web Origins, with.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::call::Call;
use crate::config::{Client, Config};
use crate::headers::text;
use crate::logs::{Event, Type};
use crate::response::set;
use crate::state::AppState;
use crate::urls::{Scope, origin_allowed, origin_of};

/// The headers that SDKs send.
const ALLOWED_HEADERS: &str = "Content-Type, Auth0-Client, X-Request-Language, auth0-forwarded-for";

/// The lists of a client in which an origin is looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lists {
    Cors,
    WebOrigins,
}

impl Lists {
    /// The name of the lists in Auth0's log.
    fn behavior(self) -> &'static str {
        match self {
            Self::Cors => "CORS",
            Self::WebOrigins => "WEB ORIGIN",
        }
    }

    /// The names of the lists in Auth0's dashboard.
    fn names(self) -> &'static str {
        match self {
            Self::Cors => "Allowed Callback URLs or Allowed Origins (CORS)",
            Self::WebOrigins => "Allowed Web Origins",
        }
    }
}

/// `OPTIONS /passwordless/start`
pub(crate) async fn preflight_start(call: Call) -> Response {
    let mut response = preflight();
    if !allow_start(&call.state, &call.headers, None, &mut response) {
        log_refused(&call, None, Lists::Cors);
    }
    response
}

/// `OPTIONS /co/authenticate`
pub(crate) async fn preflight_co_authenticate(call: Call) -> Response {
    let mut response = preflight();
    if !allow_co_authenticate(&call.state, &call.headers, None, &mut response) {
        log_refused(&call, None, Lists::WebOrigins);
    }
    response
}

/// Logs the origin of a page that is not listed, with the text of Auth0's log. If no client lists it, the preflight is refused and
/// the browser sends no request, so this entry is the only trace of the page.
pub(crate) fn log_refused(call: &Call, client_id: Option<&str>, lists: Lists) {
    let own = origin_of(call.state.base_url());
    let Some(origin) = call
        .header("origin")
        .filter(|origin| own.as_ref() != Some(origin))
    else {
        return;
    };
    let behavior = lists.behavior();
    let description =
        format!("Origin {origin} is not allowed. Behavior used for check: {behavior}");
    let remedy = format!("Add {origin} to the client's {}.", lists.names());
    tracing::warn!("{description}. {remedy}");
    call.turn(|turn| {
        turn.log(&Event {
            description: &description,
            client_id: client_id.unwrap_or_default(),
            details: json!({"origin": origin, "remedy": remedy}),
            ..Event::new(Type::Fco)
        });
    });
}

/// Allows a page of a listed origin to read the response of `/passwordless/start`.
///
/// Without a `client_id`, as in a preflight, the origin may be on the list of any client.
pub(crate) fn allow_start(
    state: &AppState,
    headers: &HeaderMap,
    client_id: Option<&str>,
    response: &mut Response,
) -> bool {
    let allows = |config: &Config, client: &Client, origin: &str| {
        let scope = Scope::of(config, client);
        let callbacks = client.callbacks.iter().filter_map(|url| origin_of(url));
        let callbacks: Vec<String> = callbacks.collect();
        origin_allowed(
            callbacks.iter().chain(&client.allowed_origins),
            origin,
            &scope,
        )
    };
    allow(state, headers, client_id, allows, response)
}

/// Allows a page of a listed web origin to read the response of `/co/authenticate`, and its browser to keep the cookie.
pub(crate) fn allow_co_authenticate(
    state: &AppState,
    headers: &HeaderMap,
    client_id: Option<&str>,
    response: &mut Response,
) -> bool {
    let allows = |config: &Config, client: &Client, origin: &str| {
        origin_allowed(&client.web_origins, origin, &Scope::of(config, client))
    };
    let allowed = allow(state, headers, client_id, allows, response);
    if allowed {
        response.headers_mut().insert(
            header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
            HeaderValue::from_static("true"),
        );
    }
    allowed
}

fn allow(
    state: &AppState,
    headers: &HeaderMap,
    client_id: Option<&str>,
    allows: impl Fn(&Config, &Client, &str) -> bool,
    response: &mut Response,
) -> bool {
    let response = response.headers_mut();
    response.append(header::VARY, HeaderValue::from_static("Origin"));
    let Some(origin) = text(headers, "origin") else {
        return false;
    };
    let store = state.store();
    let allowed =
        candidates(&store.config, client_id).any(|client| allows(&store.config, client, &origin));
    if allowed {
        set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, &origin);
        let exposed = &store.config.tenant.cors_expose_headers;
        if !exposed.is_empty() {
            let exposed = exposed.join(", ");
            set(response, header::ACCESS_CONTROL_EXPOSE_HEADERS, &exposed);
        }
    }
    allowed
}

fn candidates<'a>(
    config: &'a Config,
    client_id: Option<&'a str>,
) -> impl Iterator<Item = &'a Client> {
    let known = client_id.and_then(|id| config.client(id)).is_some();
    let named = move |client: &&Client| !known || Some(client.client_id.as_str()) == client_id;
    config.clients.iter().filter(named)
}

fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
