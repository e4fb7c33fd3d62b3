//! `/_mock/clients/{client_id}/sample.zip`: the sample web app to take home.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse as _, Response};

use super::{ControlError, query};
use crate::sample::{self, SampleError, SampleKind};
use crate::state::AppState;

/// `GET /_mock/clients/{client_id}/sample.zip?kind=rust|node|spa`
pub(crate) async fn download(
    State(state): State<AppState>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, ControlError> {
    let params = query(raw, &["kind"])?;
    let kind = params.str("kind").and_then(SampleKind::parse);
    let kind =
        kind.ok_or_else(|| ControlError::Invalid("`kind` must be rust, node or spa".to_owned()))?;
    let zip = archive(&state, &id, kind)?;
    let name = format!(
        "attachment; filename=\"latchkey-sample-{}.zip\"",
        kind.name()
    );
    let headers = [
        ("content-type", "application/zip".to_owned()),
        ("content-disposition", name),
        // It holds the client's secret.
        ("cache-control", "no-store".to_owned()),
    ];
    Ok((headers, zip).into_response())
}

/// The step of [`download`].
pub(crate) fn archive(
    state: &AppState,
    id: &str,
    kind: SampleKind,
) -> Result<Vec<u8>, ControlError> {
    let client = {
        let store = state.store();
        let clients = &store.config.clients;
        clients
            .iter()
            .find(|client| client.client_id == id)
            .cloned()
    };
    let client = client.ok_or_else(|| ControlError::NotFound(format!("client {id}")))?;
    sample::zip(&client, state.base_url(), kind).map_err(|error| match error {
        SampleError::NoSecret(_) | SampleError::Secret(_) => {
            ControlError::Invalid(error.to_string())
        }
        SampleError::Zip(_) => ControlError::Internal(error.to_string()),
    })
}
