//! The tenant's clock: moved forward, moved back, stopped, and reset to real time.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{Tenant, co_body, request, start_body};

#[tokio::test]
async fn a_code_expires_when_the_clock_is_advanced() {
    let tenant = Tenant::new();
    let code = tenant.code_for("ada@example.com").await;
    let before = tenant
        .control(Method::GET, "/_mock/clock", &Value::Null)
        .await;
    assert_eq!(
        before,
        json!({"now": "2026-11-23T09:00:00.000Z", "now_ms": 1_795_424_400_000_u64, "offset_ms": 0, "frozen": false})
    );
    let after = tenant
        .control(
            Method::POST,
            "/_mock/clock",
            &json!({"advance_s": 181, "freeze": true}),
        )
        .await;
    assert_eq!(
        (&after["now"], &after["frozen"]),
        (&json!("2026-11-23T09:03:01.000Z"), &json!(true))
    );
    let reply = tenant
        .post("/co/authenticate", &co_body("ada@example.com", &code))
        .await;
    assert_eq!(
        reply.json()["error_description"],
        "The verification code has expired. Please try to login again."
    );
}

#[rstest]
#[case(json!({"advance_s": -1e300}))]
#[case(json!({"reset": 1}))]
#[case(json!({"advance": 1}))]
#[case(json!({"advance_s": 1e300}))]
#[tokio::test]
async fn invalid_clock_settings_are_refused(#[case] body: Value) {
    let request = request(Method::POST, "/_mock/clock", &[], &body.to_string());
    assert_eq!(Tenant::new().send(request).await.status, 400);
}

async fn set(tenant: &Tenant, body: Value) -> Value {
    tenant.control(Method::POST, "/_mock/clock", &body).await
}

#[tokio::test]
async fn a_code_is_valid_again_when_the_clock_is_moved_back() {
    let tenant = Tenant::new();
    let code = tenant.code_for("ada@example.com").await;
    set(&tenant, json!({"advance_s": 181})).await;
    let reply = tenant
        .post("/co/authenticate", &co_body("ada@example.com", &code))
        .await;
    assert_eq!(reply.status, 403);
    let back = set(&tenant, json!({"advance_s": -181})).await;
    assert_eq!(
        (&back["now"], &back["offset_ms"]),
        (&json!("2026-11-23T09:00:00.000Z"), &json!(0))
    );
    let reply = tenant
        .post("/co/authenticate", &co_body("ada@example.com", &code))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

#[tokio::test]
async fn the_clock_can_be_reset_to_real_time() {
    let tenant = Tenant::new();
    set(&tenant, json!({"freeze": true, "advance_s": -90.5})).await;
    tenant.clock.advance_ms(1_000);
    let reading = set(&tenant, json!({"reset": true})).await;
    assert_eq!(
        reading,
        json!({"now": "2026-11-23T09:00:01.000Z", "now_ms": 1_795_424_401_000_u64, "offset_ms": 0, "frozen": false})
    );
    let reading = set(&tenant, json!({"reset": true, "advance_s": -1})).await;
    assert_eq!(
        reading["offset_ms"], -1_000,
        "reset comes first, then the move"
    );
}

#[rstest]
#[case(-86_400.0)]
#[case(-1e11)]
#[case(1e11)]
#[tokio::test]
async fn a_login_succeeds_at_any_time_and_across_a_jump(#[case] jump_s: f64) {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    tenant
        .post("/passwordless/start", &start_body("ada@example.com"))
        .await;
    set(&tenant, json!({"advance_s": jump_s})).await;
    tenant.exchange(&code, &[]).await;
    let code = tenant.authorization_code(&[]).await;
    let tokens = tenant.exchange(&code, &[]).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text);
    let now = tenant.get("/_mock/clock", &[]).await.json();
    assert!(now["now_ms"].is_u64(), "{now}");
}
