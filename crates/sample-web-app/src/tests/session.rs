//! Tests the session from the login to the logout.

use chrono::TimeDelta;
use rstest::rstest;

use super::visitor::Visitor;

const COOKIE: &str = "latchkey-session";

async fn csrf_token(visitor: &mut Visitor) -> String {
    let page = visitor.get("/").await.body;
    let (_, rest) = page.split_once("name=\"csrf_token\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_id_changes_at_each_login_and_the_old_one_ends() {
    let mut visitor = Visitor::new().await;
    visitor
        .cookies
        .insert(COOKIE.to_owned(), "chosen-by-an-attacker".to_owned());
    visitor.log_in().await;
    let first = visitor.cookies[COOKIE].clone();
    assert_ne!(first, "chosen-by-an-attacker");

    visitor.log_in().await;
    assert_ne!(visitor.cookies[COOKIE], first);
    visitor.cookies.insert(COOKIE.to_owned(), first);
    assert!(!visitor.is_logged_in().await);
}

#[rstest]
#[case::plain(
    "http://localhost:3000",
    "latchkey-session=",
    "HttpOnly; SameSite=Lax; Path=/"
)]
#[case::https(
    "https://app.example.com",
    "__Host-latchkey-session=",
    "HttpOnly; SameSite=Lax; Secure; Path=/"
)]
#[tokio::test]
async fn the_cookie_has_its_flags(#[case] base_url: &str, #[case] name: &str, #[case] flags: &str) {
    let mut visitor = Visitor::at(base_url).await;
    let answer = visitor.log_in().await;
    let cookies = answer.headers.get_all("set-cookie");
    let cookie = cookies
        .iter()
        .map(|value| value.to_str().unwrap())
        .find(|value| value.starts_with(name))
        .unwrap();
    assert!(cookie.ends_with(flags), "{cookie}");
}

#[tokio::test]
async fn a_session_ends_an_hour_after_its_last_use() {
    let mut visitor = Visitor::new().await;
    visitor.log_in().await;
    for _ in 0..3 {
        visitor.wait(TimeDelta::minutes(59));
        assert!(visitor.is_logged_in().await);
    }
    visitor.wait(TimeDelta::minutes(60));
    assert!(!visitor.is_logged_in().await);
}

#[tokio::test]
async fn a_session_ends_twelve_hours_after_the_login_however_much_it_is_used() {
    let mut visitor = Visitor::new().await;
    visitor.log_in().await;
    for _ in 0..23 {
        visitor.wait(TimeDelta::minutes(30));
        assert!(visitor.is_logged_in().await);
    }
    visitor.wait(TimeDelta::minutes(30));
    assert!(!visitor.is_logged_in().await);
}

#[tokio::test]
async fn logging_out_ends_the_session_here_and_goes_to_the_tenant() {
    let mut visitor = Visitor::new().await;
    visitor.log_in().await;
    let id = visitor.cookies[COOKIE].clone();
    let token = csrf_token(&mut visitor).await;
    let answer = visitor
        .post("/logout", &format!("csrf_token={token}"))
        .await;
    assert_eq!(answer.status, 303);
    let tenant = &visitor.tenant.domain;
    assert_eq!(
        answer.header("location"),
        format!("{tenant}/v2/logout?client_id=client-1&returnTo=http%3A%2F%2Flocalhost%3A3000%2F")
    );
    assert!(!visitor.cookies.contains_key(COOKIE));
    visitor.cookies.insert(COOKIE.to_owned(), id);
    assert!(
        !visitor.is_logged_in().await,
        "the server has forgotten the id too"
    );
}

#[rstest]
#[case::none("")]
#[case::empty("csrf_token=")]
#[case::wrong("csrf_token=wrong")]
#[tokio::test]
async fn a_logout_without_the_csrf_token_changes_nothing(#[case] form: &str) {
    let mut visitor = Visitor::new().await;
    visitor.log_in().await;
    let answer = visitor.post("/logout", form).await;
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("You are still logged in"));
    assert!(visitor.is_logged_in().await);
}

#[tokio::test]
async fn the_token_of_another_session_does_not_count() {
    let mut visitor = Visitor::new().await;
    visitor.log_in().await;
    let before = csrf_token(&mut visitor).await;
    visitor.log_in().await;
    let answer = visitor
        .post("/logout", &format!("csrf_token={before}"))
        .await;
    assert_eq!(answer.status, 403);
}

#[tokio::test]
async fn logging_out_twice_is_no_error() {
    let mut visitor = Visitor::new().await;
    let answer = visitor.post("/logout", "").await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/")
    );
    assert_eq!(
        visitor.get("/logout").await.status,
        405,
        "a link cannot log out"
    );
}

#[tokio::test]
async fn names_and_claims_are_escaped() {
    let mut visitor = Visitor::new().await;
    let config = visitor.begin("").await;
    let mut claims = visitor.claims(&config);
    claims["name"] = "<img src=x onerror=alert(1)>".into();
    claims["nickname"] = "</td><script>".into();
    visitor.answer_with(&claims);
    visitor.come_back(&config).await;
    let page = visitor.get("/").await.body;
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(!page.contains("<img src=x") && !page.contains("<script>"));
}

#[tokio::test]
async fn each_browser_sees_its_own_person() {
    let mut nora = Visitor::new().await;
    let mut omar = nora.other();
    nora.log_in().await;
    let config = omar.begin("").await;
    let mut claims = omar.claims(&config);
    claims["name"] = "Omar".into();
    claims["email"] = "omar@example.com".into();
    omar.answer_with(&claims);
    omar.come_back(&config).await;

    let (of_nora, of_omar) = (nora.get("/").await.body, omar.get("/").await.body);
    assert!(of_nora.contains("nora@example.com") && !of_nora.contains("omar@"));
    assert!(of_omar.contains("omar@example.com") && !of_omar.contains("nora@"));
    let token = csrf_token(&mut omar).await;
    omar.post("/logout", &format!("csrf_token={token}")).await;
    assert!(nora.is_logged_in().await);
}
