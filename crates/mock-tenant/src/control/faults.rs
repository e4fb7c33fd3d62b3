//! `/_mock/faults`, and the middleware that carries out faults.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream;
use serde_json::{Value, json};

use super::{ControlError, done};
use crate::faults::{Facts, Fault, FaultError, check};
use crate::request::Params;
use crate::response::{json_response, text_response};
use crate::state::AppState;

/// The largest body that is read to match a fault.
const MAX_BODY: usize = 64 * 1024;

impl From<FaultError> for ControlError {
    fn from(error: FaultError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// `GET /_mock/faults`
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    json_response(StatusCode::OK, &json!(state.store().faults))
}

/// `POST /_mock/faults`: one fault, or an array of them.
pub(crate) async fn add(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let given: Value =
        serde_json::from_slice(&body).map_err(|error| ControlError::Invalid(error.to_string()))?;
    let faults = check(given)?;
    state.store().faults.extend(faults);
    state.announce();
    Ok(done())
}

/// `DELETE /_mock/faults`
pub(crate) async fn clear(State(state): State<AppState>) -> Response {
    state.store().faults.clear();
    state.announce();
    done()
}

/// `DELETE /_mock/faults/{index}`: deletes one fault. The index counts from 0 in the order of `GET /_mock/faults`.
pub(crate) async fn remove(
    State(state): State<AppState>,
    Path(index): Path<usize>,
) -> Result<Response, ControlError> {
    if !state.store().faults.remove(index) {
        return Err(ControlError::NotFound(format!("fault {index}")));
    }
    state.announce();
    Ok(done())
}

/// Carries out the first fault that matches the request. Without one the request is served as usual.
pub(crate) async fn inject(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if request.method() == "OPTIONS" || state.store().faults.is_empty() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return text_response(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The request body is too large",
        );
    };
    let fault = state.store().faults.take(&facts(&parts, &body));
    let origin = parts.headers.get("origin").cloned();
    let request = Request::from_parts(parts, Body::from(body));
    let Some(fault) = fault else {
        return next.run(request).await;
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    if fault.drop && fault.status.is_none() {
        return dropped(&[]);
    }
    let Some(mut response) = response_of(fault) else {
        return next.run(request).await;
    };
    // Pages of other origins must be able to read the response of a fault.
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert("access-control-allow-origin", origin);
        headers.insert(
            "access-control-allow-credentials",
            HeaderValue::from_static("true"),
        );
    }
    response
}

/// The members of a request by which a fault is chosen. The parameters are those of the body, and then those of the query.
fn facts(parts: &Parts, body: &Bytes) -> Facts {
    let params = Params::json(body)
        .or_else(|_| Params::form(body))
        .ok()
        .into_iter()
        .chain(Params::form(
            parts.uri.query().unwrap_or_default().as_bytes(),
        ));
    let params: Vec<Params> = params.collect();
    let find = |names: &[&str]| {
        let mut found = params
            .iter()
            .flat_map(|p| names.iter().map(|name| p.string(name)));
        found.find_map(|value| value)
    };
    Facts {
        path: parts.uri.path().to_owned(),
        method: parts.method.to_string(),
        client: find(&["client_id"]),
        email: find(&["email", "username"]),
    }
}

/// The response of a fault with a status. `None` if the request is only delayed.
fn response_of(fault: Fault) -> Option<Response> {
    let status = StatusCode::from_u16(fault.status?).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if fault.drop {
        let text = match &fault.body {
            None => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(body) => body.to_string(),
        };
        let half = text.as_bytes().get(..text.len() / 2).unwrap_or_default();
        let mut response = dropped(half);
        *response.status_mut() = status;
        return Some(response);
    }
    Some(match fault.body {
        None => text_response(status, ""),
        Some(Value::String(text)) => text_response(status, text),
        Some(body) => json_response(status, &body),
    })
}

/// A response that sends `sent` and then fails, so that the server closes the connection.
fn dropped(sent: &[u8]) -> Response {
    let sent = (!sent.is_empty()).then(|| Ok(Bytes::copy_from_slice(sent)));
    let failure = Err(std::io::Error::other("a fault drops this connection"));
    Response::new(Body::from_stream(stream::iter(
        sent.into_iter().chain([failure]),
    )))
}
