//! `GET` and `POST /userinfo` (OIDC Core section 5.3).

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use crate::limits::{Bucket, TOO_MANY_REQUESTS};
use crate::request::text;
use crate::response::{json_response, oauth_error};
use crate::state::AppState;
use crate::tokens::profile;

/// `GET` and `POST /userinfo`
pub(crate) async fn userinfo(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let now_ms = state.now_ms();
    let mut allowance = None;
    let claims = bearer(&headers).and_then(|token| {
        let mut guard = state.store();
        let store = &mut *guard;
        let access = store.grants.access(&token, now_ms)?;
        let user = store
            .users
            .by_id(&access.user_id)
            .filter(|user| !user.blocked)?;
        let bucket = Bucket::Userinfo(user.user_id.clone());
        let limit = store.config.tenant.userinfo_per_minute;
        allowance = store.limits.take(bucket, limit, now_ms);
        Some(profile(user, &access.scope))
    });
    let exceeded = allowance.is_some_and(|allowance| allowance.is_exceeded());
    let mut response = if exceeded {
        oauth_error(
            StatusCode::TOO_MANY_REQUESTS,
            "too_many_requests",
            TOO_MANY_REQUESTS,
        )
    } else if let Some(claims) = claims {
        json_response(StatusCode::OK, &Value::Object(claims))
    } else {
        let mut response = oauth_error(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "The access token is missing, unknown or expired",
        );
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static("Bearer error=\"invalid_token\""),
        );
        response
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    // A bearer token is no ambient credential, so any page that holds one may ask.
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

/// `OPTIONS /userinfo`
pub(crate) async fn preflight() -> Response {
    let mut response = json_response(StatusCode::NO_CONTENT, &Value::Null);
    *response.body_mut() = axum::body::Body::empty();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Authorization, Content-Type, Auth0-Client",
        ),
        (header::ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = text(headers, "authorization")?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim().to_owned())
}
