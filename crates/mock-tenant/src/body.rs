//! Reads the body of each request before its handler runs, with limits for size and time.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::response::oauth_error;

/// Largest request body, in bytes.
const MAX: usize = 64 * 1024;
/// Largest snapshot, in bytes.
const MAX_SNAPSHOT: usize = 32 * 1024 * 1024;
/// The time in which a caller has to send the body.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads the whole body before the handler runs, so that a slow body cannot stop a handler halfway. Refuses a body that is too
/// large or too slow.
pub(crate) async fn read(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let max = if parts.uri.path() == "/_mock/snapshot" {
        MAX_SNAPSHOT
    } else {
        MAX
    };
    let announced = parts
        .headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > max) {
        return too_large(max);
    }
    match tokio::time::timeout(PATIENCE, to_bytes(body, max)).await {
        Ok(Ok(bytes)) => {
            let request = Request::from_parts(parts, Body::from(bytes));
            next.run(request).await
        }
        Ok(Err(_)) => too_large(max),
        Err(_) => oauth_error(
            StatusCode::REQUEST_TIMEOUT,
            "invalid_request",
            "The request body did not come in time",
        ),
    }
}

fn too_large(max: usize) -> Response {
    let text = format!("The request body is larger than {max} bytes");
    oauth_error(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request", &text)
}
