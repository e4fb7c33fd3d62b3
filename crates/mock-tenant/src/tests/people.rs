//! Users: claims of tokens, the Management API, change of address.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{START_MS, Tenant, claims, co_body, request};

const ADA: &str = "ada@example.com";
const API: &str = "https://api.example.com/";

fn ada() -> Value {
    json!({"email": ADA, "name": "Ada Lovelace", "user_id": "ada", "roles": ["admin"],
        "user_metadata": {"plan": "gold"}, "app_metadata": {"seats": 3},
        "claims": {"https://example.com/own": "{{ user.name }}"}})
}

fn tenant() -> Tenant {
    Tenant::with(json!({
        "users": [ada()],
        "tenant": {"claims": {"https://example.com/plan": "{{ user.user_metadata.plan }}", "https://example.com/who": "tenant"}},
        "clients": [{"client_id": "latchkey-web", "name": "Shop", "client_secret": "latchkey-web-secret",
            "callbacks": ["http://localhost:3000/callback"], "web_origins": ["http://localhost:3000"], "cross_origin_authentication": true,
            "claims": {"https://example.com/roles": "{{ user.roles }}", "https://example.com/who": "{{ client.name }}"}}]}))
}

async fn management_token(tenant: &Tenant) -> String {
    let pairs = [
        ("grant_type", "client_credentials"),
        ("client_id", "latchkey-web"),
        ("client_secret", "latchkey-web-secret"),
        ("audience", "http://localhost:4000/api/v2/"),
    ];
    let reply = tenant.form("/oauth/token", &pairs).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    reply.json()["access_token"].as_str().unwrap().to_owned()
}

async fn manage(tenant: &Tenant, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let bearer = format!("Bearer {}", management_token(tenant).await);
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    let reply = tenant
        .send(request(method, path, &headers, &body.to_string()))
        .await;
    let json = serde_json::from_str(&reply.text).unwrap_or(Value::Null);
    (reply.status.as_u16(), json)
}

#[tokio::test]
async fn claims_are_in_id_token_access_token_and_userinfo() {
    let tenant = tenant();
    let code = tenant.authorization_code(&[("audience", API)]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {}", text("access_token"));
    let userinfo = tenant
        .get("/userinfo", &[("authorization", &bearer)])
        .await
        .json();
    let id_token = claims(&tenant, &text("id_token")).await;
    let access_token = claims(&tenant, &text("access_token")).await;
    for found in [&id_token, &access_token, &userinfo] {
        assert_eq!(found["sub"], "email|ada");
        assert_eq!(found["https://example.com/plan"], "gold");
        assert_eq!(found["https://example.com/roles"], json!(["admin"]));
        assert_eq!(found["https://example.com/who"], "Shop");
        assert_eq!(found["https://example.com/own"], "Ada Lovelace");
    }
}

#[rstest]
#[case(json!({"claims": {"sub": "eve"}}), "claims.sub")]
#[case(json!({"claims": {"https://example.com/x": "{% if"}}), "claims.https://example.com/x")]
#[tokio::test]
async fn invalid_claims_are_refused(#[case] patch: Value, #[case] expected: &str) {
    let tenant = Tenant::new();
    for path in ["/_mock/settings", "/_mock/clients/latchkey-web"] {
        let reply = tenant
            .send(request(Method::PATCH, path, &[], &patch.to_string()))
            .await;
        assert_eq!(reply.status, 400);
        assert!(reply.text.contains(expected), "{}", reply.text);
    }
}

/// A slow template of a claim must not delay the tenant.
#[tokio::test]
async fn the_time_to_render_claims_is_limited() {
    let slow = "{% for i in (1..9999) %}{% for j in (1..9999) %}{% endfor %}{% endfor %}";
    let tenant = Tenant::with(json!({"tenant": {"claims": {"https://example.com/slow": slow}}}));
    let code = tenant.authorization_code(&[]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    let id_token = claims(&tenant, tokens["id_token"].as_str().unwrap()).await;
    assert_eq!(id_token["https://example.com/slow"], Value::Null);
}

/// The templates of the example configuration have a branch for `change_email`.
#[tokio::test]
async fn a_change_of_address_sends_the_mail_of_change_email() {
    let folder = std::env::temp_dir().join(format!("latchkey-people-{}", std::process::id()));
    let body = "{% if operation == 'change_email' %}Moved: {{ user.email }}{% else %}{{ code }}{% endif %}";
    let email = json!({"from": "App <login@example.com>", "subject": "x", "body": body});
    let tenant = Tenant::with(
        json!({"users": [ada()], "email_provider": {"name": "file", "folder": folder},
        "connections": [{"name": "email", "options": {"email": email}}]}),
    );
    let old = tenant.code_for(ADA).await;
    let change = json!({"email": "Countess@example.com"});
    let changed = tenant
        .control(Method::PATCH, "/_mock/users/email%7Cada", &change)
        .await;
    assert_eq!(changed["user_id"], "email|ada");
    assert_eq!(changed["email"], "countess@example.com");
    assert_eq!(changed["name"], "Ada Lovelace");
    let mail = tenant.last_message("countess@example.com").await;
    assert_eq!(
        (&mail["html"], &mail["send"]),
        (&json!("Moved: countess@example.com"), &json!("notice"))
    );
    std::fs::remove_dir_all(folder).unwrap();
    let reply = tenant.post("/co/authenticate", &co_body(ADA, &old)).await;
    assert_eq!(reply.status, 403, "the old address logs nobody in");
    let code = tenant.code_for("countess@example.com").await;
    let reply = tenant
        .post("/co/authenticate", &co_body("countess@example.com", &code))
        .await;
    assert_eq!(reply.status, 200);
    let users = tenant.get("/_mock/users", &[]).await.json();
    assert_eq!(users.as_array().unwrap().len(), 1);
    let shown = json!({"operation": "change_email"});
    let shown = tenant
        .control(Method::POST, "/_mock/connections/email/preview", &shown)
        .await;
    assert_eq!(shown["html"], "Moved: ada@example.com");
}

#[rstest]
#[case("eve@example.com", 409)]
#[case("nonsense", 400)]
#[tokio::test]
async fn taken_and_invalid_addresses_are_refused(#[case] email: &str, #[case] expected: u16) {
    let tenant = Tenant::with(json!({"users": [ada(), {"email": "eve@example.com"}]}));
    let body = json!({"email": email}).to_string();
    let reply = tenant
        .send(request(
            Method::PATCH,
            "/_mock/users/email%7Cada",
            &[],
            &body,
        ))
        .await;
    assert_eq!(reply.status, expected, "{}", reply.text);
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

/// Makes Eve by the Management API. Returns the path of her resource.
async fn make_eve(tenant: &Tenant) -> String {
    let (status, made) = manage(
        tenant,
        Method::POST,
        "/api/v2/users",
        &json!({"connection": "email", "email": "eve@example.com",
        "email_verified": true, "app_metadata": {"plan": "free", "seats": 1}}),
    )
    .await;
    assert_eq!(status, 201, "{made}");
    let id = made["user_id"].as_str().unwrap().replace('|', "%7C");
    format!("/api/v2/users/{id}")
}

#[tokio::test]
async fn the_management_api_changes_users_and_merges_their_metadata() {
    let tenant = tenant();
    let path = make_eve(&tenant).await;
    let change = json!({"app_metadata": {"plan": null, "trial": true}, "blocked": true});
    let (status, changed) = manage(&tenant, Method::PATCH, &path, &change).await;
    assert_eq!(
        (status, &changed["app_metadata"]),
        (200, &json!({"seats": 1, "trial": true}))
    );
    assert_eq!(changed["blocked"], true);
}

#[tokio::test]
async fn the_management_api_lists_and_finds_users() {
    let tenant = tenant();
    make_eve(&tenant).await;
    let get = async |path: &str| manage(&tenant, Method::GET, path, &Value::Null).await.1;
    let found = get("/api/v2/users-by-email?email=eve@example.com").await;
    assert_eq!(found[0]["email"], "eve@example.com");
    let page = get("/api/v2/users?per_page=1&page=1&include_totals=true").await;
    assert_eq!(
        (&page["total"], &page["length"], &page["start"]),
        (&json!(2), &json!(1), &json!(1))
    );
    let found = get("/api/v2/users?q=email:%22ada@example.com%22").await;
    assert_eq!(found[0]["user_id"], "email|ada");
}

#[tokio::test]
async fn the_management_api_refuses_a_second_user_with_the_same_address() {
    let tenant = tenant();
    let (status, conflict) = manage(
        &tenant,
        Method::POST,
        "/api/v2/users",
        &json!({"connection": "email", "email": ADA}),
    )
    .await;
    assert_eq!(
        (status, &conflict["message"]),
        (409, &json!("The user already exists."))
    );
}

#[tokio::test]
async fn the_management_api_deletes_users() {
    let tenant = tenant();
    let path = make_eve(&tenant).await;
    let (status, _) = manage(&tenant, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(status, 204);
    let (status, gone) = manage(&tenant, Method::GET, &path, &Value::Null).await;
    assert_eq!(
        (status, &gone["errorCode"]),
        (404, &json!("inexistent_user"))
    );
}

#[tokio::test]
async fn a_refused_change_leaves_the_address_as_it_was() {
    let tenant = tenant();
    let path = make_eve(&tenant).await;
    let change = json!({"email": "new@example.com", "connection": "sms"});
    let (status, _) = manage(&tenant, Method::PATCH, &path, &change).await;
    assert_eq!(status, 400);
    let (_, eve) = manage(&tenant, Method::GET, &path, &Value::Null).await;
    assert_eq!(eve["email"], "eve@example.com");
}

#[tokio::test]
async fn the_management_api_accepts_only_tokens_for_itself() {
    let tenant = tenant();
    let get = async |bearer: &str| {
        let bearer = format!("Bearer {bearer}");
        tenant
            .get("/api/v2/users", &[("authorization", &bearer)])
            .await
    };
    assert_eq!(
        tenant.get("/api/v2/users", &[]).await.json()["message"],
        "Missing authentication"
    );
    assert_eq!(get("nonsense").await.json()["message"], "Invalid token");
    let code = tenant.authorization_code(&[("audience", API)]).await;
    let token = tenant.exchange(&code, &[]).await.json()["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(get(&token).await.status, 401, "a token for another API");
    let pairs = [
        ("grant_type", "client_credentials"),
        ("client_id", "latchkey-web"),
        ("client_secret", "latchkey-web-secret"),
        ("audience", "http://localhost:4000/api/v2/"),
        ("scope", "create:users"),
    ];
    let token = tenant.form("/oauth/token", &pairs).await.json()["access_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let reply = get(&token).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.json()["errorCode"]),
        (403, &json!("insufficient_scope"))
    );
}

#[tokio::test]
async fn client_credentials_issue_a_token_for_the_client() {
    let tenant = Tenant::new();
    let pairs = |audience| {
        [
            ("grant_type", "client_credentials"),
            ("client_id", "latchkey-web"),
            ("client_secret", "latchkey-web-secret"),
            ("audience", audience),
            ("scope", "openid read:things"),
        ]
    };
    let reply = tenant.form("/oauth/token", &pairs(API)).await.json();
    assert!(
        reply.get("id_token").is_none() && reply.get("refresh_token").is_none(),
        "{reply}"
    );
    let token = reply["access_token"].as_str().unwrap();
    let claims = claims(&tenant, token).await;
    assert_eq!(claims["sub"], "latchkey-web@clients");
    assert_eq!(
        (&claims["aud"], &claims["gty"]),
        (&json!(API), &json!("client-credentials"))
    );
    let bearer = format!("Bearer {token}");
    assert_eq!(
        tenant
            .get("/userinfo", &[("authorization", &bearer)])
            .await
            .status,
        401
    );
    let missing = tenant.form("/oauth/token", &pairs("")).await;
    assert_eq!(
        missing.json()["error_description"],
        "Missing required parameter: audience"
    );
    let spa = [
        ("grant_type", "client_credentials"),
        ("client_id", "latchkey-spa"),
        ("audience", API),
    ];
    assert_eq!(tenant.form("/oauth/token", &spa).await.status, 403);
}

/// Regression: tests moved the clock to expire a code, and every later ID token was from the future.
#[tokio::test]
async fn a_code_can_be_expired_without_moving_the_clock() {
    let tenant = Tenant::new();
    let code = tenant.code_for(ADA).await;
    tenant
        .control(
            Method::POST,
            "/_mock/codes/expire",
            &json!({"to": "Ada@example.com"}),
        )
        .await;
    let reply = tenant.post("/co/authenticate", &co_body(ADA, &code)).await;
    assert!(reply.text.contains("has expired"), "{}", reply.text);
    assert_eq!(tenant.last_message(ADA).await["expires_at_ms"], START_MS);
    let body = json!({"to": ADA}).to_string();
    let again = tenant
        .send(request(Method::POST, "/_mock/codes/expire", &[], &body))
        .await;
    assert_eq!(again.status, 404, "there is none that lives");
    let code = tenant.code_for(ADA).await;
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(ADA, &code))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_test_mail_is_sent_or_its_error_is_returned() {
    let tenant = Tenant::new();
    let path = "/_mock/email-provider/test";
    tenant
        .control(Method::POST, path, &json!({"to": ADA}))
        .await;
    assert_eq!(tenant.last_message(ADA).await["send"], "notice");
    let nowhere =
        json!({"name": "smtp", "credentials": {"smtp_host": "127.0.0.1", "smtp_port": 1}});
    tenant
        .control(Method::PATCH, "/_mock/email-provider", &nowhere)
        .await;
    let body = json!({"to": ADA}).to_string();
    let reply = tenant.send(request(Method::POST, path, &[], &body)).await;
    assert_eq!(reply.status, 502, "{}", reply.text);
    assert!(
        reply.text.contains("check email_provider.credentials"),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn the_log_in_as_buttons_exist_only_if_they_are_enabled() {
    for on in [true, false] {
        let tenant = Tenant::with(
            json!({"users": [ada(), {"email": "eve@example.com", "blocked": true}], "tenant": {"login_as": on}}),
        );
        let begun = tenant.authorize_with(&[], "").await;
        let cookie = format!("auth0_login={}", begun.cookie("auth0_login").unwrap());
        let location = begun
            .header("location")
            .trim_start_matches("http://localhost:4000")
            .to_owned();
        let page = tenant.get(&location, &[("cookie", &cookie)]).await;
        assert_eq!(
            page.text.contains("Ada Lovelace (ada@example.com)"),
            on,
            "{}",
            page.text
        );
        assert!(!page.text.contains("eve@example.com"));
        let state = location
            .split("state=")
            .nth(1)
            .unwrap()
            .split('&')
            .next()
            .unwrap();
        let body = format!("state={state}&step=as&user_id=email%7Cada");
        let headers = [
            ("cookie", cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let reply = tenant
            .send(request(Method::POST, "/login", &headers, &body))
            .await;
        assert_eq!(reply.param("code").is_some(), on, "{}", reply.status);
        if on {
            let tokens = tenant
                .exchange(&reply.param("code").unwrap(), &[])
                .await
                .json();
            let id_token = claims(&tenant, tokens["id_token"].as_str().unwrap()).await;
            assert_eq!(id_token["sub"], "email|ada");
        }
    }
}
