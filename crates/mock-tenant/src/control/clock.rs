//! `/_mock/clock`: reads and moves the tenant's clock.

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

/// The greatest move of the clock by one call, in seconds: about 3,000 years.
const MAX_ADVANCE_S: f64 = 1e11;

/// The changes of the clock. If a call has several, they are applied in this order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Sets the clock to the machine's time, running.
    #[serde(default)]
    reset: bool,
    /// Stops the clock, or lets it run.
    freeze: Option<bool>,
    /// Seconds to move by. A negative number moves back, and codes and tokens that have expired in between are valid again.
    advance_s: Option<f64>,
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

/// `POST /_mock/clock` with `{"advance_s": 181}`, `{"freeze": true}` or `{"reset": true}`
pub(crate) async fn set(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let change: Change = serde_json::from_slice(&body).map_err(|error| {
        ControlError::Invalid(format!(
            "expected {{\"advance_s\": seconds}}, {{\"freeze\": true}} or {{\"reset\": true}}: {error}"
        ))
    })?;
    let advance_ms = change.advance_s.map(milliseconds).transpose()?;
    if change.reset {
        state.clock().reset();
    }
    if let Some(freeze) = change.freeze {
        state.clock().freeze(freeze);
    }
    if let Some(ms) = advance_ms {
        state.clock().advance_ms(ms);
    }
    let reading = state.clock().reading();
    if reading.frozen || reading.offset_ms != 0 {
        tracing::warn!(
            "the tenant's clock is not the machine's ({} ms apart{}): applications may take its tokens for ones from the future, or too old",
            reading.offset_ms,
            if reading.frozen { ", and stopped" } else { "" }
        );
    }
    state.announce();
    Ok(read(State(state)).await)
}

fn milliseconds(seconds: f64) -> Result<i64, ControlError> {
    if !seconds.is_finite() || seconds.abs() > MAX_ADVANCE_S {
        return Err(ControlError::Invalid(format!(
            "`advance_s` must be a number of seconds between -{MAX_ADVANCE_S} and {MAX_ADVANCE_S}"
        )));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the range was checked, and fractions of a millisecond do not matter"
    )]
    Ok((seconds * 1_000.0).round() as i64)
}
