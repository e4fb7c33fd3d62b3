//! The control API for callers on other machines, and search in the outbox.

use axum::http::Method;
use rstest::rstest;
use serde_json::json;

use super::tenant::{Tenant, request, start_body};

const TOKEN: &str = "a-token-of-32-characters-or-more";

#[rstest]
#[case::right(Some(TOKEN), Some("Bearer a-token-of-32-characters-or-more"), 200)]
#[case::wrong(Some(TOKEN), Some("Bearer another"), 403)]
#[case::none(Some(TOKEN), None, 403)]
#[case::not_opened(None, Some("Bearer a-token-of-32-characters-or-more"), 403)]
#[tokio::test]
async fn callers_on_other_machines_need_the_token(
    #[case] token: Option<&str>,
    #[case] sent: Option<&str>,
    #[case] expected: u16,
) {
    let tenant = Tenant::elsewhere(token);
    let mut headers = vec![("host", "tenant.example.com")];
    headers.extend(sent.map(|sent| ("authorization", sent)));
    let reply = tenant.get("/_mock/outbox", &headers).await;
    assert_eq!(reply.status, expected, "{}", reply.text);
    if expected == 403 {
        assert!(
            reply.text.contains("--control-token TOKEN"),
            "{}",
            reply.text
        );
    }
}

#[tokio::test]
async fn a_browser_on_another_machine_enters_the_token_once() {
    let tenant = Tenant::elsewhere(Some(TOKEN));
    let host = ("host", "tenant.example.com");
    let page = tenant
        .get("/_mock/inbox", &[host, ("accept", "text/html")])
        .await;
    assert_eq!(page.status, 403);
    assert!(
        page.text.contains("action=\"/_mock/enter\""),
        "{}",
        page.text
    );
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let enter = async |token: &str| {
        let body = format!("token={token}");
        let headers = [host, kind];
        tenant
            .send(request(Method::POST, "/_mock/enter", &headers, &body))
            .await
    };
    assert_eq!(enter("wrong").await.status, 403);
    let entered = enter(TOKEN).await;
    assert_eq!(
        (entered.status.as_u16(), entered.header("location")),
        (302, "/_mock/inbox")
    );
    let cookie = format!("mock_control={}", entered.cookie("mock_control").unwrap());
    assert!(!cookie.contains(TOKEN), "the cookie is not the token");
    let cookie = ("cookie", cookie.as_str());
    assert_eq!(
        tenant.get("/_mock/outbox", &[host, cookie]).await.status,
        200
    );
    let evil = ("origin", "https://evil.example.com");
    let reply = tenant
        .send(request(
            Method::POST,
            "/_mock/reset",
            &[host, cookie, evil],
            "",
        ))
        .await;
    assert_eq!(reply.status, 403);
    let own = ("origin", "https://tenant.example.com");
    let reply = tenant
        .send(request(
            Method::POST,
            "/_mock/reset",
            &[host, cookie, own],
            "",
        ))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

/// A wrong token is refused even if the caller is on this machine.
#[tokio::test]
async fn local_callers_need_no_token_unless_the_host_name_may_be_rebound() {
    let tenant = Tenant::new();
    assert_eq!(
        tenant
            .get("/_mock/outbox", &[("host", "localhost:4000")])
            .await
            .status,
        200
    );
    assert_eq!(
        tenant
            .get("/_mock/outbox", &[("host", "tenant.example.com")])
            .await
            .status,
        403
    );
}

/// An unencoded plus in a query is decoded as a space, which no address contains.
#[rstest]
#[case("nora+1@example.com")]
#[case("nora%2B1@example.com")]
#[case("NORA+1@Example.com")]
#[case("%20nora%2B1@example.com%20")]
#[case("+447400123456")]
#[case("%2B447400123456")]
#[tokio::test]
async fn a_message_is_found_by_any_spelling_of_its_address(#[case] to: &str) {
    let tenant = Tenant::new();
    tenant
        .post("/passwordless/start", &start_body("nora+1@example.com"))
        .await;
    let sms = json!({"client_id": "latchkey-web", "connection": "sms", "phone_number": "+447400123456", "send": "code"});
    tenant.post("/passwordless/start", &sms).await;
    let found = tenant
        .get(&format!("/_mock/outbox?to={to}"), &[])
        .await
        .json();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
}

#[tokio::test]
async fn a_message_has_a_source_and_can_be_deleted() {
    let tenant = Tenant::new();
    tenant.code_for("ada@example.com").await;
    let id = tenant.last_message("ada@example.com").await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let source = tenant.get(&format!("/_mock/outbox/{id}/source"), &[]).await;
    assert!(
        source
            .text
            .contains("Subject: Your code for Latchkey sample\r\n"),
        "{}",
        source.text
    );
    let html = tenant.get(&format!("/_mock/outbox/{id}/html"), &[]).await;
    assert!(!html.header("content-security-policy").contains("https:"));
    let html = tenant
        .get(&format!("/_mock/outbox/{id}/html?images=load"), &[])
        .await;
    assert!(
        html.header("content-security-policy")
            .contains("img-src data: http: https:")
    );
    tenant
        .control(Method::DELETE, &format!("/_mock/outbox/{id}"), &json!({}))
        .await;
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[tokio::test]
async fn one_fault_can_be_removed() {
    let tenant = Tenant::new();
    for status in [500, 501, 502] {
        tenant
            .control(Method::POST, "/_mock/faults", &json!({"status": status}))
            .await;
    }
    tenant
        .control(Method::DELETE, "/_mock/faults/1", &json!({}))
        .await;
    let left = tenant.get("/_mock/faults", &[]).await.json();
    let left: Vec<_> = left
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["status"].clone())
        .collect();
    assert_eq!(left, [500, 502]);
}
