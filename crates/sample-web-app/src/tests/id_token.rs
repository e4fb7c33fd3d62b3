//! Tests step 6 of the callback: for which ID tokens a session begins.

use chrono::TimeDelta;
use rstest::rstest;
use serde_json::{Value, json};

use super::{keys, tenant::TokenAnswer, visitor::Visitor};
use crate::oidc::REFETCH_INTERVAL;

fn header() -> Value {
    json!({"alg": "RS256", "typ": "JWT", "kid": "key-1"})
}

/// Each case has changes to valid claims. `null` removes a claim.
#[rstest]
#[case::unchanged(json!({}), "")]
#[case::audience_in_a_list(json!({"aud": ["client-1"]}), "")]
#[case::authorized_party(json!({"azp": "client-1"}), "")]
#[case::expired_within_leeway(json!({"exp": -59}), "")]
#[case::future_within_leeway(json!({"iat": 60}), "")]
#[case::expired(json!({"exp": -60}), "has expired")]
#[case::from_the_future(json!({"iat": 61}), "from the future")]
#[case::not_before(json!({"nbf": 61}), "from the future")]
#[case::no_expiry(json!({"exp": null}), "cannot be read")]
#[case::no_issue_time(json!({"iat": null}), "cannot be read")]
#[case::expiry_as_text(json!({"exp": "2099-01-01T00:00:00Z"}), "malformed")]
#[case::expiry_as_digits(json!({"exp": "4000000000"}), "cannot be read")]
#[case::expiry_as_fraction(json!({"exp": 4_000_000_000.5}), "malformed")]
#[case::expiry_as_list(json!({"exp": [4_000_000_000_i64]}), "cannot be read")]
#[case::not_before_as_text(json!({"nbf": "0"}), "malformed")]
#[case::other_audience(json!({"aud": "client-2"}), "another application")]
#[case::one_audience_too_many(json!({"aud": ["client-1", "client-2"]}), "another application")]
#[case::no_audience(json!({"aud": null}), "another application")]
#[case::other_authorized_party(json!({"azp": "client-2"}), "another application")]
#[case::other_issuer(json!({"iss": "https://other.example/"}), "another tenant")]
#[case::issuer_without_slash(json!({"iss": "DOMAIN"}), "another tenant")]
#[case::no_issuer(json!({"iss": null}), "cannot be read")]
#[case::other_nonce(json!({"nonce": "other"}), "another login")]
#[case::no_nonce(json!({"nonce": null}), "another login")]
#[case::no_subject(json!({"sub": null}), "cannot be read")]
#[case::empty_subject(json!({"sub": ""}), "malformed")]
#[tokio::test]
async fn claims(#[case] changes: Value, #[case] refusal: &str) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    let mut claims = visitor.claims(&config);
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = match value.as_i64() {
            Some(offset) => json!(visitor.now() + offset),
            None if value == "DOMAIN" => json!(visitor.tenant.domain),
            None => value.clone(),
        };
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        }
    }
    visitor.answer_with(&claims);
    let answer = visitor.come_back(&config).await;
    if refusal.is_empty() {
        assert_eq!(answer.status, 303, "{}", answer.body);
        return;
    }
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains(refusal), "{}", answer.body);
    assert!(!visitor.is_logged_in().await);
}

fn none(claims: &Value) -> String {
    format!(
        "{}.",
        keys::unsigned(&json!({"alg": "none", "kid": "key-1"}), claims)
    )
}

fn hs256(claims: &Value) -> String {
    let body = keys::unsigned(&json!({"alg": "HS256", "kid": "key-1"}), claims);
    format!("{body}.{}", keys::encode(&[7; 32]))
}

fn changed_after_signing(claims: &Value) -> String {
    let token = keys::signed(&header(), claims);
    let (_, signature) = token.rsplit_once('.').unwrap();
    let mut other = claims.clone();
    other["sub"] = json!("email|2");
    format!("{}.{signature}", keys::unsigned(&header(), &other))
}

fn with_header(header: Value) -> impl Fn(&Value) -> String {
    move |claims| keys::signed(&header, claims)
}

#[rstest]
#[case::none(none, "RS256")]
#[case::hs256(hs256, "RS256")]
#[case::ps256(with_header(json!({"alg": "PS256", "kid": "key-1"})), "RS256")]
#[case::false_signature(changed_after_signing, "signature is false")]
#[case::key_id_missing(with_header(json!({"alg": "RS256"})), "malformed")]
#[case::key_id_unknown(with_header(json!({"alg": "RS256", "kid": "key-9"})), "does not publish")]
#[case::key_id_path(with_header(json!({"alg": "RS256", "kid": "../key-1"})), "does not publish")]
#[case::foreign_key_address(with_header(json!({"alg": "RS256", "kid": "key-9", "jku": "http://127.0.0.1:9/jwks"})), "does not publish")]
#[case::two_parts(|claims: &Value| keys::unsigned(&header(), claims), "cannot be read")]
#[tokio::test]
async fn signatures(#[case] token: impl Fn(&Value) -> String, #[case] refusal: &str) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    let token = token(&visitor.claims(&config));
    visitor.tenant.set_token(TokenAnswer::Token(token));
    let answer = visitor.come_back(&config).await;
    assert_eq!(answer.status, 502);
    assert!(answer.body.contains(refusal), "{}", answer.body);
    assert!(!visitor.is_logged_in().await);
}

/// If the tenant signs with a new key, the app loads the keys once more, but not more often than the interval allows.
#[tokio::test]
async fn a_new_key_is_found_by_one_new_look_at_the_keys() {
    let mut visitor = Visitor::new().await;
    assert_eq!(visitor.log_in().await.status, 303);
    assert_eq!(visitor.log_in().await.status, 303);
    assert_eq!(visitor.tenant.script().key_requests, 1, "keys are kept");

    visitor.tenant.script.lock().unwrap().kid = "key-2".to_owned();
    let rotated = json!({"alg": "RS256", "kid": "key-2"});
    for (wait, status, requests) in [(0, 502, 1), (10, 303, 2), (0, 303, 2)] {
        visitor.wait(TimeDelta::seconds(wait));
        let config = visitor.begin("").await;
        let token = keys::signed(&rotated, &visitor.claims(&config));
        visitor.tenant.set_token(TokenAnswer::Token(token));
        assert_eq!(visitor.come_back(&config).await.status, status);
        assert_eq!(visitor.tenant.script().key_requests, requests);
    }
    assert_eq!(REFETCH_INTERVAL, TimeDelta::seconds(10));
}
