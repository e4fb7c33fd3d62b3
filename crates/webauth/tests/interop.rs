//! Tests of the conversions of options and results between Rust and JavaScript, in a browser.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "tests, which clippy does not see here")]

use js_sys::{JSON, JsString};
use latchkey_webauth::interop::{from_js, to_js};
use latchkey_webauth::{AuthorizationResult, Config, LoginOptions, Send, StartOptions, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn js(json: &str) -> JsValue {
    JSON::parse(json).unwrap()
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value)
        .map(|text: JsString| text.into())
        .unwrap()
}

#[wasm_bindgen_test]
fn options_come_from_javascript_under_its_names() {
    let config: Config = from_js(js(
        r#"{"domain":"me.auth0.com","clientID":"C","redirectUri":"https://app.example.com/cb","timeout":5000,"pkce":true}"#,
    ))
    .unwrap();
    assert_eq!((config.client_id.as_str(), config.timeout_ms), ("C", 5000));
    assert_eq!(config.extra, [("pkce".to_owned(), Value::Bool(true))]);
    let start: StartOptions = from_js(js(
        r#"{"connection":"email","send":"code","email":"a@b.co"}"#,
    ))
    .unwrap();
    assert_eq!(start.send, Some(Send::Code));
}

#[wasm_bindgen_test]
fn what_is_missing_is_named() {
    let error = from_js::<Config>(js(r#"{"domain":"me.auth0.com"}"#)).unwrap_err();
    assert!(error.to_string().contains("clientID"), "{error}");
}

#[wasm_bindgen_test]
fn results_become_plain_objects_and_show_tokens_only_when_asked_to() {
    let given =
        r#"{"accessToken":"AT","idTokenPayload":{"sub":"u","exp":1700000000},"expiresIn":7200}"#;
    let result: AuthorizationResult = from_js(js(given)).unwrap();
    assert_eq!(
        json(&to_js(&result).unwrap()),
        r#"{"idTokenPayload":{"sub":"u","exp":1700000000},"expiresIn":7200}"#
    );
    assert_eq!(json(&to_js(&result.with_secrets()).unwrap()), given);
}

#[wasm_bindgen_test]
fn a_code_goes_in_and_does_not_come_out() {
    let login: LoginOptions = from_js(js(
        r#"{"connection":"email","email":"a@b.co","verificationCode":"123456"}"#,
    ))
    .unwrap();
    assert_eq!(login.verification_code.secret(), "123456");
    assert_eq!(
        json(&to_js(&login).unwrap()),
        r#"{"connection":"email","email":"a@b.co"}"#
    );
}
