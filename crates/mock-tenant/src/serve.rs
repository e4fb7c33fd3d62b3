//! The router, and the functions that serve it.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{any, get, post};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use crate::body;
use crate::control;
use crate::endpoints::{
    authorize, challenge, client_settings, co_authenticate, cors, discovery, hosted_login,
    hosted_submit, logout, management, revoke, start, tenant_limit, token, unblock, userinfo,
    verification, verify, verify_redirect,
};
use crate::pages;
use crate::paths;
use crate::response;
use crate::state::AppState;
use crate::tls::Tls;

/// The time limit of a TLS handshake.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// The time in which a client has to send the headers of a request, and in which a connection may be idle.
const HEADERS: Duration = Duration::from_secs(30);

/// The tenant as a router.
///
/// The control API allows only callers with a loopback address, so it needs connection information: use [`serve`], or in process
/// the layer `axum::extract::connect_info::MockConnectInfo`.
pub fn app(state: AppState) -> Router {
    let auth0 = passwordless_routes()
        .merge(login_routes())
        .merge(token_routes())
        .merge(start_up_routes())
        .merge(management_routes())
        .layer(from_fn_with_state(state.clone(), tenant_limit::limit))
        .layer(from_fn_with_state(state.clone(), control::inject));
    Router::new()
        .route("/", get(pages::home))
        .route("/assets/lock.min.js", get(pages::dialog))
        .route("/assets/lock.more.js", get(pages::dialog_more))
        .route("/assets/{file}", get(pages::asset))
        .merge(auth0)
        .nest("/_mock", control::router(&state))
        .fallback(any(not_found))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(body::read))
        .layer(from_fn(log_request))
        .layer(map_response(response::secure))
        .with_state(state)
}

/// The requests of a login with a code or a link.
fn passwordless_routes() -> Router<AppState> {
    Router::new()
        .route(
            paths::START,
            post(start::start).options(cors::preflight_start),
        )
        .route(
            paths::CO_AUTHENTICATE,
            post(co_authenticate::co_authenticate).options(cors::preflight_co_authenticate),
        )
        .route(paths::CO_VERIFIED, post(verification::verified))
        .route(paths::VERIFY, post(verify::verify))
        .route(
            paths::VERIFY_REDIRECT,
            get(verify_redirect::verify_redirect).head(verify_redirect::look),
        )
        .route(
            paths::VERIFY_REDIRECT_DASHED,
            get(verify_redirect::verify_redirect).head(verify_redirect::look),
        )
        .route(
            paths::CHALLENGE,
            post(challenge::challenge).options(cors::preflight_start),
        )
        .route(paths::UNBLOCK, get(unblock::unblock))
}

/// The addresses that a browser goes to in order to log in or out.
fn login_routes() -> Router<AppState> {
    Router::new()
        .route(paths::AUTHORIZE, get(authorize::get).post(authorize::post))
        .route(
            paths::LOGIN,
            get(hosted_login::show).post(hosted_submit::submit),
        )
        .route(paths::LOGOUT, get(logout::logout))
        .route(
            paths::OIDC_LOGOUT,
            get(logout::end_session).post(logout::end_session_by_form),
        )
}

/// Tokens, and the metadata that says how to get and check them.
fn token_routes() -> Router<AppState> {
    Router::new()
        .route(
            paths::TOKEN,
            post(token::token).options(cors::preflight_start),
        )
        .route(
            paths::REVOKE,
            post(revoke::revoke).options(cors::preflight_start),
        )
        .route(
            paths::USERINFO,
            get(userinfo::userinfo)
                .post(userinfo::userinfo)
                .options(userinfo::preflight),
        )
        .route(
            "/.well-known/openid-configuration",
            get(discovery::discovery),
        )
        .route(paths::JWKS, get(discovery::jwks))
}

/// The requests that auth0.js and Lock send before they show anything.
fn start_up_routes() -> Router<AppState> {
    Router::new()
        .route("/user/ssodata", get(client_settings::sso_data))
        .route("/user/geoloc/country", get(client_settings::country))
        .route(
            "/usernamepassword/challenge",
            post(client_settings::password_challenge).options(cors::preflight_start),
        )
        .route("/info-v1.js", get(client_settings::tenant_info))
        .route("/tenants/v1/{file}", get(client_settings::tenant_info))
        .route("/client/{file}", get(client_settings::client_settings))
}

/// The part of Auth0's Management API that concerns people.
fn management_routes() -> Router<AppState> {
    Router::new()
        .route(
            "/api/v2/users",
            get(management::list).post(management::create),
        )
        .route(
            "/api/v2/users/{id}",
            get(management::read)
                .patch(management::change)
                .delete(management::remove),
        )
        .route("/api/v2/users-by-email", get(management::by_email))
}

/// Serves the tenant on `listener` until the returned future is dropped.
pub async fn serve(listener: TcpListener, state: AppState) -> std::io::Result<()> {
    accept(listener, None, app(state)).await
}

/// Serves the tenant on `listener` over TLS, until the returned future is dropped. The base URL has to begin with `https`.
pub async fn serve_tls(listener: TcpListener, tls: &Tls, state: AppState) -> std::io::Result<()> {
    accept(listener, Some(tls.acceptor()), app(state)).await
}

/// Accepts connections, and serves each in its own task, so that a slow one delays no other.
async fn accept(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    app: Router,
) -> std::io::Result<()> {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            // The process is probably out of file descriptors, so it waits until some are closed.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let (tls, app) = (tls.clone(), app.clone());
        connections.spawn(async move {
            // Responses are sent at once and not collected (TCP_NODELAY).
            let _ = stream.set_nodelay(true);
            match tls {
                None => connection(stream, peer, app).await,
                Some(tls) => match tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
                    Ok(Ok(stream)) => connection(stream, peer, app).await,
                    Ok(Err(error)) => tracing::debug!("no TLS with {peer}: {error}"),
                    Err(_) => tracing::debug!("no TLS with {peer}: too slow"),
                },
            }
        });
    }
}

/// Serves one connection. If the headers of a request do not come in time, the connection is closed, so that half-open connections
/// do not accumulate.
async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    app: Router,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        app.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!("connection with {peer}: {error}");
    }
}

async fn not_found() -> Response {
    response::text_response(
        StatusCode::NOT_FOUND,
        "Not found. The mock tenant's home page is at /.\n",
    )
}

/// Logs a line for each request. The query is left out, because it may contain codes, tickets and tokens.
async fn log_request(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    tracing::debug!("{method} {path} -> {}", response.status().as_u16());
    response
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::state::Options;

    /// Checks, with a simulated clock, that the server closes a connection on which a request is incomplete.
    #[tokio::test(start_paused = true)]
    async fn who_does_not_send_a_request_in_time_is_cut_off() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = AppState::new(Options::new("http://localhost:4000")).unwrap();
        let server = tokio::spawn(serve(listener, state));
        let parts: [&[u8]; 3] = [
            b"",
            b"GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ",
            b"POST /oauth/token HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\n\r\nabc",
        ];
        for part in parts {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(part).await.unwrap();
            let mut answer = Vec::new();
            let closed =
                tokio::time::timeout(Duration::from_mins(2), stream.read_to_end(&mut answer));
            let closed = closed.await;
            assert!(
                closed.is_ok(),
                "still open: {}",
                String::from_utf8_lossy(part)
            );
        }
        server.abort();
    }
}
