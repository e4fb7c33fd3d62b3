//! Rate limits and brute-force protection, with a manual clock.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, ORIGIN, OTP, Reply, START_MS, Tenant, co_body, request, start_body};
use crate::mail::encode_component;

const ADA: &str = "ada@example.com";
const DAY_MS: u64 = 86_400_000;

fn blocked() -> Value {
    json!({"error": "too_many_attempts", "error_description": "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it."})
}

/// A tenant without rate limits, so that only failures count.
fn tenant(protection: &Value) -> Tenant {
    Tenant::with(
        json!({"tenant": {"co_authenticate_per_second": 0, "passwordless_start_per_hour": 0, "logins_per_minute": 0,
        "attack_protection": {"brute_force_protection": protection}}}),
    )
}

async fn guess(tenant: &Tenant, code: &str) -> Reply {
    tenant.post("/co/authenticate", &co_body(ADA, code)).await
}

async fn fail(tenant: &Tenant, times: usize) {
    for _ in 0..times {
        let reply = guess(tenant, "wrong").await;
        assert_eq!(reply.status, 403, "{}", reply.text);
    }
}

#[tokio::test]
async fn after_ten_failures_even_the_right_code_is_refused() {
    let tenant = tenant(&json!({}));
    fail(&tenant, 10).await;
    let code = tenant.code_for(ADA).await;
    guess(&tenant, &code).await.assert(429, &blocked());
    let eve = tenant.code_for("eve@example.com").await;
    let reply = tenant
        .post("/co/authenticate", &co_body("eve@example.com", &eve))
        .await;
    assert_eq!(reply.status, 200, "others are not concerned");
}

#[tokio::test]
async fn a_login_resets_the_count_and_a_new_code_does_not() {
    let tenant = tenant(&json!({}));
    for _ in 0..3 {
        tenant.code_for(ADA).await;
        fail(&tenant, 3).await;
    }
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 200);
    fail(&tenant, 9).await;
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 200);
}

#[rstest]
#[case(30 * DAY_MS - 1, 429)]
#[case(30 * DAY_MS, 200)]
#[tokio::test]
async fn a_block_lasts_thirty_days(#[case] wait_ms: u64, #[case] status: u16) {
    let tenant = tenant(&json!({}));
    fail(&tenant, 10).await;
    tenant.clock.advance_ms(wait_ms);
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, status);
}

#[rstest]
#[case::off(json!({"enabled": false}), 200)]
#[case::allowed(json!({"allowlist": ["127.0.0.1"]}), 200)]
#[case::unshielded(json!({"shields": ["user_notification"]}), 200)]
#[case::higher(json!({"max_attempts": 11}), 200)]
#[case::lower(json!({"max_attempts": 3}), 429)]
#[tokio::test]
async fn the_settings_of_brute_force_protection_apply(
    #[case] settings: Value,
    #[case] status: u16,
) {
    let tenant = tenant(&settings);
    for _ in 0..10 {
        guess(&tenant, "wrong").await;
    }
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, status, "{settings}");
}

#[tokio::test]
async fn a_connection_can_disable_brute_force_protection() {
    let tenant = tenant(&json!({}));
    let patch = json!({"options": {"brute_force_protection": false}});
    tenant
        .control(Method::PATCH, "/_mock/connections/email", &patch)
        .await;
    fail(&tenant, 12).await;
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 200);
}

#[tokio::test]
async fn one_mail_is_sent_and_its_link_unblocks_once() {
    let tenant = tenant(&json!({}));
    fail(&tenant, 10).await;
    let mail = tenant.last_message(ADA).await;
    assert_eq!(
        (&mail["subject"], &mail["code"]),
        (&json!("Your account has been blocked"), &json!(""))
    );
    let path = mail["link"]
        .as_str()
        .unwrap()
        .replace("http://localhost:4000", "");
    let blocks = tenant.get("/_mock/user-blocks", &[]).await.json();
    assert_eq!(
        (&blocks[0]["identifier"], &blocks[0]["failures"]),
        (&json!(ADA), &json!(10))
    );
    assert!(
        !tenant.get("/_mock/logs", &[]).await.text.contains(&path),
        "no ticket in the log"
    );
    assert_eq!(tenant.get(&path, &[]).await.status, 200);
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 200);
    assert_eq!(tenant.get(&path, &[]).await.status, 400);
    // A second block within the hour sends no second mail.
    fail(&tenant, 10).await;
    let path = format!("/_mock/outbox?to={}", encode_component(ADA));
    let mails = tenant.get(&path, &[]).await.json();
    assert_eq!(mails.as_array().unwrap().len(), 2);
    let lifted = format!(
        "/_mock/user-blocks?identifier={}",
        encode_component("Ada@example.com")
    );
    tenant.control(Method::DELETE, &lifted, &Value::Null).await;
    assert_eq!(
        tenant.get("/_mock/user-blocks", &[]).await.json(),
        json!([])
    );
}

#[tokio::test]
async fn every_endpoint_that_takes_a_code_counts_and_is_blocked() {
    let tenant = tenant(&json!({"max_attempts": 4}));
    let grants = json!({"grant_types": ["authorization_code", OTP]});
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &grants)
        .await;
    let exchange = |otp: &str| {
        json!({"grant_type": OTP, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "username": ADA, "otp": otp, "realm": "email"})
    };
    let verify = |code: &str| json!({"connection": "email", "client_id": "latchkey-web", "email": ADA, "verification_code": code});
    let link = |code: &str| {
        format!(
            "/passwordless/verify_redirect?client_id=latchkey-web&connection=email&email={}&verification_code={code}&redirect_uri={}",
            encode_component(ADA),
            encode_component(CALLBACK)
        )
    };
    assert_eq!(guess(&tenant, "wrong").await.status, 403);
    assert_eq!(
        tenant.post("/oauth/token", &exchange("wrong")).await.status,
        403
    );
    assert_eq!(
        tenant
            .post("/passwordless/verify", &verify("wrong"))
            .await
            .status,
        401
    );
    assert_eq!(
        tenant
            .get(&link("wrong"), &[])
            .await
            .param("error")
            .unwrap(),
        "unauthorized"
    );
    let code = tenant.code_for(ADA).await;
    guess(&tenant, &code).await.assert(429, &blocked());
    tenant
        .post("/oauth/token", &exchange(&code))
        .await
        .assert(429, &blocked());
    tenant
        .post("/passwordless/verify", &verify(&code))
        .await
        .assert(429, &blocked());
    assert_eq!(
        tenant.get(&link(&code), &[]).await.param("error").unwrap(),
        "too_many_attempts"
    );
}

#[tokio::test]
async fn malformed_requests_do_not_count() {
    let tenant = tenant(&json!({"max_attempts": 1}));
    for _ in 0..5 {
        let mut body = co_body(ADA, "wrong");
        body["realm"] = "nowhere".into();
        tenant.post("/co/authenticate", &body).await;
        tenant.post("/co/authenticate", &json!({})).await;
    }
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 200);
}

#[tokio::test]
async fn co_authenticate_allows_five_calls_a_second() {
    let tenant = Tenant::new();
    for remaining in (0..5).rev() {
        let reply = guess(&tenant, "wrong").await;
        assert_eq!(reply.header("x-ratelimit-remaining"), remaining.to_string());
        assert_eq!(reply.header("x-ratelimit-limit"), "5");
    }
    let reply = guess(&tenant, "wrong").await;
    reply.assert(429, &json!({"error": "too_many_requests", "error_description": "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers."}));
    assert_eq!(reply.header("retry-after"), "1");
    assert_eq!(
        reply.header("x-ratelimit-reset"),
        (START_MS / 1_000 + 1).to_string()
    );
    assert_eq!(
        reply.header("access-control-allow-origin"),
        ORIGIN,
        "the page can read it"
    );
    tenant.clock.advance_ms(1_000);
    assert_eq!(guess(&tenant, "wrong").await.status, 403);
}

#[tokio::test]
async fn token_and_userinfo_have_their_own_limits() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    for _ in 1..30 {
        assert_eq!(tenant.exchange("nope", &[]).await.status, 403);
    }
    assert_eq!(tenant.exchange("nope", &[]).await.status, 429);
    let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    for _ in 0..10 {
        assert_eq!(
            tenant
                .get("/userinfo", &[("authorization", &bearer)])
                .await
                .status,
            200
        );
    }
    let reply = tenant.get("/userinfo", &[("authorization", &bearer)]).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("retry-after")),
        (429, "60")
    );
}

/// A backend's request for a user at another IP address, with or without the client's secret.
async fn forwarded(tenant: &Tenant, secret: bool) -> Reply {
    let mut body = start_body(ADA);
    if secret {
        body["client_secret"] = "latchkey-web-secret".into();
    }
    let headers = [
        ("content-type", "application/json"),
        ("auth0-forwarded-for", "203.0.113.9"),
    ];
    tenant
        .send(request(
            Method::POST,
            "/passwordless/start",
            &headers,
            &body.to_string(),
        ))
        .await
}

#[rstest]
#[case::all_three(true, true, "regular_web", "203.0.113.9")]
#[case::not_trusted(false, true, "regular_web", "127.0.0.1")]
#[case::no_secret(true, false, "regular_web", "127.0.0.1")]
#[case::public(true, true, "spa", "127.0.0.1")]
#[tokio::test]
async fn a_forwarded_address_counts_under_three_conditions(
    #[case] trusted: bool,
    #[case] secret: bool,
    #[case] app_type: &str,
    #[case] expected: &str,
) {
    let tenant = Tenant::new();
    let patch = json!({"is_token_endpoint_ip_header_trusted": trusted, "app_type": app_type});
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &patch)
        .await;
    assert_eq!(forwarded(&tenant, secret).await.status, 200);
    let logs = tenant.get("/_mock/logs", &[]).await.json();
    assert_eq!(logs.as_array().unwrap().last().unwrap()["ip"], expected);
}

#[tokio::test]
async fn a_start_with_the_secret_counts_against_the_tenants_limit_alone() {
    let tenant = Tenant::with(json!({"tenant": {"passwordless_start_per_hour": 1}}));
    for _ in 0..3 {
        let reply = forwarded(&tenant, true).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("x-ratelimit-limit")),
            (200, "300")
        );
    }
    assert_eq!(forwarded(&tenant, false).await.status, 200);
    assert_eq!(forwarded(&tenant, false).await.status, 429);
}

#[tokio::test]
async fn an_address_is_suspicious_after_a_hundred_failures_a_day() {
    let tenant = tenant(&json!({"enabled": false}));
    let strict = json!({"attack_protection": {"suspicious_ip_throttling": {"allowlist": []}}});
    tenant
        .control(Method::PATCH, "/_mock/settings", &strict)
        .await;
    for n in 0..100 {
        let body = co_body(&format!("person{n}@example.com"), "wrong");
        assert_eq!(tenant.post("/co/authenticate", &body).await.status, 403);
    }
    let code = tenant.code_for(ADA).await;
    guess(&tenant, &code).await.assert(429, &json!({"error": "too_many_attempts",
        "error_description": "We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator."}));
    // The limit gains one failure every 14 minutes and 24 seconds (100 a day).
    tenant.clock.advance_ms(863_999);
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 429);
    tenant.clock.advance_ms(1);
    assert_eq!(guess(&tenant, &code).await.status, 200);
}

#[rstest]
#[case(json!({"enabled": false}))]
#[case(json!({"allowlist": ["127.0.0.1"]}))]
#[case(json!({"stage": {"pre-login": {"max_attempts": 4}}}))]
#[tokio::test]
async fn the_limits_of_suspicious_addresses_can_be_set(#[case] settings: Value) {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0,
        "attack_protection": {"suspicious_ip_throttling": {"allowlist": [], "stage": {"pre-login": {"max_attempts": 3}}}}}}));
    fail(&tenant, 3).await;
    let code = tenant.code_for(ADA).await;
    assert_eq!(guess(&tenant, &code).await.status, 429);
    let patch = json!({"attack_protection": {"suspicious_ip_throttling": settings}});
    tenant
        .control(Method::PATCH, "/_mock/settings", &patch)
        .await;
    assert_eq!(guess(&tenant, &code).await.status, 200);
}
