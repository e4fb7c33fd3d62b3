//! Tests the files, the headers, and the redirect to the app's one host name.

use axum::{body::Body, http::Request};
use rstest::rstest;

use super::{
    tenant::Tenant,
    visitor::{Visitor, settings},
};

#[rstest]
#[case("/site.css", "text/css")]
#[case("/lock.html", "text/html")]
#[case("/lock.js", "text/javascript")]
#[case("/custom-ui.html", "text/html")]
#[case("/favicon.svg", "image/svg+xml")]
#[tokio::test]
async fn files_have_their_types(#[case] path: &str, #[case] kind: &str) {
    let mut visitor = Visitor::new().await;
    let answer = visitor.get(path).await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.header("content-type").starts_with(kind),
        "{:?}",
        answer.headers
    );
    let stored = if kind == "text/html" {
        "no-store"
    } else {
        "no-cache"
    };
    assert_eq!(answer.header("cache-control"), stored);
    assert!(!answer.header("etag").is_empty());
}

#[rstest]
#[case("lock.min.js", "text/javascript")]
#[case("lock.js", "text/javascript")]
#[case("index.mjs", "application/javascript")]
#[case("lock.slim.wasm", "application/wasm")]
#[case("languages/de.json", "application/json")]
#[tokio::test]
async fn the_built_package_has_its_types(#[case] file: &str, #[case] kind: &str) {
    let dist = tempfile::tempdir().unwrap();
    std::fs::create_dir(dist.path().join("languages")).unwrap();
    std::fs::write(dist.path().join(file), "content").unwrap();
    let tenant = Tenant::start().await;
    let mut settings = settings(&tenant.domain, "http://localhost:3000");
    settings.dist = dist.path().to_owned();
    let mut visitor = Visitor::with(tenant, settings);
    let answer = visitor.get(&format!("/dist/{file}")).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body.as_str()),
        (200, "content")
    );
    assert!(
        answer.header("content-type").starts_with(kind),
        "{:?}",
        answer.headers
    );
    assert_eq!(answer.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    let mut visitor = Visitor::new().await;
    let tag = visitor.get("/site.css").await.header("etag").to_owned();
    let request = Request::get("/site.css").header("if-none-match", tag);
    assert_eq!(visitor.send(request, Body::empty()).await.status, 304);
}

#[rstest]
#[case("/nothing")]
#[case("/dist/nothing.js")]
#[case("/../Cargo.toml")]
#[case("/..%2fCargo.toml")]
#[case("/%2e%2e/Cargo.toml")]
#[case("/dist/../Cargo.toml")]
#[case("/dist/..%2f..%2fCargo.toml")]
#[case("/dist/%2e%2e/Cargo.toml")]
#[case("/dist//etc/passwd")]
#[case("/dist/..%5cCargo.toml")]
#[tokio::test]
async fn nothing_outside_the_folders_is_served(#[case] path: &str) {
    let mut visitor = Visitor::new().await;
    let answer = visitor.get(path).await;
    assert_eq!(answer.status, 404, "{}", answer.body);
    assert!(answer.body.contains("There is no such page"));
    assert!(answer.body.contains("Go to the start page"));
}

#[rstest]
#[case("/")]
#[case("/lock.html")]
#[case("/login-config.js")]
#[case("/dist/lib.rs")]
#[case("/callback")]
#[case("/nothing")]
#[tokio::test]
async fn every_answer_has_the_security_headers(#[case] path: &str) {
    let mut visitor = Visitor::new().await;
    let answer = visitor.get(path).await;
    let domain = &visitor.tenant.domain;
    assert_eq!(
        answer.header("content-security-policy"),
        format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self' {domain}; frame-src {domain}; form-action 'self' {domain}; base-uri 'none'; \
             frame-ancestors 'none'"
        )
    );
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(!answer.header("cache-control").is_empty());
}

/// Under `no-referrer` a browser sends a form with the origin `null`.
#[rstest]
#[case("/inline.html", "same-origin")]
#[case("/login/code", "same-origin")]
#[case("/login", "same-origin")]
#[case("/login-config.js", "no-referrer")]
#[case("/lock.html", "no-referrer")]
#[tokio::test]
async fn pages_with_the_login_form_tell_their_own_site_where_it_was_sent_from(
    #[case] path: &str,
    #[case] policy: &str,
) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let answer = visitor.get(path).await;
    assert_eq!(answer.header("referrer-policy"), policy);
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
}

/// The pages must not contain anything that the policy forbids.
#[rstest]
#[case("/")]
#[case("/lock.html")]
#[case("/custom-ui.html")]
#[case("/callback")]
#[case("/login/code")]
#[tokio::test]
async fn no_page_has_inline_scripts_or_styles(#[case] path: &str) {
    let mut visitor = Visitor::new().await;
    visitor.ask_for_code().await;
    let page = visitor.get(path).await.body;
    assert!(page.contains("</html>"), "{path} is a page");
    for inline in ["<style", " style=", " onclick=", "<script>", "javascript:"] {
        assert!(!page.contains(inline), "{path} has {inline}");
    }
}

#[rstest]
#[case::the_other_name("127.0.0.1:3000", 307)]
#[case::the_sixth_version("[::1]:3000", 307)]
#[case::the_name("localhost:3000", 200)]
#[case::another_port("127.0.0.1:8080", 200)]
#[case::a_proxy("app.internal", 200)]
#[tokio::test]
async fn a_person_at_the_loopback_address_is_sent_to_the_name(
    #[case] host: &str,
    #[case] status: u16,
) {
    let mut visitor = Visitor::new().await;
    let request = Request::get("/lock.html?a=b").header("host", host);
    let answer = visitor.send(request, Body::empty()).await;
    assert_eq!(answer.status, status);
    if status == 307 {
        assert_eq!(
            answer.header("location"),
            "http://localhost:3000/lock.html?a=b"
        );
    }
}

#[tokio::test]
async fn the_start_page_offers_both_ways_and_the_inbox_of_a_local_tenant() {
    let mut visitor = Visitor::new().await;
    let page = visitor.get("/").await.body;
    assert!(page.contains("href=\"/lock.html\"") && page.contains("href=\"/custom-ui.html\""));
    assert!(page.contains(&format!("href=\"{}/_mock/inbox\"", visitor.tenant.domain)));
    assert!(!page.contains("does not answer") && !page.contains("{{"));
}
