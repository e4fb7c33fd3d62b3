//! The router, and how it is served.

use std::net::SocketAddr;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{any, get, post};
use axum::{Router, extract::Request, http::StatusCode, middleware::Next, response::Response};

use crate::control;
use crate::endpoints::{
    authorize, client_settings, co_authenticate, cors, discovery, hosted_login, hosted_submit,
    logout, revoke, start, tenant_limit, token, unblock, userinfo, verification, verify,
    verify_redirect,
};
use crate::pages;
use crate::response;
use crate::state::AppState;
use crate::tls::{self, Tls};

/// Largest request body, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// The tenant as a router.
///
/// The control API answers callers from loopback addresses alone, and so needs to know the caller: use [`serve`], or in
/// process the layer `axum::extract::connect_info::MockConnectInfo`.
pub fn app(state: AppState) -> Router {
    let auth0 = Router::new()
        .route(
            "/passwordless/start",
            post(start::start).options(cors::preflight_start),
        )
        .route(
            "/co/authenticate",
            post(co_authenticate::co_authenticate).options(cors::preflight_co_authenticate),
        )
        .route("/co/verified", post(verification::verified))
        .route("/passwordless/verify", post(verify::verify))
        .route(
            "/passwordless/verify_redirect",
            get(verify_redirect::verify_redirect).head(verify_redirect::look),
        )
        .route(
            "/passwordless/verify-redirect",
            get(verify_redirect::verify_redirect).head(verify_redirect::look),
        )
        .route("/authorize", get(authorize::authorize))
        .route(
            "/login",
            get(hosted_login::show).post(hosted_submit::submit),
        )
        .route(
            "/oauth/token",
            post(token::token).options(cors::preflight_start),
        )
        .route(
            "/oauth/revoke",
            post(revoke::revoke).options(cors::preflight_start),
        )
        .route("/unblock", get(unblock::unblock))
        .route(
            "/userinfo",
            get(userinfo::userinfo)
                .post(userinfo::userinfo)
                .options(userinfo::preflight),
        )
        .route(
            "/.well-known/openid-configuration",
            get(discovery::discovery),
        )
        .route("/.well-known/jwks.json", get(discovery::jwks))
        .route("/v2/logout", get(logout::logout))
        .route("/oidc/logout", get(logout::end_session))
        .route("/user/ssodata", get(client_settings::sso_data))
        .route("/user/geoloc/country", get(client_settings::country))
        .route(
            "/passwordless/challenge",
            post(client_settings::challenge).options(cors::preflight_start),
        )
        .route(
            "/usernamepassword/challenge",
            post(client_settings::password_challenge).options(cors::preflight_start),
        )
        .route("/info-v1.js", get(client_settings::tenant_info))
        .route("/tenants/v1/{file}", get(client_settings::tenant_info))
        .route("/client/{file}", get(client_settings::client_settings))
        .layer(from_fn_with_state(state.clone(), tenant_limit::limit))
        .layer(from_fn_with_state(state.clone(), control::faults::inject));
    Router::new()
        .route("/", get(pages::home))
        .route("/assets/lock.min.js", get(pages::dialog))
        .route("/assets/lock.more.js", get(pages::dialog_more))
        .route("/assets/{file}", get(pages::asset))
        .merge(auth0)
        .nest("/_mock", control::router(&state))
        .fallback(any(not_found))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(axum::middleware::from_fn(log_request))
        .layer(map_response(response::secure))
        .with_state(state)
}

/// Serves the tenant on `listener` until the returned future is dropped.
pub async fn serve(listener: tokio::net::TcpListener, state: AppState) -> std::io::Result<()> {
    let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).await
}

/// Serves the tenant on `listener` over TLS, as [`serve`] does without. Its base URL must begin with `https`.
pub async fn serve_tls(
    listener: tokio::net::TcpListener,
    tls: &Tls,
    state: AppState,
) -> std::io::Result<()> {
    let router = app(state).layer(axum::middleware::from_fn(tls::unwrap_peer));
    let service = router.into_make_service_with_connect_info::<tls::Peer>();
    axum::serve(tls.listen(listener)?, service).await
}

async fn not_found() -> Response {
    response::text_response(
        StatusCode::NOT_FOUND,
        "Not found. The mock tenant's home page is at /.\n",
    )
}

/// One line a request. The query is left out: it may hold codes, tickets and tokens.
async fn log_request(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    tracing::debug!("{method} {path} -> {}", response.status().as_u16());
    response
}
