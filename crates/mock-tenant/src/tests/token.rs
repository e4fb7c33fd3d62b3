//! `/oauth/token` and `/userinfo`: every row of Auth0's error table, client authentication, PKCE, claims.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, OTP, START_MS, Tenant, claims, request, start_body};

/// RFC 7636 appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const S256: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const S256_PARAMS: [(&str, &str); 2] =
    [("code_challenge", S256), ("code_challenge_method", "S256")];

fn unauthorized() -> Value {
    json!({"error": "access_denied", "error_description": "Unauthorized"})
}

#[tokio::test]
async fn a_code_becomes_tokens() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    let reply = tenant.exchange(&code, &[]).await;
    let body = reply.json();
    let names: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "access_token",
            "id_token",
            "scope",
            "expires_in",
            "token_type"
        ]
    );
    assert_eq!(
        (&body["scope"], &body["expires_in"], &body["token_type"]),
        (
            &json!("openid profile email"),
            &json!(86_400),
            &json!("Bearer")
        )
    );
    assert_eq!(
        (reply.header("cache-control"), reply.header("pragma")),
        ("no-store", "no-cache")
    );
    let claims = claims(&tenant, body["id_token"].as_str().unwrap()).await;
    let now_s = START_MS / 1_000;
    let expected = json!({"iss": "http://localhost:4000/", "aud": "latchkey-web", "iat": now_s, "exp": now_s + 36_000,
        "nonce": "n0nce", "email": "ada@example.com", "email_verified": true, "nickname": "ada", "name": "ada@example.com",
        "updated_at": "2026-11-23T09:00:00.000Z"});
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&claims[name], value, "{name}");
    }
    assert!(claims["sub"].as_str().unwrap().starts_with("email|"));
    assert!(
        claims["sid"].is_string() && claims["auth_time"].is_null() && claims["at_hash"].is_null()
    );
}

#[rstest]
#[case::invented(&[("code", "x")], 403, json!({"error": "invalid_grant", "error_description": "Invalid authorization code"}))]
#[case::no_code(&[("code", "")], 400, json!({"error": "invalid_request", "error_description": "Missing required parameter: code"}))]
#[case::no_grant_type(&[("grant_type", "")], 400, json!({"error": "invalid_request", "error_description": "Missing required parameter: grant_type"}))]
#[case::no_redirect_uri(&[("redirect_uri", "")], 400, json!({"error": "invalid_request", "error_description": "Missing required parameter: redirect_uri"}))]
#[case::other_redirect_uri(&[("redirect_uri", "http://localhost:3000/")], 403, json!({"error": "unauthorized_client", "error_description": "The redirect URI is wrong. You sent http://localhost:3000/, and we expected http://localhost:3000/callback"}))]
#[case::verifier_out_of_nowhere(&[("code_verifier", VERIFIER)], 403, json!({"error": "invalid_grant", "error_description": "Failed to verify code verifier"}))]
#[case::grant(&[("grant_type", "password")], 403, json!({"error": "unauthorized_client", "error_description": "Grant type 'password' not allowed for the client.", "error_uri": "https://auth0.com/docs/clients/client-grant-types"}))]
#[case::unknown_client(&[("client_id", "nobody")], 401, unauthorized())]
#[case::no_client(&[("client_id", "")], 401, unauthorized())]
#[case::wrong_secret(&[("client_secret", "wrong")], 401, unauthorized())]
#[case::no_secret(&[("client_secret", "")], 401, unauthorized())]
#[tokio::test]
async fn invalid_requests_are_refused(
    #[case] extra: &[(&str, &str)],
    #[case] status: u16,
    #[case] expected: Value,
) {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    tenant
        .exchange(&code, extra)
        .await
        .assert(status, &expected);
}

#[tokio::test]
async fn the_one_time_code_grant_must_be_enabled() {
    let tenant = Tenant::new();
    let patch = json!({"grant_types": null});
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &patch)
        .await;
    let expected = json!({"error": "unauthorized_client", "error_description": format!("Grant type '{OTP}' not allowed for the client."), "error_uri": "https://auth0.com/docs/clients/client-grant-types"});
    tenant
        .exchange("code", &[("grant_type", OTP)])
        .await
        .assert(403, &expected);
}

#[tokio::test]
async fn another_clients_code_is_refused() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&S256_PARAMS).await;
    let extra = [
        ("client_id", "latchkey-spa"),
        ("client_secret", ""),
        ("code_verifier", VERIFIER),
    ];
    let expected =
        json!({"error": "invalid_grant", "error_description": "Invalid authorization code"});
    tenant.exchange(&code, &extra).await.assert(403, &expected);
}

#[tokio::test]
async fn a_code_expires_after_sixty_seconds() {
    for (wait_ms, status) in [(59_999, 200), (60_000, 403)] {
        let tenant = Tenant::new();
        let code = tenant.authorization_code(&[]).await;
        tenant.clock.advance_ms(wait_ms);
        assert_eq!(tenant.exchange(&code, &[]).await.status, status);
    }
}

#[tokio::test]
async fn a_code_used_twice_revokes_its_token() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    let token = tenant.exchange(&code, &[]).await.json()["access_token"].clone();
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(tenant.get("/userinfo", &headers).await.status, 200);
    assert_eq!(tenant.exchange(&code, &[]).await.status, 403);
    assert_eq!(tenant.get("/userinfo", &headers).await.status, 401);
}

#[rstest]
#[case::s256(&S256_PARAMS, VERIFIER, 200)]
#[case::wrong(&S256_PARAMS, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", 403)]
#[case::challenge_as_verifier(&S256_PARAMS, S256, 403)]
#[case::forgotten(&S256_PARAMS, "", 403)]
#[case::plain(&[("code_challenge", VERIFIER)], VERIFIER, 200)]
#[case::plain_wrong(&[("code_challenge", VERIFIER), ("code_challenge_method", "plain")], S256, 403)]
#[tokio::test]
async fn pkce_is_checked_beside_the_secret(
    #[case] challenge: &[(&str, &str)],
    #[case] verifier: &str,
    #[case] status: u16,
) {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(challenge).await;
    let reply = tenant.exchange(&code, &[("code_verifier", verifier)]).await;
    assert_eq!(reply.status, status, "{}", reply.text);
    if status == 403 {
        reply.assert(403, &json!({"error": "invalid_grant", "error_description": "Failed to verify code verifier"}));
    }
}

/// An authorization code of the public client.
async fn spa_code(tenant: &Tenant, challenge: &[(&str, &str)]) -> String {
    let mut body = start_body("ada@example.com");
    body["client_id"] = "latchkey-spa".into();
    tenant.post("/passwordless/start", &body).await;
    let otp = tenant.last_message("ada@example.com").await["code"].clone();
    let body = json!({"client_id": "latchkey-spa", "credential_type": OTP, "username": "ada@example.com", "otp": otp, "realm": "email"});
    let reply = tenant.post("/co/authenticate", &body).await;
    let ticket = reply.json()["login_ticket"].as_str().unwrap().to_owned();
    let mut pairs = vec![
        ("client_id", "latchkey-spa"),
        ("realm", "email"),
        ("login_ticket", &ticket),
    ];
    pairs.extend_from_slice(challenge);
    let cookie = format!("auth0_co={}", reply.cookie("auth0_co").unwrap());
    tenant
        .authorize_with(&pairs, &cookie)
        .await
        .param("code")
        .unwrap()
}

#[rstest]
#[case::with(&S256_PARAMS, VERIFIER, 200)]
#[case::without(&[], "", 401)]
#[tokio::test]
async fn public_clients_need_pkce(
    #[case] challenge: &[(&str, &str)],
    #[case] verifier: &str,
    #[case] status: u16,
) {
    let tenant = Tenant::new();
    let code = spa_code(&tenant, challenge).await;
    let extra = [
        ("client_id", "latchkey-spa"),
        ("client_secret", ""),
        ("code_verifier", verifier),
    ];
    assert_eq!(tenant.exchange(&code, &extra).await.status, status);
}

#[rstest]
#[case::basic("latchkey-web:latchkey-web-secret", 200)]
#[case::encoded("latchkey%2Dweb:latchkey%2dweb-secret", 200)]
#[case::wrong("latchkey-web:wrong", 401)]
#[case::no_colon("latchkey-web", 401)]
#[tokio::test]
async fn the_secret_can_be_sent_in_the_header(#[case] credentials: &str, #[case] status: u16) {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    let basic = format!("Basic {}", STANDARD.encode(credentials));
    let headers = [
        ("authorization", basic.as_str()),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    let body = format!(
        "grant_type=authorization_code&code={code}&redirect_uri={}",
        crate::mail::encode_component(CALLBACK)
    );
    let reply = tenant
        .send(request(Method::POST, "/oauth/token", &headers, &body))
        .await;
    assert_eq!(reply.status, status, "{}", reply.text);
}

#[tokio::test]
async fn a_secret_in_both_header_and_body_is_refused() {
    let basic = format!(
        "Basic {}",
        STANDARD.encode("latchkey-web:latchkey-web-secret")
    );
    let headers = [
        ("authorization", basic.as_str()),
        ("content-type", "application/json"),
    ];
    let body = json!({"grant_type": "authorization_code", "client_secret": "latchkey-web-secret"})
        .to_string();
    let reply = Tenant::new()
        .send(request(Method::POST, "/oauth/token", &headers, &body))
        .await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["error"]),
        (400, &json!("invalid_request"))
    );
}

#[tokio::test]
async fn json_bodies_are_accepted() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    let body = json!({"grant_type": "authorization_code", "client_id": "latchkey-web",
        "client_secret": "latchkey-web-secret", "code": code, "redirect_uri": CALLBACK});
    assert_eq!(tenant.post("/oauth/token", &body).await.status, 200);
}

#[rstest]
#[case::repeated("application/x-www-form-urlencoded", "grant_type=a&grant_type=b")]
#[case::xml("text/xml", "<a/>")]
#[case::broken_json("application/json", "{")]
#[tokio::test]
async fn unreadable_bodies_are_refused(#[case] kind: &str, #[case] body: &str) {
    let request = request(
        Method::POST,
        "/oauth/token",
        &[("content-type", kind)],
        body,
    );
    let reply = Tenant::new().send(request).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["error"]),
        (400, &json!("invalid_request"))
    );
}

#[tokio::test]
async fn an_audience_makes_the_access_token_a_jwt() {
    let tenant = Tenant::new();
    let code = tenant
        .authorization_code(&[("audience", "https://api.example.com")])
        .await;
    let body = tenant.exchange(&code, &[]).await.json();
    let claims = claims(&tenant, body["access_token"].as_str().unwrap()).await;
    assert_eq!(
        claims["aud"],
        json!(["https://api.example.com", "http://localhost:4000/userinfo"])
    );
    assert_eq!(claims["azp"], "latchkey-web");
}

/// A tenant whose built-in client has the grant for one-time codes.
fn otp_tenant() -> Tenant {
    Tenant::with(
        json!({"clients": [{"client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "callbacks": [CALLBACK], "grant_types": [OTP]}]}),
    )
}

fn otp_body(otp: &str) -> Value {
    json!({"grant_type": OTP, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "username": "ada@example.com", "otp": otp, "realm": "email"})
}

#[tokio::test]
async fn a_one_time_code_becomes_tokens() {
    let tenant = otp_tenant();
    let otp = tenant.code_for("ada@example.com").await;
    let reply = tenant.post("/oauth/token", &otp_body(&otp)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let claims = claims(&tenant, reply.json()["id_token"].as_str().unwrap()).await;
    assert_eq!(claims["email"], "ada@example.com");
}

#[rstest]
#[case::wrong(0, 1, "Wrong email or verification code.")]
#[case::fourth(
    0,
    4,
    "You've reached the maximum number of attempts. Please try to login again."
)]
#[case::expired(
    180_000,
    1,
    "The verification code has expired. Please try to login again."
)]
#[tokio::test]
async fn one_time_codes_are_refused_as_at_co_authenticate(
    #[case] wait_ms: u64,
    #[case] tries: u8,
    #[case] text: &str,
) {
    let tenant = otp_tenant();
    tenant.code_for("ada@example.com").await;
    tenant.clock.advance_ms(wait_ms);
    for _ in 1..tries {
        tenant.post("/oauth/token", &otp_body("999999")).await;
    }
    let reply = tenant.post("/oauth/token", &otp_body("999999")).await;
    reply.assert(
        403,
        &json!({"error": "invalid_grant", "error_description": text}),
    );
}

#[rstest]
#[case("openid", &["sub"])]
#[case("openid email", &["sub", "email", "email_verified"])]
#[case("openid profile", &["sub", "nickname", "name", "picture", "updated_at"])]
#[tokio::test]
async fn userinfo_returns_the_claims_of_the_scope(#[case] scope: &str, #[case] expected: &[&str]) {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[("scope", scope)]).await;
    let token = tenant.exchange(&code, &[]).await.json()["access_token"].clone();
    let bearer = format!("Bearer {}", token.as_str().unwrap());
    for method in [Method::GET, Method::POST] {
        let reply = tenant
            .send(request(
                method,
                "/userinfo",
                &[("authorization", &bearer)],
                "",
            ))
            .await;
        let names: Vec<String> = reply.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, expected);
    }
}

#[rstest]
#[case("")]
#[case("Bearer x")]
#[case("Basic x")]
#[tokio::test]
async fn userinfo_requires_a_token(#[case] value: &str) {
    let reply = Tenant::new()
        .get("/userinfo", &[("authorization", value)])
        .await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["error"]),
        (401, &json!("invalid_token"))
    );
    assert_eq!(
        reply.header("www-authenticate"),
        "Bearer error=\"invalid_token\""
    );
}
