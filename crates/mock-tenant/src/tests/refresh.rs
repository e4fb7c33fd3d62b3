//! Refresh tokens: issuance, rotation and reuse, expiry, revocation.

use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{OTP, Reply, Tenant, start_body};

const SCOPE: (&str, &str) = ("scope", "openid email offline_access");

fn unknown() -> Value {
    json!({"error": "invalid_grant", "error_description": "Unknown or invalid refresh token."})
}

/// A tenant whose client `latchkey-web` has these refresh token settings.
async fn tenant(settings: Value) -> Tenant {
    let tenant = Tenant::new();
    let patch = json!({"refresh_token": settings});
    tenant
        .control(
            axum::http::Method::PATCH,
            "/_mock/clients/latchkey-web",
            &patch,
        )
        .await;
    tenant
}

async fn refresh_token(tenant: &Tenant) -> String {
    let code = tenant.authorization_code(&[SCOPE]).await;
    token_of(&tenant.exchange(&code, &[]).await)
}

fn token_of(reply: &Reply) -> String {
    let token = reply.json()["refresh_token"].as_str().map(str::to_owned);
    token.unwrap_or_else(|| panic!("{}", reply.text))
}

async fn refresh(tenant: &Tenant, token: &str, extra: &[(&str, &str)]) -> Reply {
    let mut pairs = vec![
        ("grant_type", "refresh_token"),
        ("client_id", "latchkey-web"),
        ("client_secret", "latchkey-web-secret"),
        ("refresh_token", token),
    ];
    for (name, value) in extra {
        pairs.retain(|(known, _)| known != name);
        pairs.push((name, value));
    }
    tenant.form("/oauth/token", &pairs).await
}

#[tokio::test]
async fn offline_access_issues_a_refresh_token_that_is_valid_repeatedly() {
    let tenant = Tenant::new();
    let token = refresh_token(&tenant).await;
    for _ in 0..2 {
        tenant.clock.advance_ms(1_000);
        let reply = refresh(&tenant, &token, &[]).await;
        let body = reply.json();
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(body["scope"], "openid email offline_access");
        assert!(
            body["refresh_token"].is_null(),
            "a confidential client's does not rotate"
        );
        let claims = super::tenant::claims(&tenant, body["id_token"].as_str().unwrap()).await;
        assert_eq!(claims["email"], "ada@example.com");
        assert!(claims["nonce"].is_null());
    }
}

#[tokio::test]
async fn without_offline_access_no_refresh_token_is_issued() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    assert!(tenant.exchange(&code, &[]).await.json()["refresh_token"].is_null());
}

#[tokio::test]
async fn a_client_without_the_grant_gets_no_refresh_token() {
    let tenant = Tenant::new();
    let patch = json!({"grant_types": ["authorization_code"]});
    tenant
        .control(
            axum::http::Method::PATCH,
            "/_mock/clients/latchkey-web",
            &patch,
        )
        .await;
    let code = tenant.authorization_code(&[SCOPE]).await;
    let body = tenant.exchange(&code, &[]).await.json();
    assert_eq!(
        (&body["refresh_token"], &body["scope"]),
        (&Value::Null, &json!("openid email"))
    );
}

#[tokio::test]
async fn reuse_of_a_rotated_token_revokes_its_family() {
    let tenant = tenant(json!({"rotation_type": "rotating"})).await;
    let first = refresh_token(&tenant).await;
    let other_login = refresh_token(&tenant).await;
    let second = token_of(&refresh(&tenant, &first, &[]).await);
    let third = token_of(&refresh(&tenant, &second, &[]).await);
    refresh(&tenant, &first, &[]).await.assert(403, &unknown());
    refresh(&tenant, &third, &[]).await.assert(403, &unknown());
    assert_eq!(refresh(&tenant, &other_login, &[]).await.status, 200);
    let logs = tenant.get("/_mock/logs", &[]).await.json();
    let types: Vec<_> = logs
        .as_array()
        .unwrap()
        .iter()
        .map(|log| &log["type"])
        .collect();
    assert!(
        types.contains(&&json!("ferrt")) && types.contains(&&json!("sertft")),
        "{types:?}"
    );
}

#[rstest]
#[case(30_000, 200)]
#[case(30_001, 403)]
#[tokio::test]
async fn a_rotated_token_is_valid_within_the_leeway(#[case] wait_ms: u64, #[case] status: u16) {
    let tenant = tenant(json!({"rotation_type": "rotating", "leeway": 30})).await;
    let first = refresh_token(&tenant).await;
    refresh(&tenant, &first, &[]).await;
    tenant.clock.advance_ms(wait_ms);
    assert_eq!(refresh(&tenant, &first, &[]).await.status, status);
}

#[rstest]
#[case::idle(json!({"idle_token_lifetime": 100}), &[99_999], 200)]
#[case::idle_over(json!({"idle_token_lifetime": 100}), &[100_000], 403)]
#[case::use_resets_idle(json!({"idle_token_lifetime": 100}), &[99_999, 99_999], 200)]
#[case::never_idle(json!({"idle_token_lifetime": 100, "infinite_idle_token_lifetime": true}), &[100_000], 200)]
#[case::life(json!({"token_lifetime": 150}), &[99_999, 50_001], 403)]
#[case::forever(json!({"token_lifetime": 150, "infinite_token_lifetime": true}), &[99_999, 50_001], 200)]
#[tokio::test]
async fn refresh_tokens_expire(
    #[case] settings: Value,
    #[case] waits_ms: &[u64],
    #[case] last: u16,
) {
    for rotation in ["rotating", "non-rotating"] {
        let mut settings = settings.clone();
        settings["rotation_type"] = rotation.into();
        let tenant = tenant(settings).await;
        let mut token = refresh_token(&tenant).await;
        let mut status = 0;
        for wait_ms in waits_ms {
            tenant.clock.advance_ms(*wait_ms);
            let reply = refresh(&tenant, &token, &[]).await;
            status = reply.status.as_u16();
            if let Some(next) = reply.json()["refresh_token"].as_str() {
                next.clone_into(&mut token);
            }
        }
        assert_eq!(status, last, "{rotation}");
    }
}

#[tokio::test]
async fn scopes_can_be_narrowed_and_not_widened() {
    let tenant = Tenant::new();
    let token = refresh_token(&tenant).await;
    let less = refresh(&tenant, &token, &[("scope", "openid")])
        .await
        .json();
    assert_eq!(less["scope"], "openid");
    refresh(&tenant, &token, &[("scope", "openid profile")]).await.assert(
        400,
        &json!({"error": "invalid_scope", "error_description": "The requested scope was not granted before: profile"}),
    );
    assert_eq!(
        refresh(&tenant, &token, &[]).await.json()["scope"],
        "openid email offline_access"
    );
}

#[rstest]
#[case::unknown(&[("refresh_token", "nope")], 403, unknown())]
#[case::missing(&[("refresh_token", "")], 400, json!({"error": "invalid_request", "error_description": "Missing required parameter: refresh_token"}))]
#[case::wrong_secret(&[("client_secret", "nope")], 401, json!({"error": "access_denied", "error_description": "Unauthorized"}))]
#[tokio::test]
async fn invalid_refreshes_are_refused(
    #[case] extra: &[(&str, &str)],
    #[case] status: u16,
    #[case] body: Value,
) {
    let tenant = Tenant::new();
    let token = refresh_token(&tenant).await;
    refresh(&tenant, &token, extra).await.assert(status, &body);
}

#[tokio::test]
async fn another_clients_token_is_refused_and_stays_valid() {
    let tenant = Tenant::new();
    let token = refresh_token(&tenant).await;
    let pairs = [
        ("grant_type", "refresh_token"),
        ("client_id", "latchkey-spa"),
        ("refresh_token", token.as_str()),
    ];
    tenant
        .form("/oauth/token", &pairs)
        .await
        .assert(403, &unknown());
    let pairs = [("client_id", "latchkey-spa"), ("token", token.as_str())];
    assert_eq!(tenant.form("/oauth/revoke", &pairs).await.status, 200);
    assert_eq!(refresh(&tenant, &token, &[]).await.status, 200);
}

#[tokio::test]
async fn a_blocked_user_gets_no_tokens() {
    let tenant = tenant(json!({"rotation_type": "rotating"})).await;
    let token = refresh_token(&tenant).await;
    let users = tenant.get("/_mock/users", &[]).await.json();
    let path = format!(
        "/_mock/users/{}",
        users[0]["user_id"].as_str().unwrap().replace('|', "%7C")
    );
    tenant
        .control(axum::http::Method::PATCH, &path, &json!({"blocked": true}))
        .await;
    refresh(&tenant, &token, &[]).await.assert(
        403,
        &json!({"error": "unauthorized", "error_description": "user is blocked"}),
    );
    tenant
        .control(axum::http::Method::PATCH, &path, &json!({"blocked": false}))
        .await;
    assert_eq!(
        refresh(&tenant, &token, &[]).await.status,
        200,
        "the token was not used up"
    );
}

#[tokio::test]
async fn an_authorization_code_used_twice_revokes_its_refresh_token() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[SCOPE]).await;
    let token = token_of(&tenant.exchange(&code, &[]).await);
    assert_eq!(tenant.exchange(&code, &[]).await.status, 403);
    refresh(&tenant, &token, &[]).await.assert(403, &unknown());
}

#[tokio::test]
async fn a_revoked_token_is_refused() {
    let tenant = Tenant::new();
    let token = refresh_token(&tenant).await;
    let secret = ("client_secret", "latchkey-web-secret");
    let pairs = [
        ("client_id", "latchkey-web"),
        secret,
        ("token", token.as_str()),
    ];
    let reply = tenant.form("/oauth/revoke", &pairs).await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (200, ""));
    refresh(&tenant, &token, &[]).await.assert(403, &unknown());
    assert_eq!(
        tenant.form("/oauth/revoke", &pairs).await.status,
        200,
        "again"
    );
    let unproven = [("client_id", "latchkey-web"), ("token", token.as_str())];
    tenant.form("/oauth/revoke", &unproven).await.assert(
        401,
        &json!({"error": "invalid_client", "error_description": "Unauthorized"}),
    );
    tenant.form("/oauth/revoke", &[("client_id", "latchkey-web"), secret]).await.assert(
        400,
        &json!({"error": "invalid_request", "error_description": "Missing required parameter: token"}),
    );
}

#[tokio::test]
async fn a_one_time_code_issues_a_refresh_token_and_a_link_does_not() {
    let tenant = Tenant::new();
    let grants = json!({"grant_types": ["authorization_code", "refresh_token", OTP]});
    tenant
        .control(
            axum::http::Method::PATCH,
            "/_mock/clients/latchkey-web",
            &grants,
        )
        .await;
    let otp = tenant.code_for("ada@example.com").await;
    let body = json!({"grant_type": OTP, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret",
        "username": "ada@example.com", "otp": otp, "realm": "email", "scope": "openid offline_access"});
    let token = token_of(&tenant.post("/oauth/token", &body).await);
    assert_eq!(refresh(&tenant, &token, &[]).await.status, 200);

    let mut start = start_body("ada@example.com");
    start["authParams"] = json!({"response_type": "code", "scope": "openid offline_access",
        "redirect_uri": super::tenant::CALLBACK});
    tenant.post("/passwordless/start", &start).await;
    let message = tenant.last_message("ada@example.com").await;
    let link = message["link"]
        .as_str()
        .unwrap()
        .replace("http://localhost:4000", "");
    let code = tenant.get(&link, &[]).await.param("code").unwrap();
    let body = tenant.exchange(&code, &[]).await.json();
    assert_eq!(
        (&body["scope"], &body["refresh_token"]),
        (&json!("openid"), &Value::Null)
    );
}
