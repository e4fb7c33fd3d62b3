//! The texts about a login that fails at the callback.

use axum::http::StatusCode;

use super::{Words, persons};
use crate::{http::HttpError, id_token::IdTokenError, oidc::TenantError, pages};

/// A request to the tenant failed at the callback.
pub(crate) fn tenant(cause: &TenantError, domain: &str, local: bool) -> Words {
    match cause {
        TenantError::ClientRefused(_) => (
            StatusCode::BAD_GATEWAY,
            "The tenant does not accept this app",
            format!(
                "Compare the client id, the client secret and the allowed callback URLs with the application's settings at {domain}."
            ),
        ),
        TenantError::CodeRefused => (
            StatusCode::BAD_REQUEST,
            "This login was used before",
            "The tenant takes each login once and only for a short time. Start a new one."
                .to_owned(),
        ),
        TenantError::Http(HttpError::Timeout) => (
            StatusCode::GATEWAY_TIMEOUT,
            "The tenant does not answer",
            pages::tenant_down(domain, local),
        ),
        TenantError::Http(HttpError::Unreachable) => (
            StatusCode::BAD_GATEWAY,
            "The tenant does not answer",
            pages::tenant_down(domain, local),
        ),
        TenantError::RateLimited => (
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many logins at once",
            "The tenant asks to slow down. Wait a minute, then start again.".to_owned(),
        ),
        TenantError::Http(_)
        | TenantError::OtherIssuer
        | TenantError::Refused(_)
        | TenantError::Unreadable => (
            StatusCode::BAD_GATEWAY,
            "The tenant could not finish the login",
            format!("Something is wrong at {domain}: {cause}. Try again in a moment."),
        ),
    }
}

/// The tenant ended the login with an error.
pub(crate) fn refused(code: &str, description: &str, domain: &str) -> Words {
    if !is_about_cookies(description) {
        return persons(
            refused_status(code),
            "The login was not completed",
            "The tenant ended the login. This is what it said:",
        );
    }
    (
        refused_status(code),
        "The browser kept the tenant’s cookies out",
        format!(
            "The tenant {domain} is on another site than this app, and this browser keeps the cookies of other sites out. Allow third-party cookies for this site and start the login again. The app’s owner can give the tenant an address of this site (a custom domain). This is what the tenant said:"
        ),
    )
}

/// Whether the tenant's error says that a login ticket came without the tenant's cookie. Then the cross-origin verification page is
/// not configured, or could not read the verifier either.
fn is_about_cookies(description: &str) -> bool {
    description.contains("verification page") || description.contains("No verifier returned")
}

/// The status for an error in the tenant's authorization response.
fn refused_status(code: &str) -> StatusCode {
    match code {
        "access_denied" | "unauthorized" => StatusCode::FORBIDDEN,
        "server_error" => StatusCode::BAD_GATEWAY,
        "temporarily_unavailable" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The callback's parameters are not an authorization response. `fault` goes on with "The address".
pub(crate) fn callback_malformed(fault: &str) -> Words {
    (
        StatusCode::BAD_REQUEST,
        "This address is not complete",
        format!("The address {fault}, so it cannot finish a login. Start the login again."),
    )
}

/// The check of the ID token failed.
pub(crate) fn id_token_refused(cause: IdTokenError) -> Words {
    (
        StatusCode::BAD_GATEWAY,
        "The login could not be confirmed",
        format!("The tenant's ID token was refused: {cause}."),
    )
}

/// The response is not the tenant's (RFC 9207).
pub(crate) fn issuer_mismatch() -> Words {
    persons(
        StatusCode::BAD_REQUEST,
        "The login could not be confirmed",
        "The answer does not come from the tenant this app asked. Start the login again.",
    )
}

/// This browser has logins in progress, but not this one.
pub(crate) fn state_mismatch() -> Words {
    persons(
        StatusCode::FORBIDDEN,
        "This login was not started here",
        "The answer belongs to another login than those this browser started. Start the login again in this window.",
    )
}

/// The login took too long.
pub(crate) fn transaction_expired() -> Words {
    persons(
        StatusCode::BAD_REQUEST,
        "The login took too long",
        "The page was open for too long before the login was finished. Start it again.",
    )
}

/// This browser has no login in progress.
pub(crate) fn transaction_missing() -> Words {
    persons(
        StatusCode::BAD_REQUEST,
        "This browser has no login in progress",
        "The login was finished already, took too long, or was started in another browser. If you started it in this window, allow cookies for this site.",
    )
}

/// The login was completed before.
pub(crate) fn transaction_spent() -> Words {
    persons(
        StatusCode::BAD_REQUEST,
        "This login was used before",
        "Each login counts once, and this one did. Start a new one.",
    )
}
