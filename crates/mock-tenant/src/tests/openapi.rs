//! The control API's OpenAPI description, compared with the routes and their responses.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::tenant::{Tenant, request};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];
/// Pages, which the description leaves out.
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

/// The paths in the source of the router. The router itself has no method to list them.
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
async fn the_description_lists_exactly_the_routes() {
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
async fn each_route_has_exactly_the_described_methods() {
    let tenant = Tenant::new();
    for (path, operations) in document(&tenant).await["paths"].as_object().unwrap() {
        let path = path
            .replace("{id}", "nothing")
            .replace("{name}", "nothing")
            .replace("{index}", "0");
        for method in METHODS {
            let verb = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            // The stream of events never ends. Another test reads it.
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
async fn references_resolve_and_operation_ids_are_unique() {
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
async fn responses_have_exactly_the_described_fields() {
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
