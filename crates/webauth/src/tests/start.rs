use rstest::rstest;

use super::{client, header, masked, object, only_request, options_error};
use crate::env::Body;
use crate::env::fake::{FakeEnv, run};
use crate::wire::{Params, Value, set};
use crate::{Client, Error, Recipient, Send, StartOptions, StartResponse};

fn start(client: &Client<FakeEnv>, options: Params) -> Result<StartResponse, Error> {
    let start = client.prepare_start(Value::Object(options))?;
    let body = run(client.send_start(start)).expect("an outcome")?;
    Ok(StartResponse { body })
}

#[rstest]
#[case::no_connection(object! {}, "connection option is required")]
#[case::no_send(object! {"connection": "bla"}, "send option is required")]
#[case::unknown_send(object! {"connection": "bla", "send": "blabla"}, "send is not valid ([link, code])")]
#[case::connection_is_a_number(object! {"connection": 5.0, "send": "code"}, "connection option is required")]
#[case::send_is_a_number(object! {"connection": "email", "send": 5.0}, "send option is required")]
#[case::email_is_a_number(object! {"connection": "email", "send": "code", "email": 5.0}, "email option is required")]
#[case::phone(object! {"connection": "sms", "send": "code", "phoneNumber": 5.0}, "phoneNumber option is required")]
fn wrong_options_are_refused_with_auth0_js_texts(
    #[case] options: Params,
    #[case] text: &'static str,
) {
    let env = FakeEnv::new();
    let refusal = client(object! {}, &env).prepare_start(Value::Object(options));
    assert_eq!(refusal.unwrap_err(), options_error(text));
    assert!(env.requests().is_empty() && env.stored().is_empty());
}

#[test]
fn options_are_required() {
    let client = client(object! {}, &FakeEnv::new());
    for nothing in [Value::Undefined, Value::Null, Value::from("email")] {
        assert_eq!(
            client.prepare_start(nothing).unwrap_err(),
            options_error("options parameter is not valid")
        );
    }
}

#[test]
fn a_missing_response_type_is_refused_before_other_options() {
    let env = FakeEnv::new();
    let refusal = client(object! {"responseType": Value::Undefined}, &env)
        .prepare_start(Value::Object(object! {}));
    assert_eq!(
        refusal.unwrap_err(),
        options_error("responseType is required")
    );
}

#[test]
fn the_request_for_a_link() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options =
        object! {"connection": "the_connection", "email": "me@example.com", "send": "link"};
    let response = start(&client(object! {"scope": ""}, &env), options).unwrap();
    assert_eq!(response.body, Value::Object(Params::new()));
    let (method, url, credentials, body) = only_request(&env);
    assert_eq!(
        (method, url.as_str(), credentials),
        ("POST", "https://me.auth0.com/passwordless/start", false)
    );
    assert_eq!(
        masked(&body, &["state"]),
        r#"{"client_id":"...","connection":"the_connection","email":"me@example.com","send":"link","authParams":{"state":"state","redirect_uri":"http://page.com/callback","response_type":"code"}}"#
    );
    assert_eq!(
        env.requests()[0].headers,
        [("Content-Type".to_owned(), "application/json".to_owned())]
    );
    assert_eq!(env.requests()[0].timeout_ms, 10_000);
}

#[test]
fn auth_params_override_the_constructor_and_become_snake_case() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let auth_params = object! {
        "redirectUri": "http://page.com/othercallback",
        "protocol": "wsfed",
        "responseType": "token",
        "scope": "openid email",
        "state": "S",
    };
    let options = object! {"connection": "c", "email": "me@example.com", "send": "link", "authParams": auth_params};
    start(&client(object! {"scope": "openid"}, &env), options).unwrap();
    let (.., body) = only_request(&env);
    assert!(body.ends_with(
        r#""authParams":{"scope":"openid email","protocol":"wsfed","state":"S","redirect_uri":"http://page.com/othercallback","response_type":"token"}}"#
    ), "{body}");
}

#[rstest]
#[case::of_the_call("de-DE", None, Some("de-DE"))]
#[case::of_the_constructor("", Some("fr"), Some("fr"))]
#[case::the_call_wins("de-DE", Some("fr"), Some("de-DE"))]
#[case::of_the_browser("", None, None)]
fn the_language_travels_in_a_header_only(
    #[case] of_call: &str,
    #[case] of_constructor: Option<&str>,
    #[case] sent: Option<&str>,
) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = object! {"connection": "email", "email": "a@b.co", "send": "code", "xRequestLanguage": of_call};
    start(&client(object! {"language": of_constructor}, &env), options).unwrap();
    assert_eq!(header(&env, "X-Request-Language").as_deref(), sent);
    assert!(!only_request(&env).3.to_lowercase().contains("language"));
}

#[rstest]
#[case::sms_number("sms", "phoneNumber", "+55165134", r#""phone_number":"+55165134""#)]
#[case::email_address("email", "email", "me@example.com", r#""email":"me@example.com""#)]
#[case::email_address_is_trimmed("email", "email", "  a@b.co ", r#""email":"a@b.co""#)]
#[case::difference_the_phone_number_is_trimmed_too(
    "sms",
    "phoneNumber",
    " +1555 ",
    r#""phone_number":"+1555""#
)]
fn the_recipient_is_sent(
    #[case] connection: &str,
    #[case] name: &str,
    #[case] given: &str,
    #[case] sent: &str,
) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let mut options = object! {"connection": connection, "send": "code"};
    set(&mut options, name, given);
    start(&client(object! {}, &env), options).unwrap();
    assert!(only_request(&env).3.contains(sent));
}

#[rstest]
#[case::nothing(object! {"connection": "email", "send": "code"}, Recipient::Email)]
#[case::empty(object! {"connection": "email", "send": "code", "email": ""}, Recipient::Email)]
#[case::blank(object! {"connection": "email", "send": "code", "email": "  "}, Recipient::Email)]
#[case::sms(object! {"connection": "sms", "send": "code"}, Recipient::PhoneNumber)]
#[case::blank_number(object! {"connection": "texts", "send": "code", "phoneNumber": " "}, Recipient::PhoneNumber)]
fn difference_a_missing_recipient_is_refused_before_anything_is_sent(
    #[case] options: Params,
    #[case] missing: Recipient,
) {
    let env = FakeEnv::new();
    assert_eq!(
        start(&client(object! {}, &env), options).unwrap_err(),
        Error::MissingRecipient(missing)
    );
    assert!(env.requests().is_empty() && env.stored().is_empty());
}

#[rstest]
#[case::code("code", false)]
#[case::id_token("token id_token", true)]
fn every_start_has_a_state_and_for_an_id_token_a_nonce(
    #[case] response_type: &str,
    #[case] nonce: bool,
) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = object! {"connection": "email", "email": "a@b.co", "send": "code"};
    start(
        &client(object! {"responseType": response_type}, &env),
        options,
    )
    .unwrap();
    let body = masked(&only_request(&env).3, &["state", "nonce"]);
    assert!(body.contains(r#""state":"state""#));
    assert_eq!(body.contains(r#""nonce":"nonce""#), nonce);
    assert_eq!(
        env.stored()[0]
            .value
            .starts_with(r#"{"nonce":null,"state":""#),
        !nonce
    );
}

#[rstest]
#[case::members(
    200,
    r#"{"_id":"1","email":"a@b.co","email_verified":false}"#,
    r#"{"Id":"1","email":"a@b.co","emailVerified":false}"#
)]
#[case::an_error_in_a_success_is_no_error(200, r#"{"error":"x"}"#, r#"{"error":"x"}"#)]
#[case::list(200, "[1]", "[1]")]
#[case::difference_null_is_an_empty_object(200, "null", "{}")]
fn the_response_reaches_the_callback_in_camel_case(
    #[case] status: u16,
    #[case] response: &str,
    #[case] body: &str,
) {
    let env = FakeEnv::new();
    env.respond(status, response);
    let options = object! {"connection": "email", "email": "a@b.co", "send": "code"};
    let response = start(&client(object! {}, &env), options).unwrap();
    assert_eq!(crate::env::fake::json(&response.body).unwrap(), body);
}

#[rstest]
#[case(Body::Text("OK".into()), Value::from("OK"))]
#[case(Body::Empty, Value::Object(Params::new()))]
fn a_success_without_json_is_a_success(#[case] body: Body, #[case] expected: Value) {
    let env = FakeEnv::new();
    env.respond_with(200, body, &[]);
    let options = object! {"connection": "email", "email": "a@b.co", "send": "code"};
    assert_eq!(
        start(&client(object! {}, &env), options).unwrap().body,
        expected
    );
}

#[test]
fn unknown_options_are_sent_and_those_of_the_call_are_not() {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = object! {
        "connection": "email", "email": "a@b.co", "send": "code", "captcha": "c", "someThing": 1.0,
        "timeout": 500.0, "signal": object! {}, "authParams": object! {"state": "S", "nonce": "N"},
    };
    start(
        &client(
            object! {"audience": "api", "_csrf": "x", "responseMode": "form_post"},
            &env,
        ),
        options,
    )
    .unwrap();
    assert_eq!(env.requests()[0].timeout_ms, 500);
    assert_eq!(
        only_request(&env).3,
        r#"{"client_id":"...","connection":"email","email":"a@b.co","send":"code","captcha":"c","some_thing":1,"authParams":{"response_mode":"form_post","audience":"api","_csrf":"x","state":"S","nonce":"N","redirect_uri":"http://page.com/callback","response_type":"code"}}"#
    );
}

#[test]
fn the_typed_call_sends_the_same_request() {
    let env = FakeEnv::new();
    env.respond(200, r#"{"_id":"1"}"#);
    let client = client(object! {}, &env);
    let options = StartOptions {
        connection: "email".into(),
        send: Some(Send::Code),
        email: Some("a@b.co".into()),
        auth_params: object! {"state": "S"},
        request_language: Some("nl".into()),
        ..StartOptions::default()
    };
    let response = run(client.passwordless_start(options)).unwrap().unwrap();
    assert_eq!(response.body.member("Id"), &Value::from("1"));
    assert_eq!(
        only_request(&env).3,
        r#"{"client_id":"...","connection":"email","send":"code","email":"a@b.co","authParams":{"state":"S","redirect_uri":"http://page.com/callback","response_type":"code"}}"#
    );
    assert_eq!(header(&env, "X-Request-Language").as_deref(), Some("nl"));
}

#[test]
fn without_send_the_typed_call_is_refused_too() {
    let client = client(object! {}, &FakeEnv::new());
    let options = StartOptions {
        connection: "email".into(),
        email: Some("a@b.co".into()),
        ..StartOptions::default()
    };
    assert_eq!(
        run(client.passwordless_start(options))
            .unwrap()
            .unwrap_err(),
        options_error("send option is required")
    );
}

#[test]
fn difference_each_start_has_its_own_state_and_a_failed_one_leaves_no_transaction() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    let options = |email: &str| object! {"connection": "email", "email": email, "send": "code"};
    env.respond(200, "{}");
    env.respond(200, "{}");
    env.respond(400, r#"{"error":"bad.email"}"#);
    start(&client, options("a@b.co")).unwrap();
    start(&client, options("c@d.co")).unwrap();
    start(&client, options("e@f.co")).unwrap_err();
    let states: Vec<_> = env
        .requests()
        .iter()
        .map(|request| format!("{:?}", request.body))
        .collect();
    assert_ne!(states[0], states[1]);
    assert_eq!(env.stored().len(), 2);
}
