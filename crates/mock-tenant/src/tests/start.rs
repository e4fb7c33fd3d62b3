//! `/passwordless/start`: every row of Auth0's error table that the mock can produce, messages, and allowed origins.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{ORIGIN, Tenant, request, start_body};

/// A tenant with more connections than the built-in ones, so that every error can be produced.
fn tenant() -> Tenant {
    Tenant::with(json!({
        "connections": [
            {"name": "email", "strategy": "email"},
            {"name": "sms", "strategy": "sms"},
            {"name": "closed", "strategy": "email", "options": {"disable_signup": true}},
            {"name": "off", "strategy": "email", "enabled_clients": []},
            {"name": "db", "strategy": "auth0"}
        ],
        "users": [{"email": "known@example.com", "connection": "closed"}]
    }))
}

#[rstest]
#[case::no_client_id(json!({"client_id": null}), 400, json!({"error": "bad.client_id", "error_description": "Missing required property: client_id"}))]
#[case::unknown_client(json!({"client_id": "nobody"}), 403, json!({"error": "unauthorized_client", "error_description": "Unknown client: nobody"}))]
#[case::no_connection(json!({"connection": null}), 400, json!({"error": "bad.connection", "error_description": "Missing required property: connection"}))]
#[case::unknown_connection(json!({"connection": "fax"}), 400, json!({"error": "bad.connection", "error_description": "Connection does not exist"}))]
#[case::disabled(json!({"connection": "off"}), 400, json!({"error": "bad.connection", "error_description": "Connection is disabled"}))]
#[case::database(json!({"connection": "db"}), 400, json!({"error": "bad.connection", "error_description": "Invalid connection strategy. It must either be a passwordless connection"}))]
#[case::signup_off(json!({"connection": "closed"}), 400, json!({"error": "bad.connection", "error_description": "Public signup is disabled"}))]
#[case::send(json!({"send": "fax"}), 400, json!({"error": "bad.send", "error_description": "error in send - No enum match for: fax"}))]
#[case::auth_params(json!({"authParams": "x"}), 400, json!({"error": "bad.authParams", "error_description": "error in authParams - invalid type: string (expected object)"}))]
#[case::unknown_key(json!({"colour": "red"}), 400, json!({"error": "bad.request", "error_description": "the following properties are not allowed: colour"}))]
#[case::no_email(json!({"email": null}), 400, json!({"error": "bad.email", "error_description": "Missing required property: email"}))]
#[case::bad_email(json!({"email": "ada"}), 400, json!({"error": "bad.email", "error_description": "error in email - email format validation failed: ada"}))]
#[case::no_phone(json!({"connection": "sms"}), 400, json!({"error": "bad.phone_number", "error_description": "Missing required property: phone_number"}))]
#[case::bad_phone(json!({"connection": "sms", "phone_number": "0049"}), 400, json!({"error": "bad.phone_number", "error_description": "String does not match pattern: ^\\+[0-9]{1,15}$"}))]
#[case::wrong_secret(json!({"client_secret": "wrong"}), 401, json!({"error": "access_denied", "error_description": "Unauthorized"}))]
#[tokio::test]
async fn invalid_requests_are_refused(
    #[case] change: Value,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let mut body = start_body("ada@example.com");
    crate::config::merge_patch(&mut body, change);
    let tenant = tenant();
    let reply = tenant.post("/passwordless/start", &body).await;
    reply.assert(status, &expected);
    assert_eq!(
        reply.header("content-type"),
        "application/json; charset=utf-8"
    );
    assert_eq!(reply.header("access-control-allow-origin"), ORIGIN);
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[rstest]
#[case("[]")]
#[case("{")]
#[case("")]
#[tokio::test]
async fn bodies_that_are_no_object_are_refused(#[case] body: &str) {
    let headers = [("content-type", "application/json")];
    let request = request(Method::POST, "/passwordless/start", &headers, body);
    let expected =
        json!({"error": "bad.request", "error_description": "The body is not a JSON object"});
    Tenant::new().send(request).await.assert(400, &expected);
}

#[rstest]
#[case::list("a@b.co,d@e.fg")]
#[case::header_injection("a@b.co\r\nBcc: x@y.zz")]
#[case::display_name("Ada <a@b.co>")]
#[case::quoted("\"a b\"@b.co")]
#[case::comment("a(x)@b.co")]
#[case::two_ats("a@b@c.de")]
#[case::no_local("@b.co")]
#[case::no_dot("a@localhost")]
#[case::empty_label("a@b..co")]
#[case::dot_first(".a@b.co")]
#[case::null("a\0@b.co")]
#[case::long_local("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.co")]
#[tokio::test]
async fn malicious_addresses_are_refused(#[case] email: &str) {
    let reply = Tenant::new()
        .post("/passwordless/start", &start_body(email))
        .await;
    assert_eq!(reply.json()["error"], "bad.email", "{}", reply.text);
}

#[tokio::test]
async fn the_response_has_the_id_of_the_future_user() {
    let tenant = tenant();
    let reply = tenant
        .post("/passwordless/start", &start_body(" Ada@Example.COM "))
        .await;
    let id = reply.json()["_id"].clone();
    assert_eq!(id.as_str().unwrap().len(), 24);
    reply.assert(
        200,
        &json!({"_id": id, "email": "ada@example.com", "email_verified": true}),
    );
    let again = tenant
        .post("/passwordless/start", &start_body("ada@example.com"))
        .await;
    assert_eq!(again.json()["_id"], id);
    assert_eq!(
        tenant
            .control(Method::GET, "/_mock/users", &Value::Null)
            .await
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn text_messages_are_sent() {
    let tenant = tenant();
    let body = json!({"client_id": "latchkey-web", "connection": "sms", "send": "code", "phone_number": "+4930123456"});
    let reply = tenant.post("/passwordless/start", &body).await;
    let id = reply.json()["_id"].clone();
    reply.assert(
        200,
        &json!({"_id": id, "phone_number": "+4930123456", "phone_verified": true}),
    );
    let message = tenant.last_message("+4930123456").await;
    assert!(
        message["text"]
            .as_str()
            .unwrap()
            .contains(message["code"].as_str().unwrap())
    );
}

#[tokio::test]
async fn known_users_can_log_in_while_signup_is_disabled() {
    let mut body = start_body("known@example.com");
    body["connection"] = "closed".into();
    assert_eq!(
        tenant().post("/passwordless/start", &body).await.status,
        200
    );
}

#[tokio::test]
async fn blocked_users_get_no_mail_and_the_same_response() {
    let tenant = Tenant::with(json!({"users": [{"email": "eve@example.com", "blocked": true}]}));
    let reply = tenant
        .post("/passwordless/start", &start_body("eve@example.com"))
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[rstest]
#[case(json!(null), "link")]
#[case(json!("link"), "link")]
#[case(json!("code"), "code")]
#[tokio::test]
async fn a_link_is_sent_unless_a_code_is_requested(#[case] send: Value, #[case] expected: &str) {
    let mut body = start_body("ada@example.com");
    body["send"] = send;
    let tenant = Tenant::new();
    tenant.post("/passwordless/start", &body).await;
    assert_eq!(
        tenant.last_message("ada@example.com").await["send"],
        expected
    );
}

#[rstest]
#[case(&[("accept-language", "en-GB,en;q=0.9")], json!("en-GB,en;q=0.9"))]
#[case(&[("accept-language", "en"), ("x-request-language", "dutch")], json!("dutch"))]
#[case(&[], json!(null))]
#[tokio::test]
async fn the_language_header_is_kept_unchanged(
    #[case] headers: &[(&str, &str)],
    #[case] expected: Value,
) {
    let tenant = Tenant::new();
    let body = start_body("ada@example.com").to_string();
    let json = [("content-type", "application/json")];
    let headers = [headers, &json].concat();
    tenant
        .send(request(
            Method::POST,
            "/passwordless/start",
            &headers,
            &body,
        ))
        .await;
    assert_eq!(
        tenant.last_message("ada@example.com").await["request_language"],
        expected
    );
}

#[rstest]
#[case::forgotten(json!({}), 403)]
#[case::right(json!({"client_secret": "latchkey-web-secret"}), 200)]
#[case::public_client(json!({"client_id": "latchkey-spa"}), 200)]
#[tokio::test]
async fn new_tenants_require_the_secret(#[case] change: Value, #[case] status: u16) {
    let flag = "enforce_client_authentication_on_passwordless_start";
    let tenant = Tenant::with(json!({"tenant": {"flags": {flag: true}}}));
    let mut body = start_body("ada@example.com");
    crate::config::merge_patch(&mut body, change);
    let reply = tenant.post("/passwordless/start", &body).await;
    assert_eq!(reply.status, status);
    if status == 403 {
        let expected = json!({"error": "unauthorized_client", "error_description": "Client authentication is required"});
        reply.assert(403, &expected);
    }
}

#[tokio::test]
async fn after_fifty_calls_an_hour_429_names_the_time_to_wait() {
    let tenant = Tenant::new();
    let body = start_body("ada@example.com");
    for left in (0..50).rev() {
        let reply = tenant.post("/passwordless/start", &body).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("x-ratelimit-remaining")),
            (200, left.to_string().as_str())
        );
    }
    tenant.clock.advance_ms(600_000);
    let reply = tenant.post("/passwordless/start", &body).await;
    reply.assert(429, &json!({"error": "too_many_requests", "error_description":
        "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers."}));
    assert_eq!(reply.header("x-ratelimit-limit"), "50");
    assert_eq!(reply.header("x-ratelimit-reset"), "1795428000");
    assert_eq!(reply.header("retry-after"), "3000");
    assert_eq!(reply.header("access-control-expose-headers"), "");
    let mut with_secret = body.clone();
    with_secret["client_secret"] = "latchkey-web-secret".into();
    assert_eq!(
        tenant
            .post("/passwordless/start", &with_secret)
            .await
            .status,
        200,
        "another bucket"
    );
    tenant.clock.advance_ms(3_000_000);
    assert_eq!(tenant.post("/passwordless/start", &body).await.status, 200);
}

#[tokio::test]
async fn the_limit_can_be_changed_and_its_headers_shown_to_pages() {
    let tenant = Tenant::new();
    let change = json!({"passwordless_start_per_hour": 1, "cors_expose_headers": ["Retry-After"]});
    tenant
        .control(Method::PATCH, "/_mock/settings", &change)
        .await;
    let body = start_body("ada@example.com");
    assert_eq!(tenant.post("/passwordless/start", &body).await.status, 200);
    let reply = tenant.post("/passwordless/start", &body).await;
    assert_eq!(
        (
            reply.status.as_u16(),
            reply.header("access-control-expose-headers")
        ),
        (429, "Retry-After")
    );
    tenant
        .control(
            Method::PATCH,
            "/_mock/settings",
            &json!({"passwordless_start_per_hour": 0}),
        )
        .await;
    assert_eq!(tenant.post("/passwordless/start", &body).await.status, 200);
}

#[rstest]
#[case("http://localhost:3000", true)]
#[case("http://localhost:3001", false)]
#[case("https://localhost:3000", false)]
#[case("http://localhost:3000.evil.com", false)]
#[case("null", false)]
#[tokio::test]
async fn cors_is_for_listed_origins_and_without_credentials(
    #[case] origin: &str,
    #[case] allowed: bool,
) {
    let tenant = Tenant::new();
    let body = start_body("ada@example.com").to_string();
    for method in [Method::OPTIONS, Method::POST] {
        let headers = [("origin", origin), ("content-type", "application/json")];
        let reply = tenant
            .send(request(method, "/passwordless/start", &headers, &body))
            .await;
        let expected = if allowed { origin } else { "" };
        assert_eq!(reply.header("access-control-allow-origin"), expected);
        assert_eq!(reply.header("access-control-allow-credentials"), "");
        assert_eq!(reply.header("vary"), "Origin");
    }
}

#[rstest]
#[case(
    "/passwordless/start",
    "CORS",
    "Allowed Callback URLs or Allowed Origins (CORS)"
)]
#[case("/co/authenticate", "WEB ORIGIN", "Allowed Web Origins")]
#[tokio::test]
async fn an_unlisted_origin_is_logged_with_a_remedy(
    #[case] path: &str,
    #[case] behavior: &str,
    #[case] list: &str,
) {
    let tenant = Tenant::new();
    for origin in ["http://127.0.0.1:3000", ORIGIN, "http://localhost:4000"] {
        tenant
            .send(request(Method::OPTIONS, path, &[("origin", origin)], ""))
            .await;
    }
    let logs = tenant
        .control(Method::GET, "/_mock/logs", &json!(null))
        .await;
    let logs = logs.as_array().unwrap();
    let refused: Vec<_> = logs.iter().filter(|entry| entry["type"] == "fco").collect();
    assert_eq!(
        refused.len(),
        1,
        "the listed one and the tenant's own are not logged"
    );
    assert_eq!(
        refused[0]["description"],
        format!("Origin http://127.0.0.1:3000 is not allowed. Behavior used for check: {behavior}")
    );
    assert_eq!(
        refused[0]["details"]["remedy"],
        format!("Add http://127.0.0.1:3000 to the client's {list}.")
    );
}

#[tokio::test]
async fn a_preflight_allows_the_headers_of_the_sdks() {
    let request = request(
        Method::OPTIONS,
        "/passwordless/start",
        &[("origin", ORIGIN)],
        "",
    );
    let reply = Tenant::new().send(request).await;
    assert_eq!(reply.status, 204);
    for header in ["Content-Type", "Auth0-Client", "X-Request-Language"] {
        assert!(
            reply
                .header("access-control-allow-headers")
                .contains(header)
        );
    }
}

#[tokio::test]
async fn links_ignore_the_host_header() {
    let tenant = Tenant::new();
    let headers = [
        ("host", "evil.com"),
        ("x-forwarded-host", "evil.com"),
        ("forwarded", "host=evil.com"),
        ("content-type", "application/json"),
    ];
    let body = start_body("ada@example.com").to_string();
    tenant
        .send(request(
            Method::POST,
            "/passwordless/start",
            &headers,
            &body,
        ))
        .await;
    let message = tenant.last_message("ada@example.com").await;
    assert!(
        message["link"]
            .as_str()
            .unwrap()
            .starts_with("http://localhost:4000/passwordless/verify_redirect?")
    );
    assert!(!message.to_string().contains("evil.com"));
}
