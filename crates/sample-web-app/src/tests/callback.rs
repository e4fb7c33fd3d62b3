//! `/callback` from the outside: what each request leads to. The steps are those of `crate::callback`.

use axum::{body::Body, http::Request};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use rstest::rstest;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    tenant::TokenAnswer,
    visitor::{Visitor, settings},
};

#[tokio::test]
async fn a_login_ends_on_the_start_page_with_a_clean_address() {
    let mut visitor = Visitor::new().await;
    let answer = visitor.log_in().await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("referrer-policy"), "no-referrer");

    let page = visitor.get("/").await.body;
    assert!(
        page.contains("id=\"who-name\" class=\"name\">Nora Kaiser<"),
        "{page}"
    );
    assert!(page.contains("id=\"who-email\" class=\"quiet\">nora@example.com<"));
    assert!(page.contains("datetime=\"2026-09-21T14:13:20Z\">21 Sep 2026, 14:13 UTC<"));
    assert!(page.contains("<td>email|1</td>"));
    assert!(page.contains("<td>1790000000 (21 Sep 2026, 14:13 UTC)</td>"));
    assert!(
        !page.contains("elsewhere.example"),
        "claims not needed are not kept"
    );
    assert!(!page.contains("{{"), "a placeholder is left");
}

#[tokio::test]
async fn the_exchange_carries_secret_verifier_and_the_same_redirect_uri() {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    visitor.answer_with(&visitor.claims(&config));
    visitor.come_back(&config).await;

    let exchanges = visitor.tenant.script().exchanges;
    let [form] = exchanges.as_slice() else {
        panic!("one exchange, not {}", exchanges.len());
    };
    let value = |name: &str| {
        let mut all = form
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, v)| v.as_str());
        let value = all.next().unwrap_or_default();
        assert_eq!(all.next(), None, "{name} twice");
        value
    };
    assert_eq!(value("grant_type"), "authorization_code");
    assert_eq!(value("code"), "code-1");
    assert_eq!(value("client_id"), "client-1");
    assert_eq!(value("client_secret"), "secret-1");
    assert_eq!(value("redirect_uri"), "http://localhost:3000/callback");
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(value("code_verifier")));
    assert_eq!(config["authParams"]["code_challenge"], challenge);
}

#[rstest]
#[case::no_parameters("")]
#[case::no_state("code=c")]
#[case::empty_state("code=c&state=")]
#[case::neither_code_nor_error("state=STATE")]
#[case::empty_code("code=&state=STATE")]
#[case::code_and_error("code=c&error=access_denied&state=STATE")]
#[case::code_twice("code=c&code=d&state=STATE")]
#[case::state_twice("code=c&state=STATE&state=STATE")]
#[case::error_twice("error=a&error=b&state=STATE")]
#[case::encoded_name_twice("code=c&%63ode=d&state=STATE")]
#[case::too_long(&format!("code={}&state=STATE", "c".repeat(5000)))]
#[tokio::test]
async fn step_1_a_malformed_response_is_refused(#[case] query: &str) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    visitor.answer_with(&visitor.claims(&config));
    let query = query.replace("STATE", config["authParams"]["state"].as_str().unwrap());
    let answer = visitor.get(&format!("/callback?{query}")).await;
    assert_eq!(answer.status, 400, "{}", answer.body);
    assert!(answer.body.contains("id=\"try-again\" href=\"/\""));
    assert!(visitor.tenant.script().exchanges.is_empty());
    assert!(!visitor.is_logged_in().await);
}

#[rstest]
#[case::head("HEAD", 405)]
#[case::post("POST", 405)]
#[tokio::test]
async fn step_1_only_get_is_taken(#[case] method: &str, #[case] status: u16) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    let state = config["authParams"]["state"].as_str().unwrap();
    let request = Request::builder()
        .method(method)
        .uri(format!("/callback?code=c&state={state}"));
    assert_eq!(visitor.send(request, Body::empty()).await.status, status);
    assert_eq!(visitor.cookies.len(), 1, "the transaction is still there");
}

#[tokio::test]
async fn step_2_a_wrong_state_is_refused() {
    let mut visitor = Visitor::new().await;
    visitor.begin("").await;
    let answer = visitor.get("/callback?code=c&state=somebody-elses").await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("This login was not started here"));
    assert!(visitor.tenant.script().exchanges.is_empty());
}

#[tokio::test]
async fn step_2_a_browser_without_the_cookie_is_refused() {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    visitor.cookies.clear();
    let answer = visitor.come_back(&config).await;
    assert_eq!(answer.status, 400);
    assert!(
        answer
            .body
            .contains("This browser has no login in progress")
    );
    assert!(visitor.tenant.script().exchanges.is_empty());
}

#[tokio::test]
async fn step_2_a_transaction_counts_once_even_for_a_copied_cookie() {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    let copy = visitor.cookies.clone();
    visitor.answer_with(&visitor.claims(&config));
    assert_eq!(visitor.come_back(&config).await.status, 303);

    let again = visitor.come_back(&config).await;
    assert_eq!(again.status, 400, "the cookie is gone");
    visitor.cookies = copy;
    let copied = visitor.come_back(&config).await;
    assert_eq!(copied.status, 400);
    assert!(copied.body.contains("This login was used before"));
    assert_eq!(visitor.tenant.script().exchanges.len(), 1);
}

#[rstest]
#[case::just_in_time(29 * 60 + 59, 303)]
#[case::too_late(30 * 60, 400)]
#[tokio::test]
async fn step_2_a_transaction_lives_thirty_minutes(#[case] seconds: i64, #[case] status: u16) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    visitor.wait(TimeDelta::seconds(seconds));
    visitor.answer_with(&visitor.claims(&config));
    assert_eq!(visitor.come_back(&config).await.status, status);
}

#[tokio::test]
async fn step_2_a_forged_cookie_is_no_transaction() {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    for value in visitor.cookies.values_mut() {
        *value = r#"{"state":"s","nonce":"n","code_verifier":"v","return_to":"/","expires_at":9999999999}"#.to_owned();
    }
    assert_eq!(visitor.come_back(&config).await.status, 400);
}

#[rstest]
#[case::denied("access_denied", 403)]
#[case::server("server_error", 502)]
#[case::busy("temporarily_unavailable", 503)]
#[case::other("invalid_request", 400)]
#[tokio::test]
async fn step_3_an_error_has_its_own_page_with_escaped_text(
    #[case] code: &str,
    #[case] status: u16,
) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    let state = config["authParams"]["state"].as_str().unwrap().to_owned();
    let html = "%3Cscript%3Ealert(1)%3C/script%3E%22'%26{{text}}";
    let path = format!("/callback?error={code}&error_description={html}&state={state}");
    let answer = visitor.get(&path).await;
    assert_eq!(answer.status, status);
    assert!(!answer.body.contains("<script>"));
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{{text}}";
    assert!(
        answer
            .body
            .contains(&format!("<blockquote id=\"quote\">{escaped} ({code})<")),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("Try again"));
    assert!(visitor.cookies.is_empty(), "an error ends the transaction");
}

#[tokio::test]
async fn step_3_an_error_without_this_browsers_state_shows_nothing_of_it() {
    let mut visitor = Visitor::new().await;
    visitor.begin("").await;
    let answer = visitor
        .get("/callback?error=x&error_description=Call+0900&state=other")
        .await;
    assert_eq!(answer.status, 403);
    assert!(!answer.body.contains("0900"));
}

#[rstest]
#[case::absent(false, "", 303)]
#[case::right(false, "&iss=ISSUER", 303)]
#[case::without_slash(false, "&iss=DOMAIN", 400)]
#[case::other(false, "&iss=https://evil.example/", 400)]
#[case::promised_and_absent(true, "", 400)]
#[case::promised_and_right(true, "&iss=ISSUER", 303)]
#[tokio::test]
async fn step_4_the_issuer_of_the_response(
    #[case] promised: bool,
    #[case] extra: &str,
    #[case] status: u16,
) {
    let mut visitor = Visitor::new().await;
    visitor.tenant.set_discovery(
        "authorization_response_iss_parameter_supported",
        json!(promised),
    );
    let config = visitor.begin("").await;
    visitor.answer_with(&visitor.claims(&config));
    let domain = &visitor.tenant.domain;
    let extra = extra
        .replace("ISSUER", &format!("{domain}/"))
        .replace("DOMAIN", domain);
    let state = config["authParams"]["state"].as_str().unwrap();
    let path = format!("/callback?code=c&state={state}{extra}");
    assert_eq!(visitor.get(&path).await.status, status);
}

#[rstest]
#[case::reused(
    TokenAnswer::Raw(
        403,
        r#"{"error":"invalid_grant","error_description":"Invalid authorization code"}"#
    ),
    400,
    "used before"
)]
#[case::wrong_secret(
    TokenAnswer::Raw(401, r#"{"error":"access_denied","error_description":"Unauthorized"}"#),
    502,
    "client secret"
)]
#[case::limited(
    TokenAnswer::Raw(429, r#"{"error":"too_many_requests"}"#),
    503,
    "Wait a minute"
)]
#[case::broken(TokenAnswer::Raw(500, "<html>oops</html>"), 502, "status 500")]
#[case::not_json(TokenAnswer::Raw(200, "<html>"), 502, "cannot be read")]
#[case::not_json_refusal(TokenAnswer::Raw(403, "<html>"), 502, "cannot be read")]
#[case::no_id_token(
    TokenAnswer::Raw(200, r#"{"access_token":"a","token_type":"Bearer"}"#),
    502,
    "cannot be read"
)]
#[case::redirect(TokenAnswer::Redirect, 502, "status 307")]
#[case::silence(TokenAnswer::Silence, 504, "does not answer")]
#[tokio::test]
async fn step_5_an_exchange_that_fails(
    #[case] token: TokenAnswer,
    #[case] status: u16,
    #[case] says: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.tenant.set_token(token);
    let config = visitor.begin("").await;
    let answer = visitor.come_back(&config).await;
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(says), "{}", answer.body);
    assert!(answer.body.contains("Try again"));
    assert!(!visitor.is_logged_in().await);
}

#[tokio::test]
async fn step_5_the_secret_stays_at_the_domain_whatever_discovery_says() {
    let mut visitor = Visitor::new().await;
    visitor
        .tenant
        .set_discovery("token_endpoint", json!("http://127.0.0.1:9/oauth/token"));
    let config = visitor.begin("").await;
    let answer = visitor.come_back(&config).await;
    assert_eq!(answer.status, 502);
    assert!(
        answer.body.contains("points to another host"),
        "{}",
        answer.body
    );
}

#[tokio::test]
async fn step_5_a_tenant_that_calls_itself_otherwise_is_refused() {
    let mut visitor = Visitor::new().await;
    visitor
        .tenant
        .set_discovery("issuer", json!("https://other.example/"));
    let config = visitor.begin("").await;
    let answer = visitor.come_back(&config).await;
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains("by another name"), "{}", answer.body);
}

#[tokio::test]
async fn a_tenant_that_is_not_there_gets_a_page_that_says_what_to_do() {
    let tenant = super::tenant::Tenant::start().await;
    let mut visitor = Visitor::with(
        tenant,
        settings("http://127.0.0.1:9", "http://localhost:3000"),
    );
    let sentence =
        "The tenant at http://127.0.0.1:9 does not answer. Start it with npm start, then reload.";
    let start = visitor.get("/").await;
    assert_eq!(start.status, 200);
    assert!(start.body.contains(sentence), "{}", start.body);
    let config = visitor.begin("").await;
    let answer = visitor.come_back(&config).await;
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains(sentence));
}
