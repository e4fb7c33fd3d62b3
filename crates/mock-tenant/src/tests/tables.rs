//! The error tables of Auth0's passwordless endpoints: each test case is a row with status, code and text. Other properties of errors
//! (CORS, no message sent, no secret logged) are tested with each endpoint.
//!
//! `password_leaked` of `/co/authenticate` needs a database of passwords, which the mock does not have, so a fault produces it.

use axum::http::Method;
use rstest::rstest;
use serde_json::{Value, json};

use super::tenant::{CALLBACK, ORIGIN, OTP, Tenant, co_body, request, start_body};
use crate::config::merge_patch;

const ADA: &str = "ada@example.com";
const TOO_MANY: &str = "Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.";
const BLOCKED: &str = "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it.";
const SUSPICIOUS: &str = "We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.";
const MAXIMUM: &str = "You've reached the maximum number of attempts. Please try to login again.";
const EXPIRED: &str = "The verification code has expired. Please try to login again.";
const PASSWORD: &str = "http://auth0.com/oauth/grant-type/password-realm";
const LEAKED: &str = "This login attempt has been blocked because the password you're using was previously disclosed through a data breach (not in this application).";
const CO_PASSWORD_BODY: &str = "Invalid request body. All and only of client_id, credential_type, username, password, realm are required.";
const CO_BODY: &str = "Invalid request body. All and only of client_id, credential_type, username, otp, realm are required.";

/// The state of the tenant before the call.
#[derive(Debug, Clone, Copy)]
enum After {
    Nothing,
    /// A code was sent, and the call contains it.
    Code,
    /// Like `Code`, but so many wrong codes were tried before.
    Wrong(usize),
    /// Like `Code`, but the code has expired.
    Expiry,
    /// Like `Code`, but the user is blocked.
    Block,
    /// Like `Code`, but signup was disabled after the code was sent.
    SignupOff,
    /// The endpoint was called so many times before.
    Calls(usize),
    /// The tenant has this setting.
    Setting(&'static str),
}

fn tenant() -> Tenant {
    let client = |id: &str| {
        json!({"client_id": id, "client_secret": "latchkey-web-secret", "name": "Web", "callbacks": [CALLBACK],
            "web_origins": [ORIGIN], "cross_origin_authentication": id != "shut",
            "grant_types": ["authorization_code", "implicit", "refresh_token", OTP]})
    };
    Tenant::with(json!({
        "tenant": {"co_authenticate_per_second": 0, "token_per_second": 0},
        "clients": [client("latchkey-web"), client("shut")],
        "connections": [
            {"name": "email", "strategy": "email"},
            {"name": "sms", "strategy": "sms"},
            {"name": "closed", "strategy": "email", "options": {"disable_signup": true}},
            {"name": "off", "strategy": "email", "enabled_clients": []},
            {"name": "db", "strategy": "auth0"}
        ],
    }))
}

/// Brings the tenant into the state `after`, and sets `field` of `body` to the code that was sent.
async fn set_up(tenant: &Tenant, after: After, path: &str, body: &mut Value, field: &str) {
    let change = async |path: &str, body: Value| {
        tenant.control(Method::PATCH, path, &body).await;
    };
    match after {
        After::Nothing => return,
        After::Setting(setting) => {
            let settings = serde_json::from_str(setting).unwrap();
            return change("/_mock/settings", settings).await;
        }
        After::Calls(times) => {
            for _ in 0..times {
                tenant.post(path, body).await;
            }
            return;
        }
        After::Block => {
            let user = json!({"email": ADA});
            tenant
                .send(request(
                    Method::POST,
                    "/_mock/users",
                    &[],
                    &user.to_string(),
                ))
                .await;
        }
        _ => {}
    }
    body[field] = tenant.code_for(ADA).await.into();
    match after {
        After::Expiry => tenant.clock.advance_ms(180_000),
        After::SignupOff => {
            change(
                "/_mock/connections/email",
                json!({"options": {"disable_signup": true}}),
            )
            .await;
        }
        After::Block => {
            let users = tenant.get("/_mock/users", &[]).await.json();
            let id = users[0]["user_id"].as_str().unwrap().replace('|', "%7C");
            change(&format!("/_mock/users/{id}"), json!({"blocked": true})).await;
        }
        After::Wrong(times) => {
            let mut wrong = body.clone();
            wrong[field] = "wrong".into();
            for _ in 0..times {
                tenant.post(path, &wrong).await;
            }
        }
        _ => {}
    }
}

/// The errors of `/passwordless/start`.
#[rstest]
#[case::bad_tenant(After::Nothing, json!({"tenant": "other"}), 400, json!({"error": "bad.tenant", "error_description": "error in tenant - tenant validation failed: invalid_tenant"}))]
#[case::bad_client_id(After::Nothing, json!({"client_id": null}), 400, json!({"error": "bad.client_id", "error_description": "Missing required property: client_id"}))]
#[case::connection_missing(After::Nothing, json!({"connection": null}), 400, json!({"error": "bad.connection", "error_description": "Missing required property: connection"}))]
#[case::connection_unknown(After::Nothing, json!({"connection": "fax"}), 400, json!({"error": "bad.connection", "error_description": "Connection does not exist"}))]
#[case::connection_disabled(After::Nothing, json!({"connection": "off"}), 400, json!({"error": "bad.connection", "error_description": "Connection is disabled"}))]
#[case::connection_strategy(After::Nothing, json!({"connection": "db"}), 400, json!({"error": "bad.connection", "error_description": "Invalid connection strategy. It must either be a passwordless connection"}))]
#[case::signup_disabled(After::Nothing, json!({"connection": "closed"}), 400, json!({"error": "bad.connection", "error_description": "Public signup is disabled"}))]
#[case::bad_send(After::Nothing, json!({"send": "fax"}), 400, json!({"error": "bad.send", "error_description": "error in send - No enum match for: fax"}))]
#[case::bad_auth_params(After::Nothing, json!({"authParams": "x"}), 400, json!({"error": "bad.authParams", "error_description": "error in authParams - invalid type: string (expected object)"}))]
#[case::bad_request(After::Nothing, json!({"colour": "red"}), 400, json!({"error": "bad.request", "error_description": "the following properties are not allowed: colour"}))]
#[case::email_missing(After::Nothing, json!({"email": null}), 400, json!({"error": "bad.email", "error_description": "Missing required property: email"}))]
#[case::email_invalid(After::Nothing, json!({"email": "ada"}), 400, json!({"error": "bad.email", "error_description": "error in email - email format validation failed: ada"}))]
#[case::phone_missing(After::Nothing, json!({"connection": "sms"}), 400, json!({"error": "bad.phone_number", "error_description": "Missing required property: phone_number"}))]
#[case::phone_invalid(After::Nothing, json!({"connection": "sms", "phone_number": "0049"}), 400, json!({"error": "bad.phone_number", "error_description": "String does not match pattern: ^\\+[0-9]{1,15}$"}))]
#[case::sms_provider_error(After::Setting("fail"), json!({"connection": "sms", "phone_number": "+493012345678"}), 400, json!({"error": "sms_provider_error", "error_description": "email_provider is set to fail (Code: 30008)"}))]
#[case::invalid_captcha(After::Setting(r#"{"attack_protection": {"bot_detection": {"challenge_passwordless_policy": "always"}}}"#), json!({}), 400, json!({"error": "invalid_captcha", "error_description": "Invalid captcha value"}))]
#[case::access_denied(After::Nothing, json!({"client_secret": "wrong"}), 401, json!({"error": "access_denied", "error_description": "Unauthorized"}))]
#[case::unauthorized_client(After::Setting(r#"{"flags": {"enforce_client_authentication_on_passwordless_start": true}}"#), json!({}), 403, json!({"error": "unauthorized_client", "error_description": "Client authentication is required"}))]
#[case::too_many_requests(After::Calls(50), json!({}), 429, json!({"error": "too_many_requests", "error_description": TOO_MANY}))]
#[tokio::test]
async fn start_refuses_as_in_its_table(
    #[case] after: After,
    #[case] change: Value,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let tenant = tenant();
    let mut body = start_body(ADA);
    merge_patch(&mut body, change);
    if let After::Setting("fail") = after {
        let provider = json!({"name": "fail"});
        tenant
            .control(Method::PATCH, "/_mock/email-provider", &provider)
            .await;
    } else {
        set_up(&tenant, after, "/passwordless/start", &mut body, "").await;
    }
    let reply = tenant.post("/passwordless/start", &body).await;
    reply.assert(status, &expected);
}

/// The errors of `/co/authenticate`. The one for an origin that is not allowed is plain text, and has a test of its own.
#[rstest]
#[case::invalid_body(After::Nothing, json!({"otp": null}), 400, json!({"error": "invalid_request", "error_description": CO_BODY}))]
#[case::credential_type(After::Nothing, json!({"credential_type": "x"}), 400, json!({"error": "unsupported_credential_type", "error_description": "Unknown credential type parameter."}))]
#[case::unknown_realm(After::Nothing, json!({"realm": "non-existent-connection"}), 400, json!({"error": "invalid_request", "error_description": "Unknown realm non-existent-connection."}))]
#[case::cross_origin_off(After::Nothing, json!({"client_id": "shut"}), 401, json!({"error": "unauthorized_client", "error_description": "Cross origin login not allowed."}))]
#[case::wrong_code(After::Wrong(0), json!({"otp": "wrong"}), 403, json!({"error": "access_denied", "error_description": "Wrong email or verification code."}))]
#[case::password_body(After::Nothing, json!({"credential_type": PASSWORD}), 400, json!({"error": "invalid_request", "error_description": CO_PASSWORD_BODY}))]
#[case::password_missing(After::Nothing, json!({"credential_type": PASSWORD, "otp": null}), 400, json!({"error": "invalid_request", "error_description": CO_PASSWORD_BODY}))]
#[case::password_realm(After::Nothing, json!({"credential_type": PASSWORD, "otp": null, "password": "x", "realm": "nowhere"}), 400, json!({"error": "invalid_request", "error_description": "Unknown realm nowhere."}))]
#[case::password_cross_origin_off(After::Nothing, json!({"credential_type": PASSWORD, "otp": null, "password": "x", "realm": "db", "client_id": "shut"}), 401, json!({"error": "unauthorized_client", "error_description": "Cross origin login not allowed."}))]
#[case::wrong_password(After::Nothing, json!({"credential_type": PASSWORD, "otp": null, "password": "x", "realm": "db"}), 403, json!({"error": "access_denied", "error_description": "Wrong email or password."}))]
#[case::code_as_password(After::Nothing, json!({"credential_type": PASSWORD, "otp": null, "password": "123456"}), 403, json!({"error": "access_denied", "error_description": "Wrong email or password."}))]
#[case::authentication_error(After::Nothing, json!({"realm": "db"}), 403, json!({"error": "access_denied", "error_description": "Authentication error"}))]
#[case::blocked_user(After::Block, json!({}), 403, json!({"error": "blocked_user", "error_description": "Blocked user"}))]
#[case::fourth_try(After::Wrong(3), json!({}), 403, json!({"error": "access_denied", "error_description": MAXIMUM}))]
#[case::expired(After::Expiry, json!({}), 403, json!({"error": "access_denied", "error_description": EXPIRED}))]
#[case::account_blocked(After::Wrong(10), json!({}), 429, json!({"error": "too_many_attempts", "error_description": BLOCKED}))]
#[case::suspicious(After::Setting(r#"{"attack_protection": {"suspicious_ip_throttling": {"allowlist": [], "stage": {"pre-login": {"max_attempts": 1}}}}}"#), json!({}), 429, json!({"error": "too_many_attempts", "error_description": SUSPICIOUS}))]
#[tokio::test]
async fn co_authenticate_refuses_as_in_its_table(
    #[case] after: After,
    #[case] change: Value,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let (tenant, mut body) = (tenant(), co_body(ADA, "123456"));
    set_up(&tenant, after, "/co/authenticate", &mut body, "otp").await;
    merge_patch(&mut body, change);
    if let After::Setting(_) = after {
        tenant.post("/co/authenticate", &body).await;
    }
    let reply = tenant.post("/co/authenticate", &body).await;
    reply.assert(status, &expected);
}

/// Only databases of passwords have this error, so a fault produces it.
#[tokio::test]
async fn co_authenticate_password_leaked() {
    let tenant = tenant();
    let leaked = json!({"error": "password_leaked", "error_description": LEAKED});
    let fault =
        json!({"match": {"path": "/co/authenticate"}, "times": 1, "status": 401, "body": leaked});
    let scripted = request(Method::POST, "/_mock/faults", &[], &fault.to_string());
    assert!(tenant.send(scripted).await.status.is_success());
    let body = json!({"client_id": "latchkey-web", "credential_type": PASSWORD, "username": ADA, "password": "x", "realm": "db"});
    let reply = tenant.post("/co/authenticate", &body).await;
    reply.assert(401, &leaked);
    assert_eq!(reply.header("access-control-allow-origin"), ORIGIN);
}

/// A failed login with a password is logged without the password.
#[tokio::test]
async fn co_authenticate_password_is_logged_masked() {
    let tenant = tenant();
    let body = json!({"client_id": "latchkey-web", "credential_type": PASSWORD, "username": "Ada@example.com", "password": "hunter2", "realm": "db"});
    tenant.post("/co/authenticate", &body).await;
    let logs = tenant.get("/_mock/logs", &[]).await;
    assert!(!logs.text.contains("hunter2"), "{}", logs.text);
    let failed = tenant.logged("fcoa").await.unwrap();
    let expected = json!({"client_id": "latchkey-web", "credential_type": PASSWORD, "username": ADA, "password": "******", "realm": "db"});
    assert_eq!(failed["details"]["body"], expected);
    assert_eq!(tenant.logged("fp").await.unwrap()["user_name"], ADA);
}

#[tokio::test]
async fn co_authenticate_origin_not_allowed() {
    let headers = [
        ("content-type", "application/json"),
        ("origin", "https://test.app"),
    ];
    let body = co_body(ADA, "123456").to_string();
    let request = request(Method::POST, "/co/authenticate", &headers, &body);
    let reply = tenant().send(request).await;
    assert_eq!(reply.status, 403);
    assert_eq!(reply.text, "Origin https://test.app is not allowed.");
}

/// The errors of `/passwordless/verify`.
#[rstest]
#[case::no_username(After::Nothing, json!({"email": null}), 400, json!({"error": "invalid_request", "error_description": "missing username parameter"}))]
#[case::no_password(After::Nothing, json!({"verification_code": null}), 400, json!({"error": "invalid_request", "error_description": "missing password parameter"}))]
#[case::no_connection(After::Nothing, json!({"connection": null}), 400, json!({"error": "invalid_request", "error_description": "missing connection parameter"}))]
#[case::no_client_id(After::Nothing, json!({"client_id": null}), 400, json!({"error": "invalid_request", "error_description": "missing client_id parameter"}))]
#[case::scope(After::Nothing, json!({"scope": 1}), 400, json!({"error": "invalid_request", "error_description": "scope parameter must be a string"}))]
#[case::strategy(After::Nothing, json!({"connection": "db"}), 400, json!({"error": "invalid_request", "error_description": "specified strategy does not support requested operation"}))]
#[case::connection_not_found(After::Nothing, json!({"connection": "x"}), 400, json!({"error": "invalid_request", "error_description": "the connection was not found"}))]
#[case::connection_disabled(After::Nothing, json!({"connection": "off"}), 400, json!({"error": "invalid_request", "error_description": "the connection was disabled"}))]
#[case::wrong_email(After::Code, json!({"verification_code": "x"}), 401, json!({"error": "invalid_user_password", "error_description": "Wrong email or verification code."}))]
#[case::wrong_number(After::Nothing, json!({"connection": "sms", "phone_number": "+491"}), 401, json!({"error": "invalid_user_password", "error_description": "Wrong phone number or verification code."}))]
#[case::blocked(After::Block, json!({}), 401, json!({"error": "unauthorized", "error_description": "user is blocked"}))]
#[case::invalid_client(After::Nothing, json!({"client_id": "nobody"}), 403, json!({"error": "unauthorized_client", "error_description": "invalid client"}))]
#[case::access_denied(After::SignupOff, json!({}), 403, json!({"error": "access_denied", "error_description": "Public signup is disabled"}))]
#[case::too_many_attempts(After::Wrong(10), json!({}), 429, json!({"error": "too_many_attempts", "error_description": BLOCKED}))]
#[case::too_many_logins(After::Calls(20), json!({"connection": "sms", "phone_number": "+491"}), 429, json!({"error": "too_many_logins", "error_description": "Too many logins of this person. Wait a minute."}))]
#[tokio::test]
async fn verify_refuses_as_in_its_table(
    #[case] after: After,
    #[case] change: Value,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let tenant = tenant();
    let mut body = json!({"connection": "email", "client_id": "latchkey-web", "email": ADA, "verification_code": "123456"});
    if let After::Calls(_) = after {
        let off = json!({"attack_protection": {"brute_force_protection": {"enabled": false}}});
        tenant.control(Method::PATCH, "/_mock/settings", &off).await;
        merge_patch(&mut body, change.clone());
    }
    let field = "verification_code";
    set_up(&tenant, after, "/passwordless/verify", &mut body, field).await;
    merge_patch(&mut body, change);
    let reply = tenant.post("/passwordless/verify", &body).await;
    reply.assert(status, &expected);
}

fn grant(kind: &str) -> Value {
    let mut body = json!({"grant_type": kind, "client_id": "latchkey-web", "client_secret": "latchkey-web-secret"});
    merge_patch(
        &mut body,
        match kind {
            OTP => json!({"username": ADA, "otp": "123456", "realm": "email"}),
            "refresh_token" => json!({"refresh_token": "x"}),
            _ => json!({"code": "x", "redirect_uri": CALLBACK}),
        },
    );
    body
}

const CODE: &str = "authorization_code";

/// The errors of `/oauth/token`. The rows that need an authorization code are below.
#[rstest]
#[case::invalid_code(CODE, After::Nothing, json!({}), 403, json!({"error": "invalid_grant", "error_description": "Invalid authorization code"}))]
#[case::refresh_token("refresh_token", After::Nothing, json!({}), 403, json!({"error": "invalid_grant", "error_description": "Unknown or invalid refresh token."}))]
#[case::wrong_email(OTP, After::Code, json!({"otp": "x"}), 403, json!({"error": "invalid_grant", "error_description": "Wrong email or verification code."}))]
#[case::wrong_number(OTP, After::Nothing, json!({"realm": "sms", "username": "+491"}), 403, json!({"error": "invalid_grant", "error_description": "Wrong phone number or verification code."}))]
#[case::expired(OTP, After::Expiry, json!({}), 403, json!({"error": "invalid_grant", "error_description": EXPIRED}))]
#[case::maximum(OTP, After::Wrong(3), json!({}), 403, json!({"error": "invalid_grant", "error_description": MAXIMUM}))]
#[case::grant_type("password", After::Nothing, json!({}), 403, json!({"error": "unauthorized_client", "error_description": "Grant type 'password' not allowed for the client.", "error_uri": "https://auth0.com/docs/clients/client-grant-types"}))]
#[case::unknown_client(CODE, After::Nothing, json!({"client_id": "nobody"}), 401, json!({"error": "access_denied", "error_description": "Unauthorized"}))]
#[case::wrong_secret(CODE, After::Nothing, json!({"client_secret": "wrong"}), 401, json!({"error": "access_denied", "error_description": "Unauthorized"}))]
#[case::no_secret(CODE, After::Nothing, json!({"client_secret": null}), 401, json!({"error": "access_denied", "error_description": "Unauthorized"}))]
#[case::missing_parameter(OTP, After::Nothing, json!({"otp": null}), 400, json!({"error": "invalid_request", "error_description": "Missing required parameter: otp"}))]
#[case::denied(OTP, After::Code, json!({"rules": [{"deny": "Not today."}]}), 403, json!({"error": "access_denied", "error_description": "Not today."}))]
#[case::signup_disabled(OTP, After::SignupOff, json!({}), 403, json!({"error": "access_denied", "error_description": "Public signup is disabled"}))]
#[case::mfa(OTP, After::Code, json!({"rules": [{"mfa": true}]}), 403, json!({"error": "mfa_required", "error_description": "Multifactor authentication required", "mfa_token": "...", "mfa_requirements": {"challenge": [{"type": "otp"}]}}))]
#[case::too_many_attempts(OTP, After::Wrong(10), json!({}), 429, json!({"error": "too_many_attempts", "error_description": BLOCKED}))]
#[case::too_many_requests(CODE, After::Setting(r#"{"token_per_second": 1}"#), json!({}), 429, json!({"error": "too_many_requests", "error_description": TOO_MANY}))]
#[tokio::test]
async fn token_refuses_as_in_its_table(
    #[case] kind: &str,
    #[case] after: After,
    #[case] mut change: Value,
    #[case] status: u16,
    #[case] expected: Value,
) {
    let (tenant, mut body) = (tenant(), grant(kind));
    let rules = change.as_object_mut().unwrap().remove("rules");
    if let Some(rules) = rules {
        let rules = json!({"rules": rules});
        tenant
            .control(Method::PATCH, "/_mock/settings", &rules)
            .await;
    }
    set_up(&tenant, after, "/oauth/token", &mut body, "otp").await;
    merge_patch(&mut body, change);
    if let After::Setting(_) = after {
        tenant.post("/oauth/token", &body).await;
    }
    let reply = tenant.post("/oauth/token", &body).await;
    let mut said = reply.json();
    if let Some(token) = said.get_mut("mfa_token") {
        assert!(token.as_str().unwrap().len() >= 32);
        *token = "...".into();
    }
    assert_eq!((reply.status.as_u16(), &said), (status, &expected));
}

#[rstest]
#[case::verifier(&[("code_verifier", "x")], json!({"error": "invalid_grant", "error_description": "Failed to verify code verifier"}))]
#[case::redirect_uri(&[("redirect_uri", "http://localhost:3000/")], json!({"error": "unauthorized_client", "error_description": "The redirect URI is wrong. You sent http://localhost:3000/, and we expected http://localhost:3000/callback"}))]
#[tokio::test]
async fn token_with_an_authorization_code_refuses_as_in_its_table(
    #[case] extra: &[(&str, &str)],
    #[case] expected: Value,
) {
    let tenant = tenant();
    let code = tenant.authorization_code(&[]).await;
    tenant.exchange(&code, extra).await.assert(403, &expected);
}
