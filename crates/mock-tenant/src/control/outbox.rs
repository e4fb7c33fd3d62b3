//! `/_mock/outbox`: reads the sent messages, and waits for the next one.

use std::time::Duration;

use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::{ControlError, done, query};
use crate::post;
use crate::response::{html_response, json_response, set, text_response};
use crate::state::AppState;

/// Longest wait, in seconds.
const MAX_WAIT_S: f64 = 60.0;

/// The Content Security Policy of a shown mail. It allows styles, and no scripts or requests.
const MAIL_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
    style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// `GET /_mock/outbox?to=&after=&within_ms=&wait=`: messages, the newest last. With `wait`, in seconds, it responds as soon as there
/// is a message.
pub(crate) async fn list(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ControlError> {
    let params = query(raw, &["to", "after", "within_ms", "wait"])?;
    let wait_s = match params.str("wait") {
        None => 0.0,
        Some(text) => text
            .trim_end_matches('s')
            .parse::<f64>()
            .ok()
            .filter(|wait| wait.is_finite() && *wait >= 0.0)
            .ok_or_else(|| ControlError::Invalid("`wait` must be a number of seconds".to_owned()))?
            .min(MAX_WAIT_S),
    };
    // The parameter is a duration, so that the caller's clock need not agree with this machine's.
    let from_ms = match params.str("within_ms") {
        None => 0,
        Some(text) => text
            .parse()
            .map(|within_ms| state.clock().machine_ms().saturating_sub(within_ms))
            .map_err(|_| {
                ControlError::Invalid(
                    "`within_ms` must be a whole number of milliseconds".to_owned(),
                )
            })?,
    };
    let select = || {
        let store = state.store();
        let messages = store
            .outbox
            .select(params.str("to"), params.str("after"), from_ms);
        (!messages.is_empty()).then(|| json!(messages))
    };
    // It subscribes before it looks, so that no message is missed.
    let mut changes = state.subscribe();
    let arrival = async {
        loop {
            if let Some(messages) = select() {
                return messages;
            }
            if changes.changed().await.is_err() {
                return Value::Array(Vec::new());
            }
        }
    };
    let messages = if wait_s > 0.0 {
        tokio::time::timeout(Duration::from_secs_f64(wait_s), arrival)
            .await
            .ok()
    } else {
        select()
    };
    let messages = messages.unwrap_or_else(|| Value::Array(Vec::new()));
    Ok(json_response(StatusCode::OK, &messages))
}

/// `GET /_mock/outbox/{id}`
pub(crate) async fn one(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    let store = state.store();
    let message = store.outbox.find(&id).ok_or_else(|| not_found(&id))?;
    Ok(json_response(StatusCode::OK, &json!(message)))
}

/// `DELETE /_mock/outbox/{id}`
pub(crate) async fn remove(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    if !state.store().outbox.remove(&id) {
        return Err(not_found(&id));
    }
    state.announce();
    Ok(done())
}

/// `GET /_mock/outbox/{id}/source`: the mail as a file with all headers, or the text of a text message.
pub(crate) async fn source(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, ControlError> {
    let message = state.store().outbox.find(&id).cloned();
    let message = message.ok_or_else(|| not_found(&id))?;
    if !message.is_mail() {
        return Ok(text_response(StatusCode::OK, message.text));
    }
    let source =
        post::source(&message).map_err(|error| ControlError::Internal(error.to_string()))?;
    Ok(text_response(StatusCode::OK, source))
}

/// `GET /_mock/outbox/{id}/html?images=`: the mail as a page for a sandboxed frame. With `images=load` it may load images from other
/// servers, which then learn that the mail was opened.
pub(crate) async fn html(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ControlError> {
    let params = query(raw, &["images"])?;
    let html = {
        let store = state.store();
        let message = store.outbox.find(&id).ok_or_else(|| not_found(&id))?;
        message
            .html
            .replacen("<head>", "<head><base target=\"_blank\">", 1)
    };
    let policy = match params.str("images") {
        Some("load") => MAIL_POLICY.replace("img-src data:", "img-src data: http: https:"),
        _ => MAIL_POLICY.to_owned(),
    };
    let mut response = html_response(StatusCode::OK, html);
    set(
        response.headers_mut(),
        header::CONTENT_SECURITY_POLICY,
        &policy,
    );
    Ok(response)
}

/// `DELETE /_mock/outbox?to=`
pub(crate) async fn clear(
    State(state): State<AppState>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ControlError> {
    let params = query(raw, &["to"])?;
    state.store().outbox.clear(params.str("to"));
    state.announce();
    Ok(done())
}

fn not_found(id: &str) -> ControlError {
    ControlError::NotFound(format!("message {id}"))
}
