//! `GET /`: the start page. It shows who is logged in, or the ways to log in.

use std::time::Duration;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use tokio::time::timeout;

use crate::{pages, state::AppState};

/// How long the page waits for a response of the tenant.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shows the start page. If the tenant does not respond, this page says what to do.
pub async fn show(State(app): State<AppState>, jar: CookieJar) -> Response {
    let (settings, now) = (&app.settings, app.clock.now());
    if let Some(session) = app.sessions.find(&jar, &settings.base_url, now) {
        return pages::logged_in(&session).into_response();
    }
    // A tenant on this machine is often stopped, and responds at once. So it is asked each time. Another tenant is asked
    // once an hour.
    let answer = async {
        if settings.domain.is_local() {
            app.tenant.probe(settings, now).await
        } else {
            app.tenant.metadata(settings, now).await.map(drop)
        }
    };
    let up = matches!(timeout(PATIENCE, answer).await, Ok(Ok(())));
    pages::logged_out(settings, !up).into_response()
}
