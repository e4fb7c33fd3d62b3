//! The texts of error pages, one function for each error or for each enum of causes.

mod callback;
mod code;

use axum::http::StatusCode;

pub(crate) use callback::{
    callback_malformed, id_token_refused, issuer_mismatch, refused, state_mismatch, tenant,
    transaction_expired, transaction_missing, transaction_spent,
};
pub(crate) use code::{address_malformed, no_code, passwordless, too_many};

use crate::random::NoRandomness;

/// A status, a heading, and a text that says what happened and what to do.
pub(crate) type Words = (StatusCode, &'static str, String);

/// A form to log out that has no CSRF token.
pub(crate) fn foreign_form() -> Words {
    persons(
        StatusCode::FORBIDDEN,
        "You are still logged in",
        "The request to log out did not come from this site's own button. Press it there if you meant to.",
    )
}

/// A form that a page of another site sent.
pub(crate) fn foreign_request() -> Words {
    persons(
        StatusCode::FORBIDDEN,
        "This form is not from this site",
        "Another site tried to log you in here, or to have a code sent in your name, and was refused. If you meant to log in, begin on this site's own page.",
    )
}

/// The operating system gave no random bytes.
pub(crate) fn no_randomness(cause: NoRandomness) -> Words {
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "The server cannot log you in now",
        format!("A login needs secrets, and {cause}. Try again in a moment."),
    )
}

/// An error that the person can mend. No server failed.
fn persons(status: StatusCode, title: &'static str, text: &str) -> Words {
    (status, title, text.to_owned())
}
