//! Threats that concern more than one endpoint, and advisories about Auth0's libraries that could apply to a tenant.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, ORIGIN, OTP, Reply, Tenant, co_body, request, start_body};
use crate::mail::encode_component;

const ADA: &str = "ada@example.com";
const SECRET: &str = "s3cr3t-739201";

/// Guessing codes: each new code has three tries, until a limit stops the guessing.
#[tokio::test]
async fn resending_cannot_reset_the_tries_for_ever() {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    let mut guesses = 0;
    for round in 0.. {
        let start = tenant.post("/passwordless/start", &start_body(ADA)).await;
        if start.status == 429 {
            assert_eq!(round, 50, "the hourly limit");
            break;
        }
        for _ in 0..3 {
            let reply = tenant
                .post("/co/authenticate", &co_body(ADA, "wrong"))
                .await;
            guesses += i32::from(reply.status == 403);
        }
    }
    assert_eq!(guesses, 10, "brute-force protection");
}

/// A code is valid for one address, one connection and one client.
#[tokio::test]
async fn codes_cannot_be_used_across_addresses_connections_and_clients() {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    let eve = tenant.code_for("eve@example.com").await;
    tenant.code_for(ADA).await;
    let body = co_body(ADA, &eve);
    assert_eq!(tenant.post("/co/authenticate", &body).await.status, 403);
    let sms = json!({"client_id": "latchkey-web", "connection": "sms", "phone_number": "+493012345678", "send": "code"});
    tenant.post("/passwordless/start", &sms).await;
    let code = tenant.code_for(ADA).await;
    for (name, value) in [
        ("realm", "sms"),
        ("username", "+493012345678"),
        ("client_id", "latchkey-spa"),
    ] {
        let mut body = co_body(ADA, &code);
        body[name] = value.into();
        assert_eq!(
            tenant.post("/co/authenticate", &body).await.status,
            403,
            "{name}"
        );
    }
}

/// Enumeration: with `uniform_start` the response does not show whether an address has an account. Only `_id` differs.
#[tokio::test]
async fn a_uniform_start_has_the_same_response_for_everybody() {
    let connection = json!({"name": "email", "options": {"disable_signup": true}});
    let users =
        json!([{"email": "known@example.com"}, {"email": "block@example.com", "blocked": true}]);
    let tenant = Tenant::with(
        json!({"tenant": {"uniform_start": true}, "connections": [connection], "users": users}),
    );
    let mut seen = Vec::new();
    for email in [
        "known@example.com",
        "block@example.com",
        "other@example.com",
    ] {
        let reply = tenant.post("/passwordless/start", &start_body(email)).await;
        let mut body = reply.json();
        assert_eq!(body["_id"].as_str().unwrap().len(), 24);
        (body["_id"], body["email"]) = (Value::Null, Value::Null);
        let names: Vec<_> = reply.headers.keys().cloned().collect();
        seen.push((reply.status, reply.text.len(), names, body));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    let outbox = tenant.get("/_mock/outbox", &[]).await.json();
    assert_eq!(
        outbox.as_array().unwrap().len(),
        1,
        "only the one who may gets mail"
    );
}

const HOSTILE: [&str; 16] = [
    "https://evil.com",
    "//evil.com",
    "http://localhost:3000.evil.com/callback",
    "http://localhost:3000@evil.com/callback",
    "http://user@localhost:3000/callback",
    "https://evil.com\\@localhost:3000/callback",
    "http://localhost:3000%2eevil.com/callback",
    "http://localhost.:3000/callback",
    "http://localhost:3000/Callback",
    "http://localhost:3000/x/../callback",
    "http://localhost:3000/%2e%2e/callback",
    "http://localhost:3000/call\tback",
    "http://localhost:3000/callback#x",
    "javascript:alert(1)//http://localhost:3000/callback",
    "data:text/html,<script>alert(1)</script>",
    "http://localhost:3001/callback",
];

/// Open redirect: no endpoint redirects to an unlisted URL, even if everything else in the request is valid.
#[tokio::test]
async fn no_endpoint_redirects_to_an_unlisted_url() {
    let tenant = Tenant::new();
    for url in HOSTILE {
        let url = encode_component(url);
        for path in [
            format!(
                "/authorize?client_id=latchkey-web&response_type=code&prompt=none&redirect_uri={url}"
            ),
            format!("/authorize?client_id=latchkey-web&response_type=code&redirect_uri={url}"),
            format!(
                "/passwordless/verify_redirect?client_id=latchkey-web&connection=email&email={ADA}&verification_code=1&redirect_uri={url}"
            ),
            format!("/v2/logout?client_id=latchkey-web&returnTo={url}"),
            format!("/v2/logout?returnTo={url}"),
        ] {
            let reply = tenant.get(&path, &[]).await;
            assert!(
                reply.headers.get("location").is_none(),
                "{path} -> {}",
                reply.header("location")
            );
            assert!(reply.status.is_client_error(), "{path}: {}", reply.status);
        }
    }
}

/// XSS: every page escapes the parameters that it shows (CVE-2021-32702, CVE-2021-32641).
#[rstest]
#[case("/authorize?client_id=%3Cscript%3Ealert(1)%3C%2Fscript%3E&response_type=code")]
#[case("/v2/logout?client_id=latchkey-web&returnTo=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
#[case("/v2/logout?client_id=%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
#[case("/login?state=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
#[case("/unblock?ticket=%3Cscript%3E")]
#[case(
    "/authorize?client_id=latchkey-web&response_type=code&response_mode=form_post&prompt=none&state=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
)]
#[case(
    "/authorize?client_id=latchkey-web&response_type=code&response_mode=web_message&prompt=none&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&state=%3C%2Fscript%3E%3Cscript%3Ealert(1)"
)]
#[tokio::test]
async fn reflected_parameters_are_escaped(#[case] path: &str) {
    let reply = Tenant::new().get(path, &[]).await;
    assert!(!reply.text.contains("<script>alert"), "{}", reply.text);
    let policy = reply.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"),
        "{policy}"
    );
}

fn assert_private(reply: &Reply, what: &str) {
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    assert_eq!(reply.header("referrer-policy"), "no-referrer", "{what}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
    let policy = reply.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'none'"),
        "{what}: {policy}"
    );
}

/// Caching, referrer leakage, clickjacking (CVE-2025-48947: a response that sets a cookie must not be cached).
#[tokio::test]
async fn every_response_forbids_caching_referrers_and_frames() {
    let tenant = Tenant::new();
    for path in [
        "/",
        "/login?state=x",
        "/authorize",
        "/v2/logout",
        "/userinfo",
        "/passwordless/verify_redirect",
        "/.well-known/openid-configuration",
        "/.well-known/jwks.json",
        "/unblock",
        "/nowhere",
        "/_mock/inbox",
        "/_mock/outbox",
    ] {
        assert_private(&tenant.get(path, &[]).await, path);
    }
    for path in [
        "/passwordless/start",
        "/co/authenticate",
        "/oauth/token",
        "/oauth/revoke",
        "/passwordless/verify",
        "/co/verified",
        "/login",
    ] {
        assert_private(&tenant.post(path, &json!({})).await, path);
    }
}

/// CORS responses with credentials name one origin, and have `Vary: Origin` for caches.
#[tokio::test]
async fn cors_with_credentials_never_allows_every_origin() {
    let tenant = Tenant::new();
    for path in [
        "/passwordless/start",
        "/co/authenticate",
        "/oauth/token",
        "/oauth/revoke",
        "/userinfo",
    ] {
        for origin in [
            ORIGIN,
            "https://evil.com",
            "null",
            "http://localhost:3000.evil.com",
            "https://localhost:3000",
            "http://localhost:3001",
        ] {
            for method in [Method::OPTIONS, Method::POST] {
                let headers = [
                    ("origin", origin),
                    ("content-type", "application/json"),
                    ("access-control-request-method", "POST"),
                ];
                let reply = tenant.send(request(method, path, &headers, "{}")).await;
                let allowed = reply.header("access-control-allow-origin");
                let with_credentials = reply.header("access-control-allow-credentials") == "true";
                assert!(!(with_credentials && allowed == "*"), "{path} {origin}");
                assert!(
                    allowed.is_empty() || allowed == "*" || allowed == ORIGIN,
                    "{path} {origin}: {allowed}"
                );
                assert!(
                    allowed == "*" || reply.header("vary").contains("Origin"),
                    "{path} {origin}"
                );
            }
        }
    }
}

/// CVE-2020-5263: an error never contains a secret of the request.
#[tokio::test]
async fn errors_do_not_repeat_secrets() {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    let mut replies = vec![tenant.post("/co/authenticate", &co_body(ADA, SECRET)).await];
    let mut body = start_body(ADA);
    body["client_secret"] = SECRET.into();
    replies.push(tenant.post("/passwordless/start", &body).await);
    replies.push(tenant.exchange(SECRET, &[]).await);
    replies.push(tenant.exchange("x", &[("client_secret", SECRET)]).await);
    replies.push(tenant.exchange("x", &[("code_verifier", SECRET)]).await);
    let refresh = [
        ("grant_type", "refresh_token"),
        ("client_id", "latchkey-spa"),
        ("refresh_token", SECRET),
    ];
    replies.push(tenant.form("/oauth/token", &refresh).await);
    let verify = json!({"connection": "email", "client_id": "latchkey-web", "email": ADA, "verification_code": SECRET});
    replies.push(tenant.post("/passwordless/verify", &verify).await);
    replies.push(
        tenant
            .get(
                "/userinfo",
                &[("authorization", &format!("Bearer {SECRET}"))],
            )
            .await,
    );
    replies.push(
        tenant
            .authorize_with(&[("realm", "email"), ("login_ticket", SECRET)], "")
            .await,
    );
    for reply in &replies {
        assert!(
            !reply.text.contains(SECRET) && !reply.header("location").contains(SECRET),
            "{}",
            reply.text
        );
    }
    let logs = tenant.get("/_mock/logs", &[]).await.text;
    assert!(!logs.contains(SECRET), "nor does the log");
}

/// CVE-2018-6874: the hosted login form is bound to the browser that it was shown to.
#[tokio::test]
async fn a_login_form_without_its_cookie_is_refused() {
    let tenant = Tenant::new();
    let shown = tenant.authorize_with(&[], "").await;
    let state = shown.param("state").unwrap();
    let form = [
        ("state", state.as_str()),
        ("connection", "email"),
        ("address", ADA),
        ("send", "code"),
    ];
    let reply = tenant.form("/login", &form).await;
    assert_eq!(reply.status, 400);
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

/// Mix-up: the issuer is the same everywhere, with its trailing slash.
#[tokio::test]
async fn the_issuer_is_the_same_everywhere() {
    let tenant = Tenant::new();
    let discovered = tenant
        .get("/.well-known/openid-configuration", &[])
        .await
        .json();
    let code = tenant
        .authorization_code(&[("audience", "https://api.example.com")])
        .await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    for name in ["id_token", "access_token"] {
        let claims = super::tenant::claims(&tenant, tokens[name].as_str().unwrap()).await;
        assert_eq!(claims["iss"], discovered["issuer"]);
    }
    assert_eq!(discovered["issuer"], "http://localhost:4000/");
}

/// Template injection: values of a request are data of a template and are never parsed as a template.
#[tokio::test]
async fn values_from_outside_are_never_parsed_as_templates() {
    let folder = std::env::temp_dir().join(format!("latchkey-injection-{}", std::process::id()));
    let texts = json!({"syntax": "liquid", "from": "{{ application.name }} <login@example.com>",
        "subject": "{{ request_language }}", "body": "{{ application.name }} {{ request_language }} {{ user.email }} [{{ code }}]"});
    let tenant = Tenant::with(json!({
        "email_provider": {"name": "file", "folder": folder}, "connections": [{"name": "email", "options": {"email": texts}}],
        "clients": [{"client_id": "latchkey-web", "name": "{{ code }}{% include 'x' %}"}],
    }));
    let headers = [
        ("content-type", "application/json"),
        ("x-request-language", "{{ code }}"),
    ];
    let body = start_body(ADA).to_string();
    let reply = tenant
        .send(request(
            Method::POST,
            "/passwordless/start",
            &headers,
            &body,
        ))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let mail = tenant.last_message(ADA).await;
    let code = mail["code"].as_str().unwrap();
    assert_eq!(
        mail["html"],
        format!("{{{{ code }}}}{{% include 'x' %}} {{{{ code }}}} {ADA} [{code}]")
    );
    assert_eq!(mail["subject"], "{{ code }}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// The tenant's log and its responses to other callers contain no secret of any kind, after every kind of login.
#[tokio::test]
async fn the_log_and_foreign_responses_contain_no_secret() {
    let grants = json!({"grant_types": ["authorization_code", "implicit", "refresh_token", OTP]});
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &grants)
        .await;
    let mut secrets = vec!["latchkey-web-secret".to_owned()];
    let authorized = tenant
        .authorize(&[("scope", "openid offline_access")])
        .await;
    secrets.push(authorized.cookie("auth0").unwrap());
    let code = authorized.param("code").unwrap();
    let tokens = tenant.exchange(&code, &[]).await.json();
    tenant.exchange(&code, &[]).await;
    secrets.push(code);
    for name in ["access_token", "id_token", "refresh_token"] {
        secrets.push(tokens[name].as_str().unwrap().to_owned());
    }
    let implicit = tenant
        .authorize(&[("response_type", "token id_token")])
        .await;
    secrets.push(implicit.param("access_token").unwrap());
    let otp = tenant.code_for(ADA).await;
    tenant.post("/oauth/token", &json!({"grant_type": OTP, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "username": ADA, "otp": otp, "realm": "email"})).await;
    secrets.push(otp);
    let unused = tenant.code_for("eve@example.com").await;
    let link = tenant.last_message("eve@example.com").await["link"]
        .as_str()
        .unwrap()
        .replace("http://localhost:4000", "");
    tenant
        .get(
            &format!("{link}&redirect_uri={}", encode_component(CALLBACK)),
            &[],
        )
        .await;
    secrets.push(unused);
    let shown = tenant.authorize_with(&[], "").await;
    secrets.push(shown.cookie("auth0_login").unwrap());
    let logs = tenant.get("/_mock/logs", &[]).await.text;
    for secret in secrets {
        assert!(!logs.contains(&secret), "{secret} in {logs}");
    }
}
