//! Tests the requests that the tenant gets in a login without a script.

use std::net::IpAddr;

use rstest::rstest;
use serde_json::json;

use super::visitor::Visitor;

#[tokio::test]
async fn the_tenant_is_asked_for_a_code_with_the_secret_and_told_who_asks() {
    let mut visitor = Visitor::new().await;
    let form = "email=+Nora%2Btest%40example.com+";
    let languages = [("accept-language", "de-AT,de;q=0.8")];
    visitor.post_with("/login", form, &languages).await;

    let starts = visitor.tenant.script().starts;
    let [(headers, body)] = starts.as_slice() else {
        panic!("one start, not {}", starts.len());
    };
    let expected = json!({
        "client_id": "client-1", "client_secret": "secret-1", "connection": "email", "send": "code",
        "email": "Nora+test@example.com", "authParams": {"scope": "openid profile email"},
    });
    assert_eq!(*body, expected);
    assert_eq!(headers["auth0-forwarded-for"], "203.0.113.7");
    assert_eq!(headers["accept-language"], "de-AT,de;q=0.8");
}

#[tokio::test]
async fn the_code_is_redeemed_with_the_passwordless_otp_grant() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor.answer_with(&visitor.claims_for_code());
    visitor
        .post("/login/code", "code=+012-345%E2%80%936+")
        .await;

    let script = visitor.tenant.script();
    let [form] = script.exchanges.as_slice() else {
        panic!("one exchange, not {}", script.exchanges.len());
    };
    let mut form: Vec<_> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    form.sort_unstable();
    let grant = "http://auth0.com/oauth/grant-type/passwordless/otp";
    let expected = [
        ("client_id", "client-1"),
        ("client_secret", "secret-1"),
        ("grant_type", grant),
        ("otp", "0123456"),
        ("realm", "email"),
        ("scope", "openid profile email"),
        ("username", "nora@example.com"),
    ];
    assert_eq!(form, expected);
    let headers = script.exchange_headers.first().unwrap();
    assert_eq!(headers["auth0-forwarded-for"], "203.0.113.7");
}

#[rstest]
#[case::sixth_version(Some("2001:db8::7"), Some("2001:db8::7"))]
#[case::fourth_in_sixth(Some("::ffff:203.0.113.9"), Some("203.0.113.9"))]
#[case::unknown(None, None)]
#[tokio::test]
async fn the_address_told_is_the_connections_and_no_header_of_the_browsers(
    #[case] ip: Option<&str>,
    #[case] told: Option<&str>,
) {
    let mut visitor = Visitor::new().await;
    visitor.ip = ip.map(|ip| ip.parse::<IpAddr>().unwrap());
    let forged = [
        ("auth0-forwarded-for", "198.51.100.1"),
        ("x-forwarded-for", "198.51.100.1"),
        ("forwarded", "for=198.51.100.1"),
    ];
    visitor
        .post_with("/login", "email=nora%40example.com", &forged)
        .await;
    let script = visitor.tenant.script();
    let (headers, _) = script.starts.first().unwrap();
    let sent = headers
        .get("auth0-forwarded-for")
        .map(|ip| ip.to_str().unwrap());
    assert_eq!(sent, told);
    assert!(
        !format!("{headers:?}").contains("198.51.100.1"),
        "{headers:?}"
    );
}
