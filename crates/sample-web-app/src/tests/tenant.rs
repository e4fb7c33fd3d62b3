//! A little OpenID provider on loopback that says what a test tells it to.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::keys;

/// What the token endpoint does.
#[derive(Clone)]
pub(super) enum TokenAnswer {
    /// Nothing, for longer than the app waits.
    Silence,
    /// Any status and body.
    Raw(u16, &'static str),
    /// A redirect to somewhere that would love to have the secret.
    Redirect,
    /// 200 with this ID token.
    Token(String),
}

#[derive(Clone)]
pub(super) struct Script {
    pub(super) token: TokenAnswer,
    pub(super) kid: String,
    pub(super) discovery: Value,
    /// The forms the token endpoint got.
    pub(super) exchanges: Vec<Vec<(String, String)>>,
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
            exchanges: Vec::new(),
            key_requests: 0,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/.well-known/jwks.json", get(jwks))
            .route("/oauth/token", post(token))
            .with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { domain, script }
    }

    pub(super) fn set_token(&self, token: TokenAnswer) {
        self.script.lock().unwrap().token = token;
    }

    /// Adds to the discovery document, or changes it.
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

async fn token(State(script): Shared, Form(form): Form<Vec<(String, String)>>) -> Response {
    let answer = {
        let mut script = script.lock().unwrap();
        script.exchanges.push(form);
        script.token.clone()
    };
    match answer {
        TokenAnswer::Silence => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        TokenAnswer::Raw(status, body) => (
            StatusCode::from_u16(status).unwrap(),
            [("content-type", "application/json")],
            body,
        )
            .into_response(),
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
