//! Requests through `fetch`.

use gloo_net::http::{Headers, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use js_sys::{JSON, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCredentials};

use super::convert::{from_js, to_js};
use super::race::race;
use crate::env::{Body, HttpError, READ_HEADERS, Request, Response};
use crate::wire::Value;

#[wasm_bindgen]
extern "C" {
    // gloo-net's `send` is not used, because it panics if a page's wrapper around `fetch` rejects with a value that is not an
    // `Error`, or resolves with a value that is not a `Response` of this window.
    #[wasm_bindgen(catch, js_name = fetch)]
    fn fetch(request: &web_sys::Request) -> Result<Promise, JsValue>;
}

/// Aborts its request when it is dropped. After the response has arrived that does nothing.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

pub(super) async fn send(request: Request) -> Result<Response, HttpError> {
    let limit = request.timeout_ms;
    let abort = Abort(AbortController::new().map_err(unreachable)?);
    let exchange = exchange(request, abort.0.signal());
    if limit == 0 {
        exchange.await
    } else {
        race(exchange, TimeoutFuture::new(limit))
            .await
            .unwrap_or(Err(HttpError::Timeout))
    }
}

async fn exchange(request: Request, signal: AbortSignal) -> Result<Response, HttpError> {
    let request = build(request, &signal)?;
    let response = JsFuture::from(fetch(&request).map_err(unreachable)?)
        .await
        .map_err(unreachable)?;
    if !is_response(&response) {
        return Err(HttpError::Network);
    }
    let response: web_sys::Response = response.unchecked_into();
    let readable = Headers::from_raw(response.headers());
    let headers: Vec<_> = READ_HEADERS
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), readable.get(name)?)))
        .collect();
    let text = JsFuture::from(response.text().map_err(unreachable)?)
        .await
        .map_err(unreachable)?;
    let text = text.as_string().unwrap_or_default();
    let parsed = JSON::parse(&text).ok().map(|value| from_js(&value));
    let body = Body::read(text, parsed, &headers);
    Ok(Response {
        status: response.status(),
        status_text: response.status_text(),
        headers,
        body,
    })
}

/// Whether `value` has the members of a `Response`. It may be a `Response` of another window, or one of a polyfill.
fn is_response(value: &JsValue) -> bool {
    let member = |object: &JsValue, name: &str| {
        Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    };
    member(value, "text").is_function() && member(&member(value, "headers"), "get").is_function()
}

fn build(request: Request, signal: &AbortSignal) -> Result<web_sys::Request, HttpError> {
    let mut builder = RequestBuilder::new(&request.url)
        .method(if request.method == "GET" {
            gloo_net::http::Method::GET
        } else {
            gloo_net::http::Method::POST
        })
        .abort_signal(Some(signal));
    if request.credentials {
        builder = builder.credentials(RequestCredentials::Include);
    }
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let built = match request.body {
        Some(body) => {
            let json = JSON::stringify(&to_js(&Value::Object(body))).map_err(unreachable)?;
            builder.body(json)
        }
        None => builder.build(),
    };
    built
        .map(web_sys::Request::from)
        .map_err(|_| HttpError::Network)
}

/// Every failure of `fetch` is a network error, because a browser does not say why there is no response.
fn unreachable(_: JsValue) -> HttpError {
    HttpError::Network
}
