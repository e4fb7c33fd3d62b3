//! Rare requests: forms in place of queries, parameters that must be refused, headers that cannot be parsed.

use axum::http::Method;
use rstest::rstest;
use serde_json::json;

use super::tenant::{CALLBACK, ORIGIN, Tenant, request, start_body};

const ADA: &str = "ada@example.com";

/// OIDC Core section 3.1.2.1: the endpoint accepts GET and POST.
#[tokio::test]
async fn authorize_takes_a_form() {
    let tenant = Tenant::new();
    let (ticket, cookie) = tenant.ticket_for(ADA).await;
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("client_id", "latchkey-web"),
            ("response_type", "code"),
            ("redirect_uri", CALLBACK),
            ("realm", "email"),
            ("login_ticket", &ticket),
        ])
        .finish();
    let cookie = format!("auth0_co={cookie}");
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("cookie", cookie.as_str()),
    ];
    let reply = tenant
        .send(request(Method::POST, "/authorize", &headers, &form))
        .await;
    assert_eq!(reply.status, 302, "{}", reply.text);
    assert!(reply.param("code").is_some());
    let headers = [("content-type", "application/json")];
    let reply = tenant
        .send(request(Method::POST, "/authorize", &headers, "{}"))
        .await;
    assert_eq!(reply.status, 403);
    assert!(reply.text.contains("form encoded"), "{}", reply.text);
}

#[tokio::test]
async fn logout_takes_a_form() {
    let tenant = Tenant::new();
    let pairs = [
        ("client_id", "latchkey-web"),
        ("post_logout_redirect_uri", "http://localhost:3000/"),
        ("state", "s"),
    ];
    let reply = tenant.form("/oidc/logout", &pairs).await;
    assert_eq!(reply.status, 302, "{}", reply.text);
    assert_eq!(reply.header("location"), "http://localhost:3000/?state=s");
}

#[rstest]
#[case(&[("prompt", "none login")], "invalid_request")]
#[case(&[("max_age", "soon")], "invalid_request")]
#[case(&[("max_age", "-1")], "invalid_request")]
#[case(&[("max_age", "+1")], "invalid_request")]
#[case(&[("max_age", "1.5")], "invalid_request")]
#[case(&[("prompt", "none"), ("max_age", "0")], "login_required")]
#[tokio::test]
async fn authorize_refuses_unsupported_parameters(
    #[case] extra: &[(&str, &str)],
    #[case] expected: &str,
) {
    let tenant = Tenant::new();
    let login = tenant.authorize(&[]).await;
    let cookie = format!("auth0={}", login.cookie("auth0").unwrap());
    let reply = tenant.authorize_with(extra, &cookie).await;
    assert_eq!(
        reply.param("error").as_deref(),
        Some(expected),
        "{}",
        reply.header("location")
    );
}

/// OIDC Core section 3.1.2.1: `max_age=0` requires a login even right after a login.
#[tokio::test]
async fn max_age_0_requires_a_login_even_for_a_new_session() {
    let tenant = Tenant::new();
    let login = tenant.authorize(&[]).await;
    let cookie = format!("auth0={}", login.cookie("auth0").unwrap());
    let reply = tenant.authorize_with(&[("max_age", "0")], &cookie).await;
    assert!(
        reply.header("location").contains("/login?state="),
        "{}",
        reply.header("location")
    );
    let reply = tenant.authorize_with(&[("max_age", "1")], &cookie).await;
    assert!(reply.param("code").is_some());
}

/// A page of any origin can send `text/plain` without a preflight request.
#[rstest]
#[case("text/plain")]
#[case("")]
#[case("application/x-www-form-urlencoded")]
#[tokio::test]
async fn start_requires_the_content_type_of_json(#[case] kind: &str) {
    let tenant = Tenant::new();
    let headers = [("content-type", kind), ("origin", "https://evil.example")];
    let body = start_body(ADA).to_string();
    let reply = tenant
        .send(request(
            Method::POST,
            "/passwordless/start",
            &headers,
            &body,
        ))
        .await;
    assert_eq!(reply.status, 400, "{}", reply.text);
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[rstest]
#[case("/passwordless/start")]
#[case("/oauth/token")]
#[case("/co/authenticate")]
#[case("/_mock/settings")]
#[tokio::test]
async fn a_body_that_is_too_large_is_refused_with_a_json_error(#[case] path: &str) {
    let tenant = Tenant::new();
    let method = if path.starts_with("/_mock") {
        Method::PATCH
    } else {
        Method::POST
    };
    let headers = [("content-type", "application/json"), ("origin", ORIGIN)];
    let body = format!("{{\"x\": \"{}\"}}", "x".repeat(70_000));
    let reply = tenant.send(request(method, path, &headers, &body)).await;
    assert_eq!(reply.status, 413, "{}", reply.text);
    assert_eq!(reply.json()["error"], "invalid_request");
}

/// A header that cannot be parsed may come from any origin, so the request is refused.
#[rstest]
#[case("host")]
#[case("origin")]
#[tokio::test]
async fn the_guard_refuses_unreadable_headers(#[case] name: &str) {
    let tenant = Tenant::new();
    let mut request = request(Method::GET, "/_mock/outbox", &[], "");
    let value = axum::http::HeaderValue::from_bytes(b"http://localhost:4000\xe9").unwrap();
    request.headers_mut().insert(
        axum::http::HeaderName::from_bytes(name.as_bytes()).unwrap(),
        value,
    );
    assert_eq!(tenant.send(request).await.status, 403);
}
