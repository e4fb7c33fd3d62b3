//! Protects the control API: only programs and people on this machine may call it, and no page of another origin.

use std::net::SocketAddr;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::headers::{bearer, cookie, text};
use crate::pages;
use crate::request::{Params, peer};
use crate::response::{oauth_error, redirect, set};
use crate::secret::Secret;
use crate::state::AppState;

/// The cookie of a browser in which a person has entered the token.
const COOKIE: &str = "mock_control";
/// The lifetime of that cookie in seconds: a day.
const COOKIE_S: u64 = 86_400;
/// The path, below `/_mock`, to which the form with the token is sent.
const ENTRANCE: &str = "/enter";

/// The text that says how to call from another machine.
const REMEDY: &str = "The control API answers callers on this machine, as localhost. To open it to others, start the tenant with --control-token TOKEN and send `Authorization: Bearer TOKEN`";

/// Refuses callers from other machines, unless they send the token.
///
/// Besides the caller's address it checks `Host`, against DNS rebinding with a name that resolves to a loopback address, and
/// `Origin`, because a page of another origin can send requests although it cannot read the responses.
pub(crate) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let peer = peer(&mut parts).await;
    let request = Request::from_parts(parts, body);
    // The router is nested, so the path does not begin with `/_mock`.
    let is_entrance = request.uri().path() == ENTRANCE && state.control_token().is_some();
    let Some(refusal) = refusal(&state, peer, request.headers()) else {
        return next.run(request).await;
    };
    if is_entrance && refusal.is_for_want_of_token() {
        return next.run(request).await;
    }
    let accepts = text(request.headers(), "accept").unwrap_or_default();
    let is_page = request.method() == Method::GET && accepts.contains("text/html");
    match refusal {
        Refusal::Stranger if is_page && state.control_token().is_some() => pages::entrance(None),
        _ => oauth_error(StatusCode::FORBIDDEN, "access_denied", refusal.text()),
    }
}

/// `POST /_mock/enter`: a person enters the token, and the browser gets a cookie.
pub(crate) async fn enter(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let params = Params::body(&headers, &body).unwrap_or_default();
    let sent = params.str("token").unwrap_or_default();
    match state.control_token() {
        Some(token) if token.matches(sent) => {
            let mut response = redirect("/_mock/inbox");
            let secure = if state.is_secure() { "; Secure" } else { "" };
            let value = fingerprint(token);
            let cookie = format!(
                "{COOKIE}={value}; Path=/_mock; Max-Age={COOKIE_S}; HttpOnly; SameSite=Strict{secure}"
            );
            set(response.headers_mut(), header::SET_COOKIE, &cookie);
            response
        }
        _ => pages::entrance(Some(
            "That is not the token that the tenant was started with.",
        )),
    }
}

/// The value of the cookie: a hash of the token, which does not reveal the token.
fn fingerprint(token: &Secret) -> String {
    let text = format!("mock_control {}", token.expose());
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// Why a call is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// The router is served without connection information, so the caller's address is unknown.
    NoPeer,
    /// The call comes from another machine or has another host name, and has no token.
    Stranger,
    /// The header `Host` or `Origin` cannot be read.
    Unreadable,
    /// The call comes from a page of another origin.
    OtherOrigin,
    /// The call comes from a page of another site.
    OtherSite,
}

impl Refusal {
    fn is_for_want_of_token(self) -> bool {
        self == Self::Stranger
    }

    fn text(self) -> &'static str {
        match self {
            Self::NoPeer => {
                "The control API must know who calls: serve the tenant with `serve`, or add MockConnectInfo in process"
            }
            Self::Stranger => REMEDY,
            Self::Unreadable => {
                "The control API takes no calls whose Host or Origin it cannot read"
            }
            Self::OtherOrigin => "The control API takes no calls from pages of other origins",
            Self::OtherSite => "The control API takes no calls from other sites",
        }
    }
}

fn refusal(state: &AppState, peer: Option<SocketAddr>, headers: &HeaderMap) -> Option<Refusal> {
    // Without an address the call is refused.
    let Some(peer) = peer else {
        return Some(Refusal::NoPeer);
    };
    // A page of another origin cannot send this header, so with the right token nothing else is checked.
    if let (Some(token), Some(sent)) = (state.control_token(), bearer(headers)) {
        return (!token.matches(&sent)).then_some(Refusal::Stranger);
    }
    let is_unreadable = |name: &str| headers.get(name).is_some_and(|v| v.to_str().is_err());
    if is_unreadable("host") || is_unreadable("origin") {
        return Some(Refusal::Unreadable);
    }
    let host = text(headers, "host");
    let is_here = peer.ip().to_canonical().is_loopback() && host.as_deref().is_none_or(is_local);
    let has_cookie = state
        .control_token()
        .zip(cookie(headers, COOKIE))
        .is_some_and(|(token, sent)| Secret::new(fingerprint(token)).matches(&sent));
    if !is_here && !has_cookie {
        return Some(Refusal::Stranger);
    }
    let own = |origin: &str| {
        let host = host.as_deref().unwrap_or_default();
        // Behind a TLS proxy the page has another scheme than the tenant.
        origin == state.base_url()
            || ["http", "https"]
                .iter()
                .any(|scheme| origin == format!("{scheme}://{host}"))
    };
    if text(headers, "origin").is_some_and(|origin| !own(&origin)) {
        return Some(Refusal::OtherOrigin);
    }
    if text(headers, "sec-fetch-site").as_deref() == Some("cross-site") {
        return Some(Refusal::OtherSite);
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
