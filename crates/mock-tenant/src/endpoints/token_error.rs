//! The errors of `/oauth/token`.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::client_auth::Unproven;
use crate::client_assertion::AssertionError;
use crate::grants::RefreshRefusal;
use crate::keys::KeyError;
use crate::limits::TOO_MANY_REQUESTS;
use crate::proof::{Refused, SIGNUP_DISABLED, SUSPICIOUS, TOO_MANY_ATTEMPTS, Unproved};
use crate::request::ParamsError;
use crate::response::{json_response, oauth_error};
use crate::rules::MFA_REQUIRED;

/// Why a request gets no tokens.
#[derive(Debug, thiserror::Error)]
pub(super) enum TokenError {
    #[error(transparent)]
    Assertion(#[from] AssertionError),
    #[error("user is blocked")]
    BlockedUser,
    /// Refused by a rule, with the rule's text.
    #[error("{0}")]
    Denied(String),
    #[error("Grant type '{0}' not allowed for the client.")]
    GrantNotAllowed(String),
    #[error("Invalid authorization code")]
    InvalidCode,
    #[error("Failed to verify code verifier")]
    InvalidVerifier,
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("The requested scope was not granted before: {0}")]
    InvalidScope(String),
    #[error("{0}")]
    Malformed(#[from] ParamsError),
    /// A second factor is required. The response has an `mfa_token`, but no endpoint of the mock accepts it.
    #[error("{MFA_REQUIRED}")]
    MfaRequired { token: String },
    #[error("Missing required parameter: {0}")]
    MissingParameter(&'static str),
    #[error(transparent)]
    Refused(Refused),
    #[error("{SIGNUP_DISABLED}")]
    SignupDisabled,
    #[error("{SUSPICIOUS}")]
    Suspicious,
    #[error("{TOO_MANY_ATTEMPTS}")]
    TooManyAttempts,
    #[error("{TOO_MANY_REQUESTS}")]
    TooManyRequests,
    #[error("Client credentials must be sent once, in the header or in the body")]
    TwoMethods,
    /// The refresh token is refused. `reused` is only for the log: it means that somebody has a copy.
    #[error("Unknown or invalid refresh token.")]
    UnknownRefreshToken { reused: bool },
    #[error("Unauthorized")]
    Unauthorized,
    #[error("Unknown realm {0}.")]
    UnknownRealm(String),
    #[error("The redirect URI is wrong. You sent {sent}, and we expected {expected}")]
    WrongRedirectUri { sent: String, expected: String },
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let text = self.to_string();
        let (status, code) = match self {
            Self::GrantNotAllowed(_) => {
                let body = json!({"error": "unauthorized_client", "error_description": text,
                    "error_uri": "https://auth0.com/docs/clients/client-grant-types"});
                return json_response(StatusCode::FORBIDDEN, &body);
            }
            Self::MfaRequired { token } => {
                let body = json!({"error": "mfa_required", "error_description": text, "mfa_token": token,
                    "mfa_requirements": {"challenge": [{"type": "otp"}]}});
                return json_response(StatusCode::FORBIDDEN, &body);
            }
            Self::Denied(_) | Self::SignupDisabled => (StatusCode::FORBIDDEN, "access_denied"),
            Self::BlockedUser => (StatusCode::FORBIDDEN, "unauthorized"),
            Self::InvalidCode
            | Self::InvalidVerifier
            | Self::Refused(_)
            | Self::UnknownRefreshToken { .. } => (StatusCode::FORBIDDEN, "invalid_grant"),
            Self::InvalidScope(_) => (StatusCode::BAD_REQUEST, "invalid_scope"),
            Self::Suspicious | Self::TooManyAttempts => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts")
            }
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            Self::Key(error) => {
                tracing::error!("{error}");
                let text = "The tenant could not sign the token";
                return oauth_error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", text);
            }
            Self::Malformed(_)
            | Self::MissingParameter(_)
            | Self::TwoMethods
            | Self::UnknownRealm(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Assertion(_) => (StatusCode::UNAUTHORIZED, "invalid_client"),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "access_denied"),
            Self::WrongRedirectUri { .. } => (StatusCode::FORBIDDEN, "unauthorized_client"),
        };
        let mut response = oauth_error(status, code, &text);
        if status == StatusCode::UNAUTHORIZED {
            let challenge = axum::http::HeaderValue::from_static("Basic realm=\"mock tenant\"");
            response.headers_mut().insert("www-authenticate", challenge);
        }
        response
    }
}

impl From<Unproven> for TokenError {
    fn from(unproven: Unproven) -> Self {
        match unproven {
            Unproven::Assertion(error) => Self::Assertion(error),
            Unproven::TwoMethods => Self::TwoMethods,
            Unproven::Unauthorized => Self::Unauthorized,
        }
    }
}

impl From<Unproved> for TokenError {
    fn from(unproved: Unproved) -> Self {
        match unproved {
            Unproved::BlockedUser => Self::BlockedUser,
            Unproved::SignupDisabled => Self::SignupDisabled,
            Unproved::TooManyLogins => Self::TooManyRequests,
            Unproved::Suspicious => Self::Suspicious,
            Unproved::TooManyAttempts => Self::TooManyAttempts,
            Unproved::Refused(refused) => Self::Refused(refused),
        }
    }
}

impl From<RefreshRefusal> for TokenError {
    fn from(refusal: RefreshRefusal) -> Self {
        Self::UnknownRefreshToken {
            reused: refusal == RefreshRefusal::Reused,
        }
    }
}
