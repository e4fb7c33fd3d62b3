//! `/_mock/ca.pem`: the certificate of the tenant's certificate authority.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};

use super::ControlError;
use crate::state::AppState;

/// `GET /_mock/ca.pem`
pub(crate) async fn ca(State(state): State<AppState>) -> Result<Response, ControlError> {
    let pem = state.ca_pem().ok_or_else(|| {
        ControlError::NotFound("certificate authority; start with --tls".to_owned())
    })?;
    let headers = [
        ("content-type", "application/x-pem-file"),
        (
            "content-disposition",
            "attachment; filename=\"latchkey-mock-ca.pem\"",
        ),
    ];
    Ok((headers, pem.to_owned()).into_response())
}
