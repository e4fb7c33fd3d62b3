//! Tests that forms from other sites are refused, because they could cause login CSRF and unwanted mails.

use rstest::rstest;

use super::visitor::Visitor;

const OWN: (&str, &str) = ("origin", "http://localhost:3000");
const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");

#[rstest]
#[case::cross_site(&[("sec-fetch-site", "cross-site")])]
#[case::cross_site_that_claims_to_be_us(&[OWN, ("sec-fetch-site", "cross-site")])]
#[case::neighbour(&[("sec-fetch-site", "same-site")])]
#[case::unheard_of(&[("sec-fetch-site", "elsewhere")])]
#[case::other_origin(&[("origin", "https://evil.example")])]
#[case::other_port(&[("origin", "http://localhost:4000"), ("sec-fetch-site", "same-site")])]
#[case::other_scheme(&[("origin", "https://localhost:3000")])]
#[case::longer_name(&[("origin", "http://localhost:3000.evil.example")])]
#[case::nobody(&[("origin", "null")])]
#[case::nobody_from_elsewhere(&[("origin", "null"), ("sec-fetch-site", "cross-site")])]
#[case::nobody_next_door(&[("origin", "null"), ("sec-fetch-site", "same-site")])]
#[case::contradiction(&[("origin", "https://evil.example"), SAME])]
#[tokio::test]
async fn a_form_of_another_site_is_refused(
    #[case] headers: &[(&str, &str)],
    #[values("/login", "/login/code", "/login/resend")] path: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    visitor.answer_with(&visitor.claims_for_code());
    let cookies = visitor.cookies.clone();

    let form = "email=omar%40example.com&code=123456";
    let answer = visitor.post_with(path, form, headers).await;
    assert_eq!(answer.status, 403, "{}", answer.body);
    assert!(answer.body.contains("This form is not from this site"));
    let remedy = "href=\"/inline.html\">Go to the login page<";
    assert!(answer.body.contains(remedy), "{}", answer.body);

    let script = visitor.tenant.script();
    assert_eq!((script.starts.len(), script.exchanges.len()), (1, 0));
    assert_eq!(visitor.cookies, cookies);
    assert!(!visitor.is_logged_in().await);
}

#[rstest]
#[case::new_browser(&[OWN, SAME])]
#[case::old_browser(&[OWN])]
#[case::no_browser(&[])]
#[case::no_referrer_anywhere(&[("origin", "null"), SAME])]
#[case::no_origin(&[SAME])]
#[case::by_hand(&[("sec-fetch-site", "none")])]
#[tokio::test]
async fn a_form_of_our_own_is_taken(#[case] headers: &[(&str, &str)]) {
    let mut visitor = Visitor::new().await;
    let form = "email=nora%40example.com";
    let sent = visitor.post_with("/login", form, headers).await;
    assert_eq!(sent.header("location"), "/login/code", "{}", sent.body);
    let again = visitor.post_with("/login/resend", "", headers).await;
    assert_eq!(again.header("location"), "/login/code", "{}", again.body);
    visitor.answer_with(&visitor.claims_for_code());
    let done = visitor
        .post_with("/login/code", "code=123456", headers)
        .await;
    assert_eq!(done.header("location"), "/", "{}", done.body);
    assert!(visitor.is_logged_in().await);
}

#[tokio::test]
async fn the_own_site_is_the_base_url_whatever_the_host_header_says() {
    let mut visitor = Visitor::at("https://app.example.com").await;
    let form = "email=nora%40example.com";
    let evil = [("host", "evil.example"), ("origin", "https://evil.example")];
    assert_eq!(visitor.post_with("/login", form, &evil).await.status, 403);
    let proxied = [
        ("host", "app.internal"),
        ("origin", "https://app.example.com"),
    ];
    assert_eq!(
        visitor.post_with("/login", form, &proxied).await.status,
        303
    );
}

#[tokio::test]
async fn a_link_of_another_site_may_lead_to_the_page() {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let request = axum::http::Request::get("/login/code").header("sec-fetch-site", "cross-site");
    let answer = visitor.send(request, axum::body::Body::empty()).await;
    assert_eq!(answer.status, 200);
}
