//! A small OpenID provider on loopback. Each test sets its responses.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Form, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::keys;

/// The response of the token endpoint.
#[derive(Clone)]
pub(super) enum TokenAnswer {
    /// There is no response for longer than the app waits.
    Silence,
    /// This status and this body.
    Raw(u16, &'static str),
    /// A redirect to another address, which must not get the secret.
    Redirect,
    /// 200 with this ID token.
    Token(String),
}

#[derive(Clone)]
pub(super) struct Script {
    pub(super) token: TokenAnswer,
    /// The status and the body of the response of `/passwordless/start`. `None`: there is no response.
    pub(super) start: Option<(u16, &'static str)>,
    /// The header `Retry-After` of refusals of both endpoints.
    pub(super) retry_after: Option<&'static str>,
    pub(super) kid: String,
    pub(super) discovery: Value,
    /// The forms that the token endpoint received.
    pub(super) exchanges: Vec<Vec<(String, String)>>,
    /// The headers of these forms' requests.
    pub(super) exchange_headers: Vec<HeaderMap>,
    /// The headers and bodies that `/passwordless/start` received.
    pub(super) starts: Vec<(HeaderMap, Value)>,
    pub(super) key_requests: usize,
}

#[derive(Clone)]
pub(super) struct Tenant {
    pub(super) domain: String,
    pub(super) script: Arc<Mutex<Script>>,
}

impl Tenant {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let domain = format!("http://{}", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(Script {
            token: TokenAnswer::Raw(500, ""),
            kid: "key-1".to_owned(),
            discovery: json!({
                "issuer": format!("{domain}/"),
                "authorization_endpoint": format!("{domain}/authorize"),
                "token_endpoint": format!("{domain}/oauth/token"),
                "jwks_uri": format!("{domain}/.well-known/jwks.json"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["HS256", "RS256", "PS256"],
            }),
            start: Some((200, r#"{"_id":"6492b5a75bedeae7449299fa"}"#)),
            retry_after: None,
            exchanges: Vec::new(),
            exchange_headers: Vec::new(),
            starts: Vec::new(),
            key_requests: 0,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/.well-known/jwks.json", get(jwks))
            .route("/oauth/token", post(token))
            .route("/passwordless/start", post(start))
            .with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { domain, script }
    }

    pub(super) fn set_token(&self, token: TokenAnswer) {
        self.script.lock().unwrap().token = token;
    }

    pub(super) fn set_start(&self, start: Option<(u16, &'static str)>) {
        self.script.lock().unwrap().start = start;
    }

    /// Adds a member to the discovery document, or changes one.
    pub(super) fn set_discovery(&self, name: &str, value: Value) {
        self.script.lock().unwrap().discovery[name] = value;
    }

    pub(super) fn script(&self) -> Script {
        self.script.lock().unwrap().clone()
    }
}

type Shared = State<Arc<Mutex<Script>>>;

async fn discovery(State(script): Shared) -> Json<Value> {
    Json(script.lock().unwrap().discovery.clone())
}

async fn jwks(State(script): Shared) -> Json<Value> {
    let mut script = script.lock().unwrap();
    script.key_requests += 1;
    Json(keys::jwks(&script.kid))
}

async fn start(State(script): Shared, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let (answer, retry_after) = {
        let mut script = script.lock().unwrap();
        script.starts.push((headers, body));
        (script.start, script.retry_after)
    };
    match answer {
        Some((status, body)) => raw(status, body, retry_after),
        None => silence().await,
    }
}

async fn silence() -> Response {
    tokio::time::sleep(Duration::from_secs(30)).await;
    StatusCode::OK.into_response()
}

fn raw(status: u16, body: &'static str, retry_after: Option<&'static str>) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    let mut response = (status, [("content-type", "application/json")], body).into_response();
    if let Some(seconds) = retry_after {
        let seconds = seconds.parse().unwrap();
        response.headers_mut().insert("retry-after", seconds);
    }
    response
}

async fn token(
    State(script): Shared,
    headers: HeaderMap,
    Form(form): Form<Vec<(String, String)>>,
) -> Response {
    let (answer, retry_after) = {
        let mut script = script.lock().unwrap();
        script.exchanges.push(form);
        script.exchange_headers.push(headers);
        (script.token.clone(), script.retry_after)
    };
    match answer {
        TokenAnswer::Silence => silence().await,
        TokenAnswer::Raw(status, body) => raw(status, body, retry_after),
        TokenAnswer::Redirect => (
            StatusCode::TEMPORARY_REDIRECT,
            [("location", "http://127.0.0.1:9/steal")],
        )
            .into_response(),
        TokenAnswer::Token(id_token) => Json(json!({
            "access_token": "an-access-token", "id_token": id_token, "token_type": "Bearer",
            "expires_in": 86400, "scope": "openid profile email",
        }))
        .into_response(),
    }
}
