//! The errors of `/passwordless/start`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::captcha::INVALID_CAPTCHA;
use crate::client_assertion::AssertionError;
use crate::limits::TOO_MANY_REQUESTS;
use crate::response::oauth_error;

/// The status for an unknown client. No source tells Auth0's.
pub(crate) const UNKNOWN_CLIENT_STATUS: StatusCode = StatusCode::FORBIDDEN;

/// Why no message was sent. The texts come from Auth0's documentation of `POST /passwordless/start`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StartError {
    #[error(transparent)]
    Assertion(#[from] AssertionError),
    #[error("error in authParams - invalid type: {0} (expected object)")]
    AuthParamsType(&'static str),
    #[error("Client authentication is required")]
    ClientAuthenticationRequired,
    #[error("Connection is disabled")]
    ConnectionDisabled,
    #[error("{INVALID_CAPTCHA}")]
    InvalidCaptcha,
    #[error("error in email - email format validation failed: {0}")]
    InvalidEmail(String),
    #[error("String does not match pattern: ^\\+[0-9]{{1,15}}$")]
    InvalidPhoneNumber,
    #[error("{0}")]
    Malformed(&'static str),
    #[error("Missing required property: client_id")]
    MissingClientId,
    #[error("Missing required property: connection")]
    MissingConnection,
    #[error("Missing required property: email")]
    MissingEmail,
    #[error("Missing required property: phone_number")]
    MissingPhoneNumber,
    #[error("Invalid connection strategy. It must either be a passwordless connection")]
    NotPasswordless,
    #[error("Public signup is disabled")]
    SignupDisabled,
    /// The e-mail provider is `fail`. The number in the text is Twilio's for a message that cannot be sent.
    #[error("email_provider is set to fail (Code: 30008)")]
    SmsProvider,
    #[error("{TOO_MANY_REQUESTS}")]
    TooManyRequests,
    /// The client is unknown. No source tells Auth0's text.
    #[error("Unknown client: {0}")]
    UnknownClient(String),
    #[error("Connection does not exist")]
    UnknownConnection,
    #[error("the following properties are not allowed: {0}")]
    UnknownProperties(String),
    #[error("error in send - No enum match for: {0}")]
    UnknownSend(String),
    /// The parameter `tenant`, which old clients send, is not this tenant.
    #[error("error in tenant - tenant validation failed: invalid_tenant")]
    UnknownTenant,
    #[error("Unauthorized")]
    WrongSecret,
}

impl StartError {
    /// The status and the error code.
    pub(crate) fn code(&self) -> (StatusCode, &'static str) {
        let bad = StatusCode::BAD_REQUEST;
        match self {
            Self::Assertion(_) => (StatusCode::UNAUTHORIZED, "invalid_client"),
            Self::AuthParamsType(_) => (bad, "bad.authParams"),
            Self::ClientAuthenticationRequired => (StatusCode::FORBIDDEN, "unauthorized_client"),
            Self::UnknownClient(_) => (UNKNOWN_CLIENT_STATUS, "unauthorized_client"),
            Self::ConnectionDisabled
            | Self::MissingConnection
            | Self::NotPasswordless
            | Self::SignupDisabled
            | Self::UnknownConnection => (bad, "bad.connection"),
            Self::InvalidCaptcha => (bad, "invalid_captcha"),
            Self::InvalidEmail(_) | Self::MissingEmail => (bad, "bad.email"),
            Self::InvalidPhoneNumber | Self::MissingPhoneNumber => (bad, "bad.phone_number"),
            Self::Malformed(_) | Self::UnknownProperties(_) => (bad, "bad.request"),
            Self::MissingClientId => (bad, "bad.client_id"),
            Self::SmsProvider => (bad, "sms_provider_error"),
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            Self::UnknownSend(_) => (bad, "bad.send"),
            Self::UnknownTenant => (bad, "bad.tenant"),
            Self::WrongSecret => (StatusCode::UNAUTHORIZED, "access_denied"),
        }
    }
}

impl IntoResponse for StartError {
    fn into_response(self) -> Response {
        let (status, code) = self.code();
        oauth_error(status, code, &self.to_string())
    }
}
