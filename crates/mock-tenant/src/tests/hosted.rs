//! The hosted login page: codes, links, other browsers, and attacks.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, Reply, Tenant};

const ADA: &str = "ada@example.com";

/// A browser at the login page.
pub(super) struct Browser<'a> {
    tenant: &'a Tenant,
    pub(super) cookie: String,
    pub(super) state: String,
    first: Reply,
}

impl<'a> Browser<'a> {
    pub(super) async fn at_login(tenant: &'a Tenant, extra: &[(&str, &str)]) -> Self {
        let first = tenant.authorize_with(extra, "").await;
        assert_eq!(first.status, 302, "{}", first.text);
        Self {
            tenant,
            cookie: format!("auth0_login={}", first.cookie("auth0_login").unwrap()),
            state: first.param("state").unwrap(),
            first,
        }
    }

    pub(super) async fn post(&self, pairs: &[(&str, &str)]) -> Reply {
        let mut all = vec![("state", self.state.as_str())];
        all.extend_from_slice(pairs);
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("cookie", self.cookie.as_str()),
        ];
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        let body = form.extend_pairs(&all).finish();
        let request = super::tenant::request(Method::POST, "/login", &headers, &body);
        self.tenant.send(request).await
    }

    async fn send(&self, send: &str) -> Reply {
        self.post(&[("connection", "email"), ("address", ADA), ("send", send)])
            .await
    }

    pub(super) async fn page(&self) -> Reply {
        let path = format!("/login?state={}", self.state);
        self.tenant.get(&path, &[("cookie", &self.cookie)]).await
    }

    async fn code(&self, code: &str) -> Reply {
        self.post(&[("step", "code"), ("code", code)]).await
    }
}

async fn sent(tenant: &Tenant) -> (String, String) {
    let message = tenant.last_message(ADA).await;
    let text = |name: &str| message[name].as_str().unwrap().to_owned();
    (
        text("code"),
        text("link").replace("http://localhost:4000", ""),
    )
}

#[rstest]
#[case("classic")]
#[case("new-tenant")]
#[tokio::test]
async fn a_code_leads_back_with_the_requested_response(#[case] preset: &str) {
    let is_new = preset == "new-tenant";
    let tenant = Tenant::with(json!({"tenant": {"flags": {
        "enforce_client_authentication_on_passwordless_start": is_new, "allow_magiclink_verify_without_session": !is_new}}}));
    let browser = Browser::at_login(&tenant, &[("scope", "openid offline_access")]).await;
    assert!(browser.page().await.text.contains("E-mail address"));
    assert_eq!(browser.send("code").await.status, 302);
    let page = browser.page().await;
    assert!(page.text.contains("one-time-code") && page.text.contains(ADA));
    let (code, _) = sent(&tenant).await;
    let (head, tail) = code.split_at(3);
    let spaced = format!(" {head} {tail} ");
    let back = browser.code(&spaced).await;
    assert_eq!(back.param("state").as_deref(), Some("st&te"));
    assert!(back.header("location").starts_with(CALLBACK));
    assert!(back.cookie("auth0").is_some());
    let tokens = tenant
        .exchange(&back.param("code").unwrap(), &[])
        .await
        .json();
    assert!(tokens["refresh_token"].is_string(), "{tokens}");
    assert_eq!(browser.code(&code).await.status, 400, "the page is done");
}

#[tokio::test]
async fn a_link_works_in_the_same_browser_even_on_a_new_tenant() {
    let tenant = Tenant::with(
        json!({"tenant": {"flags": {"allow_magiclink_verify_without_session": false}}}),
    );
    let browser = Browser::at_login(&tenant, &[]).await;
    browser.send("link").await;
    assert!(browser.page().await.text.contains("Open the link"));
    let (_, link) = sent(&tenant).await;
    let other = tenant.get(&link, &[]).await;
    assert_eq!(other.status, 403);
    assert!(other.text.contains("same device and browser"));
    let back = tenant.get(&link, &[("cookie", &browser.cookie)]).await;
    assert_eq!(back.param("state").as_deref(), Some("st&te"));
    assert_eq!(
        tenant
            .exchange(&back.param("code").unwrap(), &[])
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_link_works_in_another_browser_if_the_tenant_allows_it() {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[]).await;
    browser.send("link").await;
    let back = tenant.get(&sent(&tenant).await.1, &[]).await;
    assert_eq!(back.param("state").as_deref(), Some("st&te"));
    assert!(back.param("code").is_some());
}

#[tokio::test]
async fn wrong_codes_show_an_error_and_are_counted() {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[]).await;
    browser.send("code").await;
    let (code, _) = sent(&tenant).await;
    for _ in 0..3 {
        let page = browser.code("000").await;
        assert_eq!(page.status, 400);
        assert!(page.text.contains("Wrong email or verification code."));
        assert!(page.text.contains("aria-invalid"));
    }
    let page = browser.code(&code).await;
    assert!(
        page.text.contains("maximum number of attempts"),
        "{}",
        page.text
    );
}

#[rstest]
#[case("email", "ada", "Enter an e-mail address")]
#[case("email", "", "Enter an e-mail address")]
#[case("sms", "0301234", "Enter a phone number")]
#[tokio::test]
async fn invalid_addresses_show_an_error(
    #[case] connection: &str,
    #[case] address: &str,
    #[case] text: &str,
) {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[]).await;
    let page = browser
        .post(&[("connection", connection), ("address", address)])
        .await;
    assert_eq!(page.status, 400);
    assert!(page.text.contains(text), "{}", page.text);
}

#[tokio::test]
async fn a_phone_number_logs_in() {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[("connection", "sms")]).await;
    assert!(browser.page().await.text.contains("Phone number"));
    browser
        .post(&[
            ("connection", "sms"),
            ("address", "+493012345678"),
            ("send", "link"),
        ])
        .await;
    let code = tenant.last_message("+493012345678").await["code"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(browser.code(&code).await.param("code").is_some());
}

#[tokio::test]
async fn the_page_is_bound_to_one_browser_and_expires_after_an_hour() {
    let tenant = Tenant::new();
    let mut browser = Browser::at_login(&tenant, &[]).await;
    tenant.clock.advance_ms(3_600_000);
    assert_eq!(browser.page().await.status, 400);
    browser = Browser::at_login(&tenant, &[]).await;
    "auth0_login=x".clone_into(&mut browser.cookie);
    assert_eq!(browser.page().await.status, 400);
    assert_eq!(browser.send("code").await.status, 400);
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
}

#[tokio::test]
async fn prompt_login_always_shows_the_page_and_prompt_none_never() {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[]).await;
    browser.send("code").await;
    let session = browser
        .code(&sent(&tenant).await.0)
        .await
        .cookie("auth0")
        .unwrap();
    let cookie = format!("auth0={session}");
    assert!(
        tenant
            .authorize_with(&[], &cookie)
            .await
            .param("code")
            .is_some()
    );
    let silent = tenant.authorize_with(&[("prompt", "none")], &cookie).await;
    assert!(silent.param("code").is_some());
    let asked = tenant.authorize_with(&[("prompt", "login")], &cookie).await;
    assert!(asked.header("location").contains("/login?state="));
    let nobody = tenant.authorize_with(&[("prompt", "none")], "").await;
    assert_eq!(nobody.param("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn the_request_is_escaped_and_the_page_cannot_be_framed() {
    let tenant = Tenant::new();
    let patch = json!({"name": "<script>x</script>{{body}}"});
    tenant
        .control(Method::PATCH, "/_mock/clients/latchkey-web", &patch)
        .await;
    let browser = Browser::at_login(&tenant, &[("login_hint", "\"><script>y</script>")]).await;
    let page = browser.page().await;
    assert!(!page.text.contains("<script"), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(
        policy.contains("frame-ancestors 'none'")
            && policy.contains("form-action 'self' http://localhost:3000"),
        "{policy}"
    );
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(browser.first.header("set-cookie").contains("HttpOnly"));
}

#[tokio::test]
async fn blocked_users_and_disabled_signup_are_refused() {
    let users = json!([{"email": ADA, "blocked": true}]);
    let connection = json!({"name": "email", "options": {"disable_signup": true}});
    let tenant = Tenant::with(json!({"users": users, "connections": [connection]}));
    let browser = Browser::at_login(&tenant, &[]).await;
    assert_eq!(browser.send("code").await.status, 302);
    assert_eq!(
        tenant.get("/_mock/outbox", &[]).await.json(),
        Value::Array(vec![])
    );
    let page = browser
        .post(&[("connection", "email"), ("address", "eve@example.com")])
        .await;
    assert!(page.text.contains("no account with this address"));
}

#[tokio::test]
async fn the_dialog_is_served_and_its_ticket_leads_back() {
    let tenant = Tenant::with_dialog();
    let browser = Browser::at_login(&tenant, &[("login_hint", "ada@example.com</script>")]).await;
    let page = browser.page().await;
    assert!(page.text.contains("/assets/lock.min.js") && page.text.contains("id=\"plain\""));
    assert!(!page.text.contains("com</script>"));
    assert!(
        page.header("content-security-policy")
            .contains("script-src 'self' 'wasm-unsafe-eval';")
    );
    assert_eq!(tenant.get("/assets/lock.min.js", &[]).await.text, "dialog");
    assert_eq!(tenant.get("/assets/lock.more.js", &[]).await.text, "more");
    // The requests of the dialog, from the tenant's own origin.
    let own = [
        ("content-type", "application/json"),
        ("origin", "http://localhost:4000"),
    ];
    let start = json!({"client_id": "latchkey-web", "connection": "email", "send": "code", "email": ADA, "authParams": {"state": browser.state}});
    tenant
        .send(super::tenant::request(
            Method::POST,
            "/passwordless/start",
            &own,
            &start.to_string(),
        ))
        .await;
    let (code, _) = sent(&tenant).await;
    let body = super::tenant::co_body(ADA, &code).to_string();
    let answer = tenant
        .send(super::tenant::request(
            Method::POST,
            "/co/authenticate",
            &own,
            &body,
        ))
        .await;
    let ticket = answer.json()["login_ticket"].as_str().unwrap().to_owned();
    let cookies = format!(
        "{}; auth0_co={}",
        browser.cookie,
        answer.cookie("auth0_co").unwrap()
    );
    let path = format!(
        "/authorize?client_id=latchkey-web&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F&realm=email&login_ticket={ticket}&state={}",
        browser.state
    );
    let back = tenant.get(&path, &[("cookie", &cookies)]).await;
    assert!(
        back.header("location").starts_with(CALLBACK),
        "{}",
        back.header("location")
    );
    assert_eq!(
        back.param("state").as_deref(),
        Some("st&te"),
        "what the application asked for, not the page"
    );
    assert_eq!(browser.page().await.status, 400, "the page is done");
}

#[tokio::test]
async fn without_a_dialog_the_page_has_no_script() {
    let tenant = Tenant::new();
    let browser = Browser::at_login(&tenant, &[]).await;
    assert!(!browser.page().await.text.contains("<script"));
    for file in ["lock.min.js", "lock.more.js"] {
        let path = format!("/assets/{file}");
        assert_eq!(tenant.get(&path, &[]).await.status, 404);
    }
}
