//! The dashboard's pages: each is served with a strict content security policy, to callers on this machine only.

use rstest::rstest;

use super::tenant::Tenant;

#[rstest]
#[case("inbox")]
#[case("mail")]
#[case("applications")]
#[case("people")]
#[case("activity")]
#[case("controls")]
#[tokio::test]
async fn each_page_and_everything_it_loads_is_served(#[case] name: &str) {
    let tenant = Tenant::new();
    let page = tenant.get(&format!("/_mock/{name}"), &[]).await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("{{nav}}") && page.text.contains("aria-current=\"page\""));
    let policy = page.header("content-security-policy");
    for rule in [
        "default-src 'none'",
        "script-src 'self';",
        "frame-ancestors 'none'",
    ] {
        assert!(policy.contains(rule), "{policy}");
    }
    let loaded = page.text.split("/_mock/assets/").skip(1);
    for file in loaded.filter_map(|rest| rest.split('"').next()) {
        let asset = tenant.get(&format!("/_mock/assets/{file}"), &[]).await;
        assert_eq!(asset.status, 200, "{file}");
    }
    let stranger = [("origin", "https://evil.example")];
    let refused = tenant.get(&format!("/_mock/{name}"), &stranger).await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn unknown_pages_are_not_found() {
    let tenant = Tenant::new();
    assert_eq!(tenant.get("/_mock/nothing", &[]).await.status, 404);
    assert_eq!(tenant.get("/_mock/assets/nothing", &[]).await.status, 404);
}
