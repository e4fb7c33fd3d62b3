//! Tests that no `Debug` output shows a code, a ticket, a token or a verifier.

use rstest::rstest;

use super::{client, object};
use crate::env::fake::FakeEnv;
use crate::env::{Body, Entry, Frame, Location, Memory, Request, Response, Wait};
use crate::wire::Value;
use crate::{AuthorizationResult, LoginOptions, ParseOptions, VerificationCode};

const SECRET: &str = "s3cr3t";

fn secret() -> String {
    SECRET.to_owned()
}

fn debug(value: &dyn std::fmt::Debug) -> String {
    format!("{value:?} {value:#?}")
}

#[rstest]
#[case::code(&VerificationCode::new(SECRET))]
#[case::login(&LoginOptions { verification_code: SECRET.into(), ..LoginOptions::default() })]
#[case::hash(&ParseOptions { hash: Some(secret()), ..ParseOptions::default() })]
#[case::result(&AuthorizationResult::new(&object! {"access_token": SECRET, "id_token": SECRET}, &Value::from(SECRET), &Value::Null))]
#[case::request(&Request { method: "POST", url: "https://me.auth0.com/co/authenticate".to_owned(), headers: vec![("Authorization".to_owned(), secret())], body: Some(object! {"otp": SECRET}), credentials: true, timeout_ms: 0 })]
#[case::json(&Response { status: 200, status_text: String::new(), headers: Vec::new(), body: Body::Json(Value::from(SECRET)) })]
#[case::text(&Body::Text(secret()))]
#[case::malformed(&Body::Malformed(secret()))]
#[case::fragment(&Location::at(["https://app.example.com/#access_token=", SECRET].concat()))]
#[case::query(&Location::at(["https://app.example.com?code=", SECRET].concat()))]
#[case::frame(&Frame { url: secret(), timeout_ms: 1, wait: Wait::Fragment })]
#[case::entry(&Entry { key: "k", value: SECRET, lifetime_s: 1, cookie_domain: None, cross_site: true })]
fn debug_shows_no_secret(#[case] value: &dyn std::fmt::Debug) {
    let shown = debug(value);
    assert!(!shown.contains(SECRET), "{shown}");
}

#[test]
fn debug_of_the_client_and_its_prepared_calls_shows_no_secret() {
    let memory = Memory::default();
    memory.put("code", Value::from(SECRET));
    assert!(!debug(&memory).contains(SECRET));

    let env = FakeEnv::new();
    let client = client(object! {"headers": object! {"X-Key": SECRET}}, &env);
    let options = object! {"connection": "email", "email": "a@b.co", "verificationCode": SECRET};
    let login = client.prepare_login(Value::Object(options.clone()));
    assert!(login.is_ok() && !debug(&login.ok()).contains(SECRET));
    let verify = client.prepare_bare_verify(Value::Object(options));
    assert!(verify.is_ok() && !debug(&verify.ok()).contains(SECRET));
    let token = client.prepare_user_info(&Value::from(SECRET));
    assert!(token.is_ok() && !debug(&token.ok()).contains(SECRET));
    assert!(!debug(&client).contains(SECRET));
}
