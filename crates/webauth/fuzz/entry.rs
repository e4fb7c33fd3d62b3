//! The entry points of the fuzz targets, which `cargo test` runs too (`src/tests/fuzz.rs`). They assert that every input leads
//! to an outcome, that an error names its cause, and that no error shows a secret.

use super::latchkey_webauth::env::Body;
use super::latchkey_webauth::env::fake::{FakeEnv, json, run};
use super::latchkey_webauth::{
    Client, Config, Env, Error, LoginOptions, ParseOptions, Shape, Value, VerificationCode,
};

/// The verification code of the refused login. No error shows it, even if the tenant repeats it.
const CODE: &str = "913477-secret";

fn client(env: &FakeEnv) -> Option<Client<FakeEnv>> {
    let mut config = Config::new("me.auth0.com", "CID");
    config.response_type = Some("token id_token".to_owned());
    config.redirect_uri = Some("https://app.example.com/cb".to_owned());
    Client::new(config, env.clone()).ok()
}

/// Asserts that each shape of an error names the cause, and returns the three objects.
fn complete(error: &Error) -> [Value; 3] {
    assert!(!error.text().is_empty());
    let shapes = [Shape::Plain, Shape::Legacy, Shape::Hash].map(|shape| error.to_object(shape));
    for shape in &shapes {
        let text = json(shape).unwrap_or_default();
        assert!(text.contains("\"kind\":\""), "{text}");
    }
    shapes
}

/// Whether `value` contains the code. It looks at the texts themselves, because in JSON the end of an escape sequence may look
/// like the beginning of the code.
fn shows_code(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains(CODE),
        Value::Array(items) => items.iter().any(shows_code),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains(CODE) || shows_code(value)),
        _ => false,
    }
}

/// Reads the input as the page's fragment and query.
pub(super) fn hash(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let env = FakeEnv::new();
    let Some(client) = client(&env) else { return };
    env.respond(200, r#"{"keys":[]}"#);
    let options = ParseOptions {
        hash: Some(text.clone().into_owned()),
        state: Some("S".to_owned()),
        ..ParseOptions::default()
    };
    if let Some(Err(error)) = run(client.parse_hash(options)) {
        complete(&error);
    }
    env.at(&["https://app.example.com/cb", &text].concat());
    if let Some(Err(error)) = run(client.handle_redirect_callback()) {
        complete(&error);
    }
}

/// Reads the input as an ID token.
pub(super) fn id_token(data: &[u8]) {
    let env = FakeEnv::new();
    let Some(client) = client(&env) else { return };
    env.respond(200, r#"{"keys":[{"kid":"K","n":"AQAB","e":"AQAB"}]}"#);
    let text = String::from_utf8_lossy(data).into_owned();
    let response = vec![
        ("state".to_owned(), Value::from("S")),
        ("access_token".to_owned(), Value::from("AT")),
        ("id_token".to_owned(), Value::from(text)),
    ];
    let options = ParseOptions {
        state: Some("S".to_owned()),
        ..ParseOptions::default()
    };
    match run(client.validate_authentication_response(options, response)) {
        Some(Err(error)) => drop(complete(&error)),
        Some(Ok(result)) => assert!(result.access_token().is_some()),
        None => {}
    }
}

/// Reads the input as the body of a refusal. Its first byte chooses the status and the kind of body.
pub(super) fn error_body(data: &[u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest).into_owned();
    let env = FakeEnv::new();
    let Some(client) = client(&env) else { return };
    let status = [400, 401, 403, 429, 500, 502, 200, 0][usize::from(first & 7)];
    let body = match first >> 3 & 3 {
        0 => Body::Text([&text, CODE].concat()),
        1 => Body::Malformed([CODE, &text].concat()),
        _ => env.parse_json(&text).map_or(Body::Empty, Body::Json),
    };
    env.respond_with(status, body, &[("retry-after", &text)]);
    let outcome = run(client.passwordless_login(LoginOptions {
        connection: "email".to_owned(),
        email: Some("a@b.co".to_owned()),
        verification_code: VerificationCode::new(CODE),
        ..LoginOptions::default()
    }));
    match outcome {
        Some(Err(error)) => {
            for shape in complete(&error) {
                assert!(!shows_code(&shape), "{shape:?}");
            }
            assert!(!format!("{error:?}").contains(CODE));
        }
        Some(Ok(())) => assert_eq!(env.navigations().len(), 1),
        None => panic!("a login without an outcome"),
    }
}
