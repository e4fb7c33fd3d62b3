//! `POST /passwordless/verify`: auth0.js on a hosted page checks a code before it navigates to `verify_redirect`.
//!
//! As at Auth0 there are no CORS headers, so pages of other origins cannot read the response. The older form with `grant_type:
//! "password"` is refused; Auth0 closed it for tenants that were created after 2017-06-08.

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::login::log_failure;
use crate::call::{Call, Turn};
use crate::config::Strategy;
use crate::logs::Type;
use crate::proof::{
    Attempt, SIGNUP_DISABLED, SUSPICIOUS, TOO_MANY_ATTEMPTS, TOO_MANY_LOGINS, Unproved,
};
use crate::request::Params;
use crate::response::{json_response, oauth_error};

/// Why a code was refused. The texts come from Auth0's documentation of `POST /passwordless/verify`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum VerifyError {
    #[error("user is blocked")]
    BlockedUser,
    #[error("the connection was disabled")]
    ConnectionDisabled,
    #[error("invalid client")]
    InvalidClient,
    #[error("This tenant does not take passwords at /passwordless/verify; use /oauth/token")]
    LegacyGrant,
    #[error("The body is not a JSON object")]
    Malformed,
    #[error("missing {0} parameter")]
    Missing(&'static str),
    #[error("specified strategy does not support requested operation")]
    NotPasswordless,
    #[error("scope parameter must be a string")]
    ScopeType,
    #[error("{SIGNUP_DISABLED}")]
    SignupDisabled,
    #[error("{SUSPICIOUS}")]
    Suspicious,
    #[error("{TOO_MANY_ATTEMPTS}")]
    TooManyAttempts,
    #[error("{TOO_MANY_LOGINS}")]
    TooManyLogins,
    #[error("the connection was not found")]
    UnknownConnection,
    #[error("{}", if *.0 == Strategy::Sms { "Wrong phone number or verification code." } else { "Wrong email or verification code." })]
    Wrong(Strategy),
}

impl IntoResponse for VerifyError {
    fn into_response(self) -> Response {
        let (status, code) = match self {
            Self::ConnectionDisabled
            | Self::Malformed
            | Self::Missing(_)
            | Self::NotPasswordless
            | Self::ScopeType
            | Self::UnknownConnection => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Wrong(_) => (StatusCode::UNAUTHORIZED, "invalid_user_password"),
            Self::BlockedUser => (StatusCode::UNAUTHORIZED, "unauthorized"),
            Self::Suspicious | Self::TooManyAttempts => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts")
            }
            Self::TooManyLogins => (StatusCode::TOO_MANY_REQUESTS, "too_many_logins"),
            Self::InvalidClient => (StatusCode::FORBIDDEN, "unauthorized_client"),
            Self::LegacyGrant | Self::SignupDisabled => (StatusCode::FORBIDDEN, "access_denied"),
        };
        oauth_error(status, code, &self.to_string())
    }
}

impl From<Unproved> for VerifyError {
    fn from(unproved: Unproved) -> Self {
        match unproved {
            Unproved::BlockedUser => Self::BlockedUser,
            Unproved::Refused(refused) => Self::Wrong(refused.strategy),
            Unproved::SignupDisabled => Self::SignupDisabled,
            Unproved::TooManyLogins => Self::TooManyLogins,
            Unproved::Suspicious => Self::Suspicious,
            Unproved::TooManyAttempts => Self::TooManyAttempts,
        }
    }
}

/// `POST /passwordless/verify`
pub(crate) async fn verify(call: Call, body: Bytes) -> Response {
    let params = Params::body(&call.headers, &body).map_err(|_| VerifyError::Malformed);
    call.turn(|turn| {
        let checked = params.and_then(|params| check(turn, &params));
        match checked {
            Ok(()) => json_response(StatusCode::OK, &json!({})),
            Err(error) => {
                log_failure(turn, "", Type::Fp, &error.to_string());
                error.into_response()
            }
        }
    })
}

fn check(turn: &mut Turn<'_>, params: &Params) -> Result<(), VerifyError> {
    let field = |name| params.str(name).ok_or(VerifyError::Missing(name));
    let client_id = field("client_id")?;
    let realm = field("connection")?;
    if params
        .value("scope")
        .is_some_and(|scope| !scope.is_string())
    {
        return Err(VerifyError::ScopeType);
    }
    let config = &turn.store.config;
    config.client(client_id).ok_or(VerifyError::InvalidClient)?;
    if params.value("grant_type").is_some() {
        return Err(VerifyError::LegacyGrant);
    }
    let connection = config
        .connection(realm)
        .ok_or(VerifyError::UnknownConnection)?
        .clone();
    if !connection.is_enabled_for(client_id) {
        return Err(VerifyError::ConnectionDisabled);
    }
    if !connection.is_passwordless() {
        return Err(VerifyError::NotPasswordless);
    }
    let by_phone = connection.strategy == Strategy::Sms;
    let address = params.str(if by_phone { "phone_number" } else { "email" });
    let code = params.str("verification_code");
    let attempt = Attempt {
        connection: &connection,
        username: address.ok_or(VerifyError::Missing("username"))?,
        client_id,
        code: code.ok_or(VerifyError::Missing("password"))?,
    };
    Ok(attempt.look(turn)?)
}
