use rstest::rstest;

use super::{client, masked, object};
use crate::env::fake::{FakeEnv, json, run};
use crate::env::{HttpError, Wait};
use crate::wire::{Params, Value, get, overlay};
use crate::{AuthorizationResult, Client, Error, ErrorKind, LoginOptions, SessionOptions, Shape};

fn silent(options: Params, env: &FakeEnv) -> Client<FakeEnv> {
    let base = object! {"redirectUri": "https://app.example.com/cb", "responseType": "token"};
    client(overlay(base, options), env)
}

fn check(client: &Client<FakeEnv>, options: Params) -> Result<AuthorizationResult, Error> {
    let params = client.prepare_session(Value::Object(options))?;
    run(client.finish_session(params)).expect("an outcome")
}

fn shown(error: &Error) -> Value {
    error.to_object(Shape::Legacy)
}

#[test]
fn check_session_opens_a_frame_with_prompt_none() {
    let env = FakeEnv::new();
    env.respond_in_frame(r#"{"access_token":"AT","state":"S","expires_in":7200}"#);
    let options =
        object! {"state": "S", "usePostMessage": true, "timeout": 5000.0, "appState": "A"};
    let result = check(&silent(object! {}, &env), options).unwrap();
    assert_eq!(result.access_token(), Some("AT"));
    // In auth0.js this is the state.
    assert_eq!(result.app_state(), &Value::from("A"));
    let frame = &env.frames()[0];
    assert_eq!(
        frame.url,
        "https://me.auth0.com/authorize?client_id=...&response_type=token&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&state=S&response_mode=web_message&prompt=none"
    );
    assert_eq!(frame.timeout_ms, 5000);
    assert_eq!(
        frame.wait,
        Wait::Response {
            origin: "https://me.auth0.com".into(),
            state: "S".into()
        }
    );
    assert!(!format!("{frame:?}").contains("http"));
    assert!(env.stored().is_empty());
}

#[rstest]
#[case::code(object! {"responseType": "code"}, "error", "responseType can't be `code`")]
#[case::no_redirect_uri(object! {"redirectUri": ""}, "error", "redirectUri can't be empty")]
#[case::other_origin(object! {"redirectUri": "https://other.example.com/cb"}, "origin_mismatch",
    "The redirectUri's origin (https://other.example.com) should match the window's origin (https://app.example.com).")]
fn check_session_refuses_unusable_options_before_anything_is_stored(
    #[case] options: Params,
    #[case] code: &str,
    #[case] text: &str,
) {
    let env = FakeEnv::new();
    let error = check(&silent(object! {}, &env), options).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidOptions);
    assert_eq!(shown(&error).member("error"), &Value::from(code));
    assert_eq!(
        shown(&error).member("error_description"),
        &Value::from(text)
    );
    assert!(env.frames().is_empty() && env.stored().is_empty());
}

#[test]
fn an_error_response_to_check_session_deletes_the_transaction() {
    let env = FakeEnv::new();
    env.respond_in_frame(
        r#"{"error":"login_required","error_description":"Login required","state":"S"}"#,
    );
    let error = check(&silent(object! {}, &env), object! {"state": "S"}).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LoginRequired);
    assert_eq!(
        json(&shown(&error)).unwrap(),
        r#"{"original":{"error":"login_required","error_description":"Login required"},"code":"login_required","description":"Login required","error":"login_required","error_description":"Login required","kind":"login_required"}"#
    );
    assert!(env.stored().is_empty());
}

#[rstest]
#[case(HttpError::Timeout, ErrorKind::Timeout)]
#[case(HttpError::Network, ErrorKind::Timeout)]
#[case(HttpError::Aborted, ErrorKind::Aborted)]
fn a_frame_without_response_ends_check_session(
    #[case] failure: HttpError,
    #[case] kind: ErrorKind,
) {
    let env = FakeEnv::new();
    env.fail_frame(failure);
    let error = check(&silent(object! {}, &env), object! {}).unwrap_err();
    assert_eq!(error.kind(), kind);
    if kind == ErrorKind::Timeout {
        assert_eq!(shown(&error).member("code"), &Value::from("timeout"));
        assert_eq!(
            shown(&error).member("description"),
            &Value::from("Timeout during executing web_message communication")
        );
    }
    assert_eq!(env.frames()[0].timeout_ms, 60_000);
    assert!(env.stored().is_empty());
}

#[test]
fn a_code_is_redeemed_where_there_is_a_challenge() {
    let env = FakeEnv::new();
    env.respond_in_frame(r#"{"code":"C","state":"S"}"#);
    env.respond(200, r#"{"access_token":"AT"}"#);
    let client = silent(object! {"responseType": "code", "pkce": true}, &env);
    let options = SessionOptions {
        extra: object! {"state": "S"},
        ..SessionOptions::default()
    };
    let result = run(client.check_session(options)).unwrap().unwrap();
    assert_eq!(result.access_token(), Some("AT"));
    assert!(env.frames()[0].url.contains("&code_challenge="));
}

#[test]
fn no_response_type_is_refused_at_once() {
    let client = silent(object! {"responseType": ""}, &FakeEnv::new());
    let refusal = client.prepare_session(Value::Undefined);
    assert_eq!(refusal.unwrap_err().text(), "responseType is required");
}

#[test]
fn renewal_reads_the_fragment_of_a_page_of_the_application() {
    let env = FakeEnv::new();
    env.respond_in_frame(r##""#access_token=AT&state=S""##);
    let result = run(silent(object! {}, &env).renew_auth(object! {"state": "S"}))
        .unwrap()
        .unwrap();
    assert_eq!(result.member("accessToken"), &Value::from("AT"));
    let frame = &env.frames()[0];
    assert_eq!(frame.wait, Wait::Fragment);
    assert!(
        frame
            .url
            .ends_with("&state=S&response_mode=fragment&prompt=none"),
        "{}",
        frame.url
    );
}

#[test]
fn renewal_returns_what_the_page_in_the_frame_has_parsed() {
    let env = FakeEnv::new();
    env.respond_in_frame(r#"{"accessToken":"AT","mine":1}"#);
    let options = object! {"usePostMessage": true, "postMessageDataType": "auth", "postMessageOrigin": "https://cb.example.com"};
    let result = run(silent(object! {}, &env).renew_auth(options))
        .unwrap()
        .unwrap();
    assert_eq!(result.member("mine"), &Value::from(1.0));
    let wait = Wait::Message {
        origin: "https://cb.example.com".into(),
        kind: Some("auth".into()),
    };
    assert_eq!(env.frames()[0].wait, wait);
    assert!(!env.frames()[0].url.contains("ostMessage"));
}

#[test]
fn renewal_ends_with_a_timeout() {
    let env = FakeEnv::new();
    env.fail_frame(HttpError::Timeout);
    let error = run(silent(object! {}, &env).renew_auth(object! {}))
        .unwrap()
        .unwrap_err();
    assert_eq!(
        json(&error.to_object(Shape::Hash)).unwrap(),
        r#"{"error":"timeout","errorDescription":"Timeout during authentication renew.","kind":"timeout"}"#
    );
    assert!(env.stored().is_empty());
}

fn in_place(response_type: &str, env: &FakeEnv) -> Result<AuthorizationResult, Error> {
    let client = silent(object! {"responseType": response_type, "pkce": true}, env);
    let options = LoginOptions {
        connection: "email".into(),
        email: Some("a@b.co".into()),
        verification_code: "123456".into(),
        state: Some("S".into()),
        app_state: Some(Value::from("A")),
        ..LoginOptions::default()
    };
    run(client.passwordless_login_in_place(options)).expect("an outcome")
}

const TICKET: &str = r#"{"login_ticket":"LT","co_verifier":"COV","co_id":"COID"}"#;

#[rstest]
#[case("token", r#"{"access_token":"AT","state":"S"}"#)]
#[case("code", r#"{"code":"C","state":"S"}"#)]
fn a_login_in_place_redeems_the_ticket_in_a_frame(
    #[case] response_type: &str,
    #[case] response: &str,
) {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    env.respond_in_frame(response);
    env.respond(200, r#"{"access_token":"AT"}"#);
    let result = in_place(response_type, &env).unwrap();
    assert_eq!(
        (result.access_token(), result.app_state()),
        (Some("AT"), &Value::from("A"))
    );
    assert!(env.navigations().is_empty());
    let url = masked(&env.frames()[0].url, &[]);
    assert!(
        url.contains("&login_ticket=LT&response_mode=web_message&prompt=none"),
        "{url}"
    );
    assert!(
        !url.contains("123456") && !url.contains("redirect=") && !url.contains("a%40b.co"),
        "{url}"
    );
    assert!(!format!("{:?}", env.frames()).contains("LT"));
}

#[test]
fn a_login_in_place_whose_cookie_is_blocked_says_so() {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    env.respond_in_frame(r#"{"error":"invalid_request","error_description":"No verifier returned from client.","state":"S"}"#);
    assert_eq!(
        in_place("token", &env).unwrap_err().kind(),
        ErrorKind::ThirdPartyCookies
    );
}

#[test]
fn a_login_in_place_on_the_tenants_own_login_page_is_refused_before_anything_is_sent() {
    let env = FakeEnv::new();
    env.at("https://me.auth0.com/login");
    assert_eq!(
        in_place("token", &env).unwrap_err(),
        Error::InvalidOptions("a login in place is not possible on the tenant's own login page")
    );
    assert!(env.requests().is_empty() && env.stored().is_empty());
}

#[test]
fn the_verification_page_hands_out_each_verifier_once() {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    env.fail_frame(HttpError::Timeout);
    in_place("token", &env).unwrap_err();
    let client = silent(object! {}, &env);
    assert_eq!(client.take_verifier("https://evil.example.net", "COID"), "");
    assert_eq!(client.take_verifier("https://me.auth0.com", "COID"), "COV");
    assert_eq!(client.take_verifier("https://me.auth0.com", "COID"), "");
}

#[test]
fn the_defaults_of_renewal_do_not_replace_given_options() {
    let client = silent(object! {"responseType": "id_token"}, &FakeEnv::new());
    let params = client
        .prepare_renewal(Value::Object(object! {"responseMode": "query"}))
        .unwrap();
    assert_eq!(get(&params, "responseType"), &Value::from("id_token"));
    assert_eq!(get(&params, "responseMode"), &Value::from("query"));
}
