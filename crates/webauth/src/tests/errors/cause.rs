//! The cause that the SDK finds for a refusal.

use rstest::rstest;

use super::{coded, parsed, refused_with};
use crate::ErrorKind;
use crate::env::Body;
use crate::wire::Value;

#[rstest]
#[case(
    403,
    "access_denied",
    "Wrong email or verification code.",
    ErrorKind::InvalidCode
)]
#[case(
    403,
    "access_denied",
    "Wrong email or password.",
    ErrorKind::InvalidCode
)]
#[case(
    403,
    "invalid_grant",
    "Wrong phone number or verification code.",
    ErrorKind::InvalidCode
)]
#[case(
    401,
    "invalid_user_password",
    "Wrong email or verification code.",
    ErrorKind::InvalidCode
)]
#[case(
    403,
    "access_denied",
    "The verification code has expired. Please try to login again.",
    ErrorKind::CodeExpired
)]
#[case(
    403,
    "invalid_grant",
    "The verification code has expired. Please try to login again.",
    ErrorKind::CodeExpired
)]
#[case(
    403,
    "access_denied",
    "You've reached the maximum number of attempts. Please try to login again.",
    ErrorKind::TooManyAttempts
)]
#[case(
    429,
    "too_many_attempts",
    "Your account has been blocked after multiple consecutive login attempts.",
    ErrorKind::TooManyAttempts
)]
#[case(429, "too_many_logins", "", ErrorKind::TooManyAttempts)]
#[case(
    429,
    "too_many_requests",
    "Rate limit exceeded.",
    ErrorKind::RateLimited
)]
#[case(429, "anything", "", ErrorKind::RateLimited)]
#[case(
    400,
    "bad.connection",
    "Connection is disabled",
    ErrorKind::ConnectionDisabled
)]
#[case(
    400,
    "invalid_request",
    "the connection was disabled",
    ErrorKind::ConnectionDisabled
)]
#[case(
    400,
    "bad.connection",
    "Public signup is disabled",
    ErrorKind::SignupDisabled
)]
#[case(
    400,
    "bad.connection",
    "Connection does not exist",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "bad.email",
    "error in email - email format validation failed: food",
    ErrorKind::InvalidEmail
)]
#[case(400, "invalid_email", "", ErrorKind::InvalidEmail)]
#[case(
    400,
    "bad.phone_number",
    "Missing required property: phone_number",
    ErrorKind::InvalidPhoneNumber
)]
#[case(
    400,
    "sms_provider_error",
    "Not a number (Code: 21211)",
    ErrorKind::InvalidPhoneNumber
)]
#[case(
    400,
    "sms_provider_error",
    "Out of credit (Code: 1)",
    ErrorKind::ServerError
)]
#[case(400, "invalid_captcha", "", ErrorKind::CaptchaRequired)]
#[case(
    400,
    "bad.client_id",
    "Missing required property: client_id",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "bad.request",
    "the following properties are not allowed: x",
    ErrorKind::ClientMisconfigured
)]
#[case(
    403,
    "unauthorized_client",
    "Client authentication is required",
    ErrorKind::ClientMisconfigured
)]
#[case(
    401,
    "unauthorized_client",
    "Cross origin login not allowed.",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "unsupported_credential_type",
    "Unknown credential type parameter.",
    ErrorKind::ClientMisconfigured
)]
#[case(
    400,
    "invalid_request",
    "Unknown realm non-existent-connection.",
    ErrorKind::ClientMisconfigured
)]
#[case(403, "access_denied", "Authentication error", ErrorKind::AccessDenied)]
#[case(403, "blocked_user", "Blocked user", ErrorKind::BlockedUser)]
#[case(401, "unauthorized", "user is blocked", ErrorKind::BlockedUser)]
#[case(
    403,
    "mfa_required",
    "Multifactor authentication required",
    ErrorKind::RequestRefused
)]
#[case(
    403,
    "invalid_grant",
    "Invalid authorization code",
    ErrorKind::RequestRefused
)]
#[case(500, "server_error", "", ErrorKind::ServerError)]
fn status_code_and_description_decide_the_cause(
    #[case] status: u16,
    #[case] code: &str,
    #[case] description: &str,
    #[case] kind: ErrorKind,
) {
    let error = refused_with(status, coded(code, description), &[]);
    assert_eq!((error.kind(), error.status()), (kind, Some(status)));
}

#[rstest]
#[case(403, Body::Text("Origin https://test.app is not allowed.".into()), ErrorKind::OriginNotAllowed)]
#[case(400, Body::Text("Origin header required".into()), ErrorKind::OriginNotAllowed)]
#[case(502, Body::Text("<html>Bad gateway</html>".into()), ErrorKind::ServerError)]
#[case(403, Body::Text("<html>Blocked by a firewall</html>".into()), ErrorKind::ServerError)]
#[case(400, Body::Json(Value::Null), ErrorKind::ServerError)]
#[case(400, Body::Empty, ErrorKind::ServerError)]
#[case(200, Body::Malformed("{".into()), ErrorKind::ServerError)]
#[case(429, Body::Text("slow down".into()), ErrorKind::RateLimited)]
#[case(400, parsed("[]"), ErrorKind::RequestRefused)]
fn refusals_without_a_json_object_have_a_cause_too(
    #[case] status: u16,
    #[case] body: Body,
    #[case] kind: ErrorKind,
) {
    assert_eq!(refused_with(status, body, &[]).kind(), kind);
}
