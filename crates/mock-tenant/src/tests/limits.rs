//! Rate limits of the whole tenant, of a user, of the JWKS and of the hosted login page.

use rstest::rstest;
use serde_json::json;

use super::hosted::Browser;
use super::tenant::{Reply, START_MS, Tenant, co_body, start_body};

const ADA: &str = "ada@example.com";
const TOO_MANY: &str = "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.";

fn tenant(settings: &serde_json::Value) -> Tenant {
    Tenant::with(json!({"tenant": settings}))
}

/// Asserts the status and the headers of a call over its limit.
fn assert_refused(reply: &Reply, limit: &str, retry_after: &str) {
    let headers = [
        ("x-ratelimit-limit", limit),
        ("x-ratelimit-remaining", "0"),
        ("retry-after", retry_after),
    ];
    assert_eq!(reply.status, 429, "{}", reply.text);
    for (name, value) in headers {
        assert_eq!(reply.header(name), value, "{name}");
    }
    let reset = START_MS / 1_000 + retry_after.parse::<u64>().unwrap();
    assert_eq!(reply.header("x-ratelimit-reset"), reset.to_string());
}

/// The authentication API allows 300 calls a minute.
#[tokio::test]
async fn the_tenant_allows_three_hundred_calls_a_minute() {
    let tenant = Tenant::new();
    for used in 1..=300 {
        let reply = tenant.get("/userinfo", &[]).await;
        assert_eq!(reply.status, 401);
        assert_eq!(reply.header("x-ratelimit-limit"), "300");
        let left = (300 - used).to_string();
        assert_eq!(reply.header("x-ratelimit-remaining"), left);
    }
    let refused = tenant.post("/passwordless/start", &start_body(ADA)).await;
    assert_refused(&refused, "300", "60");
    refused.assert(
        429,
        &json!({"statusCode": 429, "error": "Too Many Requests", "message": "Global limit has been reached",
            "errorCode": "too_many_requests"}),
    );
    assert_eq!(
        tenant.logged("api_limit").await.unwrap()["description"],
        "Global limit has been reached"
    );
    // A browser gets a page. The control API and the tenant's other pages are not limited.
    let page = tenant.get("/authorize?client_id=latchkey-web", &[]).await;
    assert_refused(&page, "300", "60");
    assert!(page.text.contains("Global limit has been reached"));
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(tenant.get("/_mock/clock", &[]).await.status, 200);
    tenant.clock.advance_ms(60_000);
    assert_eq!(tenant.get("/userinfo", &[]).await.status, 401);
}

#[rstest]
#[case::off(0, 400, 0)]
#[case::lower(3, 4, 1)]
#[tokio::test]
async fn the_tenants_limit_can_be_set(
    #[case] limit: u32,
    #[case] calls: usize,
    #[case] refused: usize,
) {
    let tenant = tenant(&json!({"requests_per_minute": limit}));
    let mut seen = 0;
    for _ in 0..calls {
        seen += usize::from(tenant.get("/userinfo", &[]).await.status == 429);
    }
    assert_eq!(seen, refused);
}

/// A response has the headers of the endpoint's own limit, if there is one.
#[tokio::test]
async fn an_endpoints_limit_headers_override_the_tenants() {
    let reply = Tenant::new()
        .post("/passwordless/start", &start_body(ADA))
        .await;
    assert_eq!(reply.header("x-ratelimit-limit"), "50");
}

/// The JWKS can be read 20 times a second.
#[tokio::test]
async fn the_keys_can_be_read_twenty_times_a_second() {
    let tenant = Tenant::new();
    for left in (0..20).rev() {
        let reply = tenant.get("/.well-known/jwks.json", &[]).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("x-ratelimit-remaining"), left.to_string());
    }
    let reply = tenant.get("/.well-known/jwks.json", &[]).await;
    assert_refused(&reply, "20", "1");
    reply.assert(
        429,
        &json!({"error": "too_many_requests", "error_description": TOO_MANY}),
    );
    tenant.clock.advance_ms(1_000);
    assert_eq!(tenant.get("/.well-known/jwks.json", &[]).await.status, 200);
}

/// The hosted login page sends 5 messages a minute for each IP address.
#[tokio::test]
async fn the_hosted_page_sends_five_messages_a_minute() {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[]).await;
    let send = async || {
        let fields = [("connection", "email"), ("address", ADA), ("send", "code")];
        browser.post(&fields).await
    };
    for _ in 0..5 {
        assert_eq!(send().await.status, 302);
    }
    let refused = send().await;
    assert_eq!(refused.status, 429);
    assert!(refused.text.contains("Wait a minute"), "{}", refused.text);
    tenant.clock.advance_ms(60_000);
    assert_eq!(send().await.status, 302);
}

/// A user has 20 logins from one IP address at once and then 10 a minute, whether they succeed or not. The errors are tested in
/// `tables.rs`.
#[tokio::test]
async fn a_user_has_twenty_logins_at_once_and_then_ten_a_minute() {
    let off = json!({"enabled": false});
    let tenant = tenant(
        &json!({"co_authenticate_per_second": 0, "requests_per_minute": 0,
        "attack_protection": {"brute_force_protection": off}}),
    );
    let guess = async || {
        tenant
            .post("/co/authenticate", &co_body(ADA, "wrong"))
            .await
    };
    for _ in 0..20 {
        assert_eq!(guess().await.status, 403);
    }
    guess().await.assert(
        429,
        &json!({"error": "too_many_requests", "error_description": TOO_MANY}),
    );
    let verify = json!({"connection": "email", "client_id": "latchkey-web", "email": ADA, "verification_code": "1"});
    tenant.post("/passwordless/verify", &verify).await.assert(
        429,
        &json!({"error": "too_many_logins", "error_description": "Too many logins of this person. Wait a minute."}),
    );
    let other = co_body("eve@example.com", "wrong");
    assert_eq!(tenant.post("/co/authenticate", &other).await.status, 403);
    tenant.clock.advance_ms(60_000);
    for _ in 0..10 {
        assert_eq!(guess().await.status, 403);
    }
    assert_eq!(guess().await.status, 429);
}
