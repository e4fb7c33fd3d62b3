//! `/authorize`: tickets, sessions, response types and modes, and errors that are not redirected.

use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, START_MS, Tenant, claims};

#[tokio::test]
async fn a_ticket_becomes_a_code_and_a_session() {
    let reply = Tenant::new().authorize(&[]).await;
    assert_eq!(reply.status, 302);
    let location = reply.header("location");
    assert!(
        location.starts_with(&format!("{CALLBACK}?code=")),
        "{location}"
    );
    assert!(location.ends_with("&state=st%26te"), "{location}");
    assert!(reply.cookie("auth0").is_some_and(|id| id.len() == 32));
    assert_eq!(reply.cookie("auth0_co").as_deref(), Some(""));
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_ticket_works_once() {
    let tenant = Tenant::new();
    let (ticket, cookie) = tenant.ticket_for("ada@example.com").await;
    let extra = [("realm", "email"), ("login_ticket", ticket.as_str())];
    let cookie = format!("auth0_co={cookie}");
    assert!(
        tenant
            .authorize_with(&extra, &cookie)
            .await
            .param("code")
            .is_some()
    );
    let again = tenant.authorize_with(&extra, &cookie).await;
    assert_eq!(again.param("error").as_deref(), Some("access_denied"));
    assert_eq!(
        again.param("error_description").as_deref(),
        Some("Unknown or invalid login ticket.")
    );
}

#[rstest]
#[case::other_client(0, &[("client_id", "latchkey-spa")], true, "Unknown or invalid login ticket.")]
#[case::other_realm(0, &[("realm", "sms")], true, "Unknown or invalid login ticket.")]
#[case::invented(0, &[("login_ticket", "x")], true, "Unknown or invalid login ticket.")]
#[case::late(60_000, &[], true, "Unknown or invalid login ticket.")]
#[case::other_browser(0, &[], false, "Unable to configure verification page.")]
#[tokio::test]
async fn tickets_are_bound_to_client_cookie_and_time(
    #[case] wait_ms: u64,
    #[case] extra: &[(&str, &str)],
    #[case] with_cookie: bool,
    #[case] text: &str,
) {
    let tenant = Tenant::new();
    let (ticket, cookie) = tenant.ticket_for("ada@example.com").await;
    tenant.clock.advance_ms(wait_ms);
    let mut pairs = vec![("realm", "email"), ("login_ticket", ticket.as_str())];
    pairs.extend_from_slice(extra);
    let cookie = if with_cookie {
        format!("auth0_co={cookie}")
    } else {
        "auth0_co=x".to_owned()
    };
    let reply = tenant.authorize_with(&pairs, &cookie).await;
    assert_eq!(reply.param("error").as_deref(), Some("access_denied"));
    assert_eq!(reply.param("error_description").as_deref(), Some(text));
    assert_eq!(reply.param("state").as_deref(), Some("st&te"));
    assert_eq!(reply.cookie("auth0"), None);
}

#[rstest]
#[case::no_client(&[("client_id", "")], "Missing required parameter: client_id")]
#[case::unknown_client(&[("client_id", "<b>x")], "Unknown client: &lt;b&gt;x")]
#[case::other_callback(&[("redirect_uri", "https://evil.com/")], "Callback URL mismatch.")]
#[case::suffix(&[("redirect_uri", "http://localhost:3000/callback/x")], "Callback URL mismatch.")]
#[case::fragment(&[("redirect_uri", "http://localhost:3000/callback#x")], "Callback URL mismatch.")]
#[case::userinfo(&[("redirect_uri", "http://localhost:3000@evil.com/callback")], "Callback URL mismatch.")]
#[case::other_port(&[("redirect_uri", "http://localhost:3001/callback")], "Callback URL mismatch.")]
#[tokio::test]
async fn invalid_clients_and_callbacks_get_an_error_page(
    #[case] extra: &[(&str, &str)],
    #[case] text: &str,
) {
    let reply = Tenant::new().authorize_with(extra, "").await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.header("location"), "");
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert!(
        reply
            .header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
    assert!(
        reply.text.contains("Oops!, something went wrong") && reply.text.contains(text),
        "{}",
        reply.text
    );
    assert!(
        !reply.text.contains(CALLBACK),
        "the page must not show the list"
    );
}

#[tokio::test]
async fn repeated_parameters_get_an_error_page() {
    let path = "/authorize?client_id=latchkey-web&client_id=latchkey-spa&response_type=code";
    assert_eq!(Tenant::new().get(path, &[]).await.status, 403);
}

#[rstest]
#[case::no_type(&[("response_type", "")], "invalid_request", '?')]
#[case::unknown_type(&[("response_type", "cake")], "unsupported_response_type", '#')]
#[case::twice(&[("response_type", "code code")], "unsupported_response_type", '?')]
#[case::query_with_token(&[("response_type", "token"), ("response_mode", "query")], "invalid_request", '#')]
#[case::unknown_mode(&[("response_mode", "pigeon")], "invalid_request", '?')]
#[case::no_nonce(&[("response_type", "id_token"), ("nonce", "")], "invalid_request", '#')]
#[case::method(&[("code_challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), ("code_challenge_method", "S512")], "invalid_request", '?')]
#[case::short_challenge(&[("code_challenge", "AAA")], "invalid_request", '?')]
#[case::silent(&[("prompt", "none")], "login_required", '?')]
#[case::silent_fragment(&[("prompt", "none"), ("response_mode", "fragment")], "login_required", '#')]
#[tokio::test]
async fn other_errors_are_redirected(
    #[case] extra: &[(&str, &str)],
    #[case] error: &str,
    #[case] separator: char,
) {
    let reply = Tenant::new().authorize_with(extra, "").await;
    assert_eq!(reply.status, 302);
    assert!(reply.header("location").starts_with(&format!(
        "{CALLBACK}{separator}error={error}&error_description="
    )));
    assert_eq!(reply.param("state").as_deref(), Some("st&te"));
}

#[tokio::test]
async fn a_failed_silent_login_has_auth0s_error_text() {
    let reply = Tenant::new()
        .authorize_with(&[("prompt", "none"), ("state", "s")], "")
        .await;
    let expected =
        format!("{CALLBACK}?error=login_required&error_description=Login%20required&state=s");
    assert_eq!(reply.header("location"), expected);
}

#[rstest]
#[case::code("code", &["code"], '?')]
#[case::token("token", &["access_token"], '#')]
#[case::id_token("id_token", &["id_token"], '#')]
#[case::implicit("token id_token", &["access_token", "id_token"], '#')]
#[case::hybrid("code id_token", &["code", "id_token"], '#')]
#[case::hybrid_token("code token", &["code", "access_token"], '#')]
#[case::everything("code token id_token", &["code", "access_token", "id_token"], '#')]
#[tokio::test]
async fn each_response_type_returns_what_it_names(
    #[case] kind: &str,
    #[case] expected: &[&str],
    #[case] separator: char,
) {
    let tenant = Tenant::new();
    let reply = tenant
        .authorize(&[("response_type", kind), ("max_age", "600")])
        .await;
    assert!(
        reply
            .header("location")
            .starts_with(&format!("{CALLBACK}{separator}"))
    );
    for name in ["code", "access_token", "id_token"] {
        assert_eq!(
            reply.param(name).is_some(),
            expected.contains(&name),
            "{name}"
        );
    }
    let has_token = expected.contains(&"access_token");
    assert_eq!(reply.param("expires_in").is_some(), has_token);
    if let Some(id_token) = reply.param("id_token") {
        let claims = claims(&tenant, &id_token).await;
        assert_eq!(claims["nonce"], "n0nce");
        assert_eq!(claims["auth_time"], START_MS / 1_000);
        assert_eq!(claims["at_hash"].is_string(), has_token);
        assert_eq!(claims["c_hash"].is_string(), expected.contains(&"code"));
    }
}

#[tokio::test]
async fn tokens_of_the_fragment_expire_after_two_hours_and_open_userinfo() {
    let tenant = Tenant::new();
    let reply = tenant.authorize(&[("response_type", "token")]).await;
    assert_eq!(reply.param("expires_in").as_deref(), Some("7200"));
    let bearer = format!("Bearer {}", reply.param("access_token").unwrap());
    let headers = [("authorization", bearer.as_str())];
    assert_eq!(tenant.get("/userinfo", &headers).await.status, 200);
    tenant.clock.advance_ms(7_200_000);
    assert_eq!(tenant.get("/userinfo", &headers).await.status, 401);
}

#[rstest]
#[case::plain(0, &[], "code")]
#[case::silent(0, &[("prompt", "none")], "code")]
#[case::young(30_000, &[("prompt", "none"), ("max_age", "60")], "code")]
#[case::old(61_000, &[("prompt", "none"), ("max_age", "60")], "login_required")]
#[case::other_connection(0, &[("prompt", "none"), ("connection", "sms")], "login_required")]
#[case::expired(168 * 3_600_000, &[("prompt", "none")], "login_required")]
#[case::asks_again(0, &[("prompt", "login")], "page")]
#[tokio::test]
async fn a_session_logs_its_user_in_without_a_page(
    #[case] wait_ms: u64,
    #[case] extra: &[(&str, &str)],
    #[case] expected: &str,
) {
    let tenant = Tenant::new();
    let session = tenant.authorize(&[]).await.cookie("auth0").unwrap();
    tenant.clock.advance_ms(wait_ms);
    let reply = tenant
        .authorize_with(extra, &format!("auth0={session}"))
        .await;
    match expected {
        "code" => assert!(
            reply.param("code").is_some(),
            "{}",
            reply.header("location")
        ),
        "page" => assert!(
            reply.header("location").contains("/login?state="),
            "{}",
            reply.header("location")
        ),
        error => assert_eq!(reply.param("error").as_deref(), Some(error)),
    }
}

#[tokio::test]
async fn the_session_id_changes_at_login() {
    let tenant = Tenant::new();
    let before = tenant.authorize(&[]).await.cookie("auth0").unwrap();
    let (ticket, co) = tenant.ticket_for("ada@example.com").await;
    let extra = [("realm", "email"), ("login_ticket", ticket.as_str())];
    let reply = tenant
        .authorize_with(&extra, &format!("auth0={before}; auth0_co={co}"))
        .await;
    assert_ne!(reply.cookie("auth0").unwrap(), before);
    let silent = tenant
        .authorize_with(&[("prompt", "none")], &format!("auth0={before}"))
        .await;
    assert_eq!(
        silent.param("error").as_deref(),
        Some("login_required"),
        "the old id is dead"
    );
}

#[tokio::test]
async fn without_a_session_the_login_page_is_shown() {
    let reply = Tenant::new().authorize_with(&[], "").await;
    assert_eq!(reply.status, 302);
    let location = reply.header("location");
    assert!(
        location.starts_with("http://localhost:4000/login?state="),
        "{location}"
    );
    assert!(location.ends_with("&client=latchkey-web&protocol=oauth2"));
}

#[tokio::test]
async fn a_grant_that_the_client_lacks_is_refused() {
    let tenant = Tenant::with(
        json!({"clients": [{"client_id": "latchkey-web", "callbacks": [CALLBACK], "grant_types": ["authorization_code"]}]}),
    );
    let reply = tenant
        .authorize_with(&[("response_type", "token")], "")
        .await;
    assert_eq!(reply.param("error").as_deref(), Some("unauthorized_client"));
}

#[tokio::test]
async fn discovery_lists_the_endpoints_that_exist() {
    let tenant = Tenant::new();
    let document = tenant
        .get("/.well-known/openid-configuration", &[])
        .await
        .json();
    assert_eq!(document["issuer"], "http://localhost:4000/");
    for name in [
        "authorization_endpoint",
        "token_endpoint",
        "userinfo_endpoint",
        "jwks_uri",
    ] {
        let path = document[name]
            .as_str()
            .unwrap()
            .strip_prefix("http://localhost:4000")
            .unwrap();
        assert_ne!(tenant.get(path, &[]).await.status, 404, "{path}");
    }
    assert_eq!(
        document["response_types_supported"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
    assert_ne!(
        document["authorization_response_iss_parameter_supported"],
        Value::Bool(true)
    );
}

#[tokio::test]
async fn form_post_submits_itself_and_works_without_scripts() {
    let reply = Tenant::new()
        .authorize(&[("response_mode", "form_post"), ("state", "\"><b>")])
        .await;
    assert_eq!((reply.status.as_u16(), reply.header("location")), (200, ""));
    assert!(
        reply
            .text
            .contains(&format!("<form method=\"post\" action=\"{CALLBACK}\">"))
    );
    assert!(reply.text.contains("name=\"code\" value=\"") && reply.text.contains("<button"));
    assert!(
        reply
            .text
            .contains("name=\"state\" value=\"&quot;&gt;&lt;b&gt;\"")
    );
    assert!(
        reply
            .header("content-security-policy")
            .contains("script-src 'sha256-")
    );
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn web_message_is_sent_to_and_framed_by_one_origin_only() {
    let extra = [
        ("response_mode", "web_message"),
        ("prompt", "none"),
        ("state", "</script>"),
    ];
    let reply = Tenant::new().authorize_with(&extra, "").await;
    assert_eq!(reply.status, 200);
    assert!(reply.text.contains("\"error\":\"login_required\""));
    assert!(reply.text.contains("\"origin\":\"http://localhost:3000\""));
    assert!(!reply.text.contains("\"state\":\"</script>"));
    let policy = reply.header("content-security-policy");
    assert!(
        policy.ends_with("frame-ancestors http://localhost:3000"),
        "{policy}"
    );
}

#[tokio::test]
async fn web_message_needs_an_allowed_web_origin() {
    let tenant = Tenant::new();
    let change = json!({"web_origins": []});
    tenant
        .control(
            axum::http::Method::PATCH,
            "/_mock/clients/latchkey-web",
            &change,
        )
        .await;
    let reply = tenant
        .authorize_with(&[("response_mode", "web_message"), ("prompt", "none")], "")
        .await;
    assert_eq!(reply.status, 403);
    assert!(reply.text.contains("Web origin mismatch.") && !reply.text.contains("postMessage"));
}
