//! `GET /v2/logout`: ends the session at the tenant.
//!
//! <https://auth0.com/docs/api/authentication/logout>

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::authorize::SESSION_COOKIE;
use crate::logs::{Event, Type};
use crate::pages;
use crate::request::{Params, Requester, cookie};
use crate::response::{redirect, set_cookie, text_response};
use crate::state::{AppState, Store};
use crate::urls::logout_allowed;

/// Where to go after the session is gone.
enum Next {
    /// A URL that is on the list.
    Return(String),
    /// Nothing was asked for, and nothing is listed.
    Stay,
    /// A URL that is not on the list; never followed.
    Refuse(String),
    UnknownClient(String),
}

/// `GET /v2/logout`
pub(crate) async fn logout(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let params = Params::form(query.unwrap_or_default().as_bytes());
    let next = {
        let now_ms = state.now_ms();
        let mut guard = state.store();
        let store = &mut *guard;
        let session = cookie(&headers, SESSION_COOKIE).and_then(|id| store.sessions.end(&id));
        if let Some(session) = session {
            let event = Event {
                description: "User successfully logged out",
                connection: &session.connection,
                user_id: &session.user_id,
                ..Event::new(Type::Slo)
            };
            store
                .logs
                .push(&event, &requester.log, &mut store.random, now_ms);
        }
        match params {
            Ok(params) => next(store, &params),
            Err(error) => Next::Refuse(error.to_string()),
        }
    };
    state.announce();
    let mut response = match next {
        Next::Return(url) => redirect(&url),
        Next::Stay => text_response(StatusCode::OK, "OK"),
        Next::Refuse(url) => pages::error_page(
            StatusCode::BAD_REQUEST,
            "Logout URL mismatch.",
            &format!(
                "The returnTo \"{url}\" is not in the list of allowed logout URLs. Add it to the application's (or, without a client_id, the tenant's) Allowed Logout URLs."
            ),
        ),
        Next::UnknownClient(id) => pages::error_page(
            StatusCode::BAD_REQUEST,
            "Unknown client.",
            &format!("Unknown client: {id}"),
        ),
    };
    // The cookie goes even when the return is refused: the person asked to be logged out.
    set_cookie(
        response.headers_mut(),
        state.is_secure(),
        SESSION_COOKIE,
        "",
        0,
    );
    response
}

fn next(store: &Store, params: &Params) -> Next {
    let client_id = params.str("client_id");
    let allowed = match client_id {
        None => &store.config.tenant.allowed_logout_urls,
        Some(id) => match store.config.client(id) {
            Some(client) => &client.allowed_logout_urls,
            None => return Next::UnknownClient(id.to_owned()),
        },
    };
    match params.str("returnTo") {
        Some(url) if logout_allowed(allowed, url) => Next::Return(url.to_owned()),
        Some(url) => Next::Refuse(url.to_owned()),
        None => match allowed
            .first()
            .filter(|url| client_id.is_some() && !url.contains('*'))
        {
            Some(first) => Next::Return(first.clone()),
            None => Next::Stay,
        },
    }
}
