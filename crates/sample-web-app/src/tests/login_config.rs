//! Tests `/login-config.js` and the cookies that it sets.

use chrono::TimeDelta;
use rstest::rstest;
use serde_json::json;

use super::visitor::Visitor;
use crate::transaction::MAX_IN_PROGRESS;

#[tokio::test]
async fn the_script_holds_what_the_pages_need_and_no_secret() {
    let mut visitor = Visitor::new().await;
    let answer = visitor.get("/login-config.js").await;
    assert_eq!(
        answer.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
    assert!(!answer.body.contains("secret-1"));

    let config = visitor.begin("").await;
    assert_eq!(config["domain"], json!(visitor.tenant.domain));
    assert_eq!(config["clientID"], "client-1");
    assert_eq!(config["redirectUri"], "http://localhost:3000/callback");
    let params = config["authParams"].as_object().unwrap();
    assert_eq!(params["code_challenge_method"], "S256");
    for secret in ["state", "nonce", "code_challenge"] {
        assert_eq!(params[secret].as_str().unwrap().len(), 43, "{secret}");
    }
    assert_eq!(params.len(), 4);
}

#[rstest]
#[case::plain(
    "http://localhost:3000",
    "latchkey-transaction-",
    "HttpOnly; SameSite=Lax; Path=/; Max-Age=1800"
)]
#[case::https(
    "https://app.example.com",
    "__Host-latchkey-transaction-",
    "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1800"
)]
#[tokio::test]
async fn the_cookie_is_bound_and_unreadable(
    #[case] base_url: &str,
    #[case] name: &str,
    #[case] flags: &str,
) {
    let mut visitor = Visitor::at(base_url).await;
    let answer = visitor.get("/login-config.js").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with(name), "{cookie}");
    assert!(cookie.ends_with(flags), "{cookie}");
    let config = visitor.begin("").await;
    let state = config["authParams"]["state"].as_str().unwrap();
    assert!(!visitor.cookies.values().any(|value| value.contains(state)));
}

#[tokio::test]
async fn each_load_has_its_own_secrets_and_all_tabs_work() {
    let mut visitor = Visitor::new().await;
    let tabs = [
        visitor.begin("").await,
        visitor.begin("").await,
        visitor.begin("").await,
    ];
    assert_ne!(tabs[0]["authParams"], tabs[1]["authParams"]);
    for tab in [&tabs[1], &tabs[0], &tabs[2]] {
        visitor.answer_with(&visitor.claims(tab));
        assert_eq!(visitor.come_back(tab).await.status, 303);
    }
}

#[tokio::test]
async fn the_number_of_logins_in_progress_is_bounded_and_the_oldest_gives_way() {
    let mut visitor = Visitor::new().await;
    let mut tabs = Vec::new();
    for _ in 0..MAX_IN_PROGRESS + 2 {
        tabs.push(visitor.begin("").await);
        visitor.wait(chrono::TimeDelta::seconds(1));
        assert!(visitor.cookies.len() <= MAX_IN_PROGRESS);
    }
    assert_eq!(visitor.come_back(&tabs[0]).await.status, 403);
    let newest = tabs.last().unwrap();
    visitor.answer_with(&visitor.claims(newest));
    assert_eq!(visitor.come_back(newest).await.status, 303);
}

#[tokio::test]
async fn expired_and_unreadable_cookies_are_cleared_away() {
    let mut visitor = Visitor::new().await;
    visitor.begin("").await;
    visitor.cookies.insert(
        "latchkey-transaction-old".to_owned(),
        "from-before-a-restart".to_owned(),
    );
    visitor.wait(TimeDelta::minutes(30));
    visitor.begin("").await;
    assert_eq!(visitor.cookies.len(), 1);
}

#[rstest]
#[case::local("/lock.html", "/lock.html")]
#[case::foreign("https://evil.example", "/")]
#[case::two_slashes("//evil.example", "/")]
#[case::backslash("/%5Cevil.example", "/")]
#[case::tab("/%09/evil.example", "/")]
#[tokio::test]
async fn the_login_returns_to_local_paths_alone(#[case] wanted: &str, #[case] location: &str) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin(&format!("?returnTo={wanted}")).await;
    visitor.answer_with(&visitor.claims(&config));
    let answer = visitor.come_back(&config).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, location)
    );
}

#[rstest]
#[case::just_in_time(29 * 60 + 59, 303)]
#[case::too_late(30 * 60, 400)]
#[tokio::test]
async fn a_transaction_lives_thirty_minutes(#[case] seconds: i64, #[case] status: u16) {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    visitor.wait(TimeDelta::seconds(seconds));
    visitor.answer_with(&visitor.claims(&config));
    assert_eq!(visitor.come_back(&config).await.status, status);
}
