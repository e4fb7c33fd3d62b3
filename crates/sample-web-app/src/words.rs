//! The texts for people about errors of a login that have many causes.

use axum::http::StatusCode;

use crate::{
    http::HttpError, oidc::TenantError, pages, passwordless::PasswordlessError,
    verification_code::NoCode,
};

/// A status, a heading, and a text that says what happened and what to do.
type Words = (StatusCode, &'static str, String);

/// A request to the tenant failed at the callback.
pub(crate) fn tenant(cause: &TenantError, domain: &str, local: bool) -> Words {
    let failed = "The tenant could not finish the login";
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
            failed,
            format!("Something is wrong at {domain}: {cause}. Try again in a moment."),
        ),
    }
}

/// The status for an error in the tenant's authorization response.
pub(crate) fn refused_status(code: &str) -> StatusCode {
    match code {
        "access_denied" | "unauthorized" => StatusCode::FORBIDDEN,
        "server_error" => StatusCode::BAD_GATEWAY,
        "temporarily_unavailable" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The typed text is not a code.
pub(crate) fn no_code(cause: NoCode) -> Words {
    let (title, text) = match cause {
        NoCode::Empty => ("The code is missing", "Enter the code from the e-mail."),
        NoCode::Malformed => (
            "This is not a code",
            "A code is a row of digits. Enter the one from the e-mail.",
        ),
    };
    persons(StatusCode::BAD_REQUEST, title, text)
}

/// The tenant sent no code, or did not accept it. The page that asks for the code has the remedies.
pub(crate) fn passwordless(cause: &PasswordlessError, domain: &str, local: bool) -> Words {
    let ours = |title, text| (StatusCode::BAD_GATEWAY, title, text);
    let no_answer = |status| (status, "The tenant does not answer", silent(domain, local));
    match cause {
        PasswordlessError::ClientRefused(_) => ours(
            "The tenant does not accept this app",
            format!(
                "Compare the client id and the client secret with the application's settings at {domain}, and see that its grant type Passwordless OTP is on."
            ),
        ),
        PasswordlessError::Http(HttpError::Timeout) => no_answer(StatusCode::GATEWAY_TIMEOUT),
        PasswordlessError::Http(HttpError::Unreachable) => no_answer(StatusCode::BAD_GATEWAY),
        PasswordlessError::NoConnection => ours(
            "The tenant sends no codes for this app",
            format!("Switch on passwordless login by e-mail for this application at {domain}."),
        ),
        PasswordlessError::RateLimited { retry_after } => {
            let wait = wait(*retry_after);
            (
                StatusCode::TOO_MANY_REQUESTS,
                "Too many logins at once",
                format!("The tenant asks to slow down. Wait {wait}, then try again."),
            )
        }
        PasswordlessError::Http(_)
        | PasswordlessError::Refused(_)
        | PasswordlessError::Unreadable => ours(
            "The tenant could not do its part",
            format!("Something is wrong at {domain}: {cause}. Try again in a moment."),
        ),
        PasswordlessError::AddressRefused => persons(
            StatusCode::BAD_REQUEST,
            "The tenant does not take this address",
            "Check the spelling of your e-mail address, then try again.",
        ),
        PasswordlessError::CodeExpired => persons(
            StatusCode::BAD_REQUEST,
            "The code has expired",
            "This code is too old. Send another code and use that one.",
        ),
        PasswordlessError::CodeExhausted => persons(
            StatusCode::BAD_REQUEST,
            "The code was tried too often",
            "After so many wrong tries this code no longer works. Send another code and use that one.",
        ),
        PasswordlessError::CodeWrong => persons(
            StatusCode::BAD_REQUEST,
            "The code is wrong",
            "This is not the code of the last e-mail to this address. Check it, or send another code.",
        ),
        PasswordlessError::Denied => persons(
            StatusCode::FORBIDDEN,
            "You are not let in",
            "The tenant does not let this address in here. Ask those who run this site for access.",
        ),
        PasswordlessError::SecondFactor => persons(
            StatusCode::FORBIDDEN,
            "The tenant asks for a second factor",
            "This page cannot ask for one. Go to the start page and log in with the dialog.",
        ),
        PasswordlessError::SignupDisabled => persons(
            StatusCode::FORBIDDEN,
            "Nobody is known by this address",
            "New people cannot sign up here by logging in. Use the address you are known by, or ask those who run this site.",
        ),
        PasswordlessError::TooManyAttempts => persons(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong codes",
            "The tenant takes no more codes from you for now. Follow the e-mail it sent you about this, or ask those who run this site.",
        ),
    }
}

/// This app's own limit of messages is reached.
pub(crate) fn too_many(retry_after: u64) -> Words {
    let text = format!(
        "This site sends only so many codes to one address, and for one connection to the network. Wait {}, then try again.",
        wait(Some(retry_after))
    );
    persons(
        StatusCode::TOO_MANY_REQUESTS,
        "Too many codes asked for",
        &text,
    )
}

fn wait(seconds: Option<u64>) -> String {
    match seconds {
        Some(seconds) if seconds > 60 => format!("{} minutes", seconds.div_ceil(60)),
        _ => "a minute".to_owned(),
    }
}

/// An error that the person can mend. No server failed.
fn persons(status: StatusCode, title: &'static str, text: &str) -> Words {
    (status, title, text.to_owned())
}

/// The text for a tenant that does not respond to a form. For other pages there is [`pages::tenant_down`].
fn silent(domain: &str, local: bool) -> String {
    let remedy = if local {
        "Start it with npm start"
    } else {
        "Wait a minute"
    };
    format!("The tenant at {domain} does not answer. {remedy}, then try again.")
}
