//! Requests of Lock that are not part of a login.

use serde_json::json;

use super::tenant::{ORIGIN, Tenant};
use crate::config::{Config, Preset};

/// Old tenants have `/user/ssodata`, new tenants do not.
#[tokio::test]
async fn sso_data_exists_on_old_tenants_only() {
    let set = |preset| Config::builtin(preset, ORIGIN).tenant.user_ssodata;
    assert!(set(Preset::Classic) && !set(Preset::NewTenant));
    let tenant = Tenant::with(json!({"tenant": {"user_ssodata": false}}));
    let reply = tenant.get("/user/ssodata", &[("origin", ORIGIN)]).await;
    assert_eq!(reply.status, 404, "{}", reply.text);
    assert_eq!(reply.header("access-control-allow-origin"), "*");
}

#[tokio::test]
async fn lock_gets_no_sso_data_no_country_and_no_captcha() {
    let tenant = Tenant::new();
    let origin = [("origin", ORIGIN)];
    tenant
        .get("/user/ssodata", &origin)
        .await
        .assert(200, &json!({"sso": false}));
    tenant
        .get("/user/geoloc/country", &origin)
        .await
        .assert(200, &json!({}));
    let challenge = tenant
        .post("/passwordless/challenge", &json!({"state": "s"}))
        .await;
    challenge.assert(200, &json!({"required": false}));
    assert_eq!(challenge.header("access-control-allow-origin"), ORIGIN);
    for path in ["/info-v1.js", "/tenants/v1/mock.js"] {
        let reply = tenant.get(path, &[]).await;
        assert!(
            reply.text.starts_with("Auth0.setTenant({\"name\":\"mock\""),
            "{}",
            reply.text
        );
    }
}
