//! auth0.js's error object, of refusals and of errors without a response.

use rstest::rstest;

use super::{parsed, refused_with};
use crate::env::Body;
use crate::env::fake::json;
use crate::wire::Value;
use crate::{Error, Recipient, Shape};

/// Each row has the body of a response, and then, as JSON, the code, the description and the further members of auth0.js's
/// error object.
#[rstest]
#[case(
    r#"{"error":"bad.connection","error_description":"D"}"#,
    r#""bad.connection""#,
    r#""D""#,
    "{}"
)]
#[case(
    r#"{"statusCode":429,"error":"Too Many Requests","message":"Global limit","errorCode":"x"}"#,
    r#""Too Many Requests""#,
    r#""Too Many Requests""#,
    "{}"
)]
#[case(
    r#"{"code":"invalid_email","description":"D","name":"BadRequestError"}"#,
    r#""invalid_email""#,
    r#""D""#,
    r#"{"name":"BadRequestError"}"#
)]
#[case(
    r#"{"name":"N","code":"c","policy":"P","description":{"rules":[]}}"#,
    r#""c""#,
    r#"{"rules":[]}"#,
    r#"{"name":"N","policy":"P"}"#
)]
#[case(
    r#"{"error":"e","error_description":"D","error_codes":["x"],"error_details":{"y":1}}"#,
    r#""e""#,
    r#""D""#,
    r#"{"errorDetails":{"codes":["x"],"details":{"y":1}}}"#
)]
#[case(r#"{"code":"c","details":{"x":1}}"#, r#""c""#, r#"{"x":1}"#, "{}")]
#[case(
    r#"{"error":"Unauthorized"}"#,
    r#""Unauthorized""#,
    r#""Unauthorized""#,
    "{}"
)]
#[case(r#"{"err":{"code":"c","description":"D"}}"#, r#""c""#, r#""D""#, "{}")]
#[case(r#"{"err":{"status":"s","err":"D"}}"#, r#""s""#, r#""D""#, "{}")]
#[case(
    r#"{"error_code":"c","error_description":"D"}"#,
    r#""c""#,
    r#""D""#,
    "{}"
)]
#[case(r#"{"err":"text"}"#, "null", "null", "{}")]
#[case("{}", "null", "null", "{}")]
#[case("[]", "null", "null", "{}")]
#[case("\"s\"", "null", "null", "{}")]
fn codes_and_descriptions_are_found_where_auth0_js_finds_them(
    #[case] body: &str,
    #[case] code: &str,
    #[case] description: &str,
    #[case] more: &str,
) {
    let error = refused_with(400, parsed(body), &[]);
    let text = |object: &Value, name: &str| json(object.member(name));
    for shape in [Shape::Plain, Shape::Legacy] {
        let object = error.to_object(shape);
        assert_eq!(text(&object, "code").as_deref(), Some(code));
        assert_eq!(text(&object, "description").as_deref(), Some(description));
        assert_eq!(object.member("statusCode"), &Value::from(400_u32));
        let legacy = shape == Shape::Legacy;
        assert_eq!(text(&object, "error"), legacy.then(|| code.to_owned()));
        assert_eq!(
            text(&object, "error_description"),
            legacy.then(|| description.to_owned())
        );
        let known = [
            "original",
            "statusCode",
            "statusText",
            "code",
            "description",
            "error",
            "error_description",
            "kind",
        ];
        let others = object
            .as_object()
            .unwrap()
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()));
        assert_eq!(
            json(&Value::Object(others.cloned().collect())).unwrap(),
            more
        );
    }
    assert_eq!(
        json(error.to_object(Shape::Legacy).member("original")),
        json(&body_of(&error))
    );
}

fn body_of(error: &Error) -> Value {
    match &error.refusal().unwrap().body {
        Body::Json(body) => body.clone(),
        _ => Value::Undefined,
    }
}

#[rstest]
#[case(Body::Text("<h1>500</h1>".into()))]
#[case(Body::Empty)]
#[case(Body::Json(Value::Null))]
fn an_unreadable_refusal_has_its_status_as_code_and_is_a_request_error_in_a_login(
    #[case] body: Body,
) {
    let error = refused_with(500, body, &[]);
    let plain = error.to_object(Shape::Plain);
    assert_eq!(plain.member("code"), &Value::from(500.0));
    assert_eq!(plain.member("description"), &Value::Null);
    assert_eq!(plain.member("name"), &Value::from("Error"));
    assert_eq!(
        plain
            .member("original")
            .member("response")
            .member("statusCode"),
        &Value::from(500.0)
    );
    let legacy = error.to_object(Shape::Legacy);
    assert_eq!(legacy.member("code"), &Value::from("request_error"));
    assert_eq!(
        legacy.member("original").member("error_description"),
        legacy.member("description")
    );
    assert_eq!(
        legacy.member("description"),
        &Value::from(error.to_string())
    );
}

#[test]
fn a_sentence_of_the_tenant_is_the_description_of_a_request_error() {
    let error = refused_with(
        403,
        Body::Text("Origin https://test.app is not allowed.".into()),
        &[],
    );
    let object = error.to_object(Shape::Legacy);
    assert_eq!(
        object.member("description"),
        &Value::from("Origin https://test.app is not allowed.")
    );
}

#[test]
fn broken_json_keeps_its_text_where_auth0_js_keeps_it() {
    let original = refused_with(502, Body::Malformed("{oops".into()), &[])
        .to_object(Shape::Plain)
        .member("original")
        .clone();
    assert_eq!(
        json(&original).unwrap(),
        r#"{"message":"The tenant failed to answer properly: try again later.","parse":true,"rawResponse":"{oops","status":502,"statusCode":502}"#
    );
}

#[rstest]
#[case(Error::Aborted, Shape::Plain, r#"{"original":{"error":"aborted","error_description":"The call was aborted."},"code":"aborted","description":"The call was aborted.","kind":"aborted"}"#)]
#[case(
    Error::Timeout { method: "POST", url: "u".into() },
    Shape::Plain,
    r#"{"original":{"error":"timeout","error_description":"The tenant did not answer in time: try again."},"code":"timeout","description":"The tenant did not answer in time: try again.","kind":"timeout"}"#
)]
#[case(
    Error::Network { method: "POST", url: "u".into() },
    Shape::Plain,
    r#"{"original":{"message":"No answer from the tenant: check the network connection, the domain, and that the page's origin is among the client's allowed origins.","crossDomain":true,"method":"POST","url":"u"},"code":null,"description":null,"name":"Error","kind":"network"}"#
)]
#[case(
    Error::MissingRecipient(Recipient::Email),
    Shape::Plain,
    r#"{"original":{"error":"bad.email","error_description":"The recipient is missing: pass `email` or `phoneNumber`."},"code":"bad.email","description":"The recipient is missing: pass `email` or `phoneNumber`.","kind":"invalid_email"}"#
)]
fn errors_without_a_response_have_auth0_js_shape(
    #[case] error: Error,
    #[case] shape: Shape,
    #[case] object: &str,
) {
    assert_eq!(json(&error.to_object(shape)).unwrap(), object);
}
