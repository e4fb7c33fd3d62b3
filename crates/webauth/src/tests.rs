//! Tests of the core with [`FakeEnv`]. `tests/cases.md` lists the cases of auth0.js's own suite and the tests that hold them.

mod address;
mod authorization_response;
mod authorize;
mod callback;
mod config;
mod debug;
mod diagnosis;
mod endpoints;
mod errors;
mod fuzz;
mod id_token;
mod login;
mod pkce;
#[cfg(feature = "serde")]
mod serialize;
mod session;
mod start;
mod transaction;
mod verify;

use crate::env::fake::{FakeEnv, json};
use crate::wire::{Params, Value, overlay};
use crate::{Client, Error};

/// An object literal whose members keep their order.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {
        vec![$(($name.to_owned(), $crate::wire::Value::from($value))),*] as $crate::wire::Params
    };
}
pub(crate) use object;

/// The constructor options of auth0.js's own tests, overlaid with `options`.
pub(crate) fn client(options: Params, env: &FakeEnv) -> Client<FakeEnv> {
    let base = object! {
        "domain": "me.auth0.com",
        "clientID": "...",
        "redirectUri": "http://page.com/callback",
        "responseType": "code",
        "_sendTelemetry": false,
    };
    Client::from_options(Value::Object(overlay(base, options)), env.clone()).unwrap()
}

/// Method, address, credentials and body of the only request.
pub(crate) fn only_request(env: &FakeEnv) -> (&'static str, String, bool, String) {
    let requests = env.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let request = requests[0].clone();
    (
        request.method,
        request.url,
        request.credentials,
        json(&Value::Object(request.body.unwrap())).unwrap(),
    )
}

pub(crate) fn header(env: &FakeEnv, name: &str) -> Option<String> {
    let request = env.requests().pop()?;
    request
        .headers
        .into_iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

pub(crate) fn options_error(text: &'static str) -> Error {
    Error::InvalidOptions(text)
}

/// `text` in which the values of `names`, such as state and nonce, are replaced by the names, so that it can be compared.
pub(crate) fn masked(text: &str, names: &[&str]) -> String {
    let mut text = text.to_owned();
    for name in names {
        for marker in [format!("\"{name}\":\""), format!("&{name}=")] {
            if let Some((before, rest)) = text.split_once(&marker) {
                let (value, after) = rest.split_at(rest.find(['"', '&']).unwrap_or(rest.len()));
                assert_eq!(
                    crate::url::percent_decode(value).len(),
                    32,
                    "{name} in {text}"
                );
                text = [before, &marker, name, after].concat();
            }
        }
    }
    text
}
