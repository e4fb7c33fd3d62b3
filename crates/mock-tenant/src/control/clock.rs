//! `/_mock/clock`: move the tenant's time.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::ControlError;
use crate::clock::rfc3339;
use crate::response::json_response;
use crate::state::AppState;

/// What to do with the clock; both may be said at once.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Seconds to move on by; time does not run back, since what has expired must stay so.
    advance_s: Option<f64>,
    /// Stop, or run on.
    freeze: Option<bool>,
}

/// `GET /_mock/clock`
pub(crate) async fn read(State(state): State<AppState>) -> Response {
    let reading = state.clock().reading();
    let body = json!({
        "now": rfc3339(reading.now_ms),
        "now_ms": reading.now_ms,
        "offset_ms": reading.offset_ms,
        "frozen": reading.frozen,
    });
    json_response(StatusCode::OK, &body)
}

/// `POST /_mock/clock` with `{"advance_s": 181}` or `{"freeze": true}`
pub(crate) async fn set(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let change: Change = serde_json::from_slice(&body).map_err(|error| {
        ControlError::Invalid(format!(
            "expected {{\"advance_s\": seconds}} or {{\"freeze\": true}}: {error}"
        ))
    })?;
    if let Some(freeze) = change.freeze {
        state.clock().freeze(freeze);
    }
    if let Some(seconds) = change.advance_s {
        let ms = std::time::Duration::try_from_secs_f64(seconds)
            .ok()
            .and_then(|span| u64::try_from(span.as_millis()).ok())
            .ok_or_else(|| {
                ControlError::Invalid(
                    "`advance_s` must be a number of seconds, 0 or more".to_owned(),
                )
            })?;
        state.clock().advance_ms(ms);
    }
    state.announce();
    Ok(read(State(state)).await)
}
