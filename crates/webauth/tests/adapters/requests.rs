//! Faults of requests.

use gloo_timers::future::TimeoutFuture;
use latchkey_webauth::env::{Body, Env, HttpError, Request, Response};
use latchkey_webauth::{Params, Value};

use crate::javascript::GiveUp;
use crate::page::{asked, js, script_fetch};

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

async fn respond_with(env: &impl Env, body: &str) -> Result<Response, HttpError> {
    script_fetch(body);
    env.http(request(0)).await
}

const SILENCE: &str =
    "return new Promise((_, no) => request.signal.addEventListener('abort', () => {
    aborted += 1; no(request.signal.reason) }))";

pub(crate) async fn a_request_arrives_as_it_was_put_together(env: impl Env) {
    respond_with(&env, "return new Response('{}')")
        .await
        .unwrap();
    let get = Request {
        method: "GET",
        body: None,
        headers: vec![],
        ..request(0)
    };
    let posted = asked();
    script_fetch("return new Response('{}')");
    env.http(get).await.unwrap();
    let text = |name: &str, value: &str| (name.to_owned(), Value::from(value));
    let sent = |method: &str, headers: Params, body: &str| {
        Value::Array(vec![Value::Object(vec![
            text("method", method),
            text("url", "https://me.auth0.com/x"),
            text("credentials", "same-origin"),
            ("headers".to_owned(), Value::Object(headers)),
            text("body", body),
        ])])
    };
    let headers = vec![
        text("content-type", "application/json"),
        text("x-mine", "1"),
    ];
    assert_eq!(posted, sent("POST", headers, r#"{"a":"ä"}"#));
    assert_eq!(asked(), sent("GET", vec![], ""));
}

pub(crate) async fn cookies_are_sent_only_where_they_are_asked_for(env: impl Env) {
    for (credentials, mode) in [(false, "same-origin"), (true, "include")] {
        script_fetch("return new Response('{}')");
        env.http(Request {
            credentials,
            ..request(0)
        })
        .await
        .unwrap();
        assert_eq!(
            js("return asked[0].credentials").as_string().as_deref(),
            Some(mode)
        );
    }
}

pub(crate) async fn nothing_listens(env: impl Env) {
    let request = Request {
        url: "http://127.0.0.1:9/".into(),
        ..request(5000)
    };
    assert_eq!(env.http(request).await, Err(HttpError::Network));
}

pub(crate) async fn the_address_is_none(env: impl Env) {
    let request = Request {
        url: "http://".into(),
        ..request(5000)
    };
    assert_eq!(env.http(request).await, Err(HttpError::Network));
}

pub(crate) async fn a_wrapper_around_fetch_rejects_with_anything(env: impl Env) {
    for reason in [
        "new TypeError('Failed to fetch')",
        "'a text'",
        "undefined",
        "null",
        "{ custom: 1 }",
    ] {
        let outcome = respond_with(&env, &format!("throw {reason}")).await;
        assert_eq!(outcome, Err(HttpError::Network), "{reason}");
    }
}

pub(crate) async fn a_wrapper_around_fetch_throws(env: impl Env) {
    js("globalThis.fetch = () => { throw new Error('blocked') }");
    assert_eq!(env.http(request(0)).await, Err(HttpError::Network));
}

pub(crate) async fn a_wrapper_around_fetch_answers_with_no_response(env: impl Env) {
    for value in [
        "undefined",
        "null",
        "'text'",
        "{}",
        "{ status: 200, text: 1 }",
    ] {
        let outcome = respond_with(&env, &format!("return {value}")).await;
        assert_eq!(outcome, Err(HttpError::Network), "{value}");
    }
}

pub(crate) async fn silence(env: impl Env) {
    script_fetch(SILENCE);
    assert_eq!(env.http(request(50)).await, Err(HttpError::Timeout));
    TimeoutFuture::new(10).await;
    assert_eq!(js("return aborted").as_f64(), Some(1.0));
}

pub(crate) async fn a_body_that_never_ends(env: impl Env) {
    // The body fails when the request is aborted, as in a browser.
    script_fetch(
        "return new Response(new ReadableStream({ start(body) {
             request.signal.addEventListener('abort', () => { aborted += 1; body.error(request.signal.reason) });
         } }))",
    );
    assert_eq!(env.http(request(50)).await, Err(HttpError::Timeout));
    TimeoutFuture::new(10).await;
    assert_eq!(js("return aborted").as_f64(), Some(1.0));
}

pub(crate) async fn a_connection_lost_in_the_middle_of_the_body(env: impl Env) {
    let lost = "return new Response(new ReadableStream({ pull(body) {
        body.enqueue(new Uint8Array([123])); body.error(new Error('reset')) } }))";
    assert_eq!(respond_with(&env, lost).await, Err(HttpError::Network));
}

pub(crate) async fn the_caller_gives_up(env: impl Env + GiveUp) {
    script_fetch(SILENCE);
    env.send_and_give_up(request(0)).await;
    TimeoutFuture::new(10).await;
    assert_eq!(js("return aborted").as_f64(), Some(1.0));
    assert_eq!(js("return asked.length").as_f64(), Some(1.0));
}

pub(crate) async fn every_status_is_a_response(env: impl Env) {
    for status in [200, 201, 400, 401, 403, 404, 409, 429, 500, 502, 503, 599] {
        let body = format!(
            "return new Response('{{}}', {{ status: {status}, statusText: 'Words', headers: {{ 'content-type': 'application/json' }} }})"
        );
        let response = respond_with(&env, &body).await.unwrap();
        assert_eq!(
            (
                response.status,
                response.status_text.as_str(),
                response.body
            ),
            (status, "Words", Body::Json(Value::Object(vec![])))
        );
    }
    let nothing = respond_with(&env, "return new Response(null, { status: 204 })")
        .await
        .unwrap();
    assert_eq!((nothing.status, nothing.body), (204, Body::Empty));
}

pub(crate) async fn only_the_headers_that_are_read_arrive(env: impl Env) {
    for (given, expected) in [
        ("'Retry-After': '7'", vec![("retry-after", "7")]),
        (
            "'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT', 'x-ratelimit-reset': '1767225607'",
            vec![
                ("retry-after", "Thu, 01 Jan 2026 00:00:07 GMT"),
                ("x-ratelimit-reset", "1767225607"),
            ],
        ),
        ("'retry-after': ''", vec![("retry-after", "")]),
        ("'x-other': '1'", vec![]),
    ] {
        let body = format!("return new Response(null, {{ status: 429, headers: {{ {given} }} }})");
        let headers = respond_with(&env, &body).await.unwrap().headers;
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(headers, expected, "{given}");
    }
}

pub(crate) async fn bodies_by_content_type(env: impl Env) {
    let object = || Body::Json(Value::Object(vec![("a".into(), Value::from(1.0))]));
    for (kind, body, expected) in [
        ("'application/json'", r#"{"a":1}"#, object()),
        ("'application/json; charset=utf-8'", r#"{"a":1}"#, object()),
        ("'application/problem+json'", r#"{"a":1}"#, object()),
        ("'application/json'", "\u{feff}{\"a\":1}", object()),
        ("'application/json'", "null", Body::Json(Value::Null)),
        (
            "'application/json'",
            "\"text\"",
            Body::Json(Value::from("text")),
        ),
        ("'application/json'", "{", Body::Malformed("{".into())),
        (
            "'application/json'",
            "<h1>502</h1>",
            Body::Malformed("<h1>502</h1>".into()),
        ),
        ("'application/json'", "", Body::Empty),
        (
            "'text/html'",
            "<h1>502</h1>",
            Body::Text("<h1>502</h1>".into()),
        ),
        (
            "'text/plain'",
            r#"{"a":1}"#,
            Body::Text(r#"{"a":1}"#.into()),
        ),
        ("'text/plain'", "OK", Body::Text("OK".into())),
        ("undefined", r#"{"a":1}"#, object()),
        ("undefined", "OK", Body::Text("OK".into())),
        ("undefined", "", Body::Empty),
    ] {
        let text = env.to_json(&Value::from(body));
        // Bytes have no content type of their own.
        let response = format!(
            "return new Response(new TextEncoder().encode({text}), {{ headers: {kind} ? {{ 'content-type': {kind} }} : {{}} }})"
        );
        let found = respond_with(&env, &response).await.unwrap().body;
        assert!(found == expected, "{kind} {body}: {found:?}");
    }
}

pub(crate) async fn a_body_as_deep_as_options_may_be(env: impl Env) {
    let depth = |mut value: &Value| {
        let mut depth = 0;
        while *value.member("a") != Value::Undefined {
            value = value.member("a");
            depth += 1;
        }
        depth
    };
    let body = format!("{}1{}", r#"{"a":"#.repeat(20), "}".repeat(20));
    let Body::Json(found) = respond_with(
        &env,
        &format!("return new Response(new TextEncoder().encode('{body}'))"),
    )
    .await
    .unwrap()
    .body
    else {
        unreachable!("JSON is JSON");
    };
    assert_eq!(depth(&found), 11);
}
