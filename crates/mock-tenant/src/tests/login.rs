//! A complete login, and the secrets that must not be in the log.

use axum::http::Method;
use serde_json::Value;

use super::tenant::Tenant;

#[tokio::test]
async fn a_person_logs_in_twice_and_is_one_user() {
    let tenant = Tenant::new();
    for _ in 0..2 {
        let code = tenant.authorization_code(&[]).await;
        assert_eq!(tenant.exchange(&code, &[]).await.status, 200);
        tenant.clock.advance_ms(60_000);
    }
    let users = tenant
        .control(Method::GET, "/_mock/users", &Value::Null)
        .await;
    assert_eq!(users.as_array().unwrap().len(), 1);
    let user = &users[0];
    assert_eq!(user["logins_count"], 2);
    assert_eq!(user["last_ip"], "127.0.0.1");
    assert_eq!(user["created_at"], "2026-11-23T09:00:00.000Z");
    assert_eq!(user["last_login"], "2026-11-23T09:01:00.000Z");
    assert_eq!(user["identities"][0]["isSocial"], false);
}

#[tokio::test]
async fn nothing_secret_reaches_the_log() {
    let tenant = Tenant::new();
    let otp = tenant.code_for("eve@example.com").await;
    let (ticket, cookie) = tenant.ticket_for("ada@example.com").await;
    let extra = [("realm", "email"), ("login_ticket", ticket.as_str())];
    let authorized = tenant
        .authorize_with(&extra, &format!("auth0_co={cookie}"))
        .await;
    let code = authorized.param("code").unwrap();
    let tokens = tenant.exchange(&code, &[]).await.json();
    let logs = tenant
        .control(Method::GET, "/_mock/logs", &Value::Null)
        .await
        .to_string();
    let session = authorized.cookie("auth0").unwrap();
    let access_token = tokens["access_token"].as_str().unwrap();
    for secret in [
        &otp,
        &ticket,
        &cookie,
        &code,
        &session,
        access_token,
        "latchkey-web-secret",
    ] {
        assert!(!logs.contains(secret), "{secret}");
    }
}
