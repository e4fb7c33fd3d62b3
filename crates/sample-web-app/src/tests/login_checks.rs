//! Tests logins without a script that the app itself refuses, because of the typed text or the ID token.

use rstest::rstest;
use serde_json::json;

use super::{
    keys,
    login_refusals::{CODE, assert_asks_again},
    tenant::TokenAnswer,
    visitor::Visitor,
};
use crate::{
    error::Error,
    passwordless::PasswordlessError,
    verification_code::{NoCode, VerificationCode},
};

#[rstest]
#[case::nothing("")]
#[case::another_field("mail=nora%40example.com")]
#[case::empty("email=")]
#[case::no_at("email=nora")]
#[case::twice("email=a%40example.com&email=b%40example.com")]
#[case::two_people("email=a%40example.com%0D%0ABcc%3A+b%40example.com")]
#[case::too_large(&format!("email=a%40example.com&filler={}", "x".repeat(5000)))]
#[tokio::test]
async fn without_an_address_nothing_is_sent(#[case] form: &str) {
    let mut visitor = Visitor::new().await;
    let answer = visitor.post("/login", form).await;
    assert_eq!(answer.status, 400);
    assert!(answer.body.contains("Enter your e-mail address"));
    assert!(
        answer
            .body
            .contains("id=\"try-again\" href=\"/inline.html\""),
        "{}",
        answer.body
    );
    assert!(visitor.tenant.script().starts.is_empty() && visitor.cookies.is_empty());
}

#[rstest]
#[case::nothing("", "The code is missing", "Enter the code")]
#[case::empty("code=", "The code is missing", "Enter the code")]
#[case::blanks("code=+%20-%C2%A0+", "The code is missing", "Enter the code")]
#[case::letters("code=90817263a", "This is not a code", "a row of digits")]
#[case::markup("code=%3Cb%3E90817263", "This is not a code", "a row of digits")]
#[case::endless(&format!("code={}", CODE.repeat(6)), "This is not a code", "a row of digits")]
#[tokio::test]
async fn the_tenant_is_not_asked_about_what_is_no_code(
    #[case] form: &str,
    #[case] title: &str,
    #[case] says: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let answer = visitor.post("/login/code", form).await;
    assert_asks_again(&answer, 400, title, says);
    assert!(visitor.tenant.script().exchanges.is_empty());
}

/// Without the keys the token could not be checked, and the code would be lost.
#[tokio::test]
async fn a_code_is_kept_for_later_when_the_tenant_is_not_known_yet() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let other = json!("https://other.example/");
    visitor.tenant.set_discovery("issuer", other);
    let answer = visitor.post("/login/code", "code=123456").await;
    let title = "The tenant could not finish the login";
    assert_asks_again(&answer, 502, title, "by another name");
    assert!(visitor.tenant.script().exchanges.is_empty());
}

#[rstest]
#[case::other_audience("aud", json!("client-2"), "another application")]
#[case::other_issuer("iss", json!("https://other.example/"), "another tenant")]
#[case::expired("exp", json!(1), "has expired")]
#[case::of_a_transaction("nonce", json!("n"), "another login")]
#[tokio::test]
async fn the_id_token_is_checked_as_the_callback_does(
    #[case] claim: &str,
    #[case] value: serde_json::Value,
    #[case] says: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let mut claims = visitor.claims_for_code();
    claims[claim] = value;
    visitor.answer_with(&claims);
    let answer = visitor.post("/login/code", "code=123456").await;
    let title = "The login could not be confirmed";
    assert_asks_again(&answer, 502, title, says);
    assert!(!visitor.is_logged_in().await);
}

#[tokio::test]
async fn a_token_with_a_false_signature_makes_no_session() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let header = json!({"alg": "RS256", "kid": "key-1"});
    let body = keys::unsigned(&header, &visitor.claims_for_code());
    let token = format!("{body}.{}", keys::encode(&[7; 256]));
    visitor.tenant.set_token(TokenAnswer::Token(token));
    let answer = visitor.post("/login/code", "code=123456").await;
    let title = "The login could not be confirmed";
    assert_asks_again(&answer, 502, title, "signature is false");
    assert!(!visitor.is_logged_in().await);
}

#[test]
fn a_code_shows_itself_in_no_error_and_no_debug_output() {
    let code = VerificationCode::parse(CODE).unwrap();
    assert_eq!(code.secret(), CODE);
    assert_eq!(format!("{code:?}"), "([redacted])");
    assert_eq!(VerificationCode::parse("90817263x"), Err(NoCode::Malformed));
    for error in [
        Error::from(NoCode::Malformed),
        Error::from(PasswordlessError::CodeWrong),
    ] {
        assert!(!format!("{error} {error:?}").contains(CODE));
    }
}
