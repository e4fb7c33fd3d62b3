use rstest::rstest;

use super::{client, object, only_request, options_error};
use crate::env::fake::{FakeEnv, run};
use crate::login::Login;
use crate::wire::{Params, Value, overlay};
use crate::{Client, Error, ErrorKind, Shape};

fn verify(client: &Client<FakeEnv>, options: Params) -> Result<(), Error> {
    let params = client.prepare_verify(Value::Object(options))?;
    let redirect = run(client.send_login(Login::UniversalLogin(params))).expect("an outcome")?;
    client.follow(redirect);
    Ok(())
}

fn by_sms() -> Params {
    object! {"connection": "the_connection", "phoneNumber": "123456", "verificationCode": "abc"}
}

#[rstest]
#[case(object! {}, "connection option is required")]
#[case(object! {"connection": "c"}, "verificationCode option is required")]
#[case(object! {"connection": "c", "verificationCode": "1"}, "phoneNumber option is required")]
#[case(object! {"connection": "c", "verificationCode": "1", "email": 1.0, "phoneNumber": ""}, "email option is required")]
fn missing_options_are_refused_with_auth0_js_texts(
    #[case] options: Params,
    #[case] text: &'static str,
) {
    let client = client(object! {}, &FakeEnv::new());
    assert_eq!(
        client.prepare_verify(Value::Object(options)).unwrap_err(),
        options_error(text)
    );
}

#[test]
fn a_verification_without_response_type_is_refused() {
    let client = client(object! {"responseType": Value::Undefined}, &FakeEnv::new());
    let refusal = client.prepare_verify(Value::Object(object! {}));
    assert_eq!(
        refusal.unwrap_err(),
        options_error("responseType option is required")
    );
}

#[test]
fn a_verified_code_leads_to_verify_redirect() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    verify(
        &client(object! {}, &env),
        overlay(by_sms(), object! {"state": "randomState"}),
    )
    .unwrap();
    let (method, url, credentials, body) = only_request(&env);
    assert_eq!(
        (method, url.as_str(), credentials),
        ("POST", "https://me.auth0.com/passwordless/verify", false)
    );
    assert_eq!(
        body,
        r#"{"connection":"the_connection","verification_code":"abc","phone_number":"123456","client_id":"..."}"#
    );
    assert_eq!(
        env.navigations(),
        [
            "https://me.auth0.com/passwordless/verify_redirect?client_id=...&response_type=code&redirect_uri=http%3A%2F%2Fpage.com%2Fcallback&connection=the_connection&phone_number=123456&verification_code=abc&state=randomState"
        ]
    );
}

#[test]
fn the_client_of_the_call_wins_and_unknown_options_stay_out_of_the_body() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = overlay(
        by_sms(),
        object! {"clientID": "test-client-id", "state": "S", "response_type": "x"},
    );
    verify(&client(object! {}, &env), options).unwrap();
    assert!(
        only_request(&env)
            .3
            .ends_with(r#""client_id":"test-client-id"}"#)
    );
    assert!(env.navigations()[0].contains("client_id=test-client-id&"));
}

#[test]
fn difference_the_email_is_trimmed_in_the_address_too() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options =
        object! {"connection": "email", "email": " a@b.co ", "verificationCode": "1", "state": "S"};
    verify(&client(object! {"_sendTelemetry": true}, &env), options).unwrap();
    assert!(env.navigations()[0].contains("&email=a%40b.co&"));
    let name = crate::base64url::encode_padded(
        format!(r#"{{"name":"latchkey","version":"{}"}}"#, crate::VERSION).as_bytes(),
    );
    assert!(env.navigations()[0].ends_with(&format!("&auth0Client={}", name.replace('=', "%3D"))));
}

#[test]
fn a_refused_verification_does_not_leave_the_page() {
    let env = FakeEnv::new();
    env.respond(
        401,
        r#"{"error":"some_error_code","error_description":"Some error description"}"#,
    );
    let error = verify(&client(object! {}, &env), by_sms()).unwrap_err();
    let object = error.to_object(Shape::Plain);
    assert_eq!(object.member("code"), &Value::from("some_error_code"));
    assert_eq!(
        object.member("description"),
        &Value::from("Some error description")
    );
    assert_eq!(error.kind(), ErrorKind::RequestRefused);
    assert!(env.navigations().is_empty());
}

#[test]
fn the_universal_login_page_stores_nothing_and_uses_the_state_of_its_config() {
    let env = FakeEnv::new();
    env.at("https://me.auth0.com");
    env.respond(200, "{}");
    verify(
        &client(object! {"state": "S", "nonce": "N"}, &env),
        by_sms(),
    )
    .unwrap();
    assert!(env.stored().is_empty());
    assert!(env.navigations()[0].contains("&state=S&nonce=N&"));
}
