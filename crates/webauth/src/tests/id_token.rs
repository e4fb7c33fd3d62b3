use rstest::rstest;

use super::{client, object};
use crate::base64url::encode;
use crate::callback::Terms;
use crate::env::HttpError;
use crate::env::fake::{FakeEnv, json, run};
use crate::wire::{Params, Value, overlay};
use crate::{Client, Error, ErrorKind, Shape};

const KEYS: &str = r#"{"keys":[{"kty":"RSA","kid":"K1","n":"AQAB","e":"AQAB"}]}"#;

/// The clock of [`FakeEnv`].
const NOW: f64 = 1_700_000_000.0;

fn claims() -> Params {
    object! {
        "iss": "https://me.auth0.com/", "sub": "email|1", "aud": "...", "nonce": "N1", "iat": NOW, "exp": NOW + 3600.0,
    }
}

fn token_of(header: &Params, claims: &Params, signature: &str) -> String {
    let encoded =
        |members: &Params| encode(json(&Value::Object(members.clone())).unwrap().as_bytes());
    format!("{}.{}.{signature}", encoded(header), encoded(claims))
}

fn token(changes: Params) -> String {
    let header = object! {"alg": "RS256", "kid": "K1"};
    token_of(&header, &overlay(claims(), changes), "c2lnbmVk")
}

fn validate(client: &Client<FakeEnv>, more: Params, token: &str) -> Result<Value, Error> {
    let options = Value::Object(object! {"state": "S", "nonce": "N1"});
    let response = overlay(object! {"state": "S", "id_token": token}, more);
    let result =
        run(client.validate(&Terms::of_auth0_js(&options), response)).expect("an outcome")?;
    Ok(result.id_token_payload().clone())
}

fn refused(options: Params, token: &str) -> String {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    let error = validate(&client(options, &env), object! {}, token).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidToken);
    let object = error.to_object(Shape::Hash);
    assert_eq!(object.member("error"), &Value::from("invalid_token"));
    object
        .member("errorDescription")
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn a_valid_token_gives_its_claims_with_their_own_names() {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    let claims = validate(
        &client(object! {}, &env),
        object! {},
        &token(object! {"email_verified": true}),
    )
    .unwrap();
    assert_eq!(claims.member("email_verified"), &Value::from(true));
    let request = &env.requests()[0];
    assert_eq!(
        (request.method, request.url.as_str()),
        ("GET", "https://me.auth0.com/.well-known/jwks.json")
    );
    assert!(request.headers.is_empty() && !request.credentials);
}

#[rstest]
#[case::two_parts("a.b")]
#[case::four_parts("a.b.c.d")]
#[case::no_json("YQ.YQ.YQ")]
#[case::no_base64("!.!.!")]
#[case::empty_parts("..")]
fn a_text_that_is_not_a_jwt_is_refused(#[case] token: &str) {
    assert_eq!(refused(object! {}, token), "ID token could not be decoded");
}

#[rstest]
#[case(Value::from("HS256"), "HS256")]
#[case(Value::from("none"), "none")]
#[case(Value::from("ES256"), "ES256")]
#[case(Value::Undefined, "undefined")]
fn another_algorithm_is_refused_before_keys_are_fetched(#[case] alg: Value, #[case] name: &str) {
    let env = FakeEnv::new();
    let token = token_of(&object! {"alg": alg, "kid": "K1"}, &claims(), "c2lnbmVk");
    let error = validate(&client(object! {}, &env), object! {}, &token).unwrap_err();
    assert_eq!(
        error.text(),
        format!(
            "Signature algorithm of \"{name}\" is not supported. Expected the ID token to be signed with \"RS256\"."
        )
    );
    assert!(env.requests().is_empty());
}

#[rstest]
#[case::issuer(object! {"overrides": object! {"__token_issuer": "https://id.example.com/"}}, "https://id.example.com/.well-known/jwks.json")]
#[case::issuer_without_slash(object! {"overrides": object! {"__token_issuer": "urn:x"}}, "urn:x/.well-known/jwks.json")]
#[case::jwks(object! {"overrides": object! {"__jwks_uri": "https://keys.example.com/all"}}, "https://keys.example.com/all")]
#[case::http(object! {"domain": "http://localhost:4000"}, "http://localhost:4000/.well-known/jwks.json")]
fn difference_keys_come_from_the_configured_issuer(#[case] options: Params, #[case] url: &str) {
    let env = FakeEnv::new();
    let evil = token(object! {"iss": "https://evil.example.net/"});
    env.respond(200, KEYS);
    validate(&client(options, &env), object! {}, &evil).unwrap_err();
    assert_eq!(env.requests()[0].url, url);
}

#[test]
fn difference_keys_are_fetched_once_and_again_for_an_unknown_key_id() {
    let env = FakeEnv::new();
    let client = client(object! {}, &env);
    env.respond(200, KEYS);
    for _ in 0..3 {
        validate(&client, object! {}, &token(object! {})).unwrap();
    }
    assert_eq!(env.requests().len(), 1);
    env.respond(200, r#"{"keys":[{"kid":"K2","n":"AQAB","e":"AQAB"}]}"#);
    let rotated = token_of(
        &object! {"alg": "RS256", "kid": "K2"},
        &claims(),
        "c2lnbmVk",
    );
    validate(&client, object! {}, &rotated).unwrap();
    assert_eq!(env.requests().len(), 2);
}

#[rstest]
#[case(HttpError::Network, ErrorKind::Network)]
#[case(HttpError::Timeout, ErrorKind::Timeout)]
fn a_response_can_be_checked_again_if_the_keys_could_not_be_fetched(
    #[case] failure: HttpError,
    #[case] kind: ErrorKind,
) {
    let env = FakeEnv::new();
    let client = client(object! {"responseType": "id_token"}, &env);
    let mut params = object! {"responseType": "id_token", "state": "S", "nonce": "N1"};
    client.begin_transaction(&mut params).unwrap();
    let options = Value::Object(object! {});
    let response = || object! {"state": "S", "id_token": token(object! {})};
    env.fail(failure);
    let error = run(client.validate(&Terms::of_auth0_js(&options), response()))
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), kind);
    assert_eq!(
        error.to_object(Shape::Hash).member("error"),
        &Value::from("invalid_token")
    );
    env.respond(500, "oops");
    let error = run(client.validate(&Terms::of_auth0_js(&options), response()))
        .unwrap()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ServerError);
    env.respond(200, KEYS);
    assert!(
        run(client.validate(&Terms::of_auth0_js(&options), response()))
            .unwrap()
            .is_ok()
    );
    assert!(env.stored().is_empty());
}

#[rstest]
#[case(Value::from("K9"), "K9")]
#[case(Value::Undefined, "undefined")]
fn an_unknown_key_id_is_refused(#[case] kid: Value, #[case] name: &str) {
    let token = token_of(&object! {"alg": "RS256", "kid": kid}, &claims(), "c2lnbmVk");
    assert_eq!(
        refused(object! {}, &token),
        format!("Could not find a public key for Key ID (kid) \"{name}\"")
    );
}

#[test]
fn a_wrong_signature_is_refused() {
    let token = token_of(&object! {"alg": "RS256", "kid": "K1"}, &claims(), "b3RoZXI");
    assert_eq!(refused(object! {}, &token), "Invalid ID token signature.");
}

#[test]
fn without_web_crypto_no_token_is_accepted() {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    env.crypto(false);
    let error = validate(&client(object! {}, &env), object! {}, &token(object! {})).unwrap_err();
    assert_eq!(error, Error::CryptoUnavailable);
}

fn list(items: &[&str]) -> Value {
    Value::Array(items.iter().map(|item| Value::from(*item)).collect())
}

#[rstest]
#[case::iss(object! {"iss": Value::Undefined}, "Issuer (iss) claim must be a string present in the ID token")]
#[case::iss_number(object! {"iss": 5.0}, "Issuer (iss) claim must be a string present in the ID token")]
#[case::iss_other(object! {"iss": "F"}, "Issuer (iss) claim mismatch in the ID token, expected \"https://me.auth0.com/\", found \"F\"")]
#[case::sub(object! {"sub": Value::Undefined}, "Subject (sub) claim must be a string present in the ID token")]
#[case::sub_empty(object! {"sub": ""}, "Subject (sub) claim must be a string present in the ID token")]
#[case::aud(object! {"aud": Value::Undefined}, "Audience (aud) claim must be a string or array of strings present in the ID token")]
#[case::aud_number(object! {"aud": 5.0}, "Audience (aud) claim must be a string or array of strings present in the ID token")]
#[case::aud_other(object! {"aud": "X"}, "Audience (aud) claim mismatch in the ID token; expected \"...\" but found \"X\"")]
#[case::aud_others(object! {"aud": list(&["X", "Y"])}, "Audience (aud) claim mismatch in the ID token; expected \"...\" but was not one of \"X, Y\"")]
#[case::nonce(object! {"nonce": Value::Undefined}, "Nonce (nonce) claim must be a string present in the ID token")]
#[case::nonce_other(object! {"nonce": "ZZ"}, "Nonce (nonce) claim value mismatch in the ID token; expected \"N1\", found \"ZZ\"")]
#[case::azp(object! {"aud": list(&["...", "Y"])}, "Authorized Party (azp) claim must be a string present in the ID token when Audience (aud) claim has multiple values")]
#[case::azp_other(object! {"aud": list(&["...", "Y"]), "azp": "Q"}, "Authorized Party (azp) claim mismatch in the ID token; expected \"...\", found \"Q\"")]
#[case::exp(object! {"exp": "soon"}, "Expiration Time (exp) claim must be a number present in the ID token")]
#[case::iat(object! {"iat": Value::Undefined}, "Issued At (iat) claim must be a number present in the ID token")]
#[case::late(object! {"exp": NOW - 61.0}, "Expiration Time (exp) claim error in the ID token; current time \"@1700000000\" is after expiration time \"@1699999999\"")]
#[case::early(object! {"nbf": NOW + 61.0}, "Not Before Time (nbf) claim error in the ID token; current time \"@1700000000\" is before the not before time \"@1700000001\"")]
fn a_wrong_claim_is_refused_with_auth0_js_text(#[case] changes: Params, #[case] text: &str) {
    assert_eq!(refused(object! {}, &token(changes)), text);
}

#[rstest]
#[case(object! {"exp": NOW - 60.0})]
#[case(object! {"nbf": NOW + 60.0})]
#[case(object! {"iat": NOW + 5000.0})]
#[case(object! {"aud": list(&["..."])})]
#[case(object! {"aud": list(&["...", "Y"]), "azp": "..."})]
fn claims_at_their_limits_are_accepted(#[case] changes: Params) {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    validate(&client(object! {}, &env), object! {}, &token(changes)).unwrap();
}

#[rstest]
#[case::difference_zero_means_zero(0.0, -1.0, false)]
#[case(0.0, 0.0, true)]
#[case(300.0, -300.0, true)]
#[case(300.0, -301.0, false)]
fn clocks_may_differ_by_the_leeway(#[case] leeway: f64, #[case] left_s: f64, #[case] good: bool) {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    let token = token(object! {"exp": NOW + left_s});
    let result = validate(
        &client(object! {"leeway": leeway}, &env),
        object! {},
        &token,
    );
    assert_eq!(result.is_ok(), good);
}

#[rstest]
#[case(301.0)]
#[case(-1.0)]
fn a_leeway_out_of_range_is_refused_before_the_response_is_checked(#[case] leeway: f64) {
    let client = client(object! {"leeway": leeway}, &FakeEnv::new());
    let options = Value::Object(object! {"hash": "#id_token=x&state=s"});
    assert_eq!(
        client.prepare_hash(&options).unwrap_err().text(),
        "The leeway should be positive and lower than five minutes."
    );
}

#[rstest]
#[case(
    Value::Undefined,
    "Authentication Time (auth_time) claim must be a number present in the ID token when Max Age (max_age) is specified"
)]
#[case(Value::from(NOW - 161.0), "Authentication Time (auth_time) claim in the ID token indicates that too much time has passed since the last end-user authentication. Current time \"@1700000000\" is after last auth time at \"@1699999999\"")]
fn an_authentication_longer_ago_than_max_age_is_refused(
    #[case] auth_time: Value,
    #[case] text: &str,
) {
    let token = token(object! {"auth_time": auth_time});
    assert_eq!(refused(object! {"maxAge": 100.0}, &token), text);
}

#[rstest]
#[case("org_1", object! {}, Some("Organization Id (org_id) claim must be a string present in the ID token"))]
#[case("org_1", object! {"org_id": "org_2"}, Some("Organization Id (org_id) claim value mismatch in the ID token; expected \"org_1\", found \"org_2\""))]
#[case("org_1", object! {"org_id": "org_1"}, None)]
#[case("ACME", object! {}, Some("Organization Name (org_name) claim must be a string present in the ID token"))]
#[case("ACME", object! {"org_name": "other"}, Some("Organization Name (org_name) claim value mismatch in the ID token; expected \"ACME\", found \"other\""))]
#[case("ACME", object! {"org_name": "acme"}, None)]
fn the_organization_has_to_be_that_of_the_request(
    #[case] organization: &str,
    #[case] changes: Params,
    #[case] text: Option<&str>,
) {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    let client = client(object! {"organization": organization}, &env);
    let mut params = object! {"responseType": "id_token", "state": "S", "nonce": "N1"};
    client.begin_transaction(&mut params).unwrap();
    let response = object! {"state": "S", "id_token": token(changes)};
    let options = Value::Object(object! {});
    let outcome = run(client.validate(&Terms::of_auth0_js(&options), response)).unwrap();
    assert_eq!(outcome.err().as_ref().map(Error::text), text);
}

#[rstest]
// The first row is the example of OpenID Connect Core 1.0, appendix A.6.
#[case(
    "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
    Value::from("77QmUPtjPfzWtF2AnpK9RQ"),
    true
)]
#[case("another", Value::from("77QmUPtjPfzWtF2AnpK9RQ"), false)]
#[case("another", Value::from(5.0), false)]
#[case("another", Value::Undefined, true)]
fn the_access_token_has_to_match_at_hash(
    #[case] access_token: &str,
    #[case] at_hash: Value,
    #[case] good: bool,
) {
    let env = FakeEnv::new();
    env.respond(200, KEYS);
    let more = object! {"access_token": access_token};
    let outcome = validate(
        &client(object! {}, &env),
        more,
        &token(object! {"at_hash": at_hash}),
    );
    assert_eq!(
        outcome.err().map(|error| error.text().to_owned()),
        (!good).then(|| "Invalid access_token".to_owned())
    );
}

proptest::proptest! {
    #[test]
    fn no_random_text_is_accepted_as_token(text in ".{0,80}") {
        let env = FakeEnv::new();
        env.respond(200, KEYS);
        let outcome = validate(&client(object! {}, &env), object! {}, &text);
        proptest::prop_assert!(outcome.is_err() || text.is_empty());
    }
}
