//! Points on which no source tells what Auth0 does (section 1.16 of the contract): each a named constant or a setting, held
//! here against what is served.

use axum::http::Method;
use serde_json::json;

use super::tenant::{CALLBACK, Tenant, co_body, start_body};
use crate::codes::MAX_TRIES;
use crate::config::{AUTHORIZATION_CODE_S, Config, DISTINCT_CODE_ERRORS, LOGIN_TICKET_S, Preset};
use crate::endpoints::authorize_error::{DEAD_LINK, ERROR_PAGE_STATUS};
use crate::endpoints::start_error::UNKNOWN_CLIENT_STATUS;

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn the_error_page_has_its_status() {
    let reply = Tenant::new()
        .get("/authorize?client_id=nobody&response_type=code", &[])
        .await;
    assert_eq!(reply.status, ERROR_PAGE_STATUS);
    assert_eq!(ERROR_PAGE_STATUS, 403);
}

#[tokio::test]
async fn an_authorization_code_has_its_life() {
    assert_eq!(AUTHORIZATION_CODE_S, 60);
    for (wait_ms, status) in [(59_999, 200), (60_000, 403)] {
        let tenant = Tenant::new();
        let code = tenant.authorization_code(&[]).await;
        tenant.clock.advance_ms(wait_ms);
        assert_eq!(tenant.exchange(&code, &[]).await.status, status);
    }
}

#[tokio::test]
async fn a_login_ticket_has_its_life_and_works_once() {
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

/// The fourth try and an expired code are told apart from a wrong one, unless the tenant is set not to.
#[tokio::test]
async fn refused_codes_are_told_apart() {
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

/// One counter for each code that was sent, whichever endpoint it is tried at.
#[tokio::test]
async fn a_wrong_try_at_one_endpoint_counts_at_another() {
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
async fn starting_again_makes_a_new_code_with_new_tries_for_the_same_person() {
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
async fn addresses_are_trimmed_and_in_lower_case() {
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
async fn the_state_in_a_link_comes_back_as_it_was_and_is_not_read() {
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

/// A dead link leads back with an error where the callback is good, and to a page where it is not.
#[tokio::test]
async fn a_dead_link_leads_back_or_to_a_page() {
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
async fn an_unknown_client_may_not_start() {
    assert_eq!(UNKNOWN_CLIENT_STATUS, 403);
    let mut body = start_body(ADA);
    body["client_id"] = "nobody".into();
    let reply = Tenant::new().post("/passwordless/start", &body).await;
    assert_eq!(reply.status, UNKNOWN_CLIENT_STATUS);
}

/// The seed's world is the default; the other preset flips both flags.
#[tokio::test]
async fn the_two_flags_have_their_defaults() {
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
