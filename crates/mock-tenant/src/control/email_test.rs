//! `/_mock/email-provider/test`: sends a test mail through the e-mail provider and reports whether that worked.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::{ControlError, done};
use crate::address::{is_email, normalise};
use crate::config::Strategy;
use crate::mail::{notice, transport};
use crate::state::AppState;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// E-mail address.
    to: String,
}

/// `POST /_mock/email-provider/test` with `{"to": "ada@example.com"}`: waits until the mail is sent, or responds with the reason.
pub(crate) async fn send(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let request: Request = serde_json::from_slice(&body)
        .map_err(|error| ControlError::Invalid(format!("expected {{\"to\": address}}: {error}")))?;
    let to = normalise(Strategy::Email, &request.to);
    if !is_email(&to) {
        let text = format!(
            "field `to` is not valid: {}; write it as ada@example.com",
            request.to
        );
        return Err(ControlError::Invalid(text));
    }
    let now_ms = state.now_ms();
    let sent = {
        let mut guard = state.store();
        let store = &mut *guard;
        let message = notice::test(store, &to, now_ms);
        transport::address(store, message, now_ms)
    };
    state.announce();
    let outgoing = sent.map_err(|error| ControlError::Unsent(error.to_string()))?;
    if let Some(outgoing) = outgoing {
        let sending = tokio::task::spawn_blocking(move || outgoing.send());
        sending
            .await
            .map_err(|error| ControlError::Internal(error.to_string()))?
            .map_err(|error| ControlError::Unsent(error.to_string()))?;
    }
    Ok(done())
}
