//! Whether a text can be an e-mail address. The check catches slips, and never refuses an address that works:
//! the tenant has the last word.

use latchkey_webauth::text::{is_blank, split_last, trim};

/// What is wrong with an e-mail address, or with a phone number. Each flaw has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFlaw {
    /// Nothing was entered.
    Blank,
    /// No text on both sides of one `@`, or a space inside.
    Malformed,
    /// The domain has no ending: `nora@gmial`, `nora@gmial.`.
    NoEnding,
    /// The tenant did not accept it.
    Refused,
}

/// The address without the spaces around it, or what is wrong with it.
///
/// Looser than any regular expression: text on both sides of the last `@`, a dot in the domain
/// with text on both sides, no white space. Addresses with letters beyond ASCII pass.
pub fn check_email(typed: &str) -> Result<&str, EmailFlaw> {
    let email = trim(typed);
    if email.is_empty() {
        return Err(EmailFlaw::Blank);
    }
    if email.chars().any(is_blank) {
        return Err(EmailFlaw::Malformed);
    }
    let Some((local, domain)) = split_last(email, b'@') else {
        return Err(EmailFlaw::Malformed);
    };
    if local.is_empty() || local.ends_with('@') || domain.is_empty() || domain.starts_with('.') {
        return Err(EmailFlaw::Malformed);
    }
    match split_last(domain, b'.') {
        Some((_, ending)) if !ending.is_empty() => Ok(email),
        _ => Err(EmailFlaw::NoEnding),
    }
}
