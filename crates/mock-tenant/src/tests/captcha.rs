//! Captchas: the row of the error table, when one is wanted, and how it is solved.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::hosted::Browser;
use super::tenant::{ORIGIN, Tenant, start_body};
use crate::captcha::INVALID_CAPTCHA;

fn tenant(policy: &str) -> Tenant {
    let detection = json!({"challenge_passwordless_policy": policy});
    Tenant::with(json!({"tenant": {"attack_protection": {"bot_detection": detection}}}))
}

fn body(captcha: Option<&str>) -> Value {
    let mut body = start_body("ada@example.com");
    body["authParams"] = json!({"state": "login-1"});
    if let Some(captcha) = captcha {
        body["captcha"] = captcha.into();
    }
    body
}

async fn answer(tenant: &Tenant) -> String {
    let challenge = json!({"state": "login-1"});
    let challenge = tenant.post("/passwordless/challenge", &challenge).await;
    let shown = challenge.json();
    assert_eq!(
        (&shown["required"], &shown["provider"], &shown["type"]),
        (&json!(true), &json!("auth0"), &json!("code"))
    );
    assert!(
        shown["image"]
            .as_str()
            .unwrap()
            .starts_with("data:image/svg+xml;base64,")
    );
    assert_eq!(challenge.header("access-control-allow-origin"), ORIGIN);
    let answers = tenant
        .control(Method::GET, "/_mock/captchas", &Value::Null)
        .await;
    assert_eq!(answers[0]["state"], "login-1");
    answers[0]["answer"].as_str().unwrap().to_owned()
}

#[rstest]
#[case::missing(None)]
#[case::wrong(Some("NONSENSE"))]
#[tokio::test]
async fn row_invalid_captcha(#[case] captcha: Option<&str>) {
    let tenant = tenant("always");
    answer(&tenant).await;
    let reply = tenant.post("/passwordless/start", &body(captcha)).await;
    reply.assert(
        400,
        &json!({"error": "invalid_captcha", "error_description": INVALID_CAPTCHA}),
    );
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[tokio::test]
async fn the_right_answer_works_once_and_for_its_login_alone() {
    let tenant = tenant("always");
    let answer = answer(&tenant).await;
    let mut other = body(Some(&answer));
    other["authParams"] = json!({"state": "login-2"});
    let start = async |body: &Value| tenant.post("/passwordless/start", body).await.status;
    assert_eq!(start(&other).await, 400);
    assert_eq!(start(&body(Some(&answer))).await, 200);
    assert_eq!(start(&body(Some(&answer))).await, 400);
}

/// Without the setting nothing changes, and a login that has no `state` cannot be challenged.
#[tokio::test]
async fn nothing_is_asked_unless_the_tenant_is_set_to() {
    for (tenant, state) in [
        (tenant("never"), json!({"state": "s"})),
        (tenant("always"), json!({})),
    ] {
        for path in ["/passwordless/challenge", "/usernamepassword/challenge"] {
            let reply = tenant.post(path, &state).await;
            reply.assert(200, &json!({"required": false}));
        }
    }
}

#[tokio::test]
async fn a_risky_address_is_one_that_has_failed_to_log_in() {
    let tenant = tenant("when_risky");
    let code = tenant.code_for("ada@example.com").await;
    let wrong = if code == "000000" { "111111" } else { "000000" };
    let co = super::tenant::co_body("ada@example.com", wrong);
    tenant.post("/co/authenticate", &co).await;
    let refused = tenant.post("/passwordless/start", &body(None)).await;
    assert_eq!(refused.json()["error"], "invalid_captcha");
    let answer = answer(&tenant).await;
    let solved = tenant
        .post("/passwordless/start", &body(Some(&answer)))
        .await;
    assert_eq!(solved.status, 200);
}

/// A server that proves itself, and addresses on the list, are never asked.
#[tokio::test]
async fn servers_and_listed_addresses_are_not_asked() {
    let tenant = tenant("always");
    let mut with_secret = body(None);
    with_secret["client_secret"] = "latchkey-web-secret".into();
    assert_eq!(
        tenant
            .post("/passwordless/start", &with_secret)
            .await
            .status,
        200
    );
    let detection = json!({"attack_protection": {"bot_detection": {"allowlist": ["127.0.0.1"]}}});
    tenant
        .control(Method::PATCH, "/_mock/settings", &detection)
        .await;
    assert_eq!(
        tenant.post("/passwordless/start", &body(None)).await.status,
        200
    );
}

/// The hosted login page shows the picture and takes its answer without a script.
#[tokio::test]
async fn the_hosted_page_asks_too() {
    let tenant = tenant("always");
    let browser = Browser::at_login(&tenant, &[]).await;
    let page = browser.page().await;
    assert!(
        page.text.contains("data:image/svg+xml;base64,"),
        "{}",
        page.text
    );
    assert!(page.text.contains("name=\"captcha\""), "{}", page.text);
    let submit = async |captcha: &str| {
        let fields = [
            ("connection", "email"),
            ("address", "ada@example.com"),
            ("send", "code"),
            ("captcha", captcha),
        ];
        browser.post(&fields).await
    };
    let refused = submit("WRONG").await;
    assert_eq!(refused.status, 400);
    assert!(
        refused.text.contains("Type the letters"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("data:image/svg+xml;base64,"),
        "a new picture"
    );
    let answers = tenant
        .control(Method::GET, "/_mock/captchas", &Value::Null)
        .await;
    let answer = answers[0]["answer"].as_str().unwrap();
    assert_eq!(submit(answer).await.status, 302);
    tenant.last_message("ada@example.com").await;
}
