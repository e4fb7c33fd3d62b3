use rstest::rstest;

use super::{client, object};
use crate::base64url::encode;
use crate::env::Env;
use crate::env::fake::{FakeEnv, run};
use crate::url::parse;
use crate::wire::{Params, Value, get};
use crate::{AuthorizeOptions, Client, Error, LoginOptions, Send, StartOptions};

fn verifier(env: &FakeEnv) -> String {
    let stored = env.parse_json(&env.stored()[0].value).unwrap();
    stored
        .member("codeVerifier")
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

fn query(url: &str) -> Params {
    parse(url.split_once('?').unwrap().1)
}

#[test]
fn the_digest_is_that_of_rfc_7636_appendix_b() {
    let digest = run(FakeEnv::new().sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        .unwrap()
        .unwrap();
    assert_eq!(
        encode(&digest),
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
}

fn assert_challenged(env: &FakeEnv, params: &Params) {
    let verifier = verifier(env);
    assert_eq!(verifier.len(), 43);
    let digest = run(env.sha256(&verifier)).unwrap().unwrap();
    assert_eq!(get(params, "code_challenge"), &Value::from(encode(&digest)));
    assert_eq!(get(params, "code_challenge_method"), &Value::from("S256"));
    assert!(
        params
            .iter()
            .all(|(_, value)| value != &Value::from(verifier.clone()))
    );
    assert_eq!(get(params, "pkce"), &Value::Undefined);
}

#[test]
fn authorize_sends_the_challenge_and_stores_the_verifier() {
    let env = FakeEnv::new();
    let client = client(object! {"pkce": true}, &env);
    run(client.authorize(AuthorizeOptions::default()))
        .unwrap()
        .unwrap();
    assert_challenged(&env, &query(&env.navigations()[0]));
    let stored = env.parse_json(&env.stored()[0].value).unwrap();
    assert_eq!(
        stored.member("redirectUri"),
        &Value::from("http://page.com/callback")
    );
}

fn login(client: &Client<FakeEnv>) -> Result<(), Error> {
    run(client.passwordless_login(LoginOptions {
        connection: "email".into(),
        email: Some("a@b.co".into()),
        verification_code: "123456".into(),
        ..LoginOptions::default()
    }))
    .expect("an outcome")
}

#[test]
fn a_login_sends_the_challenge_and_stores_the_verifier() {
    let env = FakeEnv::new();
    env.respond(
        200,
        r#"{"login_ticket":"LT","co_verifier":"V","co_id":"I"}"#,
    );
    login(&client(object! {"pkce": true}, &env)).unwrap();
    assert_challenged(&env, &query(&env.navigations()[0]));
    assert!(super::only_request(&env).3.starts_with(r#"{"client_id""#));
}

#[rstest]
#[case(Send::Link, true)]
#[case(Send::Code, false)]
fn a_link_carries_the_challenge_and_a_code_needs_none(
    #[case] send: Send,
    #[case] challenged: bool,
) {
    let env = FakeEnv::new();
    env.respond(200, "{}");
    let options = StartOptions {
        connection: "email".into(),
        send: Some(send),
        email: Some("a@b.co".into()),
        ..StartOptions::default()
    };
    run(client(object! {"pkce": true}, &env).passwordless_start(options))
        .unwrap()
        .unwrap();
    let body = env.requests()[0].body.clone().unwrap();
    let auth_params = get(&body, "authParams").as_object().unwrap().clone();
    if challenged {
        assert_challenged(&env, &auth_params);
    } else {
        let names: Vec<_> = auth_params.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["state", "redirect_uri", "response_type"]);
        assert_eq!(verifier(&env), "");
    }
}

#[rstest]
#[case::not_asked_for(object! {})]
#[case::tokens(object! {"pkce": true, "responseType": "token"})]
#[case::refused_by_the_call(object! {"pkce": true, "of_call": false})]
fn no_challenge_is_made_unless_it_is_asked_for_and_possible(#[case] options: Params) {
    let env = FakeEnv::new();
    let extra = match get(&options, "of_call") {
        Value::Undefined => object! {},
        wish => vec![("pkce".to_owned(), wish.clone())],
    };
    let authorize = AuthorizeOptions {
        extra,
        ..AuthorizeOptions::default()
    };
    run(client(options, &env).authorize(authorize))
        .unwrap()
        .unwrap();
    assert!(!env.navigations()[0].contains("challenge") && !env.navigations()[0].contains("pkce"));
    assert_eq!(verifier(&env), "");
}

#[test]
fn a_challenge_of_the_page_itself_is_kept() {
    let env = FakeEnv::new();
    let authorize = AuthorizeOptions {
        extra: object! {"code_challenge": "OWN"},
        ..AuthorizeOptions::default()
    };
    run(client(object! {"pkce": true}, &env).authorize(authorize))
        .unwrap()
        .unwrap();
    assert!(env.navigations()[0].contains("code_challenge=OWN"));
    assert_eq!(verifier(&env), "");
}

#[test]
fn without_web_crypto_the_page_is_not_left_and_nothing_is_stored() {
    let env = FakeEnv::new();
    env.crypto(false);
    let client = client(object! {"pkce": true}, &env);
    let outcome = run(client.authorize(AuthorizeOptions::default())).unwrap();
    assert_eq!(outcome.unwrap_err(), Error::CryptoUnavailable);
    assert_eq!(login(&client).unwrap_err(), Error::CryptoUnavailable);
    assert!(env.navigations().is_empty() && env.requests().is_empty() && env.stored().is_empty());
}
