//! Checks the form of an e-mail address. The check finds slips and never refuses an address that works; the
//! tenant decides.

use latchkey_webauth::find_email;
use latchkey_webauth::text::{split_last, trim};

use crate::model::input::flaw::Flaw;
use crate::model::input::unicode::Unicode;

/// The e-mail address in a typed or pasted text, or its flaw.
///
/// The SDK's [`find_email`] removes what surrounds the address. The check is looser than any regular
/// expression: it wants text on both sides of the last `@`, and a dot inside the domain. Addresses with
/// letters beyond ASCII pass.
///
/// # Errors
/// The [`Flaw`] of the text. [`Flaw::Refused`] is the tenant's, and never returned here.
pub fn check_email(typed: &str, unicode: Unicode) -> Result<String, Flaw> {
    let Some(email) = find_email(typed, &unicode.nfkc) else {
        let is_blank = trim(typed).is_empty();
        return Err(if is_blank {
            Flaw::Blank
        } else {
            Flaw::Malformed
        });
    };
    let (_, domain) = split_last(&email, b'@').unwrap_or_default();
    if domain.starts_with('.') {
        return Err(Flaw::Malformed);
    }
    match split_last(domain, b'.') {
        Some((_, ending)) if !ending.is_empty() => Ok(email),
        _ => Err(Flaw::NoEnding),
    }
}
