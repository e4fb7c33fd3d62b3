//! Captchas: the error `invalid_captcha`, the requests that need one, and the solution.

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

async fn solution(tenant: &Tenant) -> String {
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
    let captchas = tenant
        .control(Method::GET, "/_mock/captchas", &Value::Null)
        .await;
    assert_eq!(captchas[0]["state"], "login-1");
    captchas[0]["answer"].as_str().unwrap().to_owned()
}

#[rstest]
#[case::missing(None)]
#[case::wrong(Some("NONSENSE"))]
#[tokio::test]
async fn invalid_captcha_is_refused_as_in_the_table(#[case] captcha: Option<&str>) {
    let tenant = tenant("always");
    solution(&tenant).await;
    let reply = tenant.post("/passwordless/start", &body(captcha)).await;
    reply.assert(
        400,
        &json!({"error": "invalid_captcha", "error_description": INVALID_CAPTCHA}),
    );
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[tokio::test]
async fn a_solution_is_valid_once_and_for_one_login() {
    let tenant = tenant("always");
    let solution = solution(&tenant).await;
    let mut other = body(Some(&solution));
    other["authParams"] = json!({"state": "login-2"});
    let start = async |body: &Value| tenant.post("/passwordless/start", body).await.status;
    assert_eq!(start(&other).await, 400);
    assert_eq!(start(&body(Some(&solution))).await, 200);
    assert_eq!(start(&body(Some(&solution))).await, 400);
}

/// Without the setting no captcha is required. A login without `state` cannot be challenged.
#[tokio::test]
async fn no_captcha_is_required_by_default() {
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
    let solution = solution(&tenant).await;
    let solved = tenant
        .post("/passwordless/start", &body(Some(&solution)))
        .await;
    assert_eq!(solved.status, 200);
}

/// A server with a client secret and addresses of the allowlist need no captcha.
#[tokio::test]
async fn confidential_clients_and_allowlisted_addresses_need_no_captcha() {
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

/// The hosted login page shows the picture and accepts its solution without a script.
#[tokio::test]
async fn the_hosted_page_shows_the_captcha_and_works_without_scripts() {
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
    let captchas = tenant
        .control(Method::GET, "/_mock/captchas", &Value::Null)
        .await;
    let solution = captchas[0]["answer"].as_str().unwrap();
    assert_eq!(submit(solution).await.status, 302);
    tenant.last_message("ada@example.com").await;
}
