//! A login by text message. The rules are those of a login by e-mail.

use serde_json::{Value, json};

use super::tenant::{OTP, Tenant, claims};
use crate::config::{Config, Preset};

const NUMBER: &str = "+4915112345678";

async fn code(tenant: &Tenant) -> String {
    let body = json!({"client_id": "latchkey-web", "connection": "sms", "send": "code", "phone_number": NUMBER});
    let reply = tenant.post("/passwordless/start", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let message = tenant.last_message(NUMBER).await;
    let code = message["code"].as_str().unwrap().to_owned();
    assert!(message["text"].as_str().unwrap().contains(&code));
    assert_eq!(message["html"], "");
    code
}

fn co_body(otp: &str) -> Value {
    json!({"client_id": "latchkey-web", "credential_type": OTP, "username": NUMBER, "otp": otp, "realm": "sms"})
}

#[tokio::test]
async fn a_phone_number_logs_in_by_text_message() {
    let tenant = Tenant::new();
    let otp = code(&tenant).await;
    let reply = tenant.post("/co/authenticate", &co_body(&otp)).await;
    let ticket = reply.json()["login_ticket"].as_str().unwrap().to_owned();
    let cookie = format!("auth0_co={}", reply.cookie("auth0_co").unwrap());
    let extra = [
        ("realm", "sms"),
        ("login_ticket", ticket.as_str()),
        ("scope", "openid phone"),
    ];
    let code = tenant.authorize_with(&extra, &cookie).await.param("code");
    let tokens = tenant.exchange(&code.unwrap(), &[]).await.json();
    let claims = claims(&tenant, tokens["id_token"].as_str().unwrap()).await;
    assert!(claims["sub"].as_str().unwrap().starts_with("sms|"));
    assert_eq!(claims["phone_number"], NUMBER);
    assert_eq!(claims["phone_number_verified"], true);
}

#[tokio::test]
async fn a_phone_number_has_three_tries_and_its_code_is_refused_in_the_email_realm() {
    let tenant = Tenant::new();
    let otp = code(&tenant).await;
    let mut elsewhere = co_body(&otp);
    elsewhere["realm"] = "email".into();
    assert_eq!(
        tenant.post("/co/authenticate", &elsewhere).await.status,
        403
    );
    for _ in 0..3 {
        let wrong = json!({"error": "access_denied", "error_description": "Wrong phone number or verification code."});
        tenant
            .post("/co/authenticate", &co_body("x"))
            .await
            .assert(403, &wrong);
    }
    let exhausted = json!({"error": "access_denied", "error_description": "You've reached the maximum number of attempts. Please try to login again."});
    tenant
        .post("/co/authenticate", &co_body(&otp))
        .await
        .assert(403, &exhausted);
}

#[test]
fn the_presets_differ_in_two_flags() {
    let flags = |preset| {
        Config::builtin(preset, "http://localhost:3000")
            .tenant
            .flags
    };
    let (classic, new) = (flags(Preset::Classic), flags(Preset::NewTenant));
    assert!(classic.allow_magiclink_verify_without_session);
    assert!(!classic.enforce_client_authentication_on_passwordless_start);
    assert!(!new.allow_magiclink_verify_without_session);
    assert!(new.enforce_client_authentication_on_passwordless_start);
}
