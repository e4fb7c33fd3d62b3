//! A tenant for tests, with helper functions.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::clock::{Clock as _, ManualClock, SystemClock};
use crate::config::{Config, merge_patch, parse};
use crate::keys::KeyStore;
use crate::mail::encode_component;
use crate::secret::Secret;
use crate::serve::app;
use crate::state::{AppState, Dialog, Served};

/// 2026-11-23T09:00:00Z
pub(crate) const START_MS: u64 = 1_795_424_400_000;
pub(crate) const ORIGIN: &str = "http://localhost:3000";
pub(crate) const CALLBACK: &str = "http://localhost:3000/callback";
pub(crate) const OTP: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

pub(crate) struct Tenant {
    pub(crate) app: Router,
    pub(crate) clock: ManualClock,
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Tenant {
    pub(crate) fn new() -> Self {
        Self::with(json!({}))
    }

    /// The built-in tenant on a clock that starts at the machine's time.
    pub(crate) fn on_real_time() -> Self {
        Self::at(json!({}), SystemClock.now_ms())
    }

    /// The built-in tenant, changed by the JSON Merge Patch `patch`.
    pub(crate) fn with(patch: Value) -> Self {
        Self::at(patch, START_MS)
    }

    /// The built-in tenant whose hosted login page has a dialog.
    pub(crate) fn with_dialog() -> Self {
        let served = Served {
            dialog: Some(Dialog {
                script: "dialog".into(),
                more: "more".into(),
            }),
            ..Served::default()
        };
        Self::serving(json!({}), START_MS, served)
    }

    /// The tenant with the control token `token`, called from another machine.
    pub(crate) fn elsewhere(token: Option<&str>) -> Self {
        let served = Served {
            control_token: token.map(Secret::new),
            ..Served::default()
        };
        let mut tenant = Self::serving(json!({}), START_MS, served);
        let peer = SocketAddr::from(([192, 168, 1, 20], 50_000));
        tenant.app = tenant.app.layer(MockConnectInfo(peer));
        tenant
    }

    fn at(patch: Value, now_ms: u64) -> Self {
        Self::serving(patch, now_ms, Served::default())
    }

    fn serving(patch: Value, now_ms: u64, served: Served) -> Self {
        let mut whole = serde_json::to_value(Config::default()).unwrap();
        merge_patch(&mut whole, patch);
        let (config, unknown) = parse(whole).unwrap();
        assert_eq!(
            unknown, [""; 0],
            "the patch names a field that is not there"
        );
        let clock = ManualClock::new(now_ms);
        let state = AppState::with_keys(
            ("http://localhost:4000", served),
            config,
            Box::new(clock.clone()),
            Some(42),
            KeyStore::shared(),
        );
        let peer = SocketAddr::from(([127, 0, 0, 1], 50_000));
        Self {
            app: app(state.unwrap()).layer(MockConnectInfo(peer)),
            clock,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(request(Method::GET, path, headers, "")).await
    }

    /// Posts JSON from a page of [`ORIGIN`].
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Reply {
        let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
        self.send(request(Method::POST, path, &headers, &body.to_string()))
            .await
    }

    pub(crate) async fn form(&self, path: &str, pairs: &[(&str, &str)]) -> Reply {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send(request(Method::POST, path, &headers, &encode(pairs)))
            .await
    }

    /// Calls the control API.
    pub(crate) async fn control(&self, method: Method, path: &str, body: &Value) -> Value {
        let reply = self
            .send(request(method, path, &[], &body.to_string()))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// The log's newest entry of a type.
    pub(crate) async fn logged(&self, kind: &str) -> Option<Value> {
        let logs = self.get("/_mock/logs", &[]).await.json();
        let mut entries = logs.as_array().unwrap().iter().rev();
        entries.find(|entry| entry["type"] == kind).cloned()
    }

    /// Calls `/passwordless/start` for `email`, and returns the code that was sent.
    pub(crate) async fn code_for(&self, email: &str) -> String {
        let reply = self.post("/passwordless/start", &start_body(email)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        self.last_message(email).await["code"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn last_message(&self, to: &str) -> Value {
        let path = format!("/_mock/outbox?to={}", encode_component(to));
        let messages = self.get(&path, &[]).await.json();
        messages.as_array().unwrap().last().unwrap().clone()
    }

    /// Logs in with a code. Returns the login ticket and the cookie of `/co/authenticate`.
    pub(crate) async fn ticket_for(&self, email: &str) -> (String, String) {
        let code = self.code_for(email).await;
        let reply = self.post("/co/authenticate", &co_body(email, &code)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let ticket = reply.json()["login_ticket"].as_str().unwrap().to_owned();
        (ticket, reply.cookie("auth0_co").unwrap())
    }

    /// Logs in, and returns the response of `/authorize` to the default parameters and `extra`.
    pub(crate) async fn authorize(&self, extra: &[(&str, &str)]) -> Reply {
        let (ticket, cookie) = self.ticket_for("ada@example.com").await;
        let mut pairs = vec![("realm", "email"), ("login_ticket", &ticket)];
        pairs.extend_from_slice(extra);
        self.authorize_with(&pairs, &format!("auth0_co={cookie}"))
            .await
    }

    pub(crate) async fn authorize_with(&self, extra: &[(&str, &str)], cookie: &str) -> Reply {
        let mut pairs = vec![
            ("client_id", "latchkey-web"),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("state", "st&te"),
            ("nonce", "n0nce"),
            ("scope", "openid profile email"),
        ];
        for (name, value) in extra {
            pairs.retain(|(known, _)| known != name);
            pairs.push((name, value));
        }
        pairs.retain(|(_, value)| !value.is_empty());
        let path = format!("/authorize?{}", encode(&pairs));
        self.get(&path, &[("cookie", cookie)]).await
    }

    /// An authorization code of `latchkey-web`, or of the client that `extra` names.
    pub(crate) async fn authorization_code(&self, extra: &[(&str, &str)]) -> String {
        self.authorize(extra).await.param("code").unwrap()
    }

    /// Exchanges a code with the default parameters and `extra`. An empty value removes a parameter.
    pub(crate) async fn exchange(&self, code: &str, extra: &[(&str, &str)]) -> Reply {
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ("client_id", "latchkey-web"),
            ("client_secret", "latchkey-web-secret"),
            ("code", code),
            ("redirect_uri", CALLBACK),
        ];
        for (name, value) in extra {
            pairs.retain(|(known, _)| known != name);
            pairs.push((name, value));
        }
        pairs.retain(|(_, value)| !value.is_empty());
        self.form("/oauth/token", &pairs).await
    }
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all("set-cookie").iter();
        cookies
            .filter_map(|value| value.to_str().unwrap().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, rest)| rest.split(';').next().unwrap().to_owned())
    }

    /// A parameter of the redirect, from its query or its fragment.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        let location = url::Url::parse(self.header("location")).ok()?;
        let text = location.fragment().or(location.query())?.to_owned();
        url::form_urlencoded::parse(text.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    pub(crate) fn assert(&self, status: u16, body: &Value) {
        assert_eq!((self.status.as_u16(), &self.json()), (status, body));
    }
}

pub(crate) fn request(
    method: Method,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

pub(crate) fn start_body(email: &str) -> Value {
    json!({"client_id": "latchkey-web", "connection": "email", "send": "code", "email": email, "authParams": {}})
}

pub(crate) fn co_body(email: &str, code: &str) -> Value {
    json!({"client_id": "latchkey-web", "credential_type": OTP, "username": email, "otp": code, "realm": "email"})
}

/// Checks the signature of a JWT with the tenant's JWKS, and returns its claims.
pub(crate) async fn claims(tenant: &Tenant, jwt: &str) -> Value {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use rsa::signature::Verifier as _;
    let parts: Vec<&str> = jwt.split('.').collect();
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let header: Value = serde_json::from_slice(&decode(parts[0])).unwrap();
    let jwks = tenant.get("/.well-known/jwks.json", &[]).await.json();
    let keys = jwks["keys"].as_array().unwrap();
    let jwk = keys.iter().find(|jwk| jwk["kid"] == header["kid"]);
    let jwk = jwk.expect("the key that signed is among the tenant's keys");
    assert_eq!(header["alg"], "RS256");
    let number = |name: &str| rsa::BigUint::from_bytes_be(&decode(jwk[name].as_str().unwrap()));
    let public = rsa::RsaPublicKey::new(number("n"), number("e")).unwrap();
    let verifier = rsa::pkcs1v15::VerifyingKey::<sha2::Sha256>::new(public);
    let signature = rsa::pkcs1v15::Signature::try_from(decode(parts[2]).as_slice()).unwrap();
    verifier
        .verify(format!("{}.{}", parts[0], parts[1]).as_bytes(), &signature)
        .unwrap();
    serde_json::from_slice(&decode(parts[1])).unwrap()
}

fn encode(pairs: &[(&str, &str)]) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(pairs);
    form.finish()
}
