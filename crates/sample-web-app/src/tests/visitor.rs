//! A browser with cookies, the app that it visits, and the app's clock, which tests can set.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{
    keys,
    tenant::{Tenant, TokenAnswer},
};
use crate::{
    address::{BaseUrl, Domain},
    app,
    clock::Clock,
    config::{Secret, Settings},
    random::OsRandom,
    state::AppState,
};

pub(super) struct TestClock(Mutex<DateTime<Utc>>);

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// One browser that visits one app, which uses one tenant.
pub(super) struct Visitor {
    pub(super) tenant: Tenant,
    pub(super) cookies: BTreeMap<String, String>,
    /// The address of the connection, as the app sees it. `None` if it is unknown.
    pub(super) ip: Option<IpAddr>,
    clock: Arc<TestClock>,
    router: Router,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }
}

pub(super) fn settings(domain: &str, base_url: &str) -> Settings {
    Settings {
        base_url: BaseUrl::parse(base_url).unwrap(),
        client_id: "client-1".to_owned(),
        client_secret: Secret::new("secret-1"),
        // Cargo runs tests in the package's folder.
        dist: PathBuf::from("src"),
        domain: Domain::parse(domain).unwrap(),
        login_life: TimeDelta::minutes(30),
        session_secret: None,
        tenant_timeout: Duration::from_secs(2),
        www: PathBuf::from("../../www"),
    }
}

impl Visitor {
    pub(super) async fn new() -> Self {
        Self::at("http://localhost:3000").await
    }

    pub(super) async fn at(base_url: &str) -> Self {
        let tenant = Tenant::start().await;
        let settings = settings(&tenant.domain, base_url);
        Self::with(tenant, settings)
    }

    pub(super) fn with(tenant: Tenant, settings: Settings) -> Self {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let clock = Arc::new(TestClock(Mutex::new(start)));
        let state = AppState::with(settings, clock.clone(), Arc::new(OsRandom)).unwrap();
        Self {
            tenant,
            cookies: BTreeMap::new(),
            ip: Some(Ipv4Addr::new(203, 0, 113, 7).into()),
            clock,
            router: app(state),
        }
    }

    /// Another browser at the same app.
    pub(super) fn other(&self) -> Self {
        Self {
            tenant: self.tenant.clone(),
            cookies: BTreeMap::new(),
            ip: self.ip,
            clock: Arc::clone(&self.clock),
            router: self.router.clone(),
        }
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now().timestamp()
    }

    pub(super) fn wait(&self, time: TimeDelta) {
        *self.clock.0.lock().unwrap() += time;
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(super) async fn post(&mut self, path: &str, form: &str) -> Answer {
        self.post_with(path, form, &[]).await
    }

    pub(super) async fn post_with(
        &mut self,
        path: &str,
        form: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let request = headers
            .iter()
            .chain([&kind])
            .fold(Request::post(path), |request, (name, value)| {
                request.header(*name, *value)
            });
        self.send(request, Body::from(form.to_owned())).await
    }

    pub(super) async fn send(
        &mut self,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Answer {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let mut request = request
            .header("cookie", cookies.join("; "))
            .body(body)
            .unwrap();
        if let Some(ip) = self.ip {
            let connection = ConnectInfo(SocketAddr::new(ip, 50_000));
            request.extensions_mut().insert(connection);
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all("set-cookie") {
            let cookie = cookie::Cookie::parse(cookie.to_str().unwrap()).unwrap();
            if cookie.value().is_empty() {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies
                    .insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Loads `/login-config.js` and reads it as a page would.
    pub(super) async fn begin(&mut self, query: &str) -> Value {
        let script = self.get(&format!("/login-config.js{query}")).await.body;
        let (json, _) = script
            .strip_prefix("window.latchkeySample = ")
            .and_then(|rest| rest.split_once(";\n"))
            .expect("the script assigns one object");
        serde_json::from_str(json).unwrap()
    }

    /// The claims of a valid token for the login of `config`.
    pub(super) fn claims(&self, config: &Value) -> Value {
        json!({
            "iss": format!("{}/", self.tenant.domain), "aud": "client-1", "sub": "email|1",
            "iat": self.now(), "exp": self.now() + 36_000, "nonce": config["authParams"]["nonce"],
            "name": "Nora Kaiser", "email": "nora@example.com", "email_verified": true,
            "updated_at": "2026-09-21T11:33:20.000Z", "picture": "https://elsewhere.example/p.png",
        })
    }

    /// Makes the tenant respond to the next exchange with a token that has these claims and a valid signature.
    pub(super) fn answer_with(&self, claims: &Value) {
        let header = json!({"alg": "RS256", "typ": "JWT", "kid": "key-1"});
        self.tenant
            .set_token(TokenAnswer::Token(keys::signed(&header, claims)));
    }

    /// Opens the callback with a code for the login of `config`.
    pub(super) async fn come_back(&mut self, config: &Value) -> Answer {
        let state = config["authParams"]["state"].as_str().unwrap();
        self.get(&format!("/callback?code=code-1&state={state}"))
            .await
    }

    /// Does a whole login that succeeds.
    pub(super) async fn log_in(&mut self) -> Answer {
        let config = self.begin("").await;
        self.answer_with(&self.claims(&config));
        self.come_back(&config).await
    }

    /// Sends the form with an address, which leads to the page that asks for the code.
    pub(super) async fn ask_for_code(&mut self) -> Answer {
        let answer = self.post("/login", "email=nora%40example.com").await;
        assert_eq!(answer.header("location"), "/login/code", "{}", answer.body);
        self.get("/login/code").await
    }

    /// The claims of a valid token for a code. It has no nonce, unlike the one of [`Self::claims`].
    pub(super) fn claims_for_code(&self) -> Value {
        let mut claims = self.claims(&json!({}));
        claims.as_object_mut().unwrap().remove("nonce");
        claims
    }

    pub(super) async fn is_logged_in(&mut self) -> bool {
        self.get("/").await.body.contains("id=\"log-out\"")
    }
}
