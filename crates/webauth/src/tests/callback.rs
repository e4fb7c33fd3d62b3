use rstest::rstest;

use super::{client, object, options_error};
use crate::env::HttpError;
use crate::env::fake::{FakeEnv, json, run};
use crate::wire::{Params, Value};
use crate::{AuthorizationResult, Client, Error, ErrorKind, ParseOptions, Shape};

fn parse(client: &Client<FakeEnv>, options: Params) -> Result<Option<AuthorizationResult>, Error> {
    let options = Value::Object(options);
    let response = client.prepare_hash(&options)?;
    run(client.finish_hash(&options, response)).expect("an outcome")
}

/// Begins a request whose state is `foo`.
fn begin(client: &Client<FakeEnv>, more: Params) {
    let mut params = object! {"responseType": "token", "state": "foo"};
    params.extend(more);
    client.begin_transaction(&mut params).unwrap();
}

fn shown(error: &Error) -> String {
    json(&error.to_object(Shape::Hash)).unwrap()
}

const TOKENS: &str =
    "#state=foo&access_token=VjubIMBmpgQ2W2&token_type=Bearer&refresh_token=kajshdgfkasdjhgfas";

#[test]
fn tokens_of_a_known_request_are_returned() {
    let env = FakeEnv::new();
    let client = client(object! {"responseType": "token"}, &env);
    begin(&client, object! {});
    let result = parse(&client, object! {"hash": TOKENS}).unwrap().unwrap();
    assert_eq!(result.access_token(), Some("VjubIMBmpgQ2W2"));
    assert_eq!(format!("{result:?}"), "AuthorizationResult([redacted])");
    assert_eq!(
        json(&result.into_value()).unwrap(),
        r#"{"accessToken":"VjubIMBmpgQ2W2","idToken":null,"idTokenPayload":null,"appState":null,"refreshToken":"kajshdgfkasdjhgfas","state":"foo","expiresIn":null,"tokenType":"Bearer","scope":null}"#
    );
    assert!(env.stored().is_empty());
}

#[rstest]
#[case::page(
    "https://app.example.com/cb#state=foo&access_token=t&expires_in=7200&scope=openid",
    7200.0
)]
#[case::slash(
    "https://app.example.com/cb#/state=foo&access_token=t&expires_in=86400s",
    86400.0
)]
fn the_pages_own_fragment_is_read(#[case] href: &str, #[case] expires_in_s: f64) {
    let env = FakeEnv::new();
    let client = client(object! {"responseType": "token"}, &env);
    begin(&client, object! {});
    env.at(href);
    let result = run(client.parse_hash(ParseOptions::default()))
        .unwrap()
        .unwrap()
        .unwrap();
    assert_eq!(result.expires_in_s(), Some(expires_in_s));
    assert_eq!(result.state(), Some("foo"));
}

#[test]
fn the_app_state_of_the_request_is_returned() {
    let client = client(object! {"responseType": "token"}, &FakeEnv::new());
    begin(&client, object! {"appState": object! {"back": "/cart"}});
    let result = parse(&client, object! {"hash": TOKENS}).unwrap().unwrap();
    assert_eq!(result.app_state().member("back"), &Value::from("/cart"));
}

#[test]
fn a_state_of_the_call_needs_no_transaction_and_is_the_app_state() {
    let client = client(object! {"responseType": "token"}, &FakeEnv::new());
    let result = parse(&client, object! {"hash": TOKENS, "state": "foo"})
        .unwrap()
        .unwrap();
    assert_eq!(result.app_state(), &Value::from("foo"));
}

#[rstest]
#[case::token_type_alone("#token_type=Bearer")]
#[case::code("#code=abc&state=foo")]
#[case::nothing("")]
fn a_fragment_without_token_gives_none(#[case] hash: &str) {
    let client = client(object! {}, &FakeEnv::new());
    assert_eq!(parse(&client, object! {"hash": hash}).unwrap(), None);
}

#[rstest]
#[case::with_description("#error=the_error_code&error_description=the_error_description&state=some_state",
    r#"{"error":"the_error_code","errorDescription":"the_error_description","state":"some_state","kind":"request_refused"}"#)]
#[case::no_description(
    "#error=access_denied",
    r#"{"error":"access_denied","kind":"access_denied"}"#
)]
#[case::login_required(
    "#error=login_required&error_description=Login+required",
    r#"{"error":"login_required","errorDescription":"Login required","kind":"login_required"}"#
)]
#[case::no_verifier("#error=invalid_request&error_description=No+verifier+returned+from+client.",
    r#"{"error":"invalid_request","errorDescription":"No verifier returned from client.","kind":"third_party_cookies"}"#)]
#[case::no_verification_page("#error=invalid_request&error_description=Unable+to+configure+verification+page.",
    r#"{"error":"invalid_request","errorDescription":"Unable to configure verification page.","kind":"third_party_cookies"}"#)]
#[case::unauthorized(
    "#error=unauthorized&error_description=user+is+blocked",
    r#"{"error":"unauthorized","errorDescription":"user is blocked","kind":"blocked_user"}"#
)]
#[case::server(
    "#error=server_error",
    r#"{"error":"server_error","kind":"server_error"}"#
)]
fn an_error_response_becomes_an_error_object(#[case] hash: &str, #[case] object: &str) {
    let error = parse(&client(object! {}, &FakeEnv::new()), object! {"hash": hash}).unwrap_err();
    assert_eq!(shown(&error), object);
    assert_eq!(error.status(), None);
}

#[test]
fn difference_an_error_ends_its_transaction() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    begin(&client, object! {});
    parse(&client, object! {"hash": "#error=access_denied&state=foo"}).unwrap_err();
    assert!(env.stored().is_empty());
}

#[rstest]
#[case("token", "#id_token=x&state=foo", "token")]
#[case("token id_token", "#access_token=x&state=foo", "id_token")]
#[case("id_token", "#access_token=x", "id_token")]
#[case("id_token token", "#refresh_token=x", "token")]
fn a_response_without_a_token_of_its_response_type_is_an_error(
    #[case] asked: &str,
    #[case] hash: &str,
    #[case] missing: &str,
) {
    let property = if missing == "token" {
        "access_token"
    } else {
        "id_token"
    };
    for (of_client, of_call) in [(asked, "code"), ("", asked)] {
        let env = FakeEnv::new();
        let client = client(object! {"responseType": of_client}, &env);
        begin(&client, object! {});
        let error = parse(&client, object! {"hash": hash, "responseType": of_call}).unwrap_err();
        assert_eq!(
            shown(&error),
            format!(
                r#"{{"error":"invalid_hash","errorDescription":"response_type contains `{missing}`, but the parsed hash does not contain an `{property}` property","kind":"invalid_response"}}"#
            )
        );
        assert_eq!(env.stored().len(), 1);
    }
}

#[rstest]
#[case::unknown("#access_token=t&state=bar", object! {}, ErrorKind::NoTransaction)]
#[case::no_state("#access_token=t", object! {}, ErrorKind::NoTransaction)]
#[case::other_state("#access_token=t&state=bar", object! {"state": "foo"}, ErrorKind::StateMismatch)]
#[case::given_but_missing("#access_token=t", object! {"state": "foo"}, ErrorKind::StateMismatch)]
#[case::twice("#access_token=t&state=foo&state=foo", object! {}, ErrorKind::NoTransaction)]
#[case::no_bypass_with_a_state("#access_token=t&state=bar", object! {"__enableIdPInitiatedLogin": true}, ErrorKind::NoTransaction)]
fn a_state_that_does_not_match_is_refused(
    #[case] hash: &str,
    #[case] options: Params,
    #[case] kind: ErrorKind,
) {
    let client = client(object! {"responseType": "token"}, &FakeEnv::new());
    begin(&client, object! {});
    let error = parse(
        &client,
        crate::wire::overlay(object! {"hash": hash}, options),
    )
    .unwrap_err();
    assert_eq!(error.kind(), kind);
    assert_eq!(
        shown(&error),
        format!(
            r#"{{"error":"invalid_token","errorDescription":"`state` does not match.","kind":"{kind}"}}"#
        )
    );
}

#[rstest]
#[case("__enableIdPInitiatedLogin")]
#[case("__enableImpersonation")]
fn a_response_without_state_is_accepted_if_the_option_says_so(#[case] option: &str) {
    let client = client(object! {"responseType": "token"}, &FakeEnv::new());
    let options = vec![
        ("hash".to_owned(), Value::from("#access_token=t")),
        (option.to_owned(), Value::from(true)),
    ];
    assert!(parse(&client, options).unwrap().is_some());
}

#[test]
fn difference_a_second_call_returns_the_same_result() {
    let env = FakeEnv::new();
    let client = client(object! {"responseType": "token"}, &env);
    begin(&client, object! {"appState": "A"});
    let first = parse(&client, object! {"hash": TOKENS}).unwrap();
    assert_eq!(parse(&client, object! {"hash": TOKENS}).unwrap(), first);
    // React's strict mode makes a second client on the same page.
    let second = super::client(object! {"responseType": "token"}, &env);
    assert_eq!(parse(&second, object! {"hash": TOKENS}).unwrap(), first);
}

#[test]
fn after_a_reload_a_finished_request_is_unknown() {
    let env = FakeEnv::new();
    let client = client(object! {"responseType": "token"}, &env);
    begin(&client, object! {});
    parse(&client, object! {"hash": TOKENS}).unwrap();
    env.reload();
    assert_eq!(
        parse(&client, object! {"hash": TOKENS}).unwrap_err(),
        Error::NoTransaction
    );
}

#[test]
fn a_hash_that_is_not_a_text_is_refused() {
    let client = client(object! {}, &FakeEnv::new());
    let refusal = client.prepare_hash(&Value::Object(object! {"hash": 5.0}));
    assert_eq!(
        refusal.unwrap_err(),
        options_error("hash parameter is not valid")
    );
}

#[test]
fn tokens_that_are_parsed_already_are_validated() {
    let client = client(object! {"responseType": "token"}, &FakeEnv::new());
    let response = || object! {"access_token": "t", "state": "foo", "expires_in": 60.0};
    let options = || ParseOptions {
        state: Some("foo".into()),
        ..ParseOptions::default()
    };
    let result = run(client.validate_authentication_response(options(), response()))
        .unwrap()
        .unwrap();
    assert_eq!(
        (result.access_token(), result.expires_in_s()),
        (Some("t"), Some(60.0))
    );
    let refusal = run(client.validate_authentication_response(ParseOptions::default(), response()));
    assert_eq!(refusal.unwrap().unwrap_err(), Error::NoTransaction);
}

/// A client whose page has the address `href`, after a request with PKCE and the state `foo`.
fn back(env: &FakeEnv, pkce: bool, href: &str) -> Client<FakeEnv> {
    let client = client(object! {"pkce": pkce, "responseType": "code"}, env);
    let mut params = object! {"responseType": "code", "state": "foo", "appState": "A"};
    client.begin_transaction(&mut params).unwrap();
    env.at(href);
    client
}

const CODE: &str = "https://app.example.com/cb?page=1&code=C0DE&state=foo";

#[rstest]
#[case::query(CODE)]
#[case::fragment("https://app.example.com/cb?code=other#code=C0DE&state=foo")]
fn a_code_is_redeemed_with_its_verifier(#[case] href: &str) {
    let env = FakeEnv::new();
    let client = back(&env, true, href);
    let stored = env.stored()[0].value.clone();
    let verifier = crate::env::Env::parse_json(&env, &stored)
        .unwrap()
        .member("codeVerifier")
        .clone();
    env.respond(
        200,
        r#"{"access_token":"AT","expires_in":86400,"token_type":"Bearer","scope":"openid"}"#,
    );
    let result = run(client.handle_redirect_callback())
        .unwrap()
        .unwrap()
        .unwrap();
    assert_eq!(result.access_token(), Some("AT"));
    assert_eq!(result.app_state(), &Value::from("A"));
    assert_eq!((result.state(), result.code()), (Some("foo"), None));
    let (method, url, credentials, body) = super::only_request(&env);
    assert_eq!(
        (method, url.as_str(), credentials),
        ("POST", "https://me.auth0.com/oauth/token", false)
    );
    assert_eq!(
        body,
        format!(
            r#"{{"grant_type":"authorization_code","client_id":"...","code":"C0DE","redirect_uri":"http://page.com/callback","code_verifier":"{}"}}"#,
            verifier.as_str().unwrap()
        )
    );
    // A second call returns the same result without a further request.
    assert_eq!(
        run(client.handle_redirect_callback()).unwrap().unwrap(),
        Some(result)
    );
    assert_eq!(env.requests().len(), 1);
    assert!(env.stored().is_empty());
}

#[test]
fn no_error_shows_the_code_or_the_verifier_that_the_tenant_repeats() {
    let env = FakeEnv::new();
    let client = back(&env, true, CODE);
    let stored = env.stored()[0].value.clone();
    let transaction = crate::env::Env::parse_json(&env, &stored).unwrap();
    let verifier = transaction.member("codeVerifier").as_str().unwrap();
    env.respond(
        403,
        &format!(r#"{{"error":"invalid_grant","error_description":"C0DE with {verifier}"}}"#),
    );
    let error = run(client.handle_redirect_callback()).unwrap().unwrap_err();
    let shown = shown(&error);
    assert!(shown.contains("***** with *****"), "{shown}");
}

#[test]
fn a_code_without_verifier_is_for_the_pages_server() {
    let env = FakeEnv::new();
    let client = back(&env, false, CODE);
    let result = run(client.handle_redirect_callback())
        .unwrap()
        .unwrap()
        .unwrap();
    assert_eq!((result.code(), result.access_token()), (Some("C0DE"), None));
    assert!(env.requests().is_empty());
}

#[rstest]
#[case::no_response("https://app.example.com/cb?page=1")]
#[case::a_code_of_the_page("https://app.example.com/cb?code=voucher")]
#[case::an_error_of_the_page("https://app.example.com/cb?error=1#top")]
fn an_address_without_authorization_response_gives_none(#[case] href: &str) {
    let env = FakeEnv::new();
    let client = back(&env, true, href);
    assert_eq!(
        run(client.handle_redirect_callback()).unwrap().unwrap(),
        None
    );
    assert_eq!(env.stored().len(), 1);
}

#[rstest]
#[case::unknown(
    "https://app.example.com/cb?code=C&state=bar",
    ErrorKind::NoTransaction
)]
#[case::error(
    "https://app.example.com/cb?error=access_denied&state=foo",
    ErrorKind::AccessDenied
)]
#[case::error_in_the_fragment(
    "https://app.example.com/cb#error=login_required&state=foo",
    ErrorKind::LoginRequired
)]
fn a_login_that_cannot_be_finished_has_a_cause(#[case] href: &str, #[case] kind: ErrorKind) {
    let env = FakeEnv::new();
    let client = back(&env, true, href);
    for _ in 0..2 {
        let error = run(client.handle_redirect_callback()).unwrap().unwrap_err();
        assert_eq!(error.kind(), kind);
    }
    assert!(env.requests().is_empty());
}

#[test]
fn a_code_that_could_not_be_sent_can_be_sent_again_even_after_a_reload() {
    let env = FakeEnv::new();
    let client = back(&env, true, CODE);
    env.fail(HttpError::Network);
    assert_eq!(
        run(client.handle_redirect_callback())
            .unwrap()
            .unwrap_err()
            .kind(),
        ErrorKind::Network
    );
    env.reload();
    env.respond(200, r#"{"access_token":"AT"}"#);
    assert!(run(client.handle_redirect_callback()).unwrap().is_ok());
}

#[test]
fn the_transaction_of_a_refused_code_is_deleted() {
    let env = FakeEnv::new();
    let client = back(&env, true, CODE);
    env.respond(
        403,
        r#"{"error":"invalid_grant","error_description":"Invalid authorization code"}"#,
    );
    let error = run(client.handle_redirect_callback()).unwrap().unwrap_err();
    assert_eq!(error.status(), Some(403));
    assert!(shown(&error).starts_with(
        r#"{"error":"invalid_grant","errorDescription":"Invalid authorization code""#
    ));
    assert!(env.stored().is_empty());
}
