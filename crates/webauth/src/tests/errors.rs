use rstest::rstest;

use super::object;
use crate::env::fake::{FakeEnv, json};
use crate::env::{Body, Env, Response};
use crate::error::Clock;
use crate::wire::Value;
use crate::{Error, ErrorKind, Recipient, Refusal, Shape};

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
    Error::from_response(response, "", &clock)
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

#[rstest]
#[case(
    403,
    "access_denied",
    "Wrong email or verification code.",
    ErrorKind::InvalidCode
)]
#[case(
    403,
    "access_denied",
    "Wrong email or password.",
    ErrorKind::InvalidCode
)]
#[case(
    403,
    "invalid_grant",
    "Wrong phone number or verification code.",
    ErrorKind::InvalidCode
)]
#[case(
    401,
    "invalid_user_password",
    "Wrong email or verification code.",
    ErrorKind::InvalidCode
)]
#[case(
    403,
    "access_denied",
    "The verification code has expired. Please try to login again.",
    ErrorKind::CodeExpired
)]
#[case(
    403,
    "invalid_grant",
    "The verification code has expired. Please try to login again.",
    ErrorKind::CodeExpired
)]
#[case(
    403,
    "access_denied",
    "You've reached the maximum number of attempts. Please try to login again.",
    ErrorKind::TooManyAttempts
)]
#[case(
    429,
    "too_many_attempts",
    "Your account has been blocked after multiple consecutive login attempts.",
    ErrorKind::TooManyAttempts
)]
#[case(429, "too_many_logins", "", ErrorKind::TooManyAttempts)]
#[case(
    429,
    "too_many_requests",
    "Rate limit exceeded.",
    ErrorKind::RateLimited
)]
#[case(429, "anything", "", ErrorKind::RateLimited)]
#[case(
    400,
    "bad.connection",
    "Connection is disabled",
    ErrorKind::ConnectionDisabled
)]
#[case(
    400,
    "invalid_request",
    "the connection was disabled",
    ErrorKind::ConnectionDisabled
)]
#[case(
    400,
    "bad.connection",
    "Public signup is disabled",
    ErrorKind::SignupDisabled
)]
#[case(
    400,
    "bad.connection",
    "Connection does not exist",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "bad.email",
    "error in email - email format validation failed: food",
    ErrorKind::InvalidEmail
)]
#[case(400, "invalid_email", "", ErrorKind::InvalidEmail)]
#[case(
    400,
    "bad.phone_number",
    "Missing required property: phone_number",
    ErrorKind::InvalidPhoneNumber
)]
#[case(
    400,
    "sms_provider_error",
    "Not a number (Code: 21211)",
    ErrorKind::InvalidPhoneNumber
)]
#[case(
    400,
    "sms_provider_error",
    "Out of credit (Code: 1)",
    ErrorKind::ServerError
)]
#[case(400, "invalid_captcha", "", ErrorKind::CaptchaRequired)]
#[case(
    400,
    "bad.client_id",
    "Missing required property: client_id",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "bad.request",
    "the following properties are not allowed: x",
    ErrorKind::ClientMisconfigured
)]
#[case(
    403,
    "unauthorized_client",
    "Client authentication is required",
    ErrorKind::ClientMisconfigured
)]
#[case(
    401,
    "unauthorized_client",
    "Cross origin login not allowed.",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "unsupported_credential_type",
    "Unknown credential type parameter.",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "invalid_request",
    "Unknown realm non-existent-connection.",
    ErrorKind::ClientMisconfigured
)]
#[case(403, "access_denied", "Authentication error", ErrorKind::AccessDenied)]
#[case(403, "blocked_user", "Blocked user", ErrorKind::BlockedUser)]
#[case(401, "unauthorized", "user is blocked", ErrorKind::BlockedUser)]
#[case(
    403,
    "mfa_required",
    "Multifactor authentication required",
    ErrorKind::RequestRefused
)]
#[case(
    403,
    "invalid_grant",
    "Invalid authorization code",
    ErrorKind::RequestRefused
)]
#[case(500, "server_error", "", ErrorKind::ServerError)]
fn status_code_and_description_decide_the_cause(
    #[case] status: u16,
    #[case] code: &str,
    #[case] description: &str,
    #[case] kind: ErrorKind,
) {
    let error = refused_with(status, coded(code, description), &[]);
    assert_eq!((error.kind(), error.status()), (kind, Some(status)));
}

#[rstest]
#[case(403, Body::Text("Origin https://test.app is not allowed.".into()), ErrorKind::OriginNotAllowed)]
#[case(400, Body::Text("Origin header required".into()), ErrorKind::OriginNotAllowed)]
#[case(502, Body::Text("<html>Bad gateway</html>".into()), ErrorKind::ServerError)]
#[case(403, Body::Text("<html>Blocked by a firewall</html>".into()), ErrorKind::ServerError)]
#[case(400, Body::Json(Value::Null), ErrorKind::ServerError)]
#[case(400, Body::Empty, ErrorKind::ServerError)]
#[case(200, Body::Malformed("{".into()), ErrorKind::ServerError)]
#[case(429, Body::Text("slow down".into()), ErrorKind::RateLimited)]
#[case(400, parsed("[]"), ErrorKind::RequestRefused)]
fn refusals_without_a_json_object_have_a_cause_too(
    #[case] status: u16,
    #[case] body: Body,
    #[case] kind: ErrorKind,
) {
    assert_eq!(refused_with(status, body, &[]).kind(), kind);
}

#[rstest]
#[case(429, &[("retry-after", "30")], Some(30))]
#[case(503, &[("retry-after", " 5 ")], Some(5))]
#[case(429, &[("x-ratelimit-reset", "1700000010")], Some(10))]
#[case(429, &[("x-ratelimit-reset", "1600000000")], Some(0))]
#[case(429, &[("retry-after", "7"), ("x-ratelimit-reset", "1700000010")], Some(7))]
#[case(400, &[("x-ratelimit-reset", "1700000010")], None)]
#[case(429, &[("retry-after", "soon")], None)]
#[case(429, &[], None)]
fn the_seconds_to_wait_come_from_the_headers(
    #[case] status: u16,
    #[case] headers: &[(&str, &str)],
    #[case] wait: Option<u32>,
) {
    let error = refused_with(status, coded("too_many_requests", "Slow down"), headers);
    assert_eq!(error.retry_after(), wait);
    for shape in [Shape::Plain, Shape::Legacy] {
        assert_eq!(
            error.to_object(shape).member("retryAfter"),
            &Value::from(wait)
        );
    }
}

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

/// Every variant with its kind. The match has no `_`, so a new variant does not compile until it is added here.
fn every_variant() -> Vec<(Error, &'static str)> {
    let refused = || {
        let body = coded("c", "D");
        Box::new(Refusal {
            status: 400,
            status_text: String::new(),
            retry_after: None,
            body,
            headers: Vec::new(),
        })
    };
    let request = || ("POST", "https://me.auth0.com/x".to_owned());
    let (method, url) = request();
    let all = vec![
        (Error::Aborted, "aborted"),
        (Error::AccessDenied(refused()), "access_denied"),
        (Error::BlockedUser(refused()), "blocked_user"),
        (Error::CaptchaRequired(refused()), "captcha_required"),
        (
            Error::ClientMisconfigured(refused()),
            "client_misconfigured",
        ),
        (Error::CodeExpired(refused()), "code_expired"),
        (Error::ConnectionDisabled(refused()), "connection_disabled"),
        (Error::InvalidEmail(refused()), "invalid_email"),
        (Error::InvalidCode(refused()), "invalid_code"),
        (Error::CryptoUnavailable, "crypto_unavailable"),
        (Error::InvalidOptions("t"), "invalid_options"),
        (Error::InvalidResponse("t"), "invalid_response"),
        (Error::InvalidSession(refused()), "invalid_options"),
        (Error::InvalidToken("t".into()), "invalid_token"),
        (Error::LoginRequired(refused()), "login_required"),
        (Error::NoTransaction, "no_transaction"),
        (Error::SilentTimeout(refused()), "timeout"),
        (Error::StateMismatch, "state_mismatch"),
        (Error::ThirdPartyCookies(refused()), "third_party_cookies"),
        (Error::InvalidPhoneNumber(refused()), "invalid_phone_number"),
        (Error::MissingCode, "invalid_code"),
        (Error::MissingRecipient(Recipient::Email), "invalid_email"),
        (
            Error::MissingRecipient(Recipient::PhoneNumber),
            "invalid_phone_number",
        ),
        (
            Error::Network {
                method,
                url: url.clone(),
            },
            "network",
        ),
        (Error::OriginNotAllowed(refused()), "origin_not_allowed"),
        (Error::RandomUnavailable, "random_unavailable"),
        (Error::RateLimited(refused()), "rate_limited"),
        (Error::RequestRefused(refused()), "request_refused"),
        (Error::ServerError(refused()), "server_error"),
        (Error::SignupDisabled(refused()), "signup_disabled"),
        (Error::StorageUnavailable, "storage_unavailable"),
        (Error::Timeout { method, url }, "timeout"),
        (Error::TooManyAttempts(refused()), "too_many_attempts"),
    ];
    for (error, _) in &all {
        match error {
            Error::Aborted
            | Error::AccessDenied(_)
            | Error::BlockedUser(_)
            | Error::CaptchaRequired(_)
            | Error::ClientMisconfigured(_)
            | Error::CodeExpired(_)
            | Error::ConnectionDisabled(_)
            | Error::InvalidEmail(_)
            | Error::InvalidCode(_)
            | Error::CryptoUnavailable
            | Error::InvalidOptions(_)
            | Error::InvalidResponse(_)
            | Error::InvalidSession(_)
            | Error::InvalidToken(_)
            | Error::LoginRequired(_)
            | Error::NoTransaction
            | Error::SilentTimeout(_)
            | Error::StateMismatch
            | Error::ThirdPartyCookies(_)
            | Error::InvalidPhoneNumber(_)
            | Error::MissingCode
            | Error::MissingRecipient(Recipient::Email | Recipient::PhoneNumber)
            | Error::Network { .. }
            | Error::OriginNotAllowed(_)
            | Error::RandomUnavailable
            | Error::RateLimited(_)
            | Error::RequestRefused(_)
            | Error::ServerError(_)
            | Error::SignupDisabled(_)
            | Error::StorageUnavailable
            | Error::Timeout { .. }
            | Error::TooManyAttempts(_) => {}
        }
    }
    all
}

#[test]
fn every_variant_has_its_kind_and_a_complete_object() {
    for (error, kind) in every_variant() {
        assert_eq!(error.kind().as_str(), kind);
        assert_eq!(error.kind().to_string(), kind);
        assert!(!error.text().is_empty());
        let hash = error.to_object(Shape::Hash);
        assert_eq!(hash.member("kind"), &Value::from(kind), "{error:?}");
        assert!(hash.member("error").is_truthy(), "{error:?}");
        for shape in [Shape::Plain, Shape::Legacy] {
            let object = error.to_object(shape);
            assert_eq!(object.member("kind"), &Value::from(kind), "{error:?}");
            assert_eq!(
                object.member("statusCode"),
                &Value::from(error.status().map(u32::from)),
                "{error:?}"
            );
            assert_ne!(object.member("original"), &Value::Undefined, "{error:?}");
            let nameless = shape == Shape::Plain && kind == "network";
            assert_eq!(
                object.member("code").as_str().is_none(),
                nameless,
                "{error:?}"
            );
            assert_eq!(
                object.member("description").as_str().is_none(),
                nameless,
                "{error:?}"
            );
            let second = |name| object.member(name).clone();
            let expected = |name: &str| {
                if shape == Shape::Legacy {
                    object.member(name).clone()
                } else {
                    Value::Undefined
                }
            };
            assert_eq!(second("error"), expected("code"), "{error:?}");
            assert_eq!(
                second("error_description"),
                expected("description"),
                "{error:?}"
            );
        }
    }
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

#[rstest]
#[case("", None, &[], Body::Empty)]
#[case("", None, &[("content-type", "application/json")], Body::Empty)]
#[case("1", Some(1.0), &[("content-type", "application/json; charset=utf-8")], Body::Json(Value::from(1.0)))]
#[case("1", Some(1.0), &[("content-type", "application/problem+json")], Body::Json(Value::from(1.0)))]
#[case("1", Some(1.0), &[], Body::Json(Value::from(1.0)))]
#[case("1", Some(1.0), &[("content-type", "text/plain")], Body::Text("1".into()))]
#[case("<p>", None, &[("content-type", "text/html")], Body::Text("<p>".into()))]
#[case("<p>", None, &[], Body::Text("<p>".into()))]
#[case("{", None, &[("content-type", "application/json")], Body::Malformed("{".into()))]
fn a_body_is_what_its_content_type_says(
    #[case] text: &str,
    #[case] parsed: Option<f64>,
    #[case] headers: &[(&str, &str)],
    #[case] body: Body,
) {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    assert_eq!(
        Body::read(text.to_owned(), parsed.map(Value::from), &headers),
        body
    );
}
