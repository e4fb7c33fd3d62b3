//! The captcha of a request: whether one is required, whether it was solved, and `POST /passwordless/challenge`.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::cors;
use crate::call::{Call, Turn};
use crate::captcha::{self, MAX_STATE};
use crate::request::Params;
use crate::response::json_response;

/// Whether the caller has to solve a captcha before a message is sent.
pub(super) fn is_wanted(turn: &Turn<'_>) -> bool {
    let store = &*turn.store;
    let protection = &store.config.tenant.attack_protection;
    captcha::is_wanted(protection, &store.attacks, turn.requester.ip, turn.now_ms)
}

/// Whether `sent` is the solution of the captcha of the login `state`. The captcha is deleted in any case.
pub(super) fn is_solved(turn: &mut Turn<'_>, state: Option<&str>, sent: Option<&str>) -> bool {
    let (Some(state), Some(sent)) = (state, sent) else {
        return false;
    };
    turn.store.captchas.solve(state, sent, turn.now_ms)
}

/// A new captcha for the login `state` as a `data:` URL, if one is required.
pub(super) fn picture(turn: &mut Turn<'_>, state: Option<&str>) -> Option<String> {
    let state = state.filter(|state| state.len() <= MAX_STATE)?;
    if !is_wanted(turn) {
        return None;
    }
    let store = &mut *turn.store;
    Some(store.captchas.draw(state, &mut store.random, turn.now_ms))
}

/// `POST /passwordless/challenge` with `{"state"}`: the captcha, if one is required.
pub(crate) async fn challenge(call: Call, body: Bytes) -> Response {
    let params = Params::json(&body).unwrap_or_default();
    let image = call.turn(|turn| picture(turn, params.str("state")));
    let challenge: Value = match image {
        None => json!({"required": false}),
        Some(image) => {
            json!({"required": true, "provider": "auth0", "type": "code", "image": image})
        }
    };
    let mut response = json_response(StatusCode::OK, &challenge);
    cors::allow_start(&call.state, &call.headers, None, &mut response);
    response
}
