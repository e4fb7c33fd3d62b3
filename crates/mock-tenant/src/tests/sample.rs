//! The sample web app to take home. That it runs is tested from outside: `tests/package/sample.test.mjs`.

use std::io::{Cursor, Read as _};

use axum::http::Method;
use rstest::rstest;
use serde_json::json;
use tower::ServiceExt as _;

use super::tenant::{Reply, Tenant, request};
use crate::{Config, SampleKind, testing::MockTenant};

async fn ask(tenant: &Tenant, id: &str, query: &str) -> Reply {
    let path = format!("/_mock/clients/{id}/sample.zip{query}");
    tenant.get(&path, &[]).await
}

/// A file of a zip, by its path.
fn file(zip: &[u8], path: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut text = String::new();
    zip.by_name(path)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

#[rstest]
#[case("latchkey-web", "", 400, "`kind` must be rust, node or spa")]
#[case("latchkey-web", "?kind=java", 400, "`kind` must be rust, node or spa")]
#[case("latchkey-web", "?kinds=rust", 400, "unknown parameter `kinds`")]
#[case("latchkey-web", "?kind=spa", 400, "a page cannot keep")]
#[case("latchkey-spa", "?kind=rust", 400, "has no client secret")]
#[case("latchkey-spa", "?kind=node", 400, "has no client secret")]
#[case("nobody", "?kind=rust", 404, "there is no client nobody")]
#[tokio::test]
async fn what_cannot_be_is_refused_and_says_what_to_do(
    #[case] id: &str,
    #[case] query: &str,
    #[case] status: u16,
    #[case] says: &str,
) {
    let reply = ask(&Tenant::new(), id, query).await;
    assert_eq!(reply.status, status, "{}", reply.text);
    assert!(reply.text.contains(says), "{}", reply.text);
}

#[tokio::test]
async fn the_download_is_a_file_that_no_cache_keeps() {
    let path = "/_mock/clients/latchkey-web/sample.zip?kind=node";
    let request = request(Method::GET, path, &[], "");
    let reply = Tenant::new().app.oneshot(request).await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["content-type"], "application/zip");
    assert_eq!(reply.headers()["cache-control"], "no-store");
    let name = "attachment; filename=\"latchkey-sample-node.zip\"";
    assert_eq!(reply.headers()["content-disposition"], name);
}

#[tokio::test]
async fn the_keys_are_filled_in() {
    let tenant = MockTenant::start(Config::default()).await.unwrap();
    let client = json!({"client_id": "shop", "client_secret": "s p$a#c\\e", "callbacks": ["https://shop.example.com/callback", "http://localhost:8080/callback"]});
    tenant.create_client(client).unwrap();
    let zip = tenant.sample("shop", SampleKind::Rust).unwrap();
    let env = file(&zip, "latchkey-sample-rust/.env");
    for line in [
        format!("AUTH0_DOMAIN={}", tenant.url()),
        "AUTH0_CLIENT_ID=shop".to_owned(),
        "BASE_URL=http://localhost:8080".to_owned(),
        "PORT=8080".to_owned(),
        "AUTH0_CLIENT_SECRET='s p$a#c\\e'".to_owned(),
    ] {
        assert!(env.lines().any(|one| one == line), "{line} in {env}");
    }
    let main = file(&zip, "latchkey-sample-rust/src/lib.rs");
    assert!(!main.contains("mod tests"));
    let config = file(
        &tenant.sample("latchkey-spa", SampleKind::Spa).unwrap(),
        "latchkey-sample-spa/config.js",
    );
    assert!(
        config.contains("\"redirectUri\": \"http://localhost:3000/\""),
        "{config}"
    );
}

/// Neither `npx` nor `npm install` finds what is not on the registry.
#[rstest]
#[case("latchkey-web", SampleKind::Rust)]
#[case("latchkey-web", SampleKind::Node)]
#[case("latchkey-spa", SampleKind::Spa)]
#[tokio::test]
async fn the_readme_says_what_to_do_without_the_npm_registry(
    #[case] id: &str,
    #[case] kind: SampleKind,
) {
    let tenant = MockTenant::start(Config::default()).await.unwrap();
    let zip = tenant.sample(id, kind).unwrap();
    let readme = file(&zip, &format!("latchkey-sample-{}/README.md", kind.name()));
    let port = tenant.url().rsplit(':').next().unwrap();
    for says in [
        "https://github.com/latchkey-login/latchkey",
        &format!("`cargo run -p latchkey-mock-tenant -- --port {port}`"),
        "`npm pack`",
        "`npm install ../latchkey/latchkey-*.tgz`",
    ] {
        assert!(readme.contains(says), "{says} in {readme}");
    }
}
