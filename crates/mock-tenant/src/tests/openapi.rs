//! The control API's description, held against the routes and against what they answer.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::tenant::{Tenant, request};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// For people, not programs.
const PAGES: [&str; 8] = [
    "/inbox",
    "/mail",
    "/connection-settings",
    "/applications",
    "/people",
    "/activity",
    "/controls",
    "/assets/{file}",
];

async fn document(tenant: &Tenant) -> Value {
    tenant.get("/_mock/openapi.json", &[]).await.json()
}

/// Paths in the source of the router, which cannot be asked for them.
fn routes() -> BTreeSet<String> {
    let source = include_str!("../control.rs");
    let quoted = source
        .split(".route(")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1));
    quoted
        .filter(|path| !PAGES.contains(path))
        .map(|path| format!("/_mock{path}"))
        .collect()
}

#[tokio::test]
async fn it_names_every_route_and_no_other() {
    let tenant = Tenant::new();
    let document = document(&tenant).await;
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(described, routes());
    assert_eq!(document["servers"][0]["url"], "http://localhost:4000");
}

#[tokio::test]
async fn every_route_has_the_methods_it_names_and_no_other() {
    let tenant = Tenant::new();
    for (path, operations) in document(&tenant).await["paths"].as_object().unwrap() {
        let path = path
            .replace("{id}", "nothing")
            .replace("{name}", "nothing")
            .replace("{index}", "0");
        for method in METHODS {
            let verb = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            // The stream of events has no end to wait for; that it is there is tested elsewhere.
            if path.ends_with("/events") && method == "get" {
                continue;
            }
            let reply = tenant.send(request(verb, &path, &[], "")).await;
            let is_served = reply.status != StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(
                is_served,
                operations.get(method).is_some(),
                "{method} {path}: {}",
                reply.status
            );
            let named =
                operations.pointer(&format!("/{method}/responses/{}", reply.status.as_u16()));
            assert!(
                !is_served || named.is_some(),
                "{method} {path} answers {}",
                reply.status
            );
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_operations_have_their_own_names() {
    let tenant = Tenant::new();
    let document = document(&tenant).await;
    let mut names = BTreeSet::new();
    let mut waiting = vec![&document];
    while let Some(value) = waiting.pop() {
        if let Some(target) = value.get("$ref").and_then(Value::as_str) {
            assert!(
                document.pointer(target.trim_start_matches('#')).is_some(),
                "{target}"
            );
        }
        if let Some(id) = value.get("operationId") {
            assert!(names.insert(id.to_string()), "{id} twice");
        }
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(fields) => waiting.extend(fields.values()),
            _ => {}
        }
    }
}

#[tokio::test]
async fn messages_clocks_and_snapshots_have_the_fields_it_names() {
    let tenant = Tenant::new();
    tenant.code_for("ada@example.com").await;
    let document = document(&tenant).await;
    for (schema, actual) in [
        ("Message", tenant.last_message("ada@example.com").await),
        ("Clock", tenant.get("/_mock/clock", &[]).await.json()),
        ("Snapshot", tenant.get("/_mock/snapshot", &[]).await.json()),
        (
            "Lint",
            tenant
                .get("/_mock/connections/email/lint", &[])
                .await
                .json(),
        ),
        (
            "Preview",
            tenant
                .control(Method::POST, "/_mock/connections/email/preview", &json!({}))
                .await,
        ),
    ] {
        let named: BTreeSet<_> = document["components"]["schemas"][schema]["properties"]
            .as_object()
            .unwrap()
            .keys()
            .collect();
        let there: BTreeSet<_> = actual.as_object().unwrap().keys().collect();
        assert_eq!(named, there, "{schema}");
    }
}
