//! Settings that change tokens, authorization responses, error pages, text messages and log events.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, ORIGIN, Tenant, co_body, request, start_body};

const ADA: &str = "ada@example.com";

async fn patch(tenant: &Tenant, path: &str, body: Value) {
    let path = format!("/_mock/{path}");
    tenant.control(Method::PATCH, &path, &body).await;
}

/// An application can use HS256. A client that verifies only RS256 must refuse the token.
#[tokio::test]
async fn id_tokens_can_be_signed_with_hs256() {
    let tenant = Tenant::new();
    let jwt = json!({"jwt_configuration": {"alg": "HS256", "lifetime_in_seconds": 60}});
    patch(&tenant, "clients/latchkey-web", jwt).await;
    let code = tenant.authorization_code(&[]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    let token = tokens["id_token"].as_str().unwrap();
    let (input, tag) = token.rsplit_once('.').unwrap();
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
    let json = |part: &str| -> Value { serde_json::from_slice(&decode(part)).unwrap() };
    let (header, claims) = input.split_once('.').unwrap();
    assert_eq!(json(header), json!({"alg": "HS256", "typ": "JWT"}));
    let claims = json(claims);
    assert_eq!(
        claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(),
        60
    );
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, b"latchkey-web-secret");
    ring::hmac::verify(&key, input.as_bytes(), &decode(tag)).unwrap();
}

/// RFC 9207: the parameter `iss` is off by default, as at Auth0.
#[rstest]
#[case(&[], '?')]
#[case(&[("response_type", "id_token")], '#')]
#[case(&[("prompt", "none"), ("login_ticket", "")], '?')]
#[tokio::test]
async fn the_iss_parameter_can_be_enabled(#[case] extra: &[(&str, &str)], #[case] separator: char) {
    for (set, expected) in [(false, None), (true, Some("http://localhost:4000/"))] {
        let tenant = Tenant::with(
            json!({"tenant": {"authorization_response_iss_parameter_supported": set}}),
        );
        let reply = tenant.authorize(extra).await;
        assert!(
            reply
                .header("location")
                .starts_with(&format!("{CALLBACK}{separator}"))
        );
        assert_eq!(reply.param("iss").as_deref(), expected);
        let discovery = tenant.get("/.well-known/openid-configuration", &[]).await;
        assert_eq!(
            discovery.json()["authorization_response_iss_parameter_supported"],
            set
        );
    }
}

/// A tenant can have its own error page, which gets the error as parameters.
#[tokio::test]
async fn a_custom_error_page_gets_the_error() {
    let tenant = Tenant::with(
        json!({"tenant": {"error_page": {"url": "https://example.com/oops?from=tenant"}}}),
    );
    let path = "/authorize?client_id=latchkey-web&response_type=code&connection=email&ui_locales=fr&redirect_uri=https%3A%2F%2Fevil.com";
    let reply = tenant.get(path, &[]).await;
    let location = reply.header("location").to_owned();
    assert!(location.starts_with("https://example.com/oops?from=tenant&client_id=latchkey-web&connection=email&lang=fr&error=unauthorized_client&error_description=The%20provided%20redirect_uri"), "{location}");
    assert!(!reply.param("tracking").unwrap().is_empty());
    assert!(!location.contains("evil.com"));
}

/// Host header injection: links have the tenant's configured URL, whatever host a request names.
#[rstest]
#[case("host", "evil.com")]
#[case("x-forwarded-host", "evil.com")]
#[case("forwarded", "host=evil.com;proto=https")]
#[case("x-original-host", "evil.com")]
#[tokio::test]
async fn links_ignore_the_host_header(#[case] name: &str, #[case] value: &str) {
    let tenant = Tenant::new();
    let headers = [
        ("content-type", "application/json"),
        ("origin", ORIGIN),
        (name, value),
    ];
    let body = start_body(ADA).to_string();
    tenant
        .send(request(
            Method::POST,
            "/passwordless/start",
            &headers,
            &body,
        ))
        .await;
    let message = tenant.last_message(ADA).await;
    let link = message["link"].as_str().unwrap();
    assert!(link.starts_with("http://localhost:4000/passwordless/verify_redirect?"));
    assert!(!message.to_string().contains("evil.com"));
    let path = "/.well-known/openid-configuration";
    let discovery = tenant.get(path, &[(name, value)]).await;
    assert!(!discovery.text.contains("evil.com"));
}

/// Text messages in both of Auth0's syntaxes.
#[rstest]
#[case(
    "md_with_macros",
    "@@code@@ for @@application.name@@, @@phone_number@@",
    "for Latchkey sample, +493012345678"
)]
#[case("", "@@password@@", "")]
#[case(
    "liquid",
    "{{ code }} for {{ application.name }}{% if request_language contains 'fr' %} oui{% endif %}",
    "for Latchkey sample oui"
)]
#[tokio::test]
async fn text_messages_have_templates(
    #[case] syntax: &str,
    #[case] template: &str,
    #[case] rest: &str,
) {
    let tenant = Tenant::new();
    let options = json!({"options": {"template": template, "syntax": syntax}});
    patch(&tenant, "connections/sms", options).await;
    let body = json!({"client_id": "latchkey-web", "connection": "sms", "send": "code", "phone_number": "+493012345678"});
    let headers = [
        ("content-type", "application/json"),
        ("x-request-language", "fr"),
    ];
    let start = request(
        Method::POST,
        "/passwordless/start",
        &headers,
        &body.to_string(),
    );
    assert_eq!(tenant.send(start).await.status, 200);
    let message = tenant.last_message("+493012345678").await;
    let code = message["code"].as_str().unwrap();
    assert_eq!(message["text"], format!("{code} {rest}").trim());
}

/// The fields of every log event, and those of a login.
#[tokio::test]
async fn log_events_have_auth0s_fields() {
    let tenant = Tenant::new();
    let code = tenant.code_for(ADA).await;
    tenant
        .post("/co/authenticate", &co_body(ADA, "wrong"))
        .await;
    tenant.post("/co/authenticate", &co_body(ADA, &code)).await;
    for kind in ["cls", "fp", "fcoa", "scoa"] {
        let entry = tenant.logged(kind).await.unwrap();
        for name in [
            "date",
            "log_id",
            "_id",
            "type",
            "ip",
            "user_agent",
            "isMobile",
            "client_id",
            "details",
        ] {
            assert!(entry.get(name).is_some(), "{kind}.{name}");
        }
        assert_eq!(entry["hostname"], "localhost:4000");
        assert_eq!(entry["log_id"].as_str().unwrap().len(), 56);
        assert!(entry["log_id"].as_str().unwrap().starts_with("900"));
        assert!(!entry.to_string().contains(&code), "{kind} tells the code");
    }
    let fp = tenant.logged("fp").await.unwrap();
    assert_eq!(
        (&fp["strategy"], &fp["strategy_type"]),
        (&json!("email"), &json!("passwordless"))
    );
    let scoa = tenant.logged("scoa").await.unwrap();
    assert_eq!(
        scoa["details"],
        json!({"prompts": [{"name": "coverify"}], "stats": {"loginsCount": 1}})
    );
}
