//! Snapshots of the state, and their restoration.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{Reply, Tenant, co_body, request};

const ADA: &str = "ada@example.com";

async fn take(tenant: &Tenant) -> Value {
    tenant
        .control(Method::GET, "/_mock/snapshot", &Value::Null)
        .await
}

async fn put(tenant: &Tenant, body: &str) -> Reply {
    tenant
        .send(request(Method::PUT, "/_mock/snapshot", &[], body))
        .await
}

/// A tenant with a sent code, a session, tokens, a fault, a moved clock and changed settings.
async fn busy() -> (Tenant, String, String) {
    let tenant = Tenant::new();
    let authorized = tenant
        .authorize(&[("scope", "openid offline_access")])
        .await;
    let session = authorized.cookie("auth0").unwrap();
    tenant
        .exchange(&authorized.param("code").unwrap(), &[])
        .await;
    tenant.authorize_with(&[], "").await;
    tenant
        .control(
            Method::POST,
            "/_mock/faults",
            &json!({"match": {"path": "/userinfo"}, "status": 503}),
        )
        .await;
    tenant
        .control(
            Method::POST,
            "/_mock/clock",
            &json!({"advance_s": 5, "freeze": true}),
        )
        .await;
    tenant
        .control(Method::PATCH, "/_mock/settings", &json!({"name": "kept"}))
        .await;
    tenant
        .post("/co/authenticate", &co_body(ADA, "wrong"))
        .await;
    let code = tenant.code_for(ADA).await;
    (tenant, code, session)
}

#[tokio::test]
async fn a_snapshot_continues_on_another_tenant() {
    let (first, code, session) = busy().await;
    let kept = take(&first).await;
    let second = Tenant::new();
    let reply = put(&second, &kept.to_string()).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert_eq!(take(&second).await, kept, "nothing is lost on the way");
    let reply = second.post("/co/authenticate", &co_body(ADA, &code)).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let silent = second
        .authorize_with(&[("prompt", "none")], &format!("auth0={session}"))
        .await;
    assert!(silent.param("code").is_some());
    assert_eq!(second.get("/userinfo", &[]).await.status, 503);
    assert_eq!(
        second.get("/_mock/settings", &[]).await.json()["name"],
        "kept"
    );
    assert_eq!(second.get("/_mock/clock", &[]).await.json()["frozen"], true);
}

#[tokio::test]
async fn restoring_undoes_later_changes() {
    let (tenant, code, _) = busy().await;
    let kept = take(&tenant).await;
    tenant.post("/co/authenticate", &co_body(ADA, &code)).await;
    tenant
        .control(Method::DELETE, "/_mock/outbox", &Value::Null)
        .await;
    put(&tenant, &kept.to_string()).await;
    assert_eq!(tenant.last_message(ADA).await["code"], code.as_str());
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(ADA, &code))
            .await
            .status,
        200
    );
    put(&tenant, &kept.to_string()).await;
    assert_eq!(take(&tenant).await, kept);
}

#[rstest]
#[case::no_json("{", "not JSON")]
#[case::nothing("{}", "missing field")]
#[case::version(r#"{"version": 1}"#, "1")]
#[tokio::test]
async fn an_invalid_snapshot_changes_nothing(#[case] body: &str, #[case] text: &str) {
    let (tenant, ..) = busy().await;
    let kept = take(&tenant).await;
    let mut body = body.to_owned();
    if text == "1" {
        let mut other = kept.clone();
        other["version"] = 1.into();
        body = other.to_string();
    }
    let reply = put(&tenant, &body).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text.contains(text), "{}", reply.text);
    assert_eq!(take(&tenant).await, kept);
}

#[rstest]
#[case("/state/config/clients/0/callbacks", json!(["nonsense"]), "clients[0].callbacks[0]")]
#[case("/state/config/tenant/name", json!(7), "state.config.tenant.name")]
#[case("/state/codes/key", json!("short"), "state.codes.key")]
#[case("/state/outbox/0/code", Value::Null, "state.outbox[0].code")]
#[case("/keys/1/pem", json!("-----BEGIN PRIVATE KEY-----"), "keys[1].pem")]
#[case("/keys/1/role", json!("current"), "whose `role` is next")]
#[case("/clock/offset_ms", json!("soon"), "clock.offset_ms")]
#[tokio::test]
async fn an_error_names_the_invalid_field(
    #[case] pointer: &str,
    #[case] value: Value,
    #[case] field: &str,
) {
    let (tenant, ..) = busy().await;
    let kept = take(&tenant).await;
    let mut bad = kept.clone();
    *bad.pointer_mut(pointer).unwrap() = value;
    let reply = put(&tenant, &bad.to_string()).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text.contains(field), "{}", reply.text);
    assert_eq!(take(&tenant).await, kept);
}

#[tokio::test]
async fn an_unknown_field_is_refused() {
    let (tenant, ..) = busy().await;
    let mut more = take(&tenant).await;
    more["state"]["config"]["tenant"]["nane"] = json!("typo");
    let reply = put(&tenant, &more.to_string()).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text.contains("nane"), "{}", reply.text);
}
