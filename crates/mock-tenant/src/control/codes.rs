//! `/_mock/codes/expire`: makes a code expire without moving the tenant's clock, which would be ahead of the application's.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use super::{ControlError, done};
use crate::address::normalise;
use crate::codes::Addressee;
use crate::state::AppState;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// Address or number.
    to: String,
}

/// `POST /_mock/codes/expire` with `{"to": "ada@example.com"}`
pub(crate) async fn expire(
    State(state): State<AppState>,
    body: Bytes,
) -> Result<Response, ControlError> {
    let request: Request = serde_json::from_slice(&body).map_err(|error| {
        ControlError::Invalid(format!("expected {{\"to\": address or number}}: {error}"))
    })?;
    end(&state, &request.to)?;
    Ok(done())
}

/// Makes all codes of the address or number `to` expire, in every connection.
pub(crate) fn end(state: &AppState, to: &str) -> Result<(), ControlError> {
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let mut found = false;
    for connection in &store.config.connections {
        let who = Addressee {
            connection: connection.name.clone(),
            address: normalise(connection.strategy, to),
        };
        if store.codes.expire(&who, now_ms) {
            found = true;
            store.outbox.expire(&who, now_ms);
        }
    }
    if !found {
        return Err(ControlError::NotFound(format!(
            "code of {to} that is alive"
        )));
    }
    drop(guard);
    state.announce();
    Ok(())
}
