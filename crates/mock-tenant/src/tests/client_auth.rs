//! Client authentication at `/oauth/token` and `/passwordless/start`, by secret or by a signed assertion (RFC 7523).

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs8::{EncodePublicKey as _, LineEnding};
use rsa::signature::{RandomizedSigner as _, SignatureEncoding as _, Signer as _};
use rsa::{RsaPrivateKey, pkcs1v15, pss};
use rstest::rstest;
use serde_json::{Value, json};
use sha2::{Sha256, Sha384};

use super::tenant::{Reply, START_MS, Tenant, start_body};
use crate::client_assertion::{JWT_BEARER, MAX_LIFE_S};
use crate::random::{Random, Stream};

const NOW_S: u64 = START_MS / 1_000;

fn private(seed: u64) -> RsaPrivateKey {
    let mut random = Random::new(Some(seed), Stream::Key).unwrap();
    RsaPrivateKey::new(random.rng(), 2_048).unwrap()
}

static OWN: LazyLock<RsaPrivateKey> = LazyLock::new(|| private(7));
static OTHER: LazyLock<RsaPrivateKey> = LazyLock::new(|| private(8));

fn pem(key: &RsaPrivateKey) -> String {
    key.to_public_key()
        .to_public_key_pem(LineEnding::LF)
        .unwrap()
}

/// A tenant whose client `latchkey-web` has a public key in place of its secret.
fn tenant(alg: &str) -> Tenant {
    let credential = json!({"credential_type": "public_key", "name": "test", "pem": pem(&OWN), "alg": alg, "kid": "k1"});
    let client = json!({"client_id": "latchkey-web", "client_secret": "latchkey-web-secret", "name": "Web",
        "token_endpoint_auth_method": "private_key_jwt",
        "client_authentication_methods": {"private_key_jwt": {"credentials": [credential]}},
        "callbacks": ["http://localhost:3000/callback"], "web_origins": ["http://localhost:3000"],
        "cross_origin_authentication": true});
    Tenant::with(json!({"clients": [client, {"client_id": "latchkey-spa", "app_type": "spa"}]}))
}

fn claims() -> Value {
    json!({"iss": "latchkey-web", "sub": "latchkey-web", "aud": "http://localhost:4000/", "iat": NOW_S, "exp": NOW_S + 60,
        "jti": "a-1"})
}

fn sign(header: &Value, claims: &Value, key: &RsaPrivateKey) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let input = format!("{}.{}", part(header), part(claims));
    let bytes = input.as_bytes();
    let mut random = Random::new(Some(1), Stream::Blinding).unwrap();
    let signature = match header["alg"].as_str().unwrap() {
        "RS384" => pkcs1v15::SigningKey::<Sha384>::new(key.clone())
            .sign(bytes)
            .to_vec(),
        "PS256" => pss::SigningKey::<Sha256>::new(key.clone())
            .sign_with_rng(random.rng(), bytes)
            .to_vec(),
        "none" => Vec::new(),
        _ => pkcs1v15::SigningKey::<Sha256>::new(key.clone())
            .sign(bytes)
            .to_vec(),
    };
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

async fn exchange(tenant: &Tenant, code: &str, assertion: &str) -> Reply {
    let signed = [
        ("client_secret", ""),
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", assertion),
    ];
    tenant.exchange(code, &signed).await
}

#[rstest]
#[case::rs256("RS256")]
#[case::rs384("RS384")]
#[case::ps256("PS256")]
#[tokio::test]
async fn a_signed_assertion_replaces_the_secret(#[case] alg: &str) {
    let tenant = tenant(alg);
    let code = tenant.authorization_code(&[]).await;
    let assertion = sign(&json!({"alg": alg, "kid": "k1"}), &claims(), &OWN);
    let reply = exchange(&tenant, &code, &assertion).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    assert!(reply.json()["id_token"].is_string());
}

#[rstest]
#[case::issuer_in_a_list(json!({"aud": ["https://other.example.com/", "http://localhost:4000/"]}))]
#[case::token_endpoint(json!({"aud": "http://localhost:4000/oauth/token"}))]
#[case::no_iat(json!({"iat": null}))]
#[case::longest(json!({"exp": NOW_S + MAX_LIFE_S}))]
#[tokio::test]
async fn every_audience_and_lifetime_the_standard_allows_is_accepted(#[case] change: Value) {
    let tenant = tenant("RS256");
    let code = tenant.authorization_code(&[]).await;
    let mut claims = claims();
    crate::config::merge_patch(&mut claims, change);
    let assertion = sign(&json!({"alg": "RS256"}), &claims, &OWN);
    let reply = exchange(&tenant, &code, &assertion).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
}

const NOT_OURS: &str = "client_assertion is not signed with one of the client's keys";

#[rstest]
#[case::iss(json!({}), json!({"iss": "x"}), "client_assertion claim iss is missing or wrong")]
#[case::sub(json!({}), json!({"sub": "latchkey-spa"}), "client_assertion claim sub is missing or wrong")]
#[case::no_sub(json!({}), json!({"sub": null}), "client_assertion claim sub is missing or wrong")]
#[case::other_tenant(json!({}), json!({"aud": "https://other.auth0.com/"}), "client_assertion claim aud is missing or wrong")]
#[case::no_aud(json!({}), json!({"aud": null}), "client_assertion claim aud is missing or wrong")]
#[case::no_jti(json!({}), json!({"jti": null}), "client_assertion claim jti is missing or wrong")]
#[case::no_exp(json!({}), json!({"exp": null}), "client_assertion claim exp is missing or wrong")]
#[case::exp_as_text(json!({}), json!({"exp": "9999999999"}), "client_assertion claim exp is missing or wrong")]
#[case::exp_as_list(json!({}), json!({"exp": [NOW_S + 60]}), "client_assertion claim exp is missing or wrong")]
#[case::nbf_as_text(json!({}), json!({"nbf": "0"}), "client_assertion claim nbf is missing or wrong")]
#[case::nbf_to_come(json!({}), json!({"nbf": NOW_S + 11}), "client_assertion claim nbf is missing or wrong")]
#[case::iat_to_come(json!({}), json!({"iat": NOW_S + 11}), "client_assertion claim iat is missing or wrong")]
#[case::expired(json!({}), json!({"exp": NOW_S - 10}), "client_assertion has expired")]
#[case::too_long(json!({}), json!({"exp": NOW_S + 311}), "client_assertion may live for 300 seconds at most")]
#[case::none(json!({"alg": "none"}), json!({}), NOT_OURS)]
#[case::other_algorithm(json!({"alg": "PS256"}), json!({}), NOT_OURS)]
#[case::hs256_with_the_public_key(json!({"alg": "HS256"}), json!({}), NOT_OURS)]
#[case::other_kid(json!({"kid": "../../etc/passwd"}), json!({}), NOT_OURS)]
#[tokio::test]
async fn assertions_are_refused(
    #[case] header_change: Value,
    #[case] claims_change: Value,
    #[case] text: &str,
) {
    let tenant = tenant("RS256");
    let code = tenant.authorization_code(&[]).await;
    let (mut header, mut claims) = (json!({"alg": "RS256"}), claims());
    crate::config::merge_patch(&mut header, header_change);
    crate::config::merge_patch(&mut claims, claims_change);
    let reply = exchange(&tenant, &code, &sign(&header, &claims, &OWN)).await;
    reply.assert(
        401,
        &json!({"error": "invalid_client", "error_description": text}),
    );
}

#[tokio::test]
async fn foreign_keys_and_malformed_jwts_are_refused() {
    let tenant = tenant("RS256");
    let code = tenant.authorization_code(&[]).await;
    let forged = sign(&json!({"alg": "RS256"}), &claims(), &OTHER);
    for (assertion, text) in [
        (forged.as_str(), NOT_OURS),
        ("x", "client_assertion is not a signed JWT"),
        ("a.b.c", "client_assertion is not a signed JWT"),
    ] {
        let reply = exchange(&tenant, &code, assertion).await;
        reply.assert(
            401,
            &json!({"error": "invalid_client", "error_description": text}),
        );
    }
    let wrong_type = [
        ("client_secret", ""),
        ("client_assertion_type", "jwt"),
        ("client_assertion", forged.as_str()),
    ];
    let reply = tenant.exchange(&code, &wrong_type).await;
    let text = format!("client_assertion_type must be {JWT_BEARER}");
    reply.assert(
        401,
        &json!({"error": "invalid_client", "error_description": text}),
    );
}

#[tokio::test]
async fn an_assertion_is_valid_once() {
    let tenant = tenant("RS256");
    let assertion = sign(&json!({"alg": "RS256"}), &claims(), &OWN);
    let code = tenant.authorization_code(&[]).await;
    assert_eq!(exchange(&tenant, &code, &assertion).await.status, 200);
    let reply = exchange(&tenant, &code, &assertion).await;
    reply.assert(
        401,
        &json!({"error": "invalid_client", "error_description": "client_assertion was used before"}),
    );
}

/// A client with a key cannot use a secret, a client with a secret cannot use an assertion, and a public client needs neither.
#[tokio::test]
async fn each_client_authenticates_by_its_own_method() {
    let signing = tenant("RS256");
    let code = signing.authorization_code(&[]).await;
    let unauthorized = json!({"error": "access_denied", "error_description": "Unauthorized"});
    signing
        .exchange(&code, &[])
        .await
        .assert(401, &unauthorized);
    let assertion = sign(&json!({"alg": "RS256"}), &claims(), &OWN);
    let reply = exchange(&Tenant::new(), "x", &assertion).await;
    reply.assert(
        401,
        &json!({"error": "invalid_client", "error_description": "The client does not authenticate with private_key_jwt"}),
    );
    let both = [
        ("client_assertion_type", JWT_BEARER),
        ("client_assertion", assertion.as_str()),
    ];
    let reply = signing.exchange(&code, &both).await;
    assert_eq!(reply.json()["error"], "invalid_request", "{}", reply.text);
}

/// A new tenant requires client authentication at `/passwordless/start` of a confidential client.
#[tokio::test]
async fn a_start_can_be_authenticated_by_an_assertion() {
    let tenant = tenant("RS256");
    let flags = json!({"flags": {"enforce_client_authentication_on_passwordless_start": true}});
    tenant
        .control(axum::http::Method::PATCH, "/_mock/settings", &flags)
        .await;
    let start = async |assertion: Option<String>| {
        let mut body = start_body("ada@example.com");
        if let Some(assertion) = assertion {
            body["client_assertion"] = assertion.into();
            body["client_assertion_type"] = JWT_BEARER.into();
        }
        tenant.post("/passwordless/start", &body).await
    };
    start(None).await.assert(
        403,
        &json!({"error": "unauthorized_client", "error_description": "Client authentication is required"}),
    );
    let header = json!({"alg": "RS256"});
    let forged = start(Some(sign(&header, &claims(), &OTHER))).await;
    forged.assert(
        401,
        &json!({"error": "invalid_client", "error_description": NOT_OURS}),
    );
    assert_eq!(
        start(Some(sign(&header, &claims(), &OWN))).await.status,
        200
    );
}
