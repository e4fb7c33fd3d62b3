//! Rules of a tenant: users who are denied, users who need a second factor, and unknown users.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{OTP, Reply, Tenant};

const ADA: &str = "ada@example.com";
const UNINVITED: &str = "You are not on the list.";

fn tenant(rules: &Value) -> Tenant {
    let client = json!({"client_id": "latchkey-web", "client_secret": "latchkey-web-secret", "name": "Web",
        "callbacks": ["http://localhost:3000/callback"], "web_origins": ["http://localhost:3000"], "cross_origin_authentication": true,
        "grant_types": ["authorization_code", "implicit", "refresh_token", OTP]});
    Tenant::with(json!({"tenant": {"rules": rules}, "clients": [client]}))
}

fn deny() -> Value {
    json!([{"identifier": "ADA@example.com", "deny": UNINVITED}])
}

fn mfa() -> Value {
    json!([{"client_id": "latchkey-web", "mfa": true}])
}

async fn exchange_otp(tenant: &Tenant) -> Reply {
    let otp = tenant.code_for(ADA).await;
    let body = json!({"grant_type": OTP, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "username": ADA, "otp": otp, "realm": "email"});
    tenant.post("/oauth/token", &body).await
}

/// Denial by an Action or a Rule.
#[tokio::test]
async fn access_denied_by_a_rule() {
    let reply = exchange_otp(&tenant(&deny())).await;
    reply.assert(
        403,
        &json!({"error": "access_denied", "error_description": UNINVITED}),
    );
}

/// Multi-factor authentication.
#[tokio::test]
async fn mfa_required() {
    let reply = exchange_otp(&tenant(&mfa())).await;
    let token = reply.json()["mfa_token"].clone();
    assert!(token.as_str().unwrap().len() >= 32);
    reply.assert(
        403,
        &json!({"error": "mfa_required", "error_description": "Multifactor authentication required", "mfa_token": token,
            "mfa_requirements": {"challenge": [{"type": "otp"}]}}),
    );
}

/// Signup that was disabled after the code was sent.
#[tokio::test]
async fn access_denied_if_signup_is_disabled() {
    let tenant = tenant(&json!([]));
    let otp = tenant.code_for(ADA).await;
    let off = json!({"options": {"disable_signup": true}});
    tenant
        .control(Method::PATCH, "/_mock/connections/email", &off)
        .await;
    let body = json!({"grant_type": OTP, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "username": ADA, "otp": otp, "realm": "email"});
    let reply = tenant.post("/oauth/token", &body).await;
    reply.assert(
        403,
        &json!({"error": "access_denied", "error_description": "Public signup is disabled"}),
    );
    let users = tenant.get("/_mock/users", &[]).await.json();
    assert_eq!(users, json!([]), "nobody was made");
}

#[rstest]
#[case::denied(deny(), "access_denied", UNINVITED)]
#[case::factor(mfa(), "mfa_required", "Multifactor authentication required")]
#[tokio::test]
async fn a_browser_is_sent_back_without_a_session(
    #[case] rules: Value,
    #[case] error: &str,
    #[case] text: &str,
) {
    let tenant = tenant(&rules);
    let reply = tenant.authorize(&[]).await;
    assert_eq!(reply.param("error").as_deref(), Some(error));
    assert_eq!(reply.param("error_description").as_deref(), Some(text));
    assert_eq!(reply.param("state").as_deref(), Some("st&te"));
    assert_eq!(reply.cookie("auth0"), None);
    assert_eq!(tenant.logged("f").await.unwrap()["description"], text);
}

/// A new rule applies to existing sessions and refresh tokens.
#[rstest]
#[case::denied(deny(), "access_denied", "access_denied")]
#[case::factor(mfa(), "interaction_required", "mfa_required")]
#[tokio::test]
async fn rules_apply_to_existing_sessions_and_refresh_tokens(
    #[case] rules: Value,
    #[case] silent: &str,
    #[case] refreshed: &str,
) {
    let tenant = tenant(&json!([]));
    let reply = tenant
        .authorize(&[("scope", "openid offline_access")])
        .await;
    let session = reply.cookie("auth0").unwrap();
    let tokens = tenant.exchange(&reply.param("code").unwrap(), &[]).await;
    let refresh = tokens.json()["refresh_token"].as_str().unwrap().to_owned();
    let set = async |rules: &Value| {
        let settings = json!({"rules": rules});
        tenant
            .control(Method::PATCH, "/_mock/settings", &settings)
            .await;
    };
    set(&rules).await;
    let again = tenant
        .authorize_with(&[("prompt", "none")], &format!("auth0={session}"))
        .await;
    assert_eq!(again.param("error").as_deref(), Some(silent));
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "latchkey-web"),
        ("client_secret", "latchkey-web-secret"),
        ("refresh_token", refresh.as_str()),
    ];
    let reply = tenant.form("/oauth/token", &form).await;
    assert_eq!(reply.json()["error"], refreshed);
    // The refusal did not consume the refresh token.
    set(&json!([])).await;
    assert_eq!(tenant.form("/oauth/token", &form).await.status, 200);
}

#[tokio::test]
async fn a_rule_for_another_user_changes_nothing() {
    let rules = json!([{"identifier": "eve@example.com", "deny": "no"}, {"client_id": "other", "mfa": true}]);
    assert_eq!(exchange_otp(&tenant(&rules)).await.status, 200);
}
