//! The limit of the whole authentication API for all callers together, which Auth0 calls the global limit.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;

use crate::limits::Bucket;
use crate::logs::{Event, Type};
use crate::pages;
use crate::paths;
use crate::request::Requester;
use crate::response::json_response;
use crate::state::AppState;

/// The text of the error.
pub(crate) const GLOBAL_LIMIT: &str = "Global limit has been reached";

/// The endpoints for programs. Their error is JSON in the shape of the Management API.
const PROGRAMS: [&str; 7] = [
    paths::CO_AUTHENTICATE,
    paths::REVOKE,
    paths::TOKEN,
    paths::CHALLENGE,
    paths::START,
    paths::VERIFY,
    paths::USERINFO,
];

/// The endpoints to which browsers navigate. Their error is a page.
const BROWSERS: [&str; 5] = [
    paths::AUTHORIZE,
    paths::OIDC_LOGOUT,
    paths::VERIFY_REDIRECT_DASHED,
    paths::VERIFY_REDIRECT,
    paths::LOGOUT,
];

/// Counts a call, and refuses it beyond the limit. Preflights are not counted, because browsers send them by themselves.
pub(crate) async fn limit(
    State(state): State<AppState>,
    requester: Requester,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let is_program = PROGRAMS.contains(&path);
    if request.method() == Method::OPTIONS || !(is_program || BROWSERS.contains(&path)) {
        return next.run(request).await;
    }
    let allowance = {
        let mut guard = state.store();
        let store = &mut *guard;
        let now_ms = state.now_ms();
        let per_minute = store.config.tenant.requests_per_minute;
        let allowance = store.limits.take(Bucket::Tenant, per_minute, now_ms);
        if allowance.is_some_and(|allowance| allowance.is_exceeded()) {
            let event = Event {
                description: GLOBAL_LIMIT,
                ..Event::new(Type::ApiLimit)
            };
            store
                .logs
                .push(&event, &requester.log, &mut store.random, now_ms);
        }
        allowance
    };
    let Some(allowance) = allowance else {
        return next.run(request).await;
    };
    if !allowance.is_exceeded() {
        let mut response = next.run(request).await;
        // The headers of an endpoint's own limit are kept.
        if !response.headers().contains_key("x-ratelimit-limit") {
            allowance.write(response.headers_mut());
        }
        return response;
    }
    state.announce();
    let mut response = if is_program {
        let body = json!({"statusCode": 429, "error": "Too Many Requests", "message": GLOBAL_LIMIT,
            "errorCode": "too_many_requests"});
        json_response(StatusCode::TOO_MANY_REQUESTS, &body)
    } else {
        pages::error_page(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many requests.",
            GLOBAL_LIMIT,
        )
    };
    allowance.write(response.headers_mut());
    response
}
