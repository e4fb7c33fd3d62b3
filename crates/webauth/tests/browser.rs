//! The browser environment in a real browser. `fetch` is replaced by a scripted one where the network has to misbehave.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests, which clippy does not see here"
)]

use js_sys::{Array, Function, JSON, Object, Reflect};
use latchkey_webauth::env::browser::{BrowserEnv, from_js, to_js};
use latchkey_webauth::env::{Body, Entry, Frame, HttpError, Request, Response, Wait};
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

/// Replaces `fetch` by a function of `request` and remembers what it was asked in `asked`.
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

fn request(timeout_ms: u32) -> Request {
    Request {
        method: "POST",
        url: "https://me.auth0.com/x".into(),
        headers: vec![
            ("Content-Type".into(), "application/json".into()),
            ("X-Mine".into(), "1".into()),
        ],
        body: Some(vec![
            ("a".into(), Value::from("ä")),
            ("gone".into(), Value::Undefined),
        ]),
        credentials: false,
        timeout_ms,
    }
}

async fn answered(body: &str) -> Result<Response, HttpError> {
    script_fetch(body);
    BrowserEnv::new().http(request(0)).await
}

#[wasm_bindgen_test]
async fn a_request_goes_out_as_it_was_put_together() {
    let response = answered("return new Response('{}')").await.unwrap();
    assert_eq!(response.status, 200);
    let asked = asked();
    let Value::Array(requests) = &asked else {
        panic!("{asked:?}")
    };
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].member("method"), &Value::from("POST"));
    assert_eq!(
        requests[0].member("url"),
        &Value::from("https://me.auth0.com/x")
    );
    assert_eq!(
        requests[0].member("credentials"),
        &Value::from("same-origin")
    );
    assert_eq!(requests[0].member("body"), &Value::from(r#"{"a":"ä"}"#));
    assert_eq!(
        requests[0].member("headers").member("x-mine"),
        &Value::from("1")
    );
}

#[wasm_bindgen_test]
async fn cookies_are_sent_where_they_are_asked_for() {
    script_fetch("return new Response('{}')");
    BrowserEnv::new()
        .http(Request {
            credentials: true,
            ..request(0)
        })
        .await
        .unwrap();
    assert_eq!(
        js("return asked[0].credentials"),
        JsValue::from_str("include")
    );
}

#[wasm_bindgen_test]
async fn every_status_is_an_answer_and_the_headers_are_read() {
    let response = answered(
        "return new Response('{\"error\":\"x\"}', { status: 429, statusText: 'Too Many Requests',
             headers: { 'content-type': 'application/json', 'Retry-After': '7', 'x-other': '1' } })",
    )
    .await
    .unwrap();
    assert_eq!(
        (response.status, response.status_text.as_str()),
        (429, "Too Many Requests")
    );
    assert_eq!(response.header("retry-after"), Some("7"));
    assert_eq!(response.header("x-other"), None);
    assert_eq!(
        response.body,
        Body::Json(Value::Object(vec![("error".into(), Value::from("x"))]))
    );
}

#[wasm_bindgen_test]
async fn bodies_that_are_no_json_arrive_as_they_are() {
    let html = "return new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } })";
    assert_eq!(
        answered(html).await.unwrap().body,
        Body::Text("<h1>502</h1>".into())
    );
    let broken = "return new Response('{', { headers: { 'content-type': 'application/json' } })";
    assert_eq!(
        answered(broken).await.unwrap().body,
        Body::Malformed("{".into())
    );
    assert_eq!(
        answered("return new Response(null, { status: 204 })")
            .await
            .unwrap()
            .body,
        Body::Empty
    );
    let null = "return new Response('null', { headers: { 'content-type': 'application/json' } })";
    assert_eq!(answered(null).await.unwrap().body, Body::Json(Value::Null));
}

#[wasm_bindgen_test]
async fn whatever_a_wrapped_fetch_rejects_with_is_a_network_error_and_no_crash() {
    for reason in [
        "new TypeError('Failed to fetch')",
        "'a text'",
        "undefined",
        "null",
        "{ custom: 1 }",
    ] {
        assert_eq!(
            answered(&format!("throw {reason}")).await,
            Err(HttpError::Network),
            "{reason}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_connection_lost_in_mid_body_is_a_network_error() {
    let lost = "return new Response(new ReadableStream({ pull(body) { body.error(new Error('reset')) } }))";
    assert_eq!(answered(lost).await, Err(HttpError::Network));
}

const SILENCE: &str =
    "return new Promise((_, no) => request.signal.addEventListener('abort', () => {
    globalThis.aborted = (globalThis.aborted ?? 0) + 1; no(request.signal.reason) }))";

#[wasm_bindgen_test]
async fn silence_ends_in_a_timeout_and_the_request_is_aborted() {
    js("globalThis.aborted = 0");
    script_fetch(SILENCE);
    assert_eq!(
        BrowserEnv::new().http(request(50)).await,
        Err(HttpError::Timeout)
    );
    assert_eq!(js("return aborted"), JsValue::from_f64(1.0));
}

#[wasm_bindgen_test]
async fn a_dropped_call_aborts_its_request() {
    js("globalThis.aborted = 0");
    script_fetch(SILENCE);
    let env = BrowserEnv::new();
    let mut call = Box::pin(env.http(request(0)));
    std::future::poll_fn(|context| {
        assert!(call.as_mut().poll(context).is_pending());
        std::task::Poll::Ready(())
    })
    .await;
    gloo_timers::future::TimeoutFuture::new(10).await;
    drop(call);
    gloo_timers::future::TimeoutFuture::new(10).await;
    assert_eq!(js("return aborted"), JsValue::from_f64(1.0));
}

#[wasm_bindgen_test]
async fn without_a_server_there_is_a_network_error() {
    js("if (globalThis.realFetch) globalThis.fetch = realFetch");
    let request = Request {
        url: "http://127.0.0.1:9/".into(),
        ..request(0)
    };
    assert_eq!(
        BrowserEnv::new().http(request).await,
        Err(HttpError::Network)
    );
    let nonsense = Request {
        url: "http://".into(),
        ..self::request(0)
    };
    assert_eq!(
        BrowserEnv::new().http(nonsense).await,
        Err(HttpError::Network)
    );
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
fn with_both_blocked_the_caller_is_told() {
    js(BLOCK_COOKIES);
    js(
        "globalThis.kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
        Object.defineProperty(window, 'localStorage',
            { configurable: true, get() { throw new DOMException('no', 'SecurityError') } })",
    );
    let env = BrowserEnv::new();
    let (stored, taken, keys) = (
        env.store(&entry("key", "x")),
        env.take("key", None),
        env.stored_keys(""),
    );
    js("Object.defineProperty(window, 'localStorage', kept)");
    js(ALLOW_COOKIES);
    assert!(!stored && taken.is_none() && keys.is_empty());
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
    let answer = client("me.auth0.com")
        .passwordless_start(options)
        .await
        .unwrap();
    assert_eq!(answer.body.member("Id"), &Value::from("1"));
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
async fn a_digest_is_that_of_rfc_7636_appendix_b() {
    let digest = BrowserEnv::new()
        .sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
        .await
        .unwrap();
    assert_eq!(digest[..4], [0x13, 0xd3, 0x1e, 0x96]);
    assert_eq!(digest.len(), 32);
}

/// A key of its own, and its signature of `head.body`.
async fn signed() -> Value {
    let signed = js("return (async () => {
        const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
        const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
        const signature = new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, new TextEncoder().encode('head.body')));
        const text = btoa(String.fromCharCode(...signature)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        return { key: await crypto.subtle.exportKey('jwk', publicKey), signature: text };
    })()");
    let promise: js_sys::Promise = signed.unchecked_into();
    from_js(&wasm_bindgen_futures::JsFuture::from(promise).await.unwrap())
}

#[wasm_bindgen_test]
async fn a_signature_is_verified_by_web_crypto() {
    let env = BrowserEnv::new();
    let signed = signed().await;
    let (key, signature) = (signed.member("key"), signed.member("signature"));
    let signature = signature.as_str().unwrap();
    assert_eq!(
        env.verify_rs256(key, "head.body", signature).await,
        Some(true)
    );
    assert_eq!(
        env.verify_rs256(key, "head.body2", signature).await,
        Some(false)
    );
    assert_eq!(
        env.verify_rs256(key, "head.body", "AAAA").await,
        Some(false)
    );
    assert_eq!(env.verify_rs256(key, "head.body", "!").await, Some(false));
    let no_key = Value::Object(vec![]);
    assert_eq!(
        env.verify_rs256(&no_key, "head.body", signature).await,
        Some(false)
    );
}

async fn framed(url: String, wait: Wait) -> Result<Value, HttpError> {
    let frame = Frame {
        url,
        timeout_ms: 2000,
        wait,
    };
    let outcome = BrowserEnv::new().frame(frame).await;
    let left = js("return document.querySelectorAll('iframe[hidden]').length");
    assert_eq!(left.as_f64(), Some(0.0), "the frame is gone");
    outcome
}

fn saying(messages: &str) -> String {
    format!(
        "data:text/html,<script>for (const m of {messages}) parent.postMessage(m, '*')</script>"
    )
}

#[wasm_bindgen_test]
async fn a_frame_is_heard_by_its_origin_type_and_state() {
    let wait = || Wait::Response {
        origin: "null".into(),
        state: "S".into(),
    };
    let messages = "[null, 'x', {type: 'authorization_response', response: {state: 'T'}}, {type: 'authorization_response', response: {state: 'S', code: 'C'}}]";
    let response = framed(saying(messages), wait()).await.unwrap();
    assert_eq!(response.member("code"), &Value::from("C"));
    let other = Wait::Response {
        origin: "https://me.auth0.com".into(),
        state: "S".into(),
    };
    assert_eq!(
        framed(saying(messages), other).await,
        Err(HttpError::Timeout)
    );
}

#[wasm_bindgen_test]
async fn a_frame_hands_on_its_data_or_the_hash_in_it() {
    let wait = |kind: Option<&str>| Wait::Message {
        origin: "null".into(),
        kind: kind.map(str::to_owned),
    };
    let hash = framed(
        saying("[{type: 'a', hash: 'A'}, {type: 'b', hash: 'B'}]"),
        wait(Some("b")),
    )
    .await;
    assert_eq!(hash, Ok(Value::from("B")));
    assert_eq!(
        framed(saying("['x=1']"), wait(None)).await,
        Ok(Value::from("x=1"))
    );
}

#[wasm_bindgen_test]
async fn a_frame_of_our_own_origin_shows_its_fragment() {
    let origin = BrowserEnv::new().location().origin;
    let outcome = framed(format!("{origin}/nothing#access_token=AT"), Wait::Fragment).await;
    assert_eq!(outcome, Ok(Value::from("access_token=AT")));
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
