//! Behaviour for which there is no source about Auth0. Each is a named constant or a setting, and is tested here.

use axum::http::Method;
use serde_json::json;

use super::tenant::{CALLBACK, Tenant, co_body, start_body};
use crate::codes::MAX_TRIES;
use crate::config::{AUTHORIZATION_CODE_S, Config, DISTINCT_CODE_ERRORS, LOGIN_TICKET_S, Preset};
use crate::endpoints::authorize_error::{DEAD_LINK, ERROR_PAGE_STATUS};
use crate::endpoints::start_error::UNKNOWN_CLIENT_STATUS;

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn the_error_page_has_status_403() {
    let reply = Tenant::new()
        .get("/authorize?client_id=nobody&response_type=code", &[])
        .await;
    assert_eq!(reply.status, ERROR_PAGE_STATUS);
    assert_eq!(ERROR_PAGE_STATUS, 403);
}

#[tokio::test]
async fn an_authorization_code_expires() {
    assert_eq!(AUTHORIZATION_CODE_S, 60);
    for (wait_ms, status) in [(59_999, 200), (60_000, 403)] {
        let tenant = Tenant::new();
        let code = tenant.authorization_code(&[]).await;
        tenant.clock.advance_ms(wait_ms);
        assert_eq!(tenant.exchange(&code, &[]).await.status, status);
    }
}

#[tokio::test]
async fn a_login_ticket_expires_and_is_valid_once() {
    assert_eq!(LOGIN_TICKET_S, 60);
    for (wait_ms, works) in [(59_999, true), (60_000, false)] {
        let tenant = Tenant::new();
        let (ticket, cookie) = tenant.ticket_for(ADA).await;
        tenant.clock.advance_ms(wait_ms);
        let pairs = [("realm", "email"), ("login_ticket", ticket.as_str())];
        let cookie = format!("auth0_co={cookie}");
        let reply = tenant.authorize_with(&pairs, &cookie).await;
        assert_eq!(reply.param("code").is_some(), works);
        let again = tenant.authorize_with(&pairs, &cookie).await;
        assert_eq!(again.param("error").as_deref(), Some("access_denied"));
    }
}

/// An expired code and the fourth try have errors of their own, unless the tenant is configured otherwise.
#[tokio::test]
async fn expired_codes_and_too_many_tries_have_their_own_errors() {
    const { assert!(DISTINCT_CODE_ERRORS) };
    assert_eq!(MAX_TRIES, 3);
    for (distinct, text) in [
        (
            true,
            "You've reached the maximum number of attempts. Please try to login again.",
        ),
        (false, "Wrong email or verification code."),
    ] {
        let tenant = Tenant::with(json!({"tenant": {"distinct_code_errors": distinct}}));
        let code = tenant.code_for(ADA).await;
        for _ in 0..MAX_TRIES {
            tenant
                .post("/co/authenticate", &co_body(ADA, "wrong"))
                .await;
        }
        let reply = tenant.post("/co/authenticate", &co_body(ADA, &code)).await;
        reply.assert(
            403,
            &json!({"error": "access_denied", "error_description": text}),
        );
    }
}

/// Each code has one counter of tries for all endpoints.
#[tokio::test]
async fn wrong_tries_are_counted_across_endpoints() {
    let tenant = Tenant::new();
    let code = tenant.code_for(ADA).await;
    let verify = json!({"connection": "email", "client_id": "latchkey-web", "email": ADA, "verification_code": "wrong"});
    tenant.post("/passwordless/verify", &verify).await;
    tenant
        .post("/co/authenticate", &co_body(ADA, "wrong"))
        .await;
    let link = format!(
        "/passwordless/verify_redirect?client_id=latchkey-web&connection=email&email={ADA}&response_type=code&verification_code="
    );
    tenant.get(&format!("{link}wrong"), &[]).await;
    let reply = tenant.get(&format!("{link}{code}"), &[]).await;
    assert!(
        reply
            .param("error_description")
            .unwrap()
            .starts_with("You've reached")
    );
}

#[tokio::test]
async fn a_second_start_sends_a_new_code_with_new_tries() {
    let tenant = Tenant::new();
    let start = async || tenant.post("/passwordless/start", &start_body(ADA)).await;
    let (first, old) = (start().await, tenant.last_message(ADA).await);
    for _ in 0..MAX_TRIES {
        tenant
            .post("/co/authenticate", &co_body(ADA, "wrong"))
            .await;
    }
    let (second, new) = (start().await, tenant.last_message(ADA).await);
    assert_eq!(first.json()["_id"], second.json()["_id"]);
    let hand_in = async |code: &str| {
        tenant
            .post("/co/authenticate", &co_body(ADA, code))
            .await
            .status
    };
    assert_eq!(hand_in(old["code"].as_str().unwrap()).await, 403);
    assert_eq!(hand_in(new["code"].as_str().unwrap()).await, 200);
}

#[tokio::test]
async fn addresses_are_trimmed_and_lower_cased() {
    let tenant = Tenant::new();
    let reply = tenant
        .post("/passwordless/start", &start_body("  Ada@EXAMPLE.com "))
        .await;
    assert_eq!(reply.json()["email"], ADA);
    let code = tenant.last_message(ADA).await["code"]
        .as_str()
        .unwrap()
        .to_owned();
    let reply = tenant
        .post("/co/authenticate", &co_body(" ADA@example.COM ", &code))
        .await;
    assert_eq!(reply.status, 200);
}

#[tokio::test]
async fn the_state_of_a_link_is_returned_unchanged() {
    let state = "{{ code }} \u{e9}&=+%2F<script>";
    let tenant = Tenant::new();
    let mut body = start_body(ADA);
    body["authParams"] = json!({"state": state, "redirect_uri": CALLBACK, "response_type": "code"});
    tenant.post("/passwordless/start", &body).await;
    let message = tenant.last_message(ADA).await;
    let link = message["link"].as_str().unwrap();
    let path = link.strip_prefix("http://localhost:4000").unwrap();
    let reply = tenant.get(path, &[]).await;
    assert_eq!(reply.param("state").as_deref(), Some(state));
}

/// An expired link redirects with an error if the callback is allowed, and shows a page if it is not.
#[tokio::test]
async fn an_expired_link_redirects_with_an_error_or_shows_a_page() {
    assert_eq!(DEAD_LINK, "unauthorized");
    let tenant = Tenant::new();
    tenant.code_for(ADA).await;
    let link = format!(
        "/passwordless/verify_redirect?client_id=latchkey-web&connection=email&email={ADA}&response_type=code&verification_code=1"
    );
    let back = tenant.get(&link, &[]).await;
    assert_eq!(back.param("error").as_deref(), Some(DEAD_LINK));
    let page = tenant
        .get(&format!("{link}&redirect_uri=https%3A%2F%2Fevil.com"), &[])
        .await;
    assert_eq!(page.status, ERROR_PAGE_STATUS);
    assert_eq!(page.header("location"), "");
}

#[tokio::test]
async fn an_unknown_client_cannot_start() {
    assert_eq!(UNKNOWN_CLIENT_STATUS, 403);
    let mut body = start_body(ADA);
    body["client_id"] = "nobody".into();
    let reply = Tenant::new().post("/passwordless/start", &body).await;
    assert_eq!(reply.status, UNKNOWN_CLIENT_STATUS);
}

/// The default is the behaviour of old tenants. The other preset changes both flags.
#[tokio::test]
async fn the_presets_set_two_flags() {
    let flags = |preset| {
        let flags = Config::builtin(preset, "http://localhost:3000")
            .tenant
            .flags;
        (
            flags.enforce_client_authentication_on_passwordless_start,
            flags.allow_magiclink_verify_without_session,
        )
    };
    assert_eq!(flags(Preset::Classic), (false, true));
    assert_eq!(flags(Preset::NewTenant), (true, false));
    let served = Tenant::new()
        .control(Method::GET, "/_mock/settings", &json!(null))
        .await;
    assert_eq!(
        served["flags"]["allow_magiclink_verify_without_session"],
        true
    );
}
