//! Digests and signatures through WebCrypto.

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto, Window};

use super::convert::to_js;
use crate::wire::{Params, Value, set};

/// The browser's `crypto.subtle`. `None` in an insecure context and in browsers without `crypto`: web-sys's types claim that
/// both always exist, so the values are checked.
fn subtle(window: &Window) -> Option<SubtleCrypto> {
    let crypto = window.crypto().ok()?;
    if !crypto.is_object() {
        return None;
    }
    let subtle = crypto.subtle();
    subtle.is_object().then_some(subtle)
}

async fn settled(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

pub(super) async fn sha256(window: &Window, text: &str) -> Option<Vec<u8>> {
    let digest = subtle(window)?.digest_with_str_and_u8_array("SHA-256", text.as_bytes());
    Some(Uint8Array::new(&settled(digest).await?).to_vec())
}

pub(super) async fn verify_rs256(
    window: &Window,
    key: &Value,
    signed: &str,
    signature: &[u8],
) -> Option<bool> {
    let subtle = subtle(window)?;
    let mut jwk = Params::new();
    set(&mut jwk, "kty", "RSA");
    set(&mut jwk, "n", key.member("n").clone());
    set(&mut jwk, "e", key.member("e").clone());
    let algorithm = Object::new();
    for (name, value) in [("name", "RSASSA-PKCS1-v1_5"), ("hash", "SHA-256")] {
        Reflect::set(&algorithm, &name.into(), &value.into()).ok()?;
    }
    let jwk = to_js(&Value::Object(jwk));
    let usages = js_sys::Array::of1(&"verify".into());
    let imported =
        subtle.import_key_with_object("jwk", jwk.unchecked_ref(), &algorithm, false, &usages);
    // With a key that cannot be imported no signature is valid.
    let Some(key) = settled(imported).await else {
        return Some(false);
    };
    let key: CryptoKey = key.unchecked_into();
    let genuine = subtle.verify_with_str_and_u8_array_and_u8_array(
        "RSASSA-PKCS1-v1_5",
        &key,
        signature,
        signed.as_bytes(),
    );
    Some(
        settled(genuine)
            .await
            .is_some_and(|genuine| genuine.is_truthy()),
    )
}
