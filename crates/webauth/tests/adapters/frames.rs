//! Faults of hidden frames.

use latchkey_webauth::Value;
use latchkey_webauth::env::{Env, Frame, HttpError, Wait};

use crate::page::js;

async fn framed(
    env: &impl Env,
    url: &str,
    wait: Wait,
    timeout_ms: u32,
) -> Result<Value, HttpError> {
    let frames = || js("return document.querySelectorAll('iframe').length").as_f64();
    let before = frames();
    let outcome = env
        .frame(Frame {
            url: url.to_owned(),
            timeout_ms,
            wait,
        })
        .await;
    assert_eq!(frames(), before, "the frame is gone");
    outcome
}

/// The address of a page, with the origin `null`, that posts `messages` to its parent.
fn saying(messages: &str) -> String {
    format!(
        "data:text/html,<script>for (const m of {messages}) parent.postMessage(m, '*')</script>"
    )
}

fn response_of(origin: &str) -> Wait {
    Wait::Response {
        origin: origin.into(),
        state: "S".into(),
    }
}

fn message_of(origin: &str, kind: Option<&str>) -> Wait {
    Wait::Message {
        origin: origin.into(),
        kind: kind.map(str::to_owned),
    }
}

const RESPONSE: &str = "{type: 'authorization_response', response: {state: 'S', code: 'C'}}";

pub(crate) async fn a_frame_that_never_answers(env: impl Env) {
    for wait in [response_of("null"), message_of("null", None)] {
        let outcome = framed(&env, "data:text/html,silence", wait, 200).await;
        assert_eq!(outcome, Err(HttpError::Timeout));
    }
}

pub(crate) async fn a_frame_of_another_origin(env: impl Env) {
    let url = saying(&format!("[{RESPONSE}]"));
    for wait in [
        response_of("https://me.auth0.com"),
        message_of("https://me.auth0.com", None),
    ] {
        let outcome = framed(&env, &url, wait, 300).await;
        assert_eq!(outcome, Err(HttpError::Timeout));
    }
}

pub(crate) async fn a_message_of_another_window(env: impl Env) {
    let origin = env.location().origin;
    js(&format!(
        "setTimeout(() => postMessage({RESPONSE}, '*'), 50)"
    ));
    for wait in [response_of(&origin), message_of(&origin, None)] {
        let outcome = framed(&env, "data:text/html,silence", wait, 300).await;
        assert_eq!(outcome, Err(HttpError::Timeout));
    }
}

pub(crate) async fn a_frame_with_another_state(env: impl Env) {
    let url = saying(&format!(
        "[{{type: 'authorization_response', response: {{state: 'T', code: 'D'}}}}, {{type: 'authorization_response'}}, {RESPONSE}]"
    ));
    let response = framed(&env, &url, response_of("null"), 5000).await.unwrap();
    assert_eq!(response.member("code"), &Value::from("C"));
}

pub(crate) async fn a_frame_with_another_type(env: impl Env) {
    let url = saying("[{type: 'a', hash: 'A'}, {type: 'b', hash: 'B'}]");
    let heard = framed(&env, &url, message_of("null", Some("b")), 5000).await;
    assert_eq!(heard, Ok(Value::from("B")));
    let heard = framed(&env, &saying("['x=1']"), message_of("null", None), 5000).await;
    assert_eq!(heard, Ok(Value::from("x=1")));
    let url = saying("[{type: 'c', d: 1}]");
    let whole = framed(&env, &url, message_of("null", Some("c")), 5000).await;
    assert_eq!(whole.unwrap().member("d"), &Value::from(1.0));
}

pub(crate) async fn a_frame_that_says_nothing_sensible(env: impl Env) {
    let url = saying(
        "[null, undefined, 0, 'x', [], {type: 1}, {type: 'authorization_response', response: null}]",
    );
    let outcome = framed(&env, &url, response_of("null"), 300).await;
    assert_eq!(outcome, Err(HttpError::Timeout));
}

pub(crate) async fn a_frame_that_comes_home(env: impl Env) {
    let url = format!("{}/nothing#access_token=AT", env.location().origin);
    let outcome = framed(&env, &url, Wait::Fragment, 5000).await;
    // The two adapters differ in the `#`; `parse_hash` accepts both.
    let fragment = outcome.unwrap();
    assert_eq!(
        fragment.as_str().map(|text| text.trim_start_matches('#')),
        Some("access_token=AT")
    );
}

pub(crate) async fn a_frame_that_stays_elsewhere(env: impl Env) {
    for url in ["data:text/html,elsewhere", "about:blank"] {
        let outcome = framed(&env, url, Wait::Fragment, 300).await;
        assert_eq!(outcome, Err(HttpError::Timeout), "{url}");
    }
}
