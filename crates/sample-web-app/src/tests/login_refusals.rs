//! Tests logins without a script that the tenant refuses: the text for each cause, and that the login stays pending.

use rstest::rstest;

use super::{
    tenant::TokenAnswer,
    visitor::{Answer, Visitor, settings},
};

/// A code with digits that no page contains otherwise.
pub(super) const CODE: &str = "90817263";

/// Asserts that the page asks for the code again, and says why.
pub(super) fn assert_asks_again(answer: &Answer, status: u16, title: &str, says: &str) {
    let page = &answer.body;
    assert_eq!(answer.status, status, "{page}");
    assert!(page.contains(&format!("<title>{title}</title>")), "{page}");
    let (_, alert) = page
        .split_once("id=\"problem\" role=\"alert\">")
        .expect(page);
    let (alert, _) = alert.split_once("</p>").unwrap();
    assert!(alert.contains(says), "{alert}");
    assert!(page.contains("aria-describedby=\"lead problem\""));
    let invalid = format!("aria-invalid=\"{}\"", status < 500);
    assert!(page.contains(&invalid), "{invalid}: {page}");
    assert!(page.contains("action=\"/login/resend\""));
    assert!(!page.contains(CODE), "{page}");
}

/// Each case has a response of `/passwordless/start`, and the words that the person sees.
#[rstest]
#[case::address(400, r#"{"error":"bad.email","error_description":"error in email - email format validation failed: x"}"#, 400, "does not take this address", "Check the spelling")]
#[case::signup(
    400,
    r#"{"error":"bad.connection","error_description":"Public signup is disabled"}"#,
    403,
    "Nobody is known",
    "Use the address you are known by"
)]
#[case::connection(
    400,
    r#"{"error":"bad.connection","error_description":"Connection is disabled"}"#,
    502,
    "sends no codes",
    "Switch on passwordless login by e-mail"
)]
#[case::secret(
    401,
    r#"{"error":"access_denied","error_description":"Unauthorized"}"#,
    502,
    "does not accept this app",
    "client secret"
)]
#[case::client(
    403,
    r#"{"error":"unauthorized_client","error_description":"Client authentication is required"}"#,
    502,
    "does not accept this app",
    "client secret"
)]
#[case::rate(
    429,
    r#"{"error":"too_many_requests","error_description":"Too many requests."}"#,
    429,
    "Too many logins",
    "Wait a minute"
)]
#[case::global_rate(
    429,
    r#"{"statusCode":429,"error":"Too Many Requests","message":"Global limit has been reached"}"#,
    429,
    "Too many logins",
    "Wait a minute"
)]
#[case::other(
    400,
    r#"{"error":"bad.request"}"#,
    502,
    "could not do its part",
    "bad.request"
)]
#[case::broken(500, "<html>oops</html>", 502, "could not do its part", "status 500")]
#[case::not_json(400, "<html>", 502, "could not do its part", "cannot be read")]
#[tokio::test]
async fn a_tenant_that_sends_no_code(
    #[case] status: u16,
    #[case] body: &'static str,
    #[case] shown: u16,
    #[case] title: &str,
    #[case] says: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.tenant.set_start(Some((status, body)));
    let answer = visitor.post("/login", "email=nora%40example.com").await;
    assert_eq!(answer.status, shown, "{}", answer.body);
    for words in [title, says, "Try again", "href=\"/inline.html\""] {
        assert!(answer.body.contains(words), "{words} in {}", answer.body);
    }
    assert_eq!(
        visitor.get("/login/code").await.header("location"),
        "/inline.html"
    );

    // When the person requests another code, the page that asks for the code shows the same words.
    visitor.tenant.set_start(Some((200, "{}")));
    visitor.ask_for_code().await;
    visitor.tenant.set_start(Some((status, body)));
    let answer = visitor.post("/login/resend", "").await;
    assert_eq!(answer.status, shown);
    assert!(answer.body.contains("role=\"alert\"") && answer.body.contains(says));
    let page = visitor.get("/login/code").await;
    assert_eq!(page.status, 200, "the code before may still be good");
    assert!(!page.body.contains("A new code is on its way"));
}

/// Each case has a response of `/oauth/token`, and the words that the person sees. The tenant may repeat the code, but the
/// page must not.
#[rstest]
#[case::wrong(
    403,
    r#"{"error":"invalid_grant","error_description":"Wrong email or verification code. 90817263"}"#,
    400,
    "The code is wrong",
    "Check it, or send another code"
)]
#[case::expired(403, r#"{"error":"invalid_grant","error_description":"The verification code has expired. Please try to login again."}"#, 400, "The code has expired", "Send another code and use that one")]
#[case::exhausted(403, r#"{"error":"invalid_grant","error_description":"You've reached the maximum number of attempts. Please try to login again."}"#, 400, "The code was tried too often", "Send another code and use that one")]
#[case::worded_otherwise(
    403,
    r#"{"error":"invalid_grant"}"#,
    400,
    "The code is wrong",
    "send another code"
)]
#[case::blocked(429, r#"{"error":"too_many_attempts","error_description":"Your account has been blocked after multiple consecutive login attempts."}"#, 429, "Too many wrong codes", "Follow the e-mail")]
#[case::rate(
    429,
    r#"{"error":"too_many_requests","error_description":"Rate limit exceeded."}"#,
    429,
    "Too many logins at once",
    "Wait a minute"
)]
#[case::rate_page(429, "<html>", 429, "Too many logins at once", "Wait a minute")]
#[case::signup(
    403,
    r#"{"error":"access_denied","error_description":"Public signup is disabled"}"#,
    403,
    "Nobody is known by this address",
    "Use the address you are known by"
)]
#[case::rule(
    403,
    r#"{"error":"access_denied","error_description":"Not today, 90817263"}"#,
    403,
    "You are not let in",
    "Ask those who run this site"
)]
#[case::person(
    403,
    r#"{"error":"unauthorized","error_description":"user is blocked"}"#,
    403,
    "You are not let in",
    "Ask those who run this site"
)]
#[case::second_factor(403, r#"{"error":"mfa_required","error_description":"Multifactor authentication required","mfa_token":"t"}"#, 403, "The tenant asks for a second factor", "log in with the dialog")]
#[case::grant(403, r#"{"error":"unauthorized_client","error_description":"Grant type 'x' not allowed for the client."}"#, 502, "The tenant does not accept this app", "grant type Passwordless OTP")]
#[case::secret(
    401,
    r#"{"error":"access_denied","error_description":"Unauthorized"}"#,
    502,
    "The tenant does not accept this app",
    "client secret"
)]
#[case::other(
    400,
    r#"{"error":"invalid_request","error_description":"otp 90817263"}"#,
    502,
    "The tenant could not do its part",
    "invalid_request"
)]
#[case::broken(503, "90817263", 502, "The tenant could not do its part", "status 503")]
#[case::not_json(
    200,
    "90817263",
    502,
    "The tenant could not do its part",
    "cannot be read"
)]
#[case::no_id_token(
    200,
    r#"{"access_token":"a","token_type":"Bearer"}"#,
    502,
    "The tenant could not do its part",
    "cannot be read"
)]
#[tokio::test]
async fn a_tenant_that_takes_no_code(
    #[case] status: u16,
    #[case] body: &'static str,
    #[case] shown: u16,
    #[case] title: &str,
    #[case] says: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor.tenant.set_token(TokenAnswer::Raw(status, body));
    let form = format!("code={CODE}");
    let answer = visitor.post("/login/code", &form).await;
    assert_asks_again(&answer, shown, title, says);
    assert!(!visitor.is_logged_in().await);

    // The login is still pending, and its page is as it was at first.
    let page = visitor.get("/login/code").await.body;
    assert!(!page.contains("role=\"alert\"") && !page.contains(CODE));
    visitor.answer_with(&visitor.claims_for_code());
    assert_eq!(
        visitor.post("/login/code", &form).await.header("location"),
        "/"
    );
}

#[rstest]
#[case::seconds("30", "Wait a minute")]
#[case::minutes("121", "Wait 3 minutes")]
#[case::a_date("Wed, 21 Oct 2026 07:28:00 GMT", "Wait a minute")]
#[tokio::test]
async fn a_tenant_that_says_how_long_to_wait_is_quoted(
    #[case] retry_after: &'static str,
    #[case] says: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor
        .tenant
        .set_token(TokenAnswer::Raw(429, r#"{"error":"too_many_requests"}"#));
    visitor.tenant.script.lock().unwrap().retry_after = Some(retry_after);
    let answer = visitor.post("/login/code", "code=123456").await;
    assert_asks_again(&answer, 429, "Too many logins at once", says);
}

#[tokio::test]
async fn a_silent_tenant_is_told_apart_from_a_wrong_code() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor.tenant.set_token(TokenAnswer::Silence);
    let answer = visitor.post("/login/code", "code=123456").await;
    let says = "does not answer. Start it with npm start, then try again.";
    assert_asks_again(&answer, 504, "The tenant does not answer", says);

    visitor.tenant.set_start(None);
    let answer = visitor.post("/login", "email=nora%40example.com").await;
    assert_eq!(answer.status, 504);
    assert!(answer.body.contains(says), "{}", answer.body);
}

#[tokio::test]
async fn a_tenant_that_is_not_there_gets_a_page_that_says_what_to_do() {
    let tenant = super::tenant::Tenant::start().await;
    let settings = settings("http://127.0.0.1:9", "http://localhost:3000");
    let mut visitor = Visitor::with(tenant, settings);
    let answer = visitor.post("/login", "email=nora%40example.com").await;
    assert_eq!(answer.status, 502);
    let says = "The tenant at http://127.0.0.1:9 does not answer. Start it with npm start, then try again.";
    assert!(answer.body.contains(says), "{}", answer.body);
}

#[tokio::test]
async fn the_secret_and_the_code_go_to_no_other_host() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor.tenant.set_token(TokenAnswer::Redirect);
    let form = format!("code={CODE}");
    let answer = visitor.post("/login/code", &form).await;
    assert_asks_again(
        &answer,
        502,
        "The tenant could not do its part",
        "status 307",
    );
}
