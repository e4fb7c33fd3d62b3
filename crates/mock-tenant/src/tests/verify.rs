//! Magic links and `/passwordless/verify`.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, Tenant, request, start_body};

const EMAIL: &str = "ada@example.com";

/// Path and query of a new magic link with the default parameters and `auth_params`.
async fn link(tenant: &Tenant, auth_params: Value) -> String {
    let mut body = start_body(EMAIL);
    body["send"] = "link".into();
    body["authParams"] = json!({"response_type": "code", "redirect_uri": CALLBACK, "state": "st&te", "nonce": "n0nce"});
    crate::config::merge_patch(&mut body["authParams"], auth_params);
    let reply = tenant.post("/passwordless/start", &body).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let link = tenant.last_message(EMAIL).await["link"].clone();
    let path = link.as_str().unwrap().strip_prefix("http://localhost:4000");
    path.unwrap().to_owned()
}

#[tokio::test]
async fn a_link_becomes_a_code_a_session_and_tokens() {
    let tenant = Tenant::new();
    let reply = tenant.get(&link(&tenant, json!({})).await, &[]).await;
    assert_eq!(reply.status, 302);
    assert!(reply.cookie("auth0").is_some_and(|id| id.len() == 32));
    assert_eq!(reply.param("state").as_deref(), Some("st&te"));
    assert_eq!(reply.header("cache-control"), "no-store");
    let code = reply.param("code").unwrap();
    assert_eq!(tenant.exchange(&code, &[]).await.status, 200);
}

#[rstest]
#[case::no_type(json!({"response_type": null}), "?code=")]
#[case::fragment(json!({"response_mode": "fragment"}), "#code=")]
#[case::implicit(json!({"response_type": "id_token"}), "#id_token=")]
#[tokio::test]
async fn the_response_mode_of_a_link_applies(#[case] auth_params: Value, #[case] expected: &str) {
    let tenant = Tenant::new();
    let reply = tenant.get(&link(&tenant, auth_params).await, &[]).await;
    let start = format!("{CALLBACK}{expected}");
    assert!(reply.header("location").starts_with(&start));
}

#[tokio::test]
async fn the_path_with_a_hyphen_is_an_alias() {
    let tenant = Tenant::new();
    let path = link(&tenant, json!({})).await;
    let path = path.replace("verify_redirect", "verify-redirect");
    assert!(tenant.get(&path, &[]).await.param("code").is_some());
}

#[tokio::test]
async fn head_requests_and_prefetches_do_not_use_a_link() {
    let tenant = Tenant::new();
    let path = link(&tenant, json!({})).await;
    let looked = tenant.send(request(Method::HEAD, &path, &[], "")).await;
    assert_eq!(
        (looked.status.as_u16(), looked.cookie("auth0")),
        (200, None)
    );
    let ahead = tenant
        .get(&path, &[("sec-purpose", "prefetch;prerender")])
        .await;
    assert_eq!((ahead.status.as_u16(), ahead.cookie("auth0")), (503, None));
    assert!(tenant.get(&path, &[]).await.param("code").is_some());
}

#[rstest]
#[case::used(1, 0, "Wrong email or verification code.")]
#[case::expired(
    0,
    180_000,
    "The verification code has expired. Please try to login again."
)]
#[tokio::test]
async fn the_application_gets_an_error_for_a_used_or_expired_link(
    #[case] uses: u8,
    #[case] wait_ms: u64,
    #[case] text: &str,
) {
    let tenant = Tenant::new();
    let path = link(&tenant, json!({})).await;
    for _ in 0..uses {
        tenant.get(&path, &[]).await;
    }
    tenant.clock.advance_ms(wait_ms);
    let reply = tenant.get(&path, &[]).await;
    assert_eq!(reply.param("error").as_deref(), Some("unauthorized"));
    assert_eq!(reply.param("error_description").as_deref(), Some(text));
    assert_eq!(reply.param("state").as_deref(), Some("st&te"));
    assert_eq!(reply.cookie("auth0"), None);
}

#[tokio::test]
async fn a_link_to_an_unlisted_callback_shows_a_page_and_stays_valid() {
    let tenant = Tenant::new();
    let path = link(&tenant, json!({"redirect_uri": "https://evil.com/"})).await;
    let reply = tenant.get(&path, &[]).await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (403, ""));
    assert!(reply.text.contains("Callback URL mismatch."));
}

#[tokio::test]
async fn new_tenants_refuse_links_in_another_browser() {
    let tenant = Tenant::with(
        json!({"tenant": {"flags": {"allow_magiclink_verify_without_session": false}}}),
    );
    let reply = tenant.get(&link(&tenant, json!({})).await, &[]).await;
    assert_eq!(
        reply.status,
        super::super::endpoints::verify_redirect::OTHER_BROWSER_STATUS
    );
    assert!(reply.text.contains("The link must be opened on the same device and browser from which you submitted your email address. Start over from this device or browser."));
    assert_eq!(reply.cookie("auth0"), None);
}

fn body(code: &str) -> Value {
    json!({"connection": "email", "verification_code": code, "email": EMAIL, "client_id": "latchkey-web"})
}

#[tokio::test]
async fn the_link_works_after_its_code_was_checked() {
    let tenant = Tenant::new();
    let path = link(&tenant, json!({})).await;
    let code = tenant.last_message(EMAIL).await["code"].clone();
    for _ in 0..4 {
        let reply = tenant
            .post("/passwordless/verify", &body(code.as_str().unwrap()))
            .await;
        reply.assert(200, &json!({}));
        assert_eq!(reply.header("access-control-allow-origin"), "");
    }
    assert!(tenant.get(&path, &[]).await.param("code").is_some());
}

#[rstest]
#[case(json!({"email": null}), 400, "invalid_request", "missing username parameter")]
#[case(json!({"verification_code": null}), 400, "invalid_request", "missing password parameter")]
#[case(json!({"connection": null}), 400, "invalid_request", "missing connection parameter")]
#[case(json!({"client_id": null}), 400, "invalid_request", "missing client_id parameter")]
#[case(json!({"scope": 1}), 400, "invalid_request", "scope parameter must be a string")]
#[case(json!({"connection": "db"}), 400, "invalid_request", "specified strategy does not support requested operation")]
#[case(json!({"connection": "x"}), 400, "invalid_request", "the connection was not found")]
#[case(json!({"connection": "shut"}), 400, "invalid_request", "the connection was disabled")]
#[case(json!({"verification_code": "x"}), 401, "invalid_user_password", "Wrong email or verification code.")]
#[case(json!({"connection": "sms", "phone_number": "+491"}), 401, "invalid_user_password", "Wrong phone number or verification code.")]
#[case(json!({"client_id": "nobody"}), 403, "unauthorized_client", "invalid client")]
#[tokio::test]
async fn invalid_requests_are_refused(
    #[case] change: Value,
    #[case] status: u16,
    #[case] error: &str,
    #[case] text: &str,
) {
    let tenant = Tenant::with(
        json!({"connections": [{"name": "email"}, {"name": "sms", "strategy": "sms"},
        {"name": "db", "strategy": "auth0"}, {"name": "shut", "enabled_clients": []}]}),
    );
    let mut body = body(&tenant.code_for(EMAIL).await);
    crate::config::merge_patch(&mut body, change);
    let expected = json!({"error": error, "error_description": text});
    tenant
        .post("/passwordless/verify", &body)
        .await
        .assert(status, &expected);
}

#[tokio::test]
async fn verify_refuses_blocked_users_and_counts_tries() {
    let tenant = Tenant::with(json!({"users": [{"email": EMAIL}]}));
    let code = tenant.code_for(EMAIL).await;
    let users = tenant
        .control(Method::GET, "/_mock/users", &Value::Null)
        .await;
    let id = crate::mail::encode_component(users[0]["user_id"].as_str().unwrap());
    let path = format!("/_mock/users/{id}");
    tenant
        .control(Method::PATCH, &path, &json!({"blocked": true}))
        .await;
    let blocked = json!({"error": "unauthorized", "error_description": "user is blocked"});
    tenant
        .post("/passwordless/verify", &body(&code))
        .await
        .assert(401, &blocked);
    tenant
        .control(Method::PATCH, &path, &json!({"blocked": false}))
        .await;
    for _ in 0..3 {
        tenant.post("/passwordless/verify", &body("x")).await;
    }
    assert_eq!(
        tenant
            .post("/passwordless/verify", &body(&code))
            .await
            .status,
        401
    );
}
