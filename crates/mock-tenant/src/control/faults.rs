//! Scripted failures: `/_mock/faults`, and the layer that carries them out.

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::stream;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ControlError, done};
use crate::request::Params;
use crate::response::{json_response, text_response};
use crate::state::AppState;

/// Largest body that is read to match on.
const MAX_BODY: usize = 64 * 1024;

/// A failure to come.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Fault {
    /// Which requests; what is left out matches all.
    #[serde(rename = "match")]
    matches: Match,
    /// How often; left out: until the faults are cleared.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    /// Milliseconds to wait first, in real time. Alone: the request is then served as usual.
    delay_ms: u64,
    /// Answer with this status instead of serving the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// Body of the answer: JSON, or text.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    /// Close the connection: at once, or with `status` half-way through the body.
    drop: bool,
}

/// Which requests a fault meets.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Match {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// `client_id` in query or body.
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    /// `email` or `username` in query or body.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// All faults to come, in the order in which they were added; the first that matches is carried out.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub(crate) fn extend(&mut self, faults: Vec<Fault>) {
        self.0.extend(faults);
    }

    fn take(&mut self, request: &Facts) -> Option<Fault> {
        let index = self
            .0
            .iter()
            .position(|fault| fault.matches.meets(request))?;
        let fault = self.0.get_mut(index)?;
        let taken = fault.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.0.remove(index);
            }
        }
        Some(taken)
    }
}

/// What of a request can be matched on.
#[derive(Debug)]
struct Facts {
    path: String,
    method: String,
    client: Option<String>,
    email: Option<String>,
}

impl Match {
    fn meets(&self, request: &Facts) -> bool {
        let same = |wanted: &Option<String>, actual: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| {
                actual.is_some_and(|actual| wanted.eq_ignore_ascii_case(actual))
            })
        };
        same(&self.path, Some(&request.path))
            && same(&self.method, Some(&request.method))
            && same(&self.client, request.client.as_deref())
            && same(&self.email, request.email.as_deref())
    }
}

/// `GET /_mock/faults`
pub(crate) async fn list(State(state): State<AppState>) -> Response {
    json_response(StatusCode::OK, &json!(state.store().faults.0))
}

/// `POST /_mock/faults`: one fault, or an array of them.
pub(crate) async fn add(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let given: Value = serde_json::from_slice(&body).map_err(|error| invalid(&error))?;
    let faults = check(given)?;
    state.store().faults.extend(faults);
    state.announce();
    Ok(done())
}

/// Faults in the form of the control API: one, or an array of them.
pub(crate) fn check(given: Value) -> Result<Vec<Fault>, ControlError> {
    let given = if given.is_array() {
        given
    } else {
        json!([given])
    };
    let faults: Vec<Fault> = serde_json::from_value(given).map_err(|error| invalid(&error))?;
    for fault in &faults {
        if fault.times == Some(0) {
            return Err(ControlError::Invalid(
                "`times` must be 1 or more, or left out".to_owned(),
            ));
        }
        if fault
            .status
            .is_some_and(|status| !(200..=599).contains(&status))
        {
            return Err(ControlError::Invalid(
                "`status` must be 200 to 599".to_owned(),
            ));
        }
        if fault.status.is_none() && !fault.drop && fault.delay_ms == 0 {
            return Err(ControlError::Invalid(
                "a fault must do something: give `status`, `delay_ms` or `drop`".to_owned(),
            ));
        }
    }
    Ok(faults)
}

fn invalid(error: &serde_json::Error) -> ControlError {
    ControlError::Invalid(format!(
        "expected {{match: {{path, method, client, email}}, times, delay_ms, status, body, drop}}: {error}"
    ))
}

/// `DELETE /_mock/faults`
pub(crate) async fn clear(State(state): State<AppState>) -> Response {
    state.store().faults.0.clear();
    state.announce();
    done()
}

/// Carries out the first fault that matches; without one the request goes on untouched.
pub(crate) async fn inject(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if request.method() == "OPTIONS" || state.store().faults.0.is_empty() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return text_response(
            StatusCode::PAYLOAD_TOO_LARGE,
            "The request body is too large",
        );
    };
    let params = Params::json(&body)
        .or_else(|_| Params::form(&body))
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
    let facts = Facts {
        path: parts.uri.path().to_owned(),
        method: parts.method.to_string(),
        client: find(&["client_id"]),
        email: find(&["email", "username"]),
    };
    let fault = state.store().faults.take(&facts);
    let origin = parts.headers.get("origin").cloned();
    let request = Request::from_parts(parts, Body::from(body));
    let Some(fault) = fault else {
        return next.run(request).await;
    };
    tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    let mut response = match (fault.drop, fault.status) {
        (true, None) => return dropped(&[]),
        (true, Some(status)) => {
            let text = match &fault.body {
                None => String::new(),
                Some(Value::String(text)) => text.clone(),
                Some(body) => body.to_string(),
            };
            let half = text.as_bytes().get(..text.len() / 2).unwrap_or_default();
            let mut response = dropped(half);
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
            response
        }
        (false, None) => return next.run(request).await,
        (false, Some(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            match fault.body {
                None => text_response(status, ""),
                Some(Value::String(text)) => text_response(status, text),
                Some(body) => json_response(status, &body),
            }
        }
    };
    // A page must be able to read the failure that was scripted for it.
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

/// `sent`, and then a failure, at which the server closes the connection.
fn dropped(sent: &[u8]) -> Response {
    let sent = (!sent.is_empty()).then(|| Ok(Bytes::copy_from_slice(sent)));
    let failure = Err(std::io::Error::other("a fault drops this connection"));
    Response::new(Body::from_stream(stream::iter(
        sent.into_iter().chain([failure]),
    )))
}
