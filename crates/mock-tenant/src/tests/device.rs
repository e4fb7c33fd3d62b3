//! The device cookies: a login sets them, and keeps the ones that the browser sends.

use axum::http::HeaderMap;
use rstest::rstest;
use serde_json::json;

use super::tenant::{Reply, Tenant, co_body};
use crate::device;
use crate::request::Requester;

const ADA: &str = "ada@example.com";
const KNOWN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Logs in by a ticket in a browser that also sends `cookies`.
async fn log_in(tenant: &Tenant, cookies: &str) -> Reply {
    let (ticket, co) = tenant.ticket_for(ADA).await;
    let pairs = [("realm", "email"), ("login_ticket", &*ticket)];
    tenant
        .authorize_with(&pairs, &format!("auth0_co={co}; {cookies}"))
        .await
}

#[tokio::test]
async fn a_login_sets_the_device_cookie_for_a_year() {
    let tenant = Tenant::new();
    let code = tenant.code_for(ADA).await;
    let handed_in = tenant.post("/co/authenticate", &co_body(ADA, &code)).await;
    for reply in [&handed_in, &log_in(&tenant, "").await] {
        let id = reply.cookie("did").unwrap();
        assert_eq!(id.len(), 32, "{id}");
        let expected = format!("did={id}; Path=/; Max-Age=31557600; HttpOnly; SameSite=Lax");
        let cookies = reply.headers.get_all("set-cookie");
        assert!(
            cookies.iter().any(|cookie| *cookie == expected),
            "{cookies:?}"
        );
        assert_eq!(reply.cookie("did_compat"), None, "there is no TLS");
    }
}

#[tokio::test]
async fn each_browser_has_its_own_device_id_and_keeps_it() {
    let tenant = Tenant::new();
    let first = log_in(&tenant, "").await.cookie("did").unwrap();
    assert_ne!(log_in(&tenant, "").await.cookie("did").unwrap(), first);
    let again = log_in(&tenant, &format!("did={first}")).await;
    assert_eq!(again.cookie("did"), Some(first.clone()));
    let headers = [
        ("content-type", "application/json"),
        ("origin", super::tenant::ORIGIN),
        ("cookie", &*format!("did={first}")),
    ];
    let body = co_body(ADA, &tenant.code_for(ADA).await).to_string();
    let call = super::tenant::request(
        axum::http::Method::POST,
        "/co/authenticate",
        &headers,
        &body,
    );
    assert_eq!(tenant.send(call).await.cookie("did"), Some(first));
}

/// A device ID that the tenant cannot have created is replaced.
#[rstest]
#[case::made(&format!("did={KNOWN}"), true)]
#[case::twin(&format!("did_compat={KNOWN}"), true)]
#[case::both(&format!("did={KNOWN}; did_compat=x"), true)]
#[case::short("did=A", false)]
#[case::empty("did=", false)]
#[case::other_letters("did=AAAAAAAAAAAAAAAA<script>AAAAAAAA", false)]
#[tokio::test]
async fn malformed_device_ids_are_replaced(#[case] shown: &str, #[case] is_kept: bool) {
    let id = log_in(&Tenant::new(), shown).await.cookie("did").unwrap();
    assert_eq!(id == KNOWN, is_kept, "{id}");
    assert_eq!(id.len(), 32);
}

#[tokio::test]
async fn an_existing_session_sets_no_device_cookie() {
    let tenant = Tenant::new();
    let session = log_in(&tenant, "").await.cookie("auth0").unwrap();
    let silent = tenant
        .authorize_with(&[("prompt", "none")], &format!("auth0={session}"))
        .await;
    assert!(silent.param("code").is_some(), "{:?}", silent.headers);
    assert_eq!(silent.cookie("did"), None);
}

#[tokio::test]
async fn blocked_third_party_cookies_block_the_device_cookie() {
    let tenant = Tenant::with(json!({"tenant": {"block_third_party_cookies": true}}));
    let code = tenant.code_for(ADA).await;
    let reply = tenant.post("/co/authenticate", &co_body(ADA, &code)).await;
    assert_eq!((reply.status.as_u16(), reply.cookie("did")), (200, None));
}

#[test]
fn over_tls_the_cookie_is_same_site_none_with_a_compat_copy() {
    let mut headers = HeaderMap::new();
    device::set_device_cookie(&mut headers, true, "id");
    let cookies: Vec<_> = headers.get_all("set-cookie").iter().collect();
    assert_eq!(
        cookies,
        [
            "did=id; Path=/; Max-Age=31557600; HttpOnly; SameSite=None; Secure",
            "did_compat=id; Path=/; Max-Age=31557600; HttpOnly; Secure"
        ]
    );
    assert_eq!(Requester::default().device, None);
}
