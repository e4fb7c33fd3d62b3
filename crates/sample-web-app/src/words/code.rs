//! The texts about the form that asks for an address, and the one that takes the code.

use axum::http::StatusCode;

use super::{Words, persons};
use crate::{http::HttpError, passwordless::PasswordlessError, verification_code::NoCode};

/// The login form has no usable e-mail address.
pub(crate) fn address_malformed() -> Words {
    persons(
        StatusCode::BAD_REQUEST,
        "This is not an e-mail address",
        "Enter your e-mail address, such as you@example.com.",
    )
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
    match cause {
        PasswordlessError::ClientRefused(_) => client_refused(domain),
        PasswordlessError::Http(HttpError::Timeout) => {
            no_answer(StatusCode::GATEWAY_TIMEOUT, domain, local)
        }
        PasswordlessError::Http(HttpError::Unreachable) => {
            no_answer(StatusCode::BAD_GATEWAY, domain, local)
        }
        PasswordlessError::NoConnection => no_connection(domain),
        PasswordlessError::RateLimited { retry_after } => slow_down(*retry_after),
        PasswordlessError::Http(_)
        | PasswordlessError::Refused(_)
        | PasswordlessError::Unreadable => tenant_failed(cause, domain),
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

fn client_refused(domain: &str) -> Words {
    (
        StatusCode::BAD_GATEWAY,
        "The tenant does not accept this app",
        format!(
            "Compare the client id and the client secret with the application's settings at {domain}, and see that its grant type Passwordless OTP is on."
        ),
    )
}

/// The tenant does not respond to a form. For other pages there is [`crate::pages::tenant_down`].
fn no_answer(status: StatusCode, domain: &str, local: bool) -> Words {
    let remedy = if local {
        "Start it with npm start"
    } else {
        "Wait a minute"
    };
    (
        status,
        "The tenant does not answer",
        format!("The tenant at {domain} does not answer. {remedy}, then try again."),
    )
}

fn no_connection(domain: &str) -> Words {
    (
        StatusCode::BAD_GATEWAY,
        "The tenant sends no codes for this app",
        format!("Switch on passwordless login by e-mail for this application at {domain}."),
    )
}

fn slow_down(retry_after: Option<u64>) -> Words {
    let wait = wait(retry_after);
    (
        StatusCode::TOO_MANY_REQUESTS,
        "Too many logins at once",
        format!("The tenant asks to slow down. Wait {wait}, then try again."),
    )
}

fn tenant_failed(cause: &PasswordlessError, domain: &str) -> Words {
    (
        StatusCode::BAD_GATEWAY,
        "The tenant could not do its part",
        format!("Something is wrong at {domain}: {cause}. Try again in a moment."),
    )
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
