//! Errors: their causes, what a response says about them, and the objects that JavaScript gets.

mod cause;
mod object;
mod response;
mod variants;

use super::object;
use crate::Error;
use crate::env::fake::FakeEnv;
use crate::env::{Body, Env, Response};
use crate::error::Clock;
use crate::wire::Value;

fn refused_with(status: u16, body: Body, headers: &[(&str, &str)]) -> Error {
    let headers = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let response = Response {
        status,
        status_text: "Reason".into(),
        headers,
        body,
    };
    let clock = Clock {
        now_ms: 1_700_000_000_500.0,
        parse_date: &|text| FakeEnv::new().parse_date(text),
    };
    Error::from_response(response, &[], &clock)
}

fn parsed(text: &str) -> Body {
    FakeEnv::new()
        .parse_json(text)
        .map_or_else(|| Body::Text(text.to_owned()), Body::Json)
}

fn coded(code: &str, description: &str) -> Body {
    Body::Json(Value::Object(
        object! {"error": code, "error_description": description},
    ))
}
