//! `GET` and `POST /userinfo` (OIDC Core section 5.3).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Map, Value};

use crate::call::{Call, Turn};
use crate::headers::bearer;
use crate::limits::{Allowance, Bucket, TOO_MANY_REQUESTS};
use crate::response::{json_response, oauth_error};
use crate::tokens::{own_claims, profile};

/// `GET` and `POST /userinfo`
pub(crate) async fn userinfo(call: Call) -> Response {
    let (claims, allowance) = call.turn(|turn| match bearer(turn.headers()) {
        Some(token) => claims_of(turn, &token),
        None => (None, None),
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
    // Browsers do not send bearer tokens by themselves, so pages of any origin may call.
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

/// The claims of the person to whom `token` belongs, and the rest of the person's limit.
fn claims_of(turn: &mut Turn<'_>, token: &str) -> (Option<Map<String, Value>>, Option<Allowance>) {
    let store = &mut *turn.store;
    let Some(access) = store.grants.access(token, turn.now_ms) else {
        return (None, None);
    };
    let user = store.users.by_id(&access.user_id);
    let Some(user) = user.filter(|user| !user.blocked) else {
        return (None, None);
    };
    let mut claims = match store.config.client(&access.client_id) {
        Some(client) => own_claims(&store.config, client, user),
        None => Map::new(),
    };
    claims.extend(profile(user, &access.scope));
    let bucket = Bucket::Userinfo(user.user_id.clone());
    let limit = store.config.tenant.userinfo_per_minute;
    let allowance = store.limits.take(bucket, limit, turn.now_ms);
    (Some(claims), allowance)
}
