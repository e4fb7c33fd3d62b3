//! Who may call the control API: programs and people on this machine, but no page of another origin.

use std::net::SocketAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::request::{peer, text};
use crate::response::oauth_error;
use crate::state::AppState;

/// Refuses callers from elsewhere.
///
/// Besides the caller's address this looks at `Host` (a name that resolves to loopback is how DNS rebinding gets in)
/// and at `Origin` (a page of another origin could post, though not read).
pub(crate) async fn local_only(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let peer = peer(&mut parts).await;
    let request = Request::from_parts(parts, body);
    match refusal(&state, peer, request.headers()) {
        None => next.run(request).await,
        Some(reason) => oauth_error(StatusCode::FORBIDDEN, "access_denied", reason),
    }
}

fn refusal(
    state: &AppState,
    peer: Option<SocketAddr>,
    headers: &HeaderMap,
) -> Option<&'static str> {
    // Fails closed: a router served without connection information cannot tell who calls.
    let Some(peer) = peer else {
        return Some(
            "The control API must know who calls: serve the tenant with `serve`, or add MockConnectInfo in process",
        );
    };
    if !peer.ip().to_canonical().is_loopback() {
        return Some("The control API answers callers on this machine alone");
    }
    let host = text(headers, "host");
    if host.as_deref().is_some_and(|host| !is_local(host)) {
        return Some("The control API must be called as localhost");
    }
    let origin = text(headers, "origin");
    let scheme = if state.is_secure() { "https" } else { "http" };
    let own = |origin: &str| {
        origin == state.base_url()
            || host
                .as_deref()
                .is_some_and(|host| origin == format!("{scheme}://{host}"))
    };
    if origin.as_deref().is_some_and(|origin| !own(origin)) {
        return Some("The control API takes no calls from pages of other origins");
    }
    if text(headers, "sec-fetch-site").as_deref() == Some("cross-site") {
        return Some("The control API takes no calls from other sites");
    }
    None
}

/// Whether a `Host` header names this machine.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name
            .trim_matches(['[', ']'])
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("localhost", true)]
    #[case("localhost:4000", true)]
    #[case("login.localhost:4000", true)]
    #[case("127.0.0.1:4000", true)]
    #[case("[::1]:4000", true)]
    #[case("evil.com", false)]
    #[case("evil.com:4000", false)]
    #[case("localhost.evil.com", false)]
    #[case("10.0.0.1:4000", false)]
    fn hosts(#[case] host: &str, #[case] local: bool) {
        assert_eq!(is_local(host), local);
    }
}
