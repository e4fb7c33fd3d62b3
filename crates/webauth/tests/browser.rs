//! Tests of the browser environment in a browser: storage, conversions and calls. The faults are in `tests/adapters`.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests, which clippy does not see here"
)]

use js_sys::{Array, Function, JSON, Object, Reflect};
use latchkey_webauth::env::Entry;
use latchkey_webauth::env::browser::{BrowserEnv, from_js, to_js};
use latchkey_webauth::{Client, Config, Env, Error, LoginOptions, Send, StartOptions, Value};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs `body` as JavaScript.
fn js(body: &str) -> JsValue {
    Function::new_no_args(body)
        .call0(&JsValue::UNDEFINED)
        .unwrap()
}

/// Replaces `fetch` by a function with the parameter `request`, and keeps the last request in the global `asked`.
fn script_fetch(body: &str) {
    js(&format!(
        "globalThis.realFetch ??= fetch; globalThis.asked = [];
         globalThis.fetch = async (request) => {{
             asked.push({{ method: request.method, url: request.url, credentials: request.credentials,
                 headers: Object.fromEntries(request.headers), body: await request.clone().text() }});
             {body}
         }};"
    ));
}

fn asked() -> Value {
    from_js(&js("return asked"))
}

fn entry<'a>(key: &'a str, value: &'a str) -> Entry<'a> {
    Entry {
        key,
        value,
        lifetime_s: 60,
        cookie_domain: None,
        cross_site: false,
    }
}

#[wasm_bindgen_test]
fn a_stored_entry_is_read_once() {
    let env = BrowserEnv::new();
    let value = r#"{"nonce":null,"state":"é;, ="}"#;
    assert!(env.store(&entry("com.auth0.auth.once", value)));
    assert!(
        js("return document.cookie")
            .as_string()
            .unwrap()
            .contains("com.auth0.auth.once={%22nonce%22:null")
    );
    assert_eq!(
        env.take("com.auth0.auth.once", None).as_deref(),
        Some(value)
    );
    assert_eq!(env.take("com.auth0.auth.once", None), None);
    assert!(
        !js("return document.cookie")
            .as_string()
            .unwrap()
            .contains("once")
    );
}

#[wasm_bindgen_test]
fn what_auth0_js_stored_is_read_and_both_its_cookies_go() {
    js(
        "document.cookie = 'com.auth0.auth.old={%22state%22:%22old%22}; path=/';
        document.cookie = '_com.auth0.auth.old_compat={%22state%22:%22old%22}; path=/';
        document.cookie = '_com.auth0.auth.twin_compat={%22state%22:%22twin%22}; path=/'",
    );
    let env = BrowserEnv::new();
    assert_eq!(
        env.take("com.auth0.auth.old", None).as_deref(),
        Some(r#"{"state":"old"}"#)
    );
    assert_eq!(
        env.take("com.auth0.auth.twin", None).as_deref(),
        Some(r#"{"state":"twin"}"#)
    );
    assert!(
        !js("return document.cookie")
            .as_string()
            .unwrap()
            .contains("com.auth0.auth")
    );
}

#[wasm_bindgen_test]
fn keys_are_those_under_a_prefix_oldest_first() {
    let env = BrowserEnv::new();
    for key in ["prefix.1", "other", "prefix.2"] {
        assert!(env.store(&entry(key, "x")));
    }
    assert_eq!(env.stored_keys("prefix."), ["prefix.1", "prefix.2"]);
    for key in ["prefix.1", "other", "prefix.2"] {
        env.take(key, None);
    }
}

const BLOCK_COOKIES: &str =
    "Object.defineProperty(document, 'cookie', { configurable: true, get: () => '', set() {} })";
const ALLOW_COOKIES: &str = "delete document.cookie";

#[wasm_bindgen_test]
fn blocked_cookies_fall_back_to_local_storage() {
    js(BLOCK_COOKIES);
    let env = BrowserEnv::new();
    let stored = env.store(&entry("key", "a value"));
    let late = env.store(&Entry {
        lifetime_s: 0,
        ..entry("late", "x")
    });
    let (taken, again, expired) = (
        env.take("key", None),
        env.take("key", None),
        env.take("late", None),
    );
    js(ALLOW_COOKIES);
    assert!(stored && late);
    assert_eq!(
        (taken.as_deref(), again, expired),
        (Some("a value"), None, None)
    );
    assert_eq!(js("return localStorage.length"), JsValue::from_f64(0.0));
}

#[wasm_bindgen_test]
fn random_bytes_are_random() {
    let env = BrowserEnv::new();
    let (mut first, mut second) = ([0; 32], [0; 32]);
    assert!(env.random(&mut first) && env.random(&mut second));
    assert_ne!(first, second);
}

#[wasm_bindgen_test]
fn the_clock_and_the_address_are_the_pages() {
    let env = BrowserEnv::new();
    assert!(env.now_ms() > 1_700_000_000_000.0);
    let location = env.location();
    assert_eq!(
        Some(location.origin.as_str()),
        js("return location.origin").as_string().as_deref()
    );
    assert_eq!(
        Some(location.host.as_str()),
        js("return location.host").as_string().as_deref()
    );
}

#[wasm_bindgen_test]
fn values_survive_the_way_to_javascript_and_back() {
    let value = Value::Object(vec![
        ("text".into(), Value::from("é€😀")),
        ("number".into(), Value::from(-1.5)),
        (
            "list".into(),
            Value::Array(vec![Value::Null, Value::from(true), Value::Array(vec![])]),
        ),
        (
            "nested".into(),
            Value::Object(vec![("__proto__".into(), Value::from("own"))]),
        ),
        (String::new(), Value::Undefined),
    ]);
    assert_eq!(from_js(&to_js(&value)), value);
    let env = BrowserEnv::new();
    let json =
        r#"{"text":"é€😀","number":-1.5,"list":[null,true,[]],"nested":{"__proto__":"own"}}"#;
    assert_eq!(env.to_json(&value), json);
    assert_eq!(
        env.parse_json(json)
            .map(|value| env.to_json(&value))
            .as_deref(),
        Some(json)
    );
    assert_eq!(env.parse_json("{"), None);
}

#[wasm_bindgen_test]
fn what_json_cannot_say_is_undefined_and_dates_say_themselves() {
    let options = js(
        "const it = { f() {}, s: Symbol('s'), u: undefined, d: new Date(0), n: new Map([[1, 2]]) };
        it.self = it; return it",
    );
    let value = from_js(&options);
    assert_eq!(value.member("f"), &Value::Undefined);
    assert_eq!(value.member("s"), &Value::Undefined);
    assert_eq!(value.member("u"), &Value::Undefined);
    assert_eq!(value.member("d"), &Value::from("1970-01-01T00:00:00.000Z"));
    assert_eq!(value.member("n"), &Value::Object(vec![]));
    assert!(value.member("self").member("self").as_object().is_some());
    for nothing in [JsValue::UNDEFINED, JsValue::from(Function::new_no_args(""))] {
        assert_eq!(from_js(&nothing), Value::Undefined);
    }
}

#[wasm_bindgen_test]
fn the_order_of_members_is_kept() {
    let value = from_js(&JSON::parse(r#"{"z":1,"a":2,"m":3}"#).unwrap());
    let back: Object = to_js(&value).unchecked_into();
    assert_eq!(Array::from(&Object::keys(&back)).join(","), "z,a,m");
    assert_eq!(
        Reflect::get(&back, &"m".into()).unwrap(),
        JsValue::from_f64(3.0)
    );
}

fn client(domain: &str) -> Client<BrowserEnv> {
    let mut config = Config::new(domain, "CID");
    config.redirect_uri = Some("https://app.example.com/cb".into());
    config.response_type = Some("code".into());
    Client::new(config, BrowserEnv::new()).unwrap()
}

#[wasm_bindgen_test]
async fn a_start_goes_all_the_way() {
    script_fetch("return Response.json({ _id: '1', email: 'a@b.co' })");
    let options = StartOptions {
        connection: "email".into(),
        send: Some(Send::Code),
        email: Some("a@b.co".into()),
        ..StartOptions::default()
    };
    let response = client("me.auth0.com")
        .passwordless_start(options)
        .await
        .unwrap();
    assert_eq!(response.body.member("Id"), &Value::from("1"));
    let asked = asked();
    let Value::Array(requests) = &asked else {
        panic!("{asked:?}")
    };
    assert_eq!(
        requests[0].member("url"),
        &Value::from("https://me.auth0.com/passwordless/start")
    );
    let keys = BrowserEnv::new().stored_keys("com.auth0.auth.");
    assert_eq!(keys.len(), 1, "{keys:?}");
    BrowserEnv::new().take(&keys[0], None);
}

#[wasm_bindgen_test]
async fn a_refused_login_says_why_and_stays() {
    script_fetch(
        "return Response.json({ error: 'access_denied', error_description: 'Wrong email or verification code.' },
             { status: 403 })",
    );
    let options = LoginOptions {
        connection: "email".into(),
        email: Some("a@b.co".into()),
        verification_code: "123456".into(),
        ..LoginOptions::default()
    };
    let error = client("me.auth0.com")
        .passwordless_login(options)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidCode(_)), "{error:?}");
    assert!(BrowserEnv::new().stored_keys("com.auth0.auth.").is_empty());
}

#[wasm_bindgen_test]
fn memory_lasts_and_dates_are_those_of_the_browser() {
    let env = BrowserEnv::new();
    env.memory().put("k", Value::from("v"));
    assert_eq!(BrowserEnv::new().memory().get("k"), Some(Value::from("v")));
    assert_eq!(
        env.parse_date("Thu, 01 Jan 1970 00:00:07 GMT"),
        Some(7000.0)
    );
    assert_eq!(env.parse_date("soon"), None);
    assert!(env.date_text(0.0).contains("1970"));
    assert!(env.location().href.starts_with("http"));
}

#[wasm_bindgen_test]
fn an_entry_is_read_without_being_taken() {
    let env = BrowserEnv::new();
    assert!(env.store(&Entry {
        key: "com.auth0.auth.read",
        value: "{}",
        lifetime_s: 60,
        cookie_domain: None,
        cross_site: false,
    }));
    assert_eq!(env.read("com.auth0.auth.read").as_deref(), Some("{}"));
    assert_eq!(env.take("com.auth0.auth.read", None).as_deref(), Some("{}"));
    assert_eq!(env.read("com.auth0.auth.read"), None);
}
