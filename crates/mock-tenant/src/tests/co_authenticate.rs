//! `/co/authenticate`: every row of Auth0's error table, the lifetime of a code, and the allowed origins.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{ORIGIN, Tenant, co_body, request};

const EMAIL: &str = "ada@example.com";
const BODY_TEXT: &str = "Invalid request body. All and only of client_id, credential_type, username, otp, realm are required.";

fn denied(text: &str) -> Value {
    json!({"error": "access_denied", "error_description": text})
}

#[rstest]
#[case::no_otp(json!({"otp": null}), 400, json!({"error": "invalid_request", "error_description": BODY_TEXT}))]
#[case::no_client(json!({"client_id": null}), 400, json!({"error": "invalid_request", "error_description": BODY_TEXT}))]
#[case::number(json!({"otp": 123_456}), 400, json!({"error": "invalid_request", "error_description": BODY_TEXT}))]
#[case::one_more(json!({"audience": "x"}), 400, json!({"error": "invalid_request", "error_description": BODY_TEXT}))]
#[case::credential(json!({"credential_type": "password"}), 400, json!({"error": "unsupported_credential_type", "error_description": "Unknown credential type parameter."}))]
#[case::realm(json!({"realm": "non-existent-connection"}), 400, json!({"error": "invalid_request", "error_description": "Unknown realm non-existent-connection."}))]
#[case::unknown_client(json!({"client_id": "nobody"}), 401, json!({"error": "unauthorized_client", "error_description": "Cross origin login not allowed."}))]
#[case::switched_off(json!({"client_id": "shut"}), 401, json!({"error": "unauthorized_client", "error_description": "Cross origin login not allowed."}))]
#[case::wrong_code(json!({"otp": "000000"}), 403, denied("Wrong email or verification code."))]
#[case::unknown_address(json!({"username": "eve@example.com"}), 403, denied("Wrong email or verification code."))]
#[case::unknown_number(json!({"realm": "sms", "username": "+491"}), 403, denied("Wrong phone number or verification code."))]
#[case::database(json!({"realm": "db"}), 403, denied("Authentication error"))]
#[tokio::test]
async fn invalid_requests_are_refused(
    #[case] change: Value,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let tenant = Tenant::new();
    let code = tenant.code_for(EMAIL).await;
    assert_ne!(code, "000000");
    let mut clients = tenant
        .control(Method::GET, "/_mock/clients", &Value::Null)
        .await;
    clients
        .as_array_mut()
        .unwrap()
        .push(json!({"client_id": "shut", "web_origins": [ORIGIN]}));
    let tenant = Tenant::with(json!({
        "clients": clients,
        "connections": [{"name": "email"}, {"name": "sms", "strategy": "sms"}, {"name": "db", "strategy": "auth0"}]
    }));
    let code = tenant.code_for(EMAIL).await;
    let mut body = co_body(EMAIL, &code);
    crate::config::merge_patch(&mut body, change);
    let reply = tenant.post("/co/authenticate", &body).await;
    reply.assert(status, &expected);
    assert_eq!(reply.cookie("auth0_co"), None);
}

#[tokio::test]
async fn a_success_returns_ticket_verifier_id_and_cookie() {
    let tenant = Tenant::new();
    let code = tenant.code_for(EMAIL).await;
    let reply = tenant
        .post("/co/authenticate", &co_body(" ADA@example.com ", &code))
        .await;
    assert_eq!(reply.status, 200);
    let body = reply.json();
    for (name, length) in [("login_ticket", 32), ("co_verifier", 32), ("co_id", 12)] {
        assert_eq!(body[name].as_str().unwrap().len(), length, "{name}");
    }
    assert_eq!(body.as_object().unwrap().len(), 3);
    assert_eq!(reply.header("access-control-allow-origin"), ORIGIN);
    assert_eq!(reply.header("access-control-allow-credentials"), "true");
    assert_eq!(reply.header("vary"), "Origin");
    let cookie = reply.header("set-cookie");
    assert!(
        cookie.starts_with("auth0_co=") && cookie.contains("HttpOnly"),
        "{cookie}"
    );
}

#[tokio::test]
async fn blocked_users_learn_it_only_after_a_right_code() {
    let tenant = Tenant::new();
    tenant.ticket_for(EMAIL).await;
    let users = tenant
        .control(Method::GET, "/_mock/users", &Value::Null)
        .await;
    let code = tenant.code_for(EMAIL).await;
    let path = format!(
        "/_mock/users/{}",
        crate::mail::encode_component(users[0]["user_id"].as_str().unwrap())
    );
    tenant
        .control(Method::PATCH, &path, &json!({"blocked": true}))
        .await;
    let reply = tenant
        .post("/co/authenticate", &co_body(EMAIL, "999999"))
        .await;
    reply.assert(403, &denied("Wrong email or verification code."));
    let reply = tenant
        .post("/co/authenticate", &co_body(EMAIL, &code))
        .await;
    reply.assert(
        403,
        &json!({"error": "blocked_user", "error_description": "Blocked user"}),
    );
}

#[rstest]
#[case::alive(true, 179_999, 200, "")]
#[case::expired(
    true,
    180_000,
    403,
    "The verification code has expired. Please try to login again."
)]
#[case::indistinct(false, 181_000, 403, "Wrong email or verification code.")]
#[tokio::test]
async fn expired_codes_are_refused(
    #[case] distinct: bool,
    #[case] wait_ms: u64,
    #[case] status: u16,
    #[case] text: &str,
) {
    let tenant = Tenant::with(json!({"tenant": {"distinct_code_errors": distinct}}));
    let code = tenant.code_for(EMAIL).await;
    tenant.clock.advance_ms(wait_ms);
    let reply = tenant
        .post("/co/authenticate", &co_body(EMAIL, &code))
        .await;
    assert_eq!(reply.status, status);
    if status == 403 {
        reply.assert(403, &denied(text));
    }
}

#[rstest]
#[case(
    true,
    "You've reached the maximum number of attempts. Please try to login again."
)]
#[case(false, "Wrong email or verification code.")]
#[tokio::test]
async fn the_fourth_try_fails_even_with_the_right_code(#[case] distinct: bool, #[case] text: &str) {
    let tenant = Tenant::with(json!({"tenant": {"distinct_code_errors": distinct}}));
    let code = tenant.code_for(EMAIL).await;
    for _ in 0..3 {
        let reply = tenant
            .post("/co/authenticate", &co_body(EMAIL, "999999"))
            .await;
        reply.assert(403, &denied("Wrong email or verification code."));
    }
    let reply = tenant
        .post("/co/authenticate", &co_body(EMAIL, &code))
        .await;
    reply.assert(403, &denied(text));
    let code = tenant.code_for(EMAIL).await;
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(EMAIL, &code))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn malformed_requests_do_not_count_as_tries() {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    let code = tenant.code_for(EMAIL).await;
    for _ in 0..5 {
        let mut body = co_body(EMAIL, "999999");
        body["realm"] = "nowhere".into();
        tenant.post("/co/authenticate", &body).await;
    }
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(EMAIL, &code))
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn only_the_newest_code_is_valid_and_only_once() {
    let tenant = Tenant::new();
    let first = tenant.code_for(EMAIL).await;
    let second = tenant.code_for(EMAIL).await;
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(EMAIL, &first))
            .await
            .status,
        403
    );
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(EMAIL, &second))
            .await
            .status,
        200
    );
    assert_eq!(
        tenant
            .post("/co/authenticate", &co_body(EMAIL, &second))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn a_code_is_valid_for_one_client_only() {
    let tenant = Tenant::new();
    let code = tenant.code_for(EMAIL).await;
    let mut body = co_body(EMAIL, &code);
    body["client_id"] = "latchkey-spa".into();
    let reply = tenant.post("/co/authenticate", &body).await;
    reply.assert(403, &denied("Wrong email or verification code."));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_hundred_parallel_guesses_three_are_compared() {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    let tenant = std::sync::Arc::new(tenant);
    tenant.code_for(EMAIL).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let tenant = tenant.clone();
        tries.spawn(async move {
            tenant
                .post("/co/authenticate", &co_body(EMAIL, "999999"))
                .await
                .json()
        });
    }
    let replies = tries.join_all().await;
    let wrong = denied("Wrong email or verification code.");
    assert_eq!(replies.iter().filter(|reply| **reply == wrong).count(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_right_code_sent_a_hundred_times_in_parallel_is_accepted_once() {
    let tenant = Tenant::with(json!({"tenant": {"co_authenticate_per_second": 0}}));
    let tenant = std::sync::Arc::new(tenant);
    let code = tenant.code_for(EMAIL).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (tenant, code) = (tenant.clone(), code.clone());
        tries.spawn(async move {
            tenant
                .post("/co/authenticate", &co_body(EMAIL, &code))
                .await
                .status
        });
    }
    let replies = tries.join_all().await;
    assert_eq!(
        replies.iter().filter(|status| status.is_success()).count(),
        1
    );
}

#[rstest]
#[case::unlisted("https://test.app", "Origin https://test.app is not allowed.")]
#[case::null("null", "Origin null is not allowed.")]
#[case::twin(
    "http://localhost:3000.evil.com",
    "Origin http://localhost:3000.evil.com is not allowed."
)]
#[tokio::test]
async fn unlisted_origins_get_plain_text_without_cors_headers(
    #[case] origin: &str,
    #[case] text: &str,
) {
    let tenant = Tenant::new();
    let code = tenant.code_for(EMAIL).await;
    let headers = [("origin", origin), ("content-type", "application/json")];
    let body = co_body(EMAIL, &code).to_string();
    let reply = tenant
        .send(request(Method::POST, "/co/authenticate", &headers, &body))
        .await;
    assert_eq!((reply.status.as_u16(), reply.text.as_str()), (403, text));
    assert_eq!(reply.header("access-control-allow-origin"), "");
    assert_eq!(reply.header("access-control-allow-credentials"), "");
    let again = tenant
        .post("/co/authenticate", &co_body(EMAIL, &code))
        .await;
    assert_eq!(again.status, 200, "the code was not touched");
}

#[tokio::test]
async fn allowed_are_the_web_origins_and_not_the_cors_origins() {
    let tenant = Tenant::new();
    let change = json!({"web_origins": [], "allowed_origins": [ORIGIN]});
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &change)
        .await;
    let code = tenant.code_for(EMAIL).await;
    let reply = tenant
        .post("/co/authenticate", &co_body(EMAIL, &code))
        .await;
    assert_eq!(reply.text, "Origin http://localhost:3000 is not allowed.");
}

#[tokio::test]
async fn an_origin_is_required() {
    let body = co_body(EMAIL, "1").to_string();
    let reply = Tenant::new()
        .send(request(Method::POST, "/co/authenticate", &[], &body))
        .await;
    assert_eq!(
        (reply.status.as_u16(), reply.text.as_str()),
        (403, "Origin header required")
    );
}

#[tokio::test]
async fn a_wrong_code_is_logged_twice_and_masked() {
    let tenant = Tenant::new();
    tenant.code_for(EMAIL).await;
    tenant
        .post("/co/authenticate", &co_body(EMAIL, "999999"))
        .await;
    let logs = tenant
        .control(Method::GET, "/_mock/logs", &Value::Null)
        .await;
    let entries = logs.as_array().unwrap();
    let kinds: Vec<&str> = entries
        .iter()
        .map(|entry| entry["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["depnote", "cls", "fp", "fcoa"]);
    assert_eq!(entries[3]["details"]["body"]["otp"], "******");
    assert!(
        entries[2]["user_id"]
            .as_str()
            .unwrap()
            .starts_with("email|")
    );
    assert_eq!(entries[3]["log_id"].as_str().unwrap().len(), 56);
    assert!(!logs.to_string().contains("999999"));
}
