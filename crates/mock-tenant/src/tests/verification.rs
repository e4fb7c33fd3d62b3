//! Cross-origin verification: the page that replaces a blocked third-party cookie.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{Reply, Tenant, co_body};

async fn tenant() -> Tenant {
    let tenant = Tenant::with(json!({"tenant": {"block_third_party_cookies": true}}));
    let patch = json!({"cross_origin_loc": "http://localhost:3000/verify"});
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &patch)
        .await;
    tenant
}

/// The responses of `/co/authenticate` and of `/authorize` with its ticket.
async fn log_in(tenant: &Tenant) -> (Value, Reply) {
    let code = tenant.code_for("ada@example.com").await;
    let reply = tenant
        .post("/co/authenticate", &co_body("ada@example.com", &code))
        .await;
    assert_eq!(reply.cookie("auth0_co"), None, "the cookie is blocked");
    let answer = reply.json();
    let pairs = [
        ("realm", "email"),
        ("login_ticket", answer["login_ticket"].as_str().unwrap()),
    ];
    let page = tenant.authorize_with(&pairs, "").await;
    (answer, page)
}

fn parked(page: &Reply) -> String {
    let (_, rest) = page.text.split_once("name=\"id\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_verifier_replaces_the_cookie() {
    let tenant = tenant().await;
    let (answer, page) = log_in(&tenant).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text
            .contains("http://localhost:3000/verify#origin=http%3A%2F%2Flocalhost%3A4000"),
        "{}",
        page.text
    );
    assert!(page.text.contains(answer["co_id"].as_str().unwrap()));
    assert!(
        !page.text.contains(answer["co_verifier"].as_str().unwrap()),
        "the page does not know it"
    );
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("frame-src http://localhost:3000;"),
        "{policy}"
    );
    let verifier = answer["co_verifier"].as_str().unwrap();
    let id = parked(&page);
    let back = tenant
        .form("/co/verified", &[("id", &id), ("verifier", verifier)])
        .await;
    assert_eq!(back.param("state").as_deref(), Some("st&te"));
    assert_eq!(
        tenant
            .exchange(&back.param("code").unwrap(), &[])
            .await
            .status,
        200
    );
    let again = tenant
        .form("/co/verified", &[("id", &id), ("verifier", verifier)])
        .await;
    assert_eq!(again.status, 400, "once");
}

#[rstest]
#[case("", "No verifier returned from client.")]
#[case("guess", "Failed cross origin authentication")]
#[tokio::test]
async fn a_wrong_verifier_ends_the_ticket(#[case] verifier: &str, #[case] text: &str) {
    let tenant = tenant().await;
    let (answer, page) = log_in(&tenant).await;
    let id = parked(&page);
    let back = tenant
        .form("/co/verified", &[("id", &id), ("verifier", verifier)])
        .await;
    assert_eq!(back.param("error").as_deref(), Some("access_denied"));
    assert_eq!(back.param("error_description").as_deref(), Some(text));
    assert_eq!(back.cookie("auth0"), None);
    let right = answer["co_verifier"].as_str().unwrap();
    assert_eq!(
        tenant
            .form("/co/verified", &[("id", &id), ("verifier", right)])
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn a_client_without_a_verification_page_gets_an_error() {
    let tenant = Tenant::with(json!({"tenant": {"block_third_party_cookies": true}}));
    let (_, reply) = log_in(&tenant).await;
    assert_eq!(
        reply.param("error_description").as_deref(),
        Some("Unable to configure verification page.")
    );
}

#[tokio::test]
async fn a_stored_ticket_expires_like_any_ticket() {
    let tenant = tenant().await;
    let (answer, page) = log_in(&tenant).await;
    tenant.clock.advance_ms(60_000);
    let verifier = answer["co_verifier"].as_str().unwrap();
    assert_eq!(
        tenant
            .form(
                "/co/verified",
                &[("id", &parked(&page)), ("verifier", verifier)]
            )
            .await
            .status,
        400
    );
}

#[rstest]
#[case("query", "frame-ancestors 'none'")]
#[case("web_message", "frame-ancestors http://localhost:3000")]
#[tokio::test]
async fn only_an_application_with_web_message_can_frame_the_page(
    #[case] mode: &str,
    #[case] rule: &str,
) {
    let tenant = tenant().await;
    let code = tenant.code_for("ada@example.com").await;
    let answer = tenant
        .post("/co/authenticate", &co_body("ada@example.com", &code))
        .await
        .json();
    let ticket = answer["login_ticket"].as_str().unwrap();
    let pairs = [
        ("realm", "email"),
        ("login_ticket", ticket),
        ("response_mode", mode),
    ];
    let page = tenant.authorize_with(&pairs, "").await;
    let policy = page.header("content-security-policy");
    assert!(policy.ends_with(rule), "{policy}");
}
