//! The errors of `/authorize`, and whether the person or the application gets them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::config::Config;
use crate::mail::encode_component;
use crate::pages;
use crate::proof::{SUSPICIOUS, TOO_MANY_ATTEMPTS, TOO_MANY_LOGINS};
use crate::request::Params;
use crate::response::redirect;
use crate::rules::MFA_REQUIRED;

/// The status of the error page. No source tells Auth0's.
pub(crate) const ERROR_PAGE_STATUS: StatusCode = StatusCode::FORBIDDEN;

/// The error code of a magic link that has expired or was used. No source tells Auth0's.
pub(crate) const DEAD_LINK: &str = "unauthorized";

/// The errors that are shown to the person. To redirect them would make the tenant an open redirector.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PageError {
    #[error(
        "The provided redirect_uri is not in the list of allowed callback URLs. Please go to the Application Settings page and make sure you are sending a valid callback url from your application."
    )]
    CallbackMismatch,
    #[error("Missing required parameter: client_id")]
    MissingClientId,
    #[error("{0}")]
    Params(String),
    #[error("Unknown client: {0}")]
    UnknownClient(String),
    #[error(
        "The origin of the redirect_uri is not in the list of Allowed Web Origins, which response_mode=web_message needs."
    )]
    WebOrigin,
}

impl PageError {
    /// The response: a page, or a redirect to the custom error page with its parameters.
    pub(crate) fn respond(
        &self,
        config: &Config,
        params: Option<&Params>,
        tracking: &str,
    ) -> Response {
        let own = config.tenant.error_page.as_ref().map(|page| &page.url);
        let Some(url) = own.filter(|url| !url.is_empty()) else {
            return self.clone().into_response();
        };
        let param = |name| {
            params
                .and_then(|params| params.string(name))
                .unwrap_or_default()
        };
        let error = match self {
            Self::CallbackMismatch | Self::UnknownClient(_) | Self::WebOrigin => {
                "unauthorized_client"
            }
            Self::MissingClientId | Self::Params(_) => "invalid_request",
        };
        let pairs = [
            ("client_id", param("client_id")),
            ("connection", param("connection")),
            ("lang", param("ui_locales")),
            ("error", error.to_owned()),
            ("error_description", self.to_string()),
            ("tracking", tracking.to_owned()),
        ];
        let pairs = pairs.map(|(name, value)| format!("{name}={}", encode_component(&value)));
        let separator = if url.contains('?') { '&' } else { '?' };
        redirect(&format!("{url}{separator}{}", pairs.join("&")))
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let title = match self {
            Self::CallbackMismatch => "Callback URL mismatch.",
            Self::MissingClientId | Self::Params(_) => "Invalid request.",
            Self::UnknownClient(_) => "Unknown client.",
            Self::WebOrigin => "Web origin mismatch.",
        };
        pages::error_page(ERROR_PAGE_STATUS, title, &self.to_string())
    }
}

/// The errors that are sent to the application, in the response mode of its request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AuthorizeError {
    #[error("User is blocked")]
    BlockedUser,
    /// A magic link whose code was refused.
    #[error("{0}")]
    CodeRefused(&'static str),
    /// Refused by a rule, with the rule's text.
    #[error("{0}")]
    Denied(String),
    #[error("Response type '{0}' not allowed for the client.")]
    GrantNotAllowed(String),
    #[error("max_age must be a whole number of seconds")]
    InvalidMaxAge,
    #[error("prompt=none must stand alone")]
    InvalidPrompt,
    #[error("code_challenge must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~")]
    InvalidChallenge,
    /// A second factor is required, and the request does not allow a page (`prompt=none`).
    #[error("{MFA_REQUIRED}")]
    InteractionRequired,
    #[error("Unknown or invalid login ticket.")]
    InvalidTicket,
    #[error("Login required")]
    LoginRequired,
    /// A second factor is required, which the mock does not have.
    #[error("{MFA_REQUIRED}")]
    MfaRequired,
    #[error("Missing required parameter: nonce")]
    MissingNonce,
    #[error("Missing required parameter: response_type")]
    MissingResponseType,
    #[error("Unable to configure verification page.")]
    NoVerificationPage,
    #[error("No verifier returned from client.")]
    NoVerifier,
    #[error("The signing key is not there.")]
    NoKey,
    #[error("parameter organization is not allowed for this client")]
    OrganizationNotAllowed,
    #[error("parameter organization is required for this client")]
    OrganizationRequired,
    #[error("response_mode '{0}' is not allowed with this response_type")]
    ResponseMode(String),
    #[error("{SUSPICIOUS}")]
    Suspicious,
    #[error("{TOO_MANY_ATTEMPTS}")]
    TooManyAttempts,
    #[error("{TOO_MANY_LOGINS}")]
    TooManyLogins,
    #[error("code_challenge_method '{0}' is not supported; use S256 or plain")]
    UnknownChallengeMethod(String),
    #[error("authorization request parameter organization must be an organization id")]
    UnknownOrganization,
    #[error("Unsupported response type: {0}")]
    UnsupportedResponseType(String),
    #[error("Failed cross origin authentication")]
    WrongVerifier,
}

impl AuthorizeError {
    /// The error code of OAuth or OpenID Connect.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::CodeRefused(_) => DEAD_LINK,
            Self::BlockedUser => "unauthorized",
            Self::GrantNotAllowed(_) => "unauthorized_client",
            Self::InvalidChallenge
            | Self::InvalidMaxAge
            | Self::InvalidPrompt
            | Self::MissingNonce
            | Self::OrganizationNotAllowed
            | Self::OrganizationRequired
            | Self::UnknownOrganization
            | Self::MissingResponseType
            | Self::ResponseMode(_)
            | Self::UnknownChallengeMethod(_) => "invalid_request",
            Self::Denied(_)
            | Self::InvalidTicket
            | Self::NoVerificationPage
            | Self::NoVerifier
            | Self::WrongVerifier => "access_denied",
            Self::InteractionRequired => "interaction_required",
            Self::MfaRequired => "mfa_required",
            Self::LoginRequired => "login_required",
            Self::Suspicious | Self::TooManyAttempts => "too_many_attempts",
            Self::TooManyLogins => "too_many_logins",
            Self::NoKey => "server_error",
            Self::UnsupportedResponseType(_) => "unsupported_response_type",
        }
    }
}
