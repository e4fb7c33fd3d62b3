//! Parallel requests, and the locks that a request takes and releases.

use axum::http::Method;
use serde_json::{Value, json};

use super::tenant::{Tenant, co_body, request, start_body};

const ADA: &str = "ada@example.com";

/// Runs `work` in two threads with a runtime each, so that the requests really run in parallel.
fn twice<T: Send>(work: impl Fn(usize) -> T + Sync) -> [T; 2] {
    std::thread::scope(|scope| {
        let work = &work;
        let first = scope.spawn(move || work(0));
        let second = scope.spawn(move || work(1));
        [first.join().unwrap(), second.join().unwrap()]
    })
}

fn block<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

#[test]
fn one_of_two_parallel_requests_with_a_ticket_gets_a_code_and_a_session() {
    for _ in 0..20 {
        let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
        let (ticket, cookie) = block(tenant.ticket_for(ADA));
        let replies = twice(|_| {
            let pairs = [("realm", "email"), ("login_ticket", ticket.as_str())];
            let cookie = format!("auth0_co={cookie}");
            block(tenant.authorize_with(&pairs, &cookie)).param("code")
        });
        assert_eq!(replies.iter().flatten().count(), 1);
        let users = block(tenant.get("/_mock/users", &[])).json();
        assert_eq!(users[0]["logins_count"], 1);
    }
}

#[test]
fn two_parallel_exchanges_of_a_code_issue_tokens_once_and_revoke_them() {
    for _ in 0..20 {
        let tenant = Tenant::new();
        let code = block(tenant.authorization_code(&[]));
        let replies = twice(|_| block(tenant.exchange(&code, &[])));
        let granted: Vec<_> = replies.iter().filter(|r| r.status == 200).collect();
        assert_eq!(granted.len(), 1);
        // The other request used the code a second time, so these tokens were revoked (RFC 6749 section 4.1.2).
        let token = granted[0].json()["access_token"]
            .as_str()
            .unwrap()
            .to_owned();
        let bearer = format!("Bearer {token}");
        let info = block(tenant.get("/userinfo", &[("authorization", &bearer)]));
        assert_eq!(info.status, 401);
    }
}

/// Templates are rendered without the lock, so one start can overtake another. The newest message must still have the valid
/// code.
#[test]
fn the_newest_message_of_two_parallel_starts_has_the_valid_code() {
    let folder = std::env::temp_dir().join(format!("latchkey-flows-{}", std::process::id()));
    for _ in 0..10 {
        let email = json!({"from": "App <login@example.com>", "body": "{% for i in (1..2000) %}{% endfor %}{{ code }}"});
        let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0},
            "email_provider": {"name": "file", "folder": folder},
            "connections": [{"name": "email", "options": {"email": email}}]}));
        twice(|_| block(tenant.post("/passwordless/start", &start_body(ADA))).status);
        let code = block(tenant.last_message(ADA))["code"]
            .as_str()
            .unwrap()
            .to_owned();
        let reply = block(tenant.post("/co/authenticate", &co_body(ADA, &code)));
        assert_eq!(reply.status, 200, "{}", reply.text);
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// A template that takes long to render must not delay other requests.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_template_delays_no_other_request() {
    let tenant = Tenant::new();
    let slow = "{% for i in (1..25000) %}{% assign x = i | append: 'x' | upcase %}{% endfor %}";
    let body = json!({"body": slow}).to_string();
    let app = tenant.app.clone();
    let previews: Vec<_> = (0..4)
        .map(|_| {
            let preview = request(Method::POST, "/_mock/connections/email/preview", &[], &body);
            tokio::spawn(tower::ServiceExt::oneshot(app.clone(), preview))
        })
        .collect();
    // These requests must be served while the templates are rendered.
    let mut served = 0;
    while previews.iter().any(|preview| !preview.is_finished()) && served < 5 {
        let reply = tenant.get("/.well-known/openid-configuration", &[]).await;
        assert_eq!(reply.status, 200);
        served += 1;
    }
    assert!(
        served > 0,
        "the previews were over before anything else was served"
    );
    for preview in previews {
        assert_eq!(preview.await.unwrap().unwrap().status(), 200);
    }
}

/// RFC 6749 section 4.1.2: tokens of a code that is used twice are revoked, also those of its refresh tokens.
#[tokio::test]
async fn a_code_used_twice_revokes_the_tokens_of_its_refresh_chain() {
    let tenant = Tenant::new();
    let code = tenant
        .authorization_code(&[("scope", "openid offline_access")])
        .await;
    let first = tenant.exchange(&code, &[]).await.json();
    let refresh = |token: &Value| {
        let token = token.as_str().unwrap().to_owned();
        let tenant = &tenant;
        async move {
            let pairs = [
                ("grant_type", "refresh_token"),
                ("client_id", "latchkey-web"),
                ("client_secret", "latchkey-web-secret"),
                ("refresh_token", token.as_str()),
            ];
            tenant.form("/oauth/token", &pairs).await
        }
    };
    let second = refresh(&first["refresh_token"]).await.json();
    let bearer = format!("Bearer {}", second["access_token"].as_str().unwrap());
    let headers = [("authorization", bearer.as_str())];
    let info = || tenant.get("/userinfo", &headers);
    assert_eq!(info().await.status, 200);
    assert_eq!(tenant.exchange(&code, &[]).await.status, 403);
    assert_eq!(info().await.status, 401);
    assert_eq!(refresh(&first["refresh_token"]).await.status, 403);
}

/// Logins that nobody completes expire by the tenant's clock, and their number is limited.
#[tokio::test]
async fn abandoned_logins_are_removed() {
    let tenant = Tenant::with(
        json!({"tenant": {"passwordless_start_per_hour": 0, "requests_per_minute": 0}}),
    );
    for i in 0..50 {
        let body = start_body(&format!("a{i}@example.com"));
        assert_eq!(tenant.post("/passwordless/start", &body).await.status, 200);
    }
    let size = async || {
        let text = tenant.get("/_mock/snapshot", &[]).await.json();
        let state = &text["state"];
        let codes = state["codes"]["issued"].as_array().unwrap().len();
        (codes, state["users"]["reserved"].as_array().unwrap().len())
    };
    assert_eq!(size().await, (50, 50));
    tenant.clock.advance_ms(31 * 86_400_000);
    for i in 0..20 {
        tenant
            .post(
                "/passwordless/start",
                &start_body(&format!("b{i}@example.com")),
            )
            .await;
    }
    let (codes, reserved) = size().await;
    assert!(
        codes <= 20 && reserved <= 20,
        "{codes} codes, {reserved} addresses"
    );
}

#[tokio::test]
async fn a_deprecation_is_logged_once_for_each_client() {
    let tenant = Tenant::new();
    for _ in 0..3 {
        tenant.code_for(ADA).await;
    }
    let logs = tenant.get("/_mock/logs", &[]).await.json();
    let notes = logs
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["type"] == "depnote");
    assert_eq!(notes.count(), 1);
}
