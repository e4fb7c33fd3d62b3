//! `/v2/logout` and `/oidc/logout`: the session ends, and only listed URLs are redirected to.

use rstest::rstest;
use serde_json::json;

use super::tenant::Tenant;

#[rstest]
#[case::listed(
    "client_id=latchkey-web&returnTo=http%3A%2F%2Flocalhost%3A3000%2F",
    "http://localhost:3000/"
)]
#[case::with_query(
    "client_id=latchkey-web&returnTo=http%3A%2F%2Flocalhost%3A3000%2F%3Fa%3D1%23b",
    "http://localhost:3000/?a=1#b"
)]
#[case::first_of_the_client("client_id=latchkey-web", "http://localhost:3000/")]
#[case::tenant_list(
    "returnTo=https%3A%2F%2Fbye.example.com%2F",
    "https://bye.example.com/"
)]
#[tokio::test]
async fn logout_returns_to_listed_urls(#[case] query: &str, #[case] location: &str) {
    let tenant =
        Tenant::with(json!({"tenant": {"allowed_logout_urls": ["https://bye.example.com/"]}}));
    let reply = tenant.get(&format!("/v2/logout?{query}"), &[]).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("location")),
        (302, location)
    );
}

#[rstest]
#[case::elsewhere("client_id=latchkey-web&returnTo=https%3A%2F%2Fevil.com%2F")]
#[case::scheme_relative("client_id=latchkey-web&returnTo=%2F%2Fevil.com")]
#[case::control("client_id=latchkey-web&returnTo=http%3A%2F%2Flocalhost%3A3000%2F%0d%0ax")]
#[case::clients_list_is_not_the_tenants("returnTo=http%3A%2F%2Flocalhost%3A3000%2F")]
#[case::unknown_client("client_id=nobody&returnTo=http%3A%2F%2Flocalhost%3A3000%2F")]
#[case::repeated("client_id=latchkey-web&returnTo=http%3A%2F%2Flocalhost%3A3000%2F&returnTo=x")]
#[tokio::test]
async fn unlisted_urls_get_an_error_page_and_the_session_ends_anyway(#[case] query: &str) {
    let tenant = Tenant::new();
    let cookie = format!(
        "auth0={}",
        tenant.authorize(&[]).await.cookie("auth0").unwrap()
    );
    let reply = tenant
        .get(&format!("/v2/logout?{query}"), &[("cookie", &cookie)])
        .await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (400, ""));
    assert_eq!(reply.cookie("auth0").as_deref(), Some(""));
    let silent = tenant.authorize_with(&[("prompt", "none")], &cookie).await;
    assert_eq!(silent.param("error").as_deref(), Some("login_required"));
}

#[rstest]
#[case(
    "client_id=latchkey-web&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F&state=a%26b",
    302,
    "http://localhost:3000/?state=a%26b"
)]
#[case(
    "client_id=latchkey-web&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F",
    302,
    "http://localhost:3000/"
)]
#[case(
    "client_id=latchkey-web&post_logout_redirect_uri=https%3A%2F%2Fevil.com",
    400,
    ""
)]
#[case("client_id=latchkey-web", 200, "")]
#[case("", 200, "")]
#[tokio::test]
async fn oidc_logout_returns_with_its_state(
    #[case] query: &str,
    #[case] status: u16,
    #[case] location: &str,
) {
    let tenant = Tenant::new();
    let session = tenant.authorize(&[]).await.cookie("auth0").unwrap();
    let cookie = format!("auth0={session}");
    let reply = tenant
        .get(&format!("/oidc/logout?{query}"), &[("cookie", &cookie)])
        .await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("location")),
        (status, location)
    );
    let silent = tenant.authorize_with(&[("prompt", "none")], &cookie).await;
    assert_eq!(silent.param("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn an_id_token_names_the_client_to_log_out_of() {
    let tenant = Tenant::new();
    let code = tenant.authorization_code(&[]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    let hint = tokens["id_token"].as_str().unwrap();
    let path = format!(
        "/oidc/logout?id_token_hint={hint}&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F"
    );
    assert_eq!(
        tenant.get(&path, &[]).await.header("location"),
        "http://localhost:3000/"
    );
    let path = "/oidc/logout?id_token_hint=x.y.z&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F";
    assert_eq!(tenant.get(path, &[]).await.status, 400);
}
