//! The control API: outbox, clock, faults, settings, reset, and the callers it accepts.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::tenant::{Tenant, request, start_body};

#[tokio::test]
async fn a_message_has_all_its_fields() {
    let tenant = Tenant::new();
    tenant.code_for("ada@example.com").await;
    let message = tenant.last_message("ada@example.com").await;
    for name in [
        "id",
        "to",
        "from",
        "subject",
        "html",
        "text",
        "code",
        "link",
        "connection",
        "request_language",
        "created_at",
    ] {
        assert!(message.get(name).is_some(), "{name}");
    }
    assert_eq!(
        (&message["connection"], &message["created_at"]),
        (&json!("email"), &json!("2026-11-23T09:00:00.000Z"))
    );
    let code = message["code"].as_str().unwrap();
    assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
    let one = tenant
        .get(
            &format!("/_mock/outbox/{}", message["id"].as_str().unwrap()),
            &[],
        )
        .await;
    assert_eq!(one.json(), message);
}

#[tokio::test]
async fn a_waiting_request_ends_when_the_message_is_sent() {
    let tenant = std::sync::Arc::new(Tenant::new());
    let waiting = tokio::spawn({
        let tenant = tenant.clone();
        async move {
            tenant
                .get("/_mock/outbox?to=Ada%40example.com&wait=30", &[])
                .await
                .json()
        }
    });
    tokio::task::yield_now().await;
    tenant
        .post("/passwordless/start", &start_body("eve@example.com"))
        .await;
    tenant
        .post("/passwordless/start", &start_body("ada@example.com"))
        .await;
    let messages = tokio::time::timeout(Duration::from_secs(5), waiting)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(messages.as_array().unwrap().len(), 1);
    assert_eq!(messages[0]["to"], "ada@example.com");
}

#[tokio::test(start_paused = true)]
async fn a_waiting_request_ends_after_its_time() {
    assert_eq!(
        Tenant::new().get("/_mock/outbox?wait=20", &[]).await.json(),
        json!([])
    );
}

#[tokio::test]
async fn messages_can_be_filtered_by_age_and_deleted() {
    let tenant = Tenant::new();
    tenant.code_for("ada@example.com").await;
    let first = tenant.last_message("ada@example.com").await;
    tenant.code_for("ada@example.com").await;
    let path = format!("/_mock/outbox?after={}", first["id"].as_str().unwrap());
    assert_eq!(
        tenant
            .get(&path, &[])
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    tenant
        .control(
            Method::DELETE,
            "/_mock/outbox?to=eve@example.com",
            &Value::Null,
        )
        .await;
    assert_eq!(
        tenant
            .get("/_mock/outbox", &[])
            .await
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
    tenant
        .control(Method::DELETE, "/_mock/outbox", &Value::Null)
        .await;
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[rstest]
#[case("/_mock/outbox?too=x")]
#[case("/_mock/outbox?wait=soon")]
#[case("/_mock/outbox?wait=-1")]
#[case("/_mock/outbox?wait=NaN")]
#[tokio::test]
async fn unknown_parameters_and_fields_are_refused(#[case] path: &str) {
    assert_eq!(Tenant::new().get(path, &[]).await.status, 400);
}

#[tokio::test]
async fn a_mail_is_shown_in_a_sandboxed_frame() {
    let tenant = Tenant::new();
    tenant.code_for("ada@example.com").await;
    let id = tenant.last_message("ada@example.com").await["id"].clone();
    let reply = tenant
        .get(&format!("/_mock/outbox/{}/html", id.as_str().unwrap()), &[])
        .await;
    let policy = reply.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox") && !policy.contains("allow-scripts"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'self'"));
}

#[tokio::test]
async fn a_fault_applies_to_matching_requests_as_often_as_set() {
    let tenant = Tenant::new();
    let fault = json!({"match": {"path": "/passwordless/start", "method": "post", "client": "latchkey-web", "email": "Eve@example.com"},
        "times": 1, "status": 503, "body": {"error": "down"}});
    tenant.control(Method::POST, "/_mock/faults", &fault).await;
    assert_eq!(
        tenant
            .post("/passwordless/start", &start_body("ada@example.com"))
            .await
            .status,
        200
    );
    let failed = tenant
        .post("/passwordless/start", &start_body("eve@example.com"))
        .await;
    failed.assert(503, &json!({"error": "down"}));
    assert_eq!(
        failed.header("access-control-allow-origin"),
        "http://localhost:3000"
    );
    assert_eq!(
        tenant
            .post("/passwordless/start", &start_body("eve@example.com"))
            .await
            .status,
        200
    );
    assert_eq!(tenant.get("/_mock/faults", &[]).await.json(), json!([]));
}

#[tokio::test(start_paused = true)]
async fn a_fault_with_only_a_delay_serves_the_request_later() {
    let tenant = Tenant::new();
    tenant
        .control(Method::POST, "/_mock/faults", &json!([{"delay_ms": 5_000}]))
        .await;
    let before = tokio::time::Instant::now();
    assert_eq!(
        tenant
            .post("/passwordless/start", &start_body("ada@example.com"))
            .await
            .status,
        200
    );
    assert_eq!(before.elapsed().as_secs(), 5);
    tenant
        .control(Method::DELETE, "/_mock/faults", &Value::Null)
        .await;
}

#[tokio::test]
async fn a_fault_can_close_the_connection_without_a_response() {
    let tenant = Tenant::new();
    tenant
        .control(Method::POST, "/_mock/faults", &json!({"drop": true}))
        .await;
    let request = request(Method::GET, "/userinfo", &[], "");
    let response = tenant.app.clone().oneshot(request).await.unwrap();
    assert!(
        axum::body::to_bytes(response.into_body(), 100)
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_fault_can_close_the_connection_within_the_body() {
    let tenant = Tenant::new();
    let fault = json!({"drop": true, "status": 200, "body": {"error": "never whole"}});
    tenant.control(Method::POST, "/_mock/faults", &fault).await;
    let request = request(Method::GET, "/userinfo", &[], "");
    let response = tenant.app.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    let mut body = response.into_body();
    let first = http_body_util::BodyExt::frame(&mut body).await.unwrap();
    assert_eq!(first.unwrap().into_data().unwrap(), "{\"error\":\"n");
    let second = http_body_util::BodyExt::frame(&mut body).await;
    assert!(second.unwrap().is_err());
}

#[tokio::test]
async fn a_connections_mail_is_linted() {
    let tenant = Tenant::new();
    let body = "{% if request_language contains 'dutch' %}{{ code }} {{ link }}{% endif %}";
    let patch = json!({"options": {"email": {"from": "a@example.com", "body": body}}});
    tenant
        .control(Method::PATCH, "/_mock/connections/email", &patch)
        .await;
    let report = tenant
        .control(Method::GET, "/_mock/connections/email/lint", &Value::Null)
        .await;
    assert_eq!(report["takes_effect"], false, "the provider is the outbox");
    assert_eq!(report["warnings"][0]["kind"], "no_code");
    assert_eq!(
        report["warnings"][0]["text"],
        "send is code, with no language header"
    );
    assert_eq!(
        tenant
            .get("/_mock/connections/nobody/lint", &[])
            .await
            .status,
        404
    );
}

#[rstest]
#[case(json!({}))]
#[case(json!({"status": 99}))]
#[case(json!({"status": 500, "times": 0}))]
#[case(json!({"status": 500, "paht": "/x"}))]
#[tokio::test]
async fn faults_without_an_effect_are_refused(#[case] body: Value) {
    let request = request(Method::POST, "/_mock/faults", &[], &body.to_string());
    assert_eq!(Tenant::new().send(request).await.status, 400);
}

#[tokio::test]
async fn invalid_settings_change_nothing() {
    let tenant = Tenant::new();
    for (path, body) in [
        (
            "/_mock/clients/latchkey-web",
            json!({"callbacks": ["nonsense"]}),
        ),
        ("/_mock/clients/latchkey-web", json!({"calbacks": []})),
        ("/_mock/settings", json!({"session_lifetime": "long"})),
        ("/_mock/settings", json!([])),
    ] {
        let reply = tenant
            .send(request(Method::PATCH, path, &[], &body.to_string()))
            .await;
        assert_eq!(reply.status, 400, "{path}: {}", reply.text);
    }
    assert_eq!(
        tenant
            .send(request(Method::PATCH, "/_mock/clients/nobody", &[], "{}"))
            .await
            .status,
        404
    );
    let clients = tenant
        .control(Method::GET, "/_mock/clients", &Value::Null)
        .await;
    assert_eq!(clients[0]["callbacks"][0], "http://localhost:3000/callback");
}

#[tokio::test]
async fn a_reset_restores_the_state_and_the_seed() {
    let tenant = Tenant::new();
    let first = tenant.code_for("ada@example.com").await;
    tenant
        .control(
            Method::POST,
            "/_mock/clock",
            &json!({"advance_s": 60, "freeze": true}),
        )
        .await;
    tenant
        .control(
            Method::PATCH,
            "/_mock/settings",
            &json!({"distinct_code_errors": false}),
        )
        .await;
    tenant
        .control(Method::POST, "/_mock/reset", &Value::Null)
        .await;
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
    assert_eq!(
        tenant.get("/_mock/settings", &[]).await.json()["distinct_code_errors"],
        true
    );
    assert_eq!(
        tenant.get("/_mock/clock", &[]).await.json()["frozen"],
        false
    );
    assert_eq!(tenant.code_for("ada@example.com").await, first);
}

#[rstest]
#[case::elsewhere([10, 0, 0, 7], &[], 403)]
#[case::here([127, 0, 0, 1], &[], 200)]
#[case::own_page([127, 0, 0, 1], &[("host", "localhost:4000"), ("origin", "http://localhost:4000")], 200)]
#[case::other_page([127, 0, 0, 1], &[("origin", "http://localhost:3000")], 403)]
#[case::cross_site([127, 0, 0, 1], &[("sec-fetch-site", "cross-site")], 403)]
#[case::rebinding([127, 0, 0, 1], &[("host", "evil.com:4000")], 403)]
#[case::rebinding_post([127, 0, 0, 1], &[("host", "evil.com:4000"), ("origin", "http://evil.com:4000")], 403)]
#[tokio::test]
async fn only_callers_on_this_machine_may_use_the_control_api(
    #[case] ip: [u8; 4],
    #[case] headers: &[(&str, &str)],
    #[case] status: u16,
) {
    let mut request = request(Method::GET, "/_mock/outbox", headers, "");
    let peer = ConnectInfo(SocketAddr::from((ip, 1)));
    request.extensions_mut().insert(peer);
    let reply = Tenant::new().send(request).await;
    assert_eq!(reply.status, status, "{}", reply.text);
}

#[rstest]
#[case("/", "Latchkey mock tenant")]
#[case("/_mock/inbox", "Inbox")]
#[tokio::test]
async fn pages_have_a_strict_content_security_policy(#[case] path: &str, #[case] text: &str) {
    let reply = Tenant::new().get(path, &[]).await;
    assert_eq!(reply.status, 200);
    assert!(reply.text.contains(text));
    let policy = reply.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(reply.header(name), value);
    }
}

#[tokio::test]
async fn the_client_settings_that_lock_loads_are_served() {
    let tenant = Tenant::new();
    let reply = tenant.get("/client/latchkey-web.js?t123", &[]).await;
    assert_eq!(
        reply.header("content-type"),
        "application/x-javascript; charset=utf-8"
    );
    assert!(
        reply
            .text
            .starts_with("Auth0.setClient({\"id\":\"latchkey-web\",")
            && reply.text.ends_with("});")
    );
    assert!(!reply.text.contains("secret"));
    assert_eq!(tenant.get("/client/nobody.js", &[]).await.status, 404);
}
