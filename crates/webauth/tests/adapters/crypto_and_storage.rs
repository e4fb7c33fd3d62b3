//! Faults of WebCrypto and of storage.

use js_sys::Reflect;
use latchkey_webauth::Value;
use latchkey_webauth::env::browser::from_js;
use latchkey_webauth::env::{Entry, Env};

use crate::page::js;

pub(crate) async fn a_digest(env: impl Env) {
    // RFC 7636, appendix B.
    let digest = env
        .sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        .await
        .unwrap();
    assert!(digest.starts_with(&[0x13, 0xd3, 0x1e, 0x96]));
    assert_eq!(digest.len(), 32);
}

/// A new key, and its signature of `head.body`.
async fn signed() -> (Value, Vec<u8>) {
    let signed = js("return (async () => {
        const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
        const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
        const signature = await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode('head.body'));
        return { key: await crypto.subtle.exportKey('jwk', publicKey), signature };
    })()");
    let signed = wasm_bindgen_futures::JsFuture::from(js_sys::Promise::from(signed))
        .await
        .unwrap();
    let member = |name: &str| Reflect::get(&signed, &name.into()).unwrap();
    let signature = js_sys::Uint8Array::new(&member("signature")).to_vec();
    (from_js(&member("key")), signature)
}

pub(crate) async fn a_signature(env: impl Env) {
    let (key, signature) = signed().await;
    let verify =
        async |signed: &str, signature: &[u8]| env.verify_rs256(&key, signed, signature).await;
    assert_eq!(verify("head.body", &signature).await, Some(true));
    assert_eq!(verify("head.body2", &signature).await, Some(false));
    assert_eq!(verify("head.body", &[]).await, Some(false));
    assert_eq!(verify("head.body", &[0; 256]).await, Some(false));
}

pub(crate) async fn a_key_that_cannot_be_used(env: impl Env) {
    let (_, signature) = signed().await;
    let text = |name: &str, value: &str| (name.to_owned(), Value::from(value));
    for key in [
        vec![],
        vec![text("n", "!"), text("e", "AQAB")],
        vec![("n".to_owned(), Value::from(1.0)), text("e", "AQAB")],
    ] {
        let key = Value::Object(key);
        let outcome = env.verify_rs256(&key, "head.body", &signature).await;
        assert_eq!(outcome, Some(false));
    }
}

pub(crate) async fn no_web_crypto(env: impl Env) {
    let (key, signature) = signed().await;
    js("Object.defineProperty(crypto, 'subtle', { configurable: true, value: undefined })");
    assert_eq!(env.sha256("x").await, None);
    assert_eq!(env.verify_rs256(&key, "head.body", &signature).await, None);
    assert!(env.random(&mut [0; 4]));
}

pub(crate) async fn no_crypto_at_all(env: impl Env) {
    let (key, signature) = signed().await;
    js("Object.defineProperty(window, 'crypto', { configurable: true, value: undefined })");
    assert_eq!(env.sha256("x").await, None);
    assert_eq!(env.verify_rs256(&key, "head.body", &signature).await, None);
    assert!(!env.random(&mut [0; 4]));
}

pub(crate) async fn web_crypto_that_fails(env: impl Env) {
    let (key, signature) = signed().await;
    js(
        "const fails = () => Promise.reject(new DOMException('no', 'OperationError'));
         Object.defineProperty(crypto, 'subtle', { configurable: true,
             value: { digest: fails, importKey: () => Promise.resolve({}), verify: fails } })",
    );
    assert_eq!(env.sha256("x").await, None);
    // A signature that cannot be checked is not valid.
    assert_eq!(
        env.verify_rs256(&key, "head.body", &signature).await,
        Some(false)
    );
}

const BLOCK_COOKIES: &str =
    "Object.defineProperty(document, 'cookie', { configurable: true, get: () => '', set() {} })";

fn entry(key: &str) -> Entry<'_> {
    Entry {
        key,
        value: "a value",
        lifetime_s: 60,
        cookie_domain: None,
        cross_site: false,
    }
}

pub(crate) async fn cookies_blocked(env: impl Env) {
    js(BLOCK_COOKIES);
    assert!(env.store(&entry("key")));
    assert_eq!(env.read("key").as_deref(), Some("a value"));
    assert_eq!(env.take("key", None).as_deref(), Some("a value"));
    assert_eq!(env.take("key", None), None);
}

pub(crate) async fn cookies_and_local_storage_blocked(env: impl Env) {
    js("Object.defineProperty(document, 'cookie',
             { configurable: true, get() { throw new DOMException('no', 'SecurityError') }, set() { throw new DOMException('no', 'SecurityError') } })");
    js("Object.defineProperty(window, 'localStorage',
             { configurable: true, get() { throw new DOMException('no', 'SecurityError') } })");
    assert!(!env.store(&entry("key")));
    assert_eq!((env.read("key"), env.take("key", None)), (None, None));
    assert!(env.stored_keys("").is_empty());
}
