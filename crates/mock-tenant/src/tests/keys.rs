//! Signing keys: JWKS, rotation, revocation, and snapshots.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::tenant::{Tenant, claims, request};

async fn kids(tenant: &Tenant) -> Vec<String> {
    let jwks = tenant.get("/.well-known/jwks.json", &[]).await.json();
    let keys = jwks["keys"].as_array().unwrap();
    keys.iter()
        .map(|key| key["kid"].as_str().unwrap().to_owned())
        .collect()
}

async fn roles(tenant: &Tenant) -> Vec<(String, String)> {
    let keys = tenant
        .control(Method::GET, "/_mock/keys", &Value::Null)
        .await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let keys = keys.as_array().unwrap();
    keys.iter()
        .map(|key| (text(&key["role"]), text(&key["kid"])))
        .collect()
}

async fn rotate(tenant: &Tenant) {
    tenant
        .control(Method::POST, "/_mock/keys/rotate", &Value::Null)
        .await;
}

async fn id_token(tenant: &Tenant) -> String {
    let code = tenant.authorization_code(&[]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    tokens["id_token"].as_str().unwrap().to_owned()
}

fn kid_of(jwt: &str) -> String {
    let header = URL_SAFE_NO_PAD
        .decode(jwt.split('.').next().unwrap())
        .unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

/// The JWKS has the current and the next key, each with `alg, kty, use, n, e, kid, x5t, x5c`.
#[tokio::test]
async fn the_current_and_the_next_key_are_published() {
    let tenant = Tenant::new();
    let jwks = tenant.get("/.well-known/jwks.json", &[]).await.json();
    let keys = jwks["keys"].as_array().unwrap();
    assert_eq!(keys.len(), 2);
    for key in keys {
        let names: Vec<&String> = key.as_object().unwrap().keys().collect();
        assert_eq!(names, ["alg", "kty", "use", "n", "e", "kid", "x5t", "x5c"]);
        assert_eq!(
            (&key["alg"], &key["kty"], &key["use"], &key["e"]),
            (
                &json!("RS256"),
                &json!("RSA"),
                &json!("sig"),
                &json!("AQAB")
            )
        );
        // The certificate contains the key's modulus, and `x5t` is the certificate's thumbprint.
        let certificate = STANDARD.decode(key["x5c"][0].as_str().unwrap()).unwrap();
        let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
        assert!(
            certificate
                .windows(modulus.len())
                .any(|part| part == modulus)
        );
        let digest = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, &certificate);
        assert_eq!(key["x5t"], URL_SAFE_NO_PAD.encode(digest));
    }
    assert_eq!(kid_of(&id_token(&tenant).await), kids(&tenant).await[0]);
}

#[tokio::test]
async fn a_rotation_promotes_the_next_key_and_keeps_the_old_one() {
    let tenant = Tenant::new();
    let before = kids(&tenant).await;
    let old = id_token(&tenant).await;
    rotate(&tenant).await;
    let new = id_token(&tenant).await;
    assert_eq!(kid_of(&old), before[0]);
    assert_eq!(kid_of(&new), before[1], "the key that was announced");
    let after = roles(&tenant).await;
    assert_eq!(after[0], ("current".to_owned(), before[1].clone()));
    assert_eq!(after[1].0, "next");
    assert_eq!(after[2], ("previous".to_owned(), before[0].clone()));
    assert!(!before.contains(&after[1].1), "a new key is announced");
    for token in [&old, &new] {
        claims(&tenant, token).await;
    }
}

/// OIDF `signing-key-rotation`: a client that loads the JWKS again for an unknown `kid` finds the key, but not a revoked one.
#[tokio::test]
async fn only_previous_keys_can_be_revoked() {
    let tenant = Tenant::new();
    rotate(&tenant).await;
    let [current, next, previous] = kids(&tenant).await.try_into().unwrap();
    for kid in [&current, &next, "unknown"] {
        let path = format!("/_mock/keys/{kid}");
        let reply = tenant.send(request(Method::DELETE, &path, &[], "")).await;
        assert_eq!(reply.status, 404);
        assert!(reply.text.contains("only a key that was rotated away"));
    }
    tenant
        .control(
            Method::DELETE,
            &format!("/_mock/keys/{previous}"),
            &Value::Null,
        )
        .await;
    assert_eq!(kids(&tenant).await, [current, next]);
}

#[tokio::test]
async fn a_snapshot_contains_the_keys() {
    let first = Tenant::new();
    rotate(&first).await;
    let token = id_token(&first).await;
    let kept = first
        .control(Method::GET, "/_mock/snapshot", &Value::Null)
        .await;
    let second = Tenant::new();
    assert_ne!(kids(&first).await, kids(&second).await);
    second.control(Method::PUT, "/_mock/snapshot", &kept).await;
    assert_eq!(roles(&first).await, roles(&second).await);
    claims(&second, &token).await;
    assert_eq!(kid_of(&id_token(&second).await), kid_of(&token));
    // A reset restores the first keys.
    second
        .control(Method::POST, "/_mock/reset", &Value::Null)
        .await;
    assert_eq!(kids(&second).await, kids(&Tenant::new()).await);
}
