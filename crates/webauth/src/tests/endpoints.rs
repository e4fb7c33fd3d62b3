use rstest::rstest;

use super::{client, header, object, only_request, options_error};
use crate::env::Body;
use crate::env::fake::{FakeEnv, json, run};
use crate::wire::{Params, Value, set};
use crate::{Client, LogoutOptions, Send, Shape, StartOptions};

#[test]
fn user_info_sends_the_token_and_shows_it_nowhere_else() {
    let env = FakeEnv::new();
    env.respond(200, r#"{"sub":"email|1","email_verified":true}"#);
    let claims = run(client(object! {}, &env).user_info("AT0KEN"))
        .unwrap()
        .unwrap();
    assert_eq!(claims.member("email_verified"), &Value::from(true));
    let request = env.requests().remove(0);
    assert_eq!(
        (request.method, request.url.as_str()),
        ("GET", "https://me.auth0.com/userinfo")
    );
    assert_eq!(request.body, None);
    assert_eq!(
        header(&env, "Authorization").as_deref(),
        Some("Bearer AT0KEN")
    );
    assert!(!format!("{request:?}").contains("AT0KEN"));
    env.respond(
        401,
        r#"{"error":"invalid_token","error_description":"no AT0KEN"}"#,
    );
    let error = run(client(object! {}, &env).user_info("AT0KEN"))
        .unwrap()
        .unwrap_err();
    assert!(!format!("{error:?}").contains("AT0KEN"));
}

#[test]
fn user_info_needs_a_text() {
    let refusal = client(object! {}, &FakeEnv::new()).prepare_user_info(&Value::Undefined);
    assert_eq!(
        refusal.unwrap_err(),
        options_error("accessToken parameter is not valid")
    );
}

#[test]
fn the_otp_grant_is_the_documented_one() {
    let env = FakeEnv::new();
    env.respond(200, r#"{"access_token":"AT","token_type":"Bearer"}"#);
    let options = object! {
        "grantType": "http://auth0.com/oauth/grant-type/passwordless/otp", "realm": "email", "username": "a@b.co",
        "otp": "123456", "somethingElse": "x",
    };
    let tokens = run(client(object! {"scope": "openid"}, &env).oauth_token(options))
        .unwrap()
        .unwrap();
    assert_eq!(tokens.member("accessToken"), &Value::from("AT"));
    assert_eq!(
        only_request(&env).3,
        r#"{"client_id":"...","scope":"openid","grant_type":"http://auth0.com/oauth/grant-type/passwordless/otp","realm":"email","username":"a@b.co","otp":"123456"}"#
    );
}

#[test]
fn no_error_shows_a_secret_of_the_grant_that_the_tenant_repeats() {
    let names = [
        ("code", "s3cret-code"),
        ("codeVerifier", "s3cret-verifier"),
        ("clientSecret", "s3cret-of-the-client"),
        ("refreshToken", "s3cret-refresh"),
        ("subjectToken", "s3cret-subject"),
        ("clientAssertion", "s3cret-assertion"),
        ("password", "s3cret-password"),
    ];
    let mut options = object! {"grantType": "authorization_code"};
    for (name, secret) in names {
        set(&mut options, name, secret);
    }
    let repeated = names.map(|(_, secret)| secret).join(" and ");
    let env = FakeEnv::new();
    env.respond(
        403,
        &format!(r#"{{"error":"invalid_grant","error_description":"{repeated}"}}"#),
    );
    let error = run(client(object! {}, &env).oauth_token(options))
        .unwrap()
        .unwrap_err();
    let shown = json(&error.to_object(Shape::Plain)).unwrap();
    assert!(shown.contains("*****"), "{shown}");
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[rstest]
#[case(Value::Undefined, "options parameter is not valid")]
#[case(Value::Object(object! {}), "grantType option is required")]
#[case(Value::Object(object! {"clientID": 5.0}), "clientID option is required")]
#[case(Value::Object(object! {"grantType": "x", "scope": 5.0}), "scope option is required")]
#[case(Value::Object(object! {"grantType": "x", "audience": 5.0}), "audience option is required")]
fn wrong_options_of_a_grant_are_refused_with_auth0_js_texts(
    #[case] options: Value,
    #[case] text: &'static str,
) {
    let refusal = client(object! {}, &FakeEnv::new()).prepare_token(options);
    assert_eq!(refusal.unwrap_err(), options_error(text));
}

#[test]
fn a_challenge_is_requested_only_with_a_state() {
    let env = FakeEnv::new();
    assert_eq!(
        run(client(object! {}, &env).passwordless_challenge()).unwrap(),
        Ok(None)
    );
    env.respond(200, r#"{"image":"data:","type":"code","is_required":true}"#);
    let challenge =
        run(client(object! {"state": "123abc"}, &env).passwordless_challenge()).unwrap();
    assert_eq!(
        challenge.unwrap().unwrap().member("is_required"),
        &Value::from(true)
    );
    assert_eq!(only_request(&env).3, r#"{"state":"123abc"}"#);
}

fn start_only(options: Params, client_options: Params) -> (FakeEnv, String) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let client = client(client_options, &env);
    let start = Client::<FakeEnv>::prepare_bare_start(Value::Object(options)).unwrap();
    run(client.send_start(start)).unwrap().unwrap();
    let body = only_request(&env).3;
    (env, body)
}

#[test]
fn the_api_clients_start_stores_nothing() {
    let options =
        object! {"connection": "the_connection", "email": "me@example.com", "send": "link"};
    let (env, body) = start_only(options, object! {"scope": ""});
    assert_eq!(
        body,
        r#"{"client_id":"...","connection":"the_connection","email":"me@example.com","send":"link","authParams":{"redirect_uri":"http://page.com/callback","response_type":"code"}}"#
    );
    assert!(env.stored().is_empty());
}

#[test]
fn the_api_clients_auth_params_override_the_constructor_and_become_snake_case() {
    let auth_params = object! {
        "redirectUri": "http://page.com/othercallback", "protocol": "wsfed", "responseType": "token", "scope": "openid email",
    };
    let options = object! {"connection": "c", "email": "me@example.com", "send": "link", "authParams": auth_params};
    let (_, body) = start_only(options, object! {"scope": "openid"});
    let body = crate::env::Env::parse_json(&FakeEnv::new(), &body).unwrap();
    assert_eq!(
        json(body.member("authParams")).unwrap(),
        r#"{"protocol":"wsfed","scope":"openid email","redirect_uri":"http://page.com/othercallback","response_type":"token"}"#
    );
}

#[test]
fn the_api_clients_start_without_any_setting_sends_no_auth_params() {
    let nothing = object! {"redirectUri": Value::Undefined, "responseType": Value::Undefined};
    let (_, body) = start_only(
        object! {"connection": "email", "send": "code", "email": "a@b.co"},
        nothing,
    );
    assert_eq!(
        body,
        r#"{"client_id":"...","connection":"email","send":"code","email":"a@b.co"}"#
    );
}

#[test]
fn the_typed_start_of_the_api_client() {
    let env = FakeEnv::new();
    env.respond_with(200, Body::Text("OK".into()), &[]);
    let options = StartOptions {
        connection: "email".into(),
        send: Some(Send::Code),
        email: Some("a@b.co".into()),
        ..StartOptions::default()
    };
    let response = run(client(object! {}, &env).passwordless_start_only(options))
        .unwrap()
        .unwrap();
    assert_eq!(response.body, Value::from("OK"));
}

#[test]
fn the_api_clients_verify_takes_nothing_from_the_constructor() {
    let env = FakeEnv::new();
    env.respond(200, r#"{"a_b":1}"#);
    let options =
        object! {"connection": "email", "email": " a@b.co ", "verificationCode": "1", "state": "x"};
    let response = run(client(object! {}, &env).passwordless_verify_only(options))
        .unwrap()
        .unwrap();
    assert_eq!(response.member("aB"), &Value::from(1.0));
    assert_eq!(
        only_request(&env).3,
        r#"{"connection":"email","verification_code":"1","email":"a@b.co"}"#
    );
    assert!(env.navigations().is_empty() && env.stored().is_empty());
}

#[test]
fn the_address_of_a_verified_code() {
    let client = client(object! {}, &FakeEnv::new());
    let options = object! {"connection": "the_connection", "phoneNumber": "123456", "verificationCode": "abc"};
    assert_eq!(
        client.build_verify_url(options).unwrap(),
        "https://me.auth0.com/passwordless/verify_redirect?client_id=...&response_type=code&redirect_uri=http%3A%2F%2Fpage.com%2Fcallback&connection=the_connection&phone_number=123456&verification_code=abc"
    );
    assert_eq!(
        client.build_verify_url(object! {}).unwrap_err(),
        options_error("connection option is required")
    );
}

#[rstest]
#[case::client_of_the_constructor(object! {}, "client_id=...")]
#[case::without_client(object! {"clientID": Value::Undefined}, "")]
#[case::federated(object! {"clientID": "123", "returnTo": "http://page.com", "federated": ""}, "client_id=123&returnTo=http%3A%2F%2Fpage.com&federated")]
#[case::empty(object! {"clientID": ""}, "client_id=")]
#[case::not_federated(object! {"federated": "false"}, "client_id=...")]
#[case::federated_false(object! {"federated": false}, "client_id=...")]
fn logout_addresses(#[case] options: Params, #[case] query: &str) {
    let client = client(object! {}, &FakeEnv::new());
    let url = client.build_logout_url(Value::Object(options)).unwrap();
    assert_eq!(url, format!("https://me.auth0.com/v2/logout?{query}"));
}

#[test]
fn logout_leaves_the_page() {
    let env = FakeEnv::new();
    let options = LogoutOptions {
        return_to: Some("https://app.example.com/".into()),
        federated: true,
    };
    client(object! {}, &env).logout(options).unwrap();
    assert_eq!(
        env.navigations(),
        [
            "https://me.auth0.com/v2/logout?client_id=...&returnTo=https%3A%2F%2Fapp.example.com%2F&federated"
        ]
    );
}

#[rstest]
#[case(object! {"clientID": Value::Undefined}, "clientID option is required")]
#[case(object! {"responseType": Value::Undefined}, "responseType option is required")]
#[case(object! {"responseType": "id_token"}, "nonce option is required")]
#[case(object! {"redirectUri": 5.0}, "redirectUri option is required")]
#[case(object! {"scope": 5.0}, "scope option is required")]
#[case(object! {"audience": 5.0}, "audience option is required")]
fn wrong_options_of_an_authorize_address_are_refused_with_auth0_js_texts(
    #[case] options: Params,
    #[case] text: &'static str,
) {
    let refusal = client(object! {}, &FakeEnv::new()).build_authorize_url(options);
    assert_eq!(refusal.unwrap_err(), options_error(text));
}
