use rstest::rstest;

use super::{client, masked, object, only_request, options_error};
use crate::env::Body;
use crate::env::fake::{FakeEnv, run};
use crate::wire::{Params, Value, overlay};
use crate::{Client, Error, ErrorKind, LoginOptions, Recipient, Shape};

const TICKET: &str =
    r#"{"login_ticket":"a_login_ticket","co_verifier":"co_verifier","co_id":"co_id"}"#;
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

fn login(client: &Client<FakeEnv>, options: Params) -> Result<(), Error> {
    let login = client.prepare_login(Value::Object(options))?;
    let redirect = run(client.send_login(login)).expect("an outcome")?;
    client.follow(redirect);
    Ok(())
}

fn by_email() -> Params {
    object! {"connection": "email", "email": "the@email.com", "verificationCode": "123456"}
}

#[rstest]
#[case::by_sms(object! {"connection": "sms", "phoneNumber": "+55165134", "verificationCode": "123456"}, "+55165134", "sms")]
#[case::by_email_address(by_email(), "the@email.com", "email")]
#[case::trimmed(object! {"connection": "email", "email": " a@b.co ", "verificationCode": "123456"}, "a@b.co", "email")]
#[case::difference_phone_trimmed(object! {"connection": "sms", "phoneNumber": " +1555 ", "verificationCode": "123456"}, "+1555", "sms")]
#[case::difference_a_numeric_code_becomes_text(object! {"connection": "email", "email": "a@b.co", "verificationCode": 123_456.0}, "a@b.co", "email")]
#[case::difference_the_code_is_trimmed(object! {"connection": "email", "email": "a@b.co", "verificationCode": " 123456\n"}, "a@b.co", "email")]
#[case::wire_names_of_the_call_win(
    object! {"connection": "x", "realm": "email", "username": "me@example.com", "otp": "123456", "email": "y", "verificationCode": "z"},
    "me@example.com",
    "email"
)]
fn the_code_goes_to_cross_origin_authentication(
    #[case] options: Params,
    #[case] username: &str,
    #[case] realm: &str,
) {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    login(&client(object! {}, &env), options).unwrap();
    let (method, url, credentials, body) = only_request(&env);
    // The cross-origin login sends credentials, so that the tenant can set its cookie.
    assert_eq!(
        (method, url.as_str(), credentials),
        ("POST", "https://me.auth0.com/co/authenticate", true)
    );
    assert_eq!(
        body,
        format!(
            r#"{{"client_id":"...","username":"{username}","otp":"123456","realm":"{realm}","credential_type":"{OTP_GRANT}"}}"#
        )
    );
}

#[test]
fn the_ticket_goes_to_authorize_without_the_persons_data() {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    let options =
        object! {"responseType": "token id_token", "redirectUri": "https://app.example.com/cb"};
    login(&client(options, &env), by_email()).unwrap();
    assert_eq!(
        masked(&env.navigations()[0], &["state", "nonce"]),
        "https://me.auth0.com/authorize?client_id=...&response_type=token%20id_token&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb&realm=email&state=state&nonce=nonce&login_ticket=a_login_ticket&scope=openid%20profile%20email"
    );
    // The only warning is about third-party cookies.
    assert_eq!(env.warnings().len(), 1, "{:?}", env.warnings());
    assert!(env.warnings()[0].contains("custom domain"));
}

#[test]
fn options_of_the_constructor_and_of_the_call_reach_authorize_and_app_state_does_not() {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    let of_client = object! {"scope": "openid", "audience": "api", "responseMode": "query", "organization": "org_1"};
    let of_call = object! {"state": "S", "appState": object! {"back": "/cart"}, "code_challenge": "cc", "foo": "bar", "timeout": 1.0};
    login(&client(of_client, &env), overlay(by_email(), of_call)).unwrap();
    assert_eq!(
        env.navigations(),
        [
            "https://me.auth0.com/authorize?client_id=...&response_type=code&response_mode=query&redirect_uri=http%3A%2F%2Fpage.com%2Fcallback&scope=openid&audience=api&organization=org_1&realm=email&state=S&code_challenge=cc&foo=bar&login_ticket=a_login_ticket"
        ]
    );
    assert_eq!(
        env.warnings()[1..],
        ["Following parameters are not allowed on the `/authorize` endpoint: [foo]"]
    );
    assert_eq!(env.requests()[0].timeout_ms, 1);
    let transaction = &env.stored()[0];
    assert_eq!(transaction.key, "com.auth0.auth.S");
    assert_eq!(
        transaction.value,
        r#"{"nonce":null,"appState":{"back":"/cart"},"state":"S","lastUsedConnection":"email","organization":"org_1"}"#
    );
}

#[test]
fn the_verifier_is_kept_for_a_quarter_of_an_hour() {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    login(&client(object! {}, &env), by_email()).unwrap();
    let verifier = env.stored().pop().unwrap();
    assert_eq!(verifier.key, "co/verifier/https%3A%2F%2Fme.auth0.com/co_id");
    assert_eq!(
        (
            verifier.value.as_str(),
            verifier.lifetime_s,
            verifier.cross_site
        ),
        ("\"co_verifier\"", 900, true)
    );
}

#[test]
fn the_page_is_left_only_when_the_caller_follows_the_redirect() {
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    let client = client(object! {}, &env);
    let options = LoginOptions {
        connection: "email".into(),
        email: Some("a@b.co".into()),
        verification_code: "123456".into(),
        ..LoginOptions::default()
    };
    let redirect = run(client.passwordless_authenticate(options))
        .unwrap()
        .unwrap();
    assert!(env.navigations().is_empty());
    assert_eq!(format!("{redirect:?}"), "Redirect([redacted])");
    client.follow(redirect);
    assert_eq!(env.navigations().len(), 1);
}

#[rstest]
#[case::nothing(object! {}, Error::MissingCode)]
#[case::empty_code(object! {"connection": "email", "email": "a@b.co", "verificationCode": " "}, Error::MissingCode)]
#[case::not_a_text(object! {"connection": "email", "email": "a@b.co", "verificationCode": object! {}}, Error::MissingCode)]
#[case::no_recipient(object! {"connection": "email", "verificationCode": "1"}, Error::MissingRecipient(Recipient::Email))]
#[case::blank_number(object! {"connection": "sms", "phoneNumber": " ", "verificationCode": "1"}, Error::MissingRecipient(Recipient::PhoneNumber))]
#[case::no_connection(object! {"email": "a@b.co", "verificationCode": "1"}, options_error("connection option is required"))]
fn difference_an_incomplete_login_is_refused_before_anything_is_sent(
    #[case] options: Params,
    #[case] error: Error,
) {
    let env = FakeEnv::new();
    assert_eq!(
        login(&client(object! {}, &env), options).unwrap_err(),
        error
    );
    assert!(env.requests().is_empty() && env.stored().is_empty() && env.navigations().is_empty());
}

#[test]
fn a_missing_response_type_is_refused_with_auth0_js_text() {
    let client = client(object! {"responseType": ""}, &FakeEnv::new());
    let refusal = client.prepare_login(Value::Object(by_email()));
    assert_eq!(
        refusal.unwrap_err(),
        options_error("responseType is required")
    );
}

#[rstest]
#[case::null(Body::Json(Value::Null))]
#[case::empty(Body::Empty)]
#[case::no_ticket(Body::Json(Value::Object(object! {"co_id": "x"})))]
#[case::a_page(Body::Text("<h1>Hotel Wi-Fi</h1>".into()))]
#[case::broken(Body::Malformed("{\"login_ticket\":".into()))]
fn difference_an_unusable_success_is_an_error_and_no_crash(#[case] body: Body) {
    let env = FakeEnv::new();
    env.respond_with(200, body, &[]);
    let error = login(&client(object! {}, &env), by_email()).unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::ServerError, Some(200))
    );
    assert!(env.navigations().is_empty());
}

#[test]
fn a_refused_login_is_the_legacy_object_with_a_status() {
    let env = FakeEnv::new();
    env.respond(
        400,
        r#"{"error":"any_error","error_description":"a super big error message description"}"#,
    );
    let error = login(&client(object! {}, &env), by_email()).unwrap_err();
    assert_eq!(
        crate::env::fake::json(&error.to_object(Shape::Legacy)).unwrap(),
        r#"{"original":{"error":"any_error","error_description":"a super big error message description"},"statusCode":400,"statusText":"Bad Request","code":"any_error","description":"a super big error message description","error":"any_error","error_description":"a super big error message description","kind":"request_refused"}"#
    );
    assert!(env.navigations().is_empty());
}

#[test]
fn difference_a_failed_login_leaves_no_cookie() {
    let env = FakeEnv::new();
    env.respond(
        403,
        r#"{"error":"access_denied","error_description":"Wrong email or verification code."}"#,
    );
    login(&client(object! {}, &env), by_email()).unwrap_err();
    assert!(env.stored().is_empty());
}

#[test]
fn difference_the_code_is_in_no_error() {
    let repeats =
        r#"{"error":"oops","error_description":"otp 123456 of x","details":{"otp":["123456"]}}"#;
    for body in [
        Body::Text("got 123456".into()),
        Body::Malformed("{123456".into()),
    ] {
        let env = FakeEnv::new();
        env.respond_with(500, body, &[]);
        env.respond(400, repeats);
        let client = client(object! {}, &env);
        for _ in 0..2 {
            let error = login(&client, by_email()).unwrap_err();
            let shown = [Shape::Plain, Shape::Legacy]
                .map(|shape| crate::env::fake::json(&error.to_object(shape)).unwrap());
            assert!(
                !format!("{error:?} {error} {shown:?}").contains("123456"),
                "{error:?}"
            );
        }
    }
}

#[test]
fn on_the_tenants_own_page_the_code_is_verified_there() {
    let env = FakeEnv::new();
    env.at("https://me.auth0.com");
    env.respond(200, "{}");
    login(&client(object! {"state": "S"}, &env), by_email()).unwrap();
    let (_, url, credentials, _) = only_request(&env);
    assert_eq!(
        (url.as_str(), credentials),
        ("https://me.auth0.com/passwordless/verify", false)
    );
    assert!(env.stored().is_empty());
    assert!(env.navigations()[0].starts_with("https://me.auth0.com/passwordless/verify_redirect?"));
}

#[test]
fn debug_of_the_typed_login_does_not_show_the_code() {
    let options = LoginOptions {
        verification_code: "123456".into(),
        ..LoginOptions::default()
    };
    assert!(!format!("{options:?}").contains("123456"));
    let env = FakeEnv::new();
    env.respond(200, TICKET);
    run(client(object! {}, &env).passwordless_login(LoginOptions {
        connection: "email".into(),
        email: Some("a@b.co".into()),
        state: Some("S".into()),
        ..options
    }))
    .unwrap()
    .unwrap();
    assert!(!format!("{:?}", env.requests()).contains("123456"));
    assert!(env.navigations()[0].contains("&state=S&"));
}
