//! The preview of a connection's mail, and the settings of the e-mail provider.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{Tenant, request};

async fn preview(tenant: &Tenant, body: Value) -> Value {
    tenant
        .control(Method::POST, "/_mock/connections/email/preview", &body)
        .await
}

#[tokio::test]
async fn a_preview_without_templates_shows_the_built_in_mail() {
    let shown = preview(&Tenant::new(), json!({})).await;
    assert_eq!(shown["subject"], "Your code for Latchkey sample");
    assert!(shown["html"].as_str().unwrap().contains("123456"));
    assert_eq!(
        (&shown["problem"], &shown["warnings"]),
        (&Value::Null, &json!([]))
    );
}

#[rstest]
#[case(json!("fr-FR"), "Bonjour 123456")]
#[case(json!("en-GB"), "Hello 123456")]
#[tokio::test]
async fn templates_are_previewed_by_language(#[case] language: Value, #[case] expected: &str) {
    let body = "{% if request_language contains 'fr' %}Bonjour {{ code }}{% else %}Hello {{ code }}{% endif %}";
    let tenant = Tenant::new();
    let shown = preview(
        &tenant,
        json!({"body": body, "subject": "{{ application.name }}!", "language": language}),
    )
    .await;
    assert_eq!(
        (&shown["html"], &shown["subject"]),
        (&json!(expected), &json!("Latchkey sample!"))
    );
    assert_eq!(
        tenant.get("/_mock/outbox", &[]).await.json(),
        json!([]),
        "nothing is sent"
    );
}

#[tokio::test]
async fn a_template_error_is_reported_and_the_built_in_mail_is_shown() {
    let tenant = Tenant::new();
    let broken = preview(&tenant, json!({"body": "{% if code %}"})).await;
    assert!(
        broken["problem"].as_str().unwrap().contains("line 1"),
        "{broken}"
    );
    assert!(broken["html"].as_str().unwrap().contains("123456"));
    let silent = preview(&tenant, json!({"body": "<p>Hello</p>"})).await;
    assert_eq!(silent["warnings"][0]["kind"], "no_code");
    let link = preview(&tenant, json!({"body": "{{ link }}", "send": "link"})).await;
    assert!(
        link["html"]
            .as_str()
            .unwrap()
            .contains("/passwordless/verify_redirect?")
    );
}

#[rstest]
#[case("sms", json!({}), 404)]
#[case("nowhere", json!({}), 404)]
#[case("email", json!({"client_id": "nobody"}), 404)]
#[case("email", json!({"boddy": "x"}), 400)]
#[tokio::test]
async fn invalid_preview_requests_are_refused(
    #[case] connection: &str,
    #[case] body: Value,
    #[case] status: u16,
) {
    let path = format!("/_mock/connections/{connection}/preview");
    let reply = Tenant::new()
        .send(request(Method::POST, &path, &[], &body.to_string()))
        .await;
    assert_eq!(reply.status, status, "{}", reply.text);
}

#[tokio::test]
async fn the_provider_can_be_changed_and_its_password_is_never_returned() {
    let tenant = Tenant::new();
    let change =
        json!({"name": "smtp", "credentials": {"smtp_user": "mailer", "smtp_pass": "hunter22"}});
    let changed = tenant
        .control(Method::PATCH, "/_mock/email-provider", &change)
        .await;
    assert_eq!(
        (&changed["name"], &changed["credentials"]["smtp_pass"]),
        (&json!("smtp"), &json!("[redacted]"))
    );
    let read = tenant.get("/_mock/email-provider", &[]).await;
    assert!(!read.text.contains("hunter22"), "{}", read.text);
    assert_eq!(read.json(), changed);
}
