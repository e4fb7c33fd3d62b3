//! Captchas of a request: whether one is wanted, whether it was solved, and `POST /passwordless/challenge`.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::cors;
use crate::call::{Call, Step};
use crate::captcha::{self, MAX_STATE};
use crate::request::Params;
use crate::response::json_response;

/// Whether the caller must solve a picture before a message is sent.
pub(super) fn is_wanted(step: &Step<'_>) -> bool {
    let store = &*step.store;
    let protection = &store.config.tenant.attack_protection;
    captcha::is_wanted(protection, &store.attacks, step.requester.ip, step.now_ms)
}

/// Whether the login `state` came with the right answer to its picture, which is used up by asking.
pub(super) fn is_solved(step: &mut Step<'_>, state: Option<&str>, sent: Option<&str>) -> bool {
    let (Some(state), Some(sent)) = (state, sent) else {
        return false;
    };
    step.store.captchas.solve(state, sent, step.now_ms)
}

/// A new picture for the login `state`, if one must be solved, as a `data:` URL.
pub(super) fn picture(step: &mut Step<'_>, state: Option<&str>) -> Option<String> {
    let state = state.filter(|state| state.len() <= MAX_STATE)?;
    if !is_wanted(step) {
        return None;
    }
    let store = &mut *step.store;
    Some(store.captchas.draw(state, &mut store.random, step.now_ms))
}

/// `POST /passwordless/challenge` with `{"state"}`: the picture to solve, if one must be.
pub(crate) async fn challenge(call: Call, body: Bytes) -> Response {
    let params = Params::json(&body).unwrap_or_default();
    let image = call.step(|step| picture(step, params.str("state")));
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
