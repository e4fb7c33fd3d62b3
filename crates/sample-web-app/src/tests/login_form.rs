//! Tests a login without a script, from the form to the session.

use chrono::TimeDelta;
use rstest::rstest;

use super::visitor::{Answer, Visitor};

const SESSION: &str = "latchkey-session";
const PENDING: &str = "latchkey-login";

async fn redeem(visitor: &mut Visitor) -> Answer {
    visitor.answer_with(&visitor.claims_for_code());
    visitor.post("/login/code", "code=123456").await
}

#[tokio::test]
async fn a_login_without_a_script_ends_where_the_callback_ends() {
    let mut visitor = Visitor::new().await;
    let sent = visitor.post("/login", "email=nora%40example.com").await;
    assert_eq!(
        (sent.status.as_u16(), sent.header("location")),
        (303, "/login/code")
    );

    let page = visitor.get("/login/code").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.body;
    assert!(
        page.contains("We sent it to <b id=\"address\">nora@example.com</b>."),
        "{page}"
    );
    assert!(page.contains("<form id=\"code-form\" method=\"post\" action=\"/login/code\">"));
    assert!(page.contains("<label for=\"code\">"));
    let (_, field) = page.split_once("<input ").unwrap();
    let (field, _) = field.split_once('>').unwrap();
    for attribute in [
        "id=\"code\"",
        "name=\"code\"",
        "inputmode=\"numeric\"",
        "autocomplete=\"one-time-code\"",
        "autofocus",
        "aria-invalid=\"false\"",
        "aria-describedby=\"lead\"",
    ] {
        assert!(field.contains(attribute), "{attribute} in {field}");
    }
    assert!(page.contains("<form id=\"resend-form\" method=\"post\" action=\"/login/resend\">"));
    assert!(page.contains("href=\"/inline.html\""));
    assert!(
        page.contains("/_mock/inbox"),
        "a local tenant's inbox is at hand"
    );
    assert!(!page.contains("{{") && !page.contains("role=\"alert\""));

    let done = redeem(&mut visitor).await;
    assert_eq!((done.status.as_u16(), done.header("location")), (303, "/"));
    let start = visitor.get("/").await.body;
    assert!(
        start.contains(">Nora Kaiser<") && start.contains(">nora@example.com<"),
        "{start}"
    );
    assert!(!visitor.cookies.contains_key(PENDING));
    assert_eq!(
        visitor.get("/login/code").await.header("location"),
        "/inline.html"
    );
}

#[tokio::test]
async fn the_session_has_a_new_id_and_the_one_before_ends() {
    let mut visitor = Visitor::new().await;
    visitor.log_in().await;
    let before = visitor.cookies[SESSION].clone();
    visitor.ask_for_code().await;
    assert_eq!(visitor.cookies[SESSION], before, "nothing has happened yet");
    redeem(&mut visitor).await;
    assert_ne!(visitor.cookies[SESSION], before);
    assert!(visitor.is_logged_in().await);
    visitor.cookies.insert(SESSION.to_owned(), before);
    assert!(!visitor.is_logged_in().await);
}

#[tokio::test]
async fn a_code_is_asked_for_again_and_the_page_says_so() {
    let mut visitor = Visitor::new().await;
    let first_page = visitor.ask_for_code().await.body;
    assert!(!first_page.contains("A new code is on its way"));
    let first = visitor.cookies[PENDING].clone();

    let sent = visitor.post("/login/resend", "").await;
    assert_eq!(
        (sent.status.as_u16(), sent.header("location")),
        (303, "/login/code")
    );
    let starts = visitor.tenant.script().starts;
    assert_eq!(starts.len(), 2);
    assert_eq!(starts[0].1, starts[1].1, "the same request");
    let page = visitor.get("/login/code").await.body;
    assert!(
        page.contains("id=\"sent-again\" role=\"status\">A new code is on its way."),
        "{page}"
    );
    assert!(page.contains(">nora@example.com<"));

    assert_ne!(visitor.cookies[PENDING], first, "a new id");
    let mut thief = visitor.other();
    thief.cookies.insert(PENDING.to_owned(), first);
    assert_eq!(
        thief.get("/login/code").await.header("location"),
        "/inline.html"
    );
    assert_eq!(redeem(&mut visitor).await.header("location"), "/");
}

#[rstest]
#[case::read("GET", "/login/code")]
#[case::redeem("POST", "/login/code")]
#[case::resend("POST", "/login/resend")]
#[tokio::test]
async fn without_a_pending_login_the_form_is_where_to_begin(
    #[case] method: &str,
    #[case] path: &str,
    #[values("", "made-up")] cookie: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.other().ask_for_code().await;
    visitor
        .cookies
        .insert(PENDING.to_owned(), cookie.to_owned());
    visitor.answer_with(&visitor.claims_for_code());
    let answer = match method {
        "GET" => visitor.get(path).await,
        _ => visitor.post(path, "code=123456").await,
    };
    assert_eq!(
        (answer.status.as_u16(), answer.header("location")),
        (303, "/inline.html")
    );
    let script = visitor.tenant.script();
    assert_eq!((script.starts.len(), script.exchanges.len()), (1, 0));
    assert!(!visitor.is_logged_in().await);
}

#[rstest]
#[case::just_in_time(29 * 60 + 59, "/")]
#[case::too_late(30 * 60, "/inline.html")]
#[tokio::test]
async fn a_pending_login_lives_thirty_minutes(#[case] seconds: i64, #[case] location: &str) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor.wait(TimeDelta::seconds(seconds));
    assert_eq!(redeem(&mut visitor).await.header("location"), location);
}

#[tokio::test]
async fn a_code_counts_for_the_browser_that_asked_for_it() {
    let mut nora = Visitor::new().await;
    nora.ask_for_code().await;
    let mut omar = nora.other();
    omar.post("/login", "email=omar%40example.com").await;
    let page = nora.get("/login/code").await.body;
    assert!(page.contains("nora@example.com") && !page.contains("omar"));
    redeem(&mut omar).await;
    let script = nora.tenant.script();
    let username = ("username".to_owned(), "omar@example.com".to_owned());
    assert!(script.exchanges[0].contains(&username));
    assert!(!nora.is_logged_in().await);
    assert_eq!(nora.get("/login/code").await.status, 200, "still pending");
}

#[rstest]
#[case::plain(
    "http://localhost:3000",
    "latchkey-login=",
    "HttpOnly; SameSite=Lax; Path=/; Max-Age=1800"
)]
#[case::https(
    "https://app.example.com",
    "__Host-latchkey-login=",
    "HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1800"
)]
#[tokio::test]
async fn the_cookie_is_bound_and_tells_nothing(
    #[case] base_url: &str,
    #[case] name: &str,
    #[case] flags: &str,
) {
    let mut visitor = Visitor::at(base_url).await;
    let answer = visitor.post("/login", "email=nora%40example.com").await;
    let cookie = answer.header("set-cookie");
    let id = cookie.strip_prefix(name).unwrap();
    assert!(id.ends_with(flags), "{cookie}");
    assert_eq!(id.split(';').next().unwrap().len(), 43, "{cookie}");
}

#[rstest]
#[case("/login")]
#[case("/login/resend")]
#[tokio::test]
async fn a_link_sends_no_code(#[case] path: &str) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let answer = visitor.get(path).await;
    assert_eq!(answer.status, 405);
    assert!(answer.body.contains("Use the buttons of this site."));
    assert_eq!(visitor.tenant.script().starts.len(), 1);
}

#[tokio::test]
async fn an_address_is_escaped() {
    let mut visitor = Visitor::new().await;
    let form = "email=%3Cscript%3E%22%27%26%7B%7Binbox%7D%7D%40example.com";
    visitor.post("/login", form).await;
    let page = visitor.get("/login/code").await.body;
    assert!(
        page.contains(">&lt;script&gt;&quot;&#39;&amp;{{inbox}}@example.com<"),
        "{page}"
    );
    assert!(!page.contains("<script>"));
}
