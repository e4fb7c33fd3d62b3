//! Known advisories about Auth0's libraries and about the mock tenant's dependencies that could apply to a tenant.
//!
//! Others are tested elsewhere: CVE-2018-6874, CVE-2020-5263, CVE-2021-32702, CVE-2021-32641 and
//! CVE-2025-48947 with the threats, CVE-2021-41246 with `/authorize`, CVE-2022-24794 and CVE-2021-43812 with the lists,
//! CVE-2026-25537 with the clients' assertions, the limits of Liquid with the templates.

use axum::http::Method;
use rstest::rstest;
use serde_json::json;

use super::tenant::{CALLBACK, Tenant, co_body, request, start_body};
use crate::template::Template;

const ADA: &str = "ada@example.com";

/// CVE-2017-17068: a web message with tokens is addressed to the callback's origin, not to any opener.
#[tokio::test]
async fn web_messages_are_addressed_to_the_callbacks_origin() {
    let extra = [
        ("response_mode", "web_message"),
        ("response_type", "token id_token"),
    ];
    let page = Tenant::new().authorize(&extra).await.text;
    assert!(page.contains("\"http://localhost:3000\""), "{page}");
    assert!(!page.contains("\"*\"") && !page.contains("'*'"), "{page}");
}

/// CVE-2018-6873: tokens, codes and sessions of one tenant are not valid at another.
#[tokio::test]
async fn another_tenants_tokens_codes_and_sessions_are_refused() {
    let [first, second] = [
        Tenant::new(),
        Tenant::with(json!({"tenant": {"name": "other"}})),
    ];
    second.code_for("eve@example.com").await;
    let reply = first.authorize(&[]).await;
    let cookie = format!("auth0={}", reply.cookie("auth0").unwrap());
    let code = reply.param("code").unwrap();
    assert_eq!(second.exchange(&code, &[]).await.status, 403);
    let tokens = first.exchange(&code, &[]).await.json();
    for name in ["access_token", "id_token"] {
        let bearer = format!("Bearer {}", tokens[name].as_str().unwrap());
        let reply = second.get("/userinfo", &[("authorization", &bearer)]).await;
        assert_eq!(reply.status, 401, "{name}");
    }
    let silent = second.authorize_with(&[("prompt", "none")], &cookie).await;
    assert_eq!(silent.param("error").as_deref(), Some("login_required"));
}

/// CVE-2022-29172: names of users and applications are escaped in mails, and cannot add a line to a header.
#[tokio::test]
async fn names_are_escaped_in_mails() {
    let name = "Tom & Co<script>alert(1)</script>\r\nBcc: eve@example.com";
    let client = json!({"client_id": "latchkey-web", "name": name, "callbacks": [CALLBACK]});
    let tenant = Tenant::with(json!({"clients": [client]}));
    tenant.code_for(ADA).await;
    let mail = tenant.last_message(ADA).await;
    let html = mail["html"].as_str().unwrap();
    assert!(!html.contains("<script"), "{html}");
    assert!(html.contains("Tom &amp; Co"), "{html}");
    for name in ["subject", "from", "to"] {
        assert!(
            !mail[name].as_str().unwrap().contains(['\r', '\n']),
            "{name}"
        );
    }
}

/// CVE-2021-38189 and CVE-2020-28247 (lettre): an address with a line break is refused.
#[rstest]
#[case("ada@example.com\r\nRCPT TO:<eve@example.com>")]
#[case("ada@example.com\nBcc: eve@example.com")]
#[case("ada@example.com\0")]
#[case("-oQ/tmp@example.com")]
#[tokio::test]
async fn addresses_contain_no_line_break(#[case] address: &str) {
    let tenant = Tenant::new();
    let reply = tenant
        .post("/passwordless/start", &start_body(address))
        .await;
    if reply.status == 200 {
        // A leading hyphen is harmless in SMTP, because no command line is involved.
        assert!(!address.contains(['\r', '\n', '\0']));
    } else {
        assert_eq!(reply.json()["error"], "bad.email");
    }
}

/// CVE-2026-30952, -35525 and -39859 (LiquidJS): no template reads a file.
#[rstest]
#[case("{% include '../../etc/passwd' %}")]
#[case("{% layout '/etc/passwd' %}")]
#[case("{% render 'x' %}")]
fn templates_cannot_read_files(#[case] template: &str) {
    let rendered = Template::parse(template).and_then(|template| template.render(&json!({}), 0));
    assert!(!rendered.is_ok_and(|text| text.contains("root:")));
}

/// auth0.js 10.1.0 (#1652): the image of a captcha is a `data:` URL, which needs no escaping.
#[tokio::test]
async fn the_captcha_image_is_a_data_url() {
    let detection = json!({"challenge_passwordless_policy": "always"});
    let tenant =
        Tenant::with(json!({"tenant": {"attack_protection": {"bot_detection": detection}}}));
    let state = json!({"state": "\"><script>alert(1)</script>"});
    let challenge = tenant.post("/passwordless/challenge", &state).await.json();
    let image = challenge["image"].as_str().unwrap();
    let plain = |c: char| c.is_ascii_alphanumeric() || "+/=:;,".contains(c);
    assert!(image.chars().all(plain), "{image}");
}

/// CVE-2025-46344, CVE-2025-67490 and CVE-2026-40155: users who log in at the same time get their own tokens.
#[tokio::test]
async fn parallel_logins_get_their_own_tokens() {
    let tenant = std::sync::Arc::new(Tenant::with(
        json!({"tenant": {"co_authenticate_per_second": 0, "token_per_second": 0}}),
    ));
    let logins = (0..20).map(|i| {
        let tenant = tenant.clone();
        tokio::spawn(async move {
            let email = format!("person{i}@example.com");
            let code = tenant.code_for(&email).await;
            let reply = tenant
                .post("/co/authenticate", &co_body(&email, &code))
                .await;
            let ticket = reply.json()["login_ticket"].as_str().unwrap().to_owned();
            let cookie = format!("auth0_co={}", reply.cookie("auth0_co").unwrap());
            let pairs = [("realm", "email"), ("login_ticket", ticket.as_str())];
            let code = tenant
                .authorize_with(&pairs, &cookie)
                .await
                .param("code")
                .unwrap();
            let tokens = tenant.exchange(&code, &[]).await.json();
            let bearer = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
            let headers = [("authorization", bearer.as_str())];
            let profile = request(Method::GET, "/userinfo", &headers, "");
            assert_eq!(tenant.send(profile).await.json()["email"], email);
        })
    });
    for login in logins.collect::<Vec<_>>() {
        login.await.unwrap();
    }
}
