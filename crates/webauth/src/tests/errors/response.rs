//! What the SDK reads from a response: the kind of its body, and the seconds to wait.

use rstest::rstest;

use super::{coded, refused_with};
use crate::Shape;
use crate::env::Body;
use crate::wire::Value;

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
