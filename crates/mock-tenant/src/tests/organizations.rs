//! Organizations: members, callbacks and logout URLs, claims and templates.

use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, Tenant, claims, start_body};
use crate::mail::encode_component;

fn tenant(usage: &str) -> Tenant {
    let by_name = "https://{organization_name}.example.com";
    let client = json!({"client_id": "latchkey-web", "client_secret": "latchkey-web-secret", "name": "Web",
        "organization_usage": usage, "callbacks": [CALLBACK, format!("{by_name}/cb")],
        "allowed_logout_urls": [format!("{by_name}/bye")],
        "web_origins": ["http://localhost:3000"], "cross_origin_authentication": true});
    let acme = json!({"id": "org_acme", "name": "acme", "display_name": "ACME & Co", "metadata": {"floor": "3"},
        "branding": {"logo_url": "https://acme.example.com/logo.png", "colors": {"primary": "#c00", "page_background": "#fff"}}});
    let other = json!({"id": "org_other", "name": "other"});
    Tenant::with(json!({"clients": [client], "tenant": {"organizations": [acme, other]}}))
}

#[rstest]
#[case::deny("deny", &[("organization", "org_acme")], "parameter organization is not allowed for this client")]
#[case::require("require", &[], "parameter organization is required for this client")]
#[case::unknown("allow", &[("organization", "org_x")], "authorization request parameter organization must be an organization id")]
#[tokio::test]
async fn organizations_are_refused(
    #[case] usage: &str,
    #[case] extra: &[(&str, &str)],
    #[case] text: &str,
) {
    let reply = tenant(usage).authorize(extra).await;
    assert_eq!(reply.param("error").as_deref(), Some("invalid_request"));
    assert_eq!(reply.param("error_description").as_deref(), Some(text));
}

#[rstest]
#[case::by_id("org_acme")]
#[case::by_name("acme")]
#[tokio::test]
async fn the_id_token_names_the_organization(#[case] wanted: &str) {
    let tenant = tenant("require");
    let code = tenant.authorization_code(&[("organization", wanted)]).await;
    let tokens = tenant.exchange(&code, &[]).await.json();
    let claims = claims(&tenant, tokens["id_token"].as_str().unwrap()).await;
    assert_eq!(claims["org_id"], "org_acme");
}

/// A placeholder is filled in only in a transaction of an organization.
#[rstest]
#[case::its_own("allow", Some("acme"), "https://acme.example.com/cb", true)]
#[case::by_id("require", Some("org_acme"), "https://acme.example.com/cb", true)]
#[case::anothers("allow", Some("acme"), "https://other.example.com/cb", false)]
#[case::none("allow", None, "https://acme.example.com/cb", false)]
#[case::denied("deny", Some("acme"), "https://acme.example.com/cb", false)]
#[case::literal(
    "allow",
    Some("acme"),
    "https://{organization_name}.example.com/cb",
    false
)]
#[tokio::test]
async fn the_organization_placeholder_of_a_callback_is_filled_in(
    #[case] usage: &str,
    #[case] organization: Option<&str>,
    #[case] callback: &str,
    #[case] allowed: bool,
) {
    let tenant = tenant(usage);
    let mut extra = vec![("redirect_uri", callback)];
    extra.extend(organization.map(|name| ("organization", name)));
    let reply = tenant.authorize(&extra).await;
    if allowed {
        assert!(reply.header("location").starts_with(callback));
        assert!(reply.param("code").is_some());
    } else {
        assert_eq!(reply.status, 403);
        assert!(reply.text.contains("Callback URL mismatch."));
    }
}

#[tokio::test]
async fn a_session_is_valid_for_one_organization_and_logs_out_to_its_urls() {
    let tenant = tenant("allow");
    let reply = tenant.authorize(&[("organization", "acme")]).await;
    let cookie = format!("auth0={}", reply.cookie("auth0").unwrap());
    let silent = async |organization: &str| {
        let extra = [("prompt", "none"), ("organization", organization)];
        tenant.authorize_with(&extra, &cookie).await
    };
    assert!(silent("acme").await.param("code").is_some());
    assert_eq!(
        silent("other").await.param("error").as_deref(),
        Some("login_required")
    );
    let bye = async |cookie: &str| {
        let url = encode_component("https://acme.example.com/bye");
        let path = format!("/v2/logout?client_id=latchkey-web&returnTo={url}");
        tenant.get(&path, &[("cookie", cookie)]).await
    };
    assert_eq!(bye("").await.status, 400, "no session, no organization");
    assert_eq!(
        bye(&cookie).await.header("location"),
        "https://acme.example.com/bye"
    );
}

/// `organization.*` and `custom_domain.*` of mail templates.
#[tokio::test]
async fn mail_templates_have_organization_and_custom_domain() {
    let tenant = tenant("allow");
    let body = "{{ code }}|{{ organization.id }}|{{ organization.name }}|{{ organization.display_name }}|{{ organization.metadata.floor }}|{{ organization.branding.logo_url }}|{{ organization.branding.colors.primary }}|{{ organization.branding.colors.page_background }}|{{ custom_domain.domain }}|{{ custom_domain.domain_metadata.public_app }}";
    let patch = async |path: &str, body: Value| {
        tenant.control(axum::http::Method::PATCH, path, &body).await
    };
    let folder = std::env::temp_dir().join("latchkey-organization-mails");
    patch(
        "/_mock/email-provider",
        json!({"name": "file", "folder": folder}),
    )
    .await;
    let texts = json!({"syntax": "liquid", "from": "App <login@example.com>", "subject": "Hi", "body": body});
    patch(
        "/_mock/connections/email",
        json!({"options": {"email": texts}}),
    )
    .await;
    let domain = json!({"domain": "login.example.com", "domain_metadata": {"public_app": "shop"}});
    patch("/_mock/settings", json!({"custom_domain": domain})).await;
    let mut start = start_body("ada@example.com");
    start["authParams"] = json!({"organization": "acme"});
    tenant.post("/passwordless/start", &start).await;
    let message = tenant.last_message("ada@example.com").await;
    let html = message["html"].as_str().unwrap();
    let (code, rest) = html.split_once('|').unwrap();
    assert_eq!(code, message["code"].as_str().unwrap());
    assert_eq!(
        rest,
        "org_acme|acme|ACME & Co|3|https://acme.example.com/logo.png|#c00|#fff|login.example.com|shop"
    );
}
