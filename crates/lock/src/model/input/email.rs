//! Checks the form of an e-mail address. The check finds slips and never refuses an address that works; the
//! tenant decides.

use latchkey_webauth::find_email;
use latchkey_webauth::text::{split_last, trim};

use crate::model::input::unicode::Unicode;

/// The flaw of an e-mail address or of a phone number. The dialog has a text for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFlaw {
    /// The field is empty.
    Blank,
    /// The text is not `local@domain`: an `@` or a text beside it is missing, there is a space inside, or
    /// there are several addresses.
    Malformed,
    /// The domain has no ending: `nora@gmial`, `nora@gmial.`.
    NoEnding,
    /// The tenant refused it.
    Refused,
}

/// The e-mail address in a typed or pasted text, or its flaw.
///
/// The SDK's [`find_email`] removes what surrounds the address. The check is looser than any regular
/// expression: it wants text on both sides of the last `@`, and a dot inside the domain. Addresses with
/// letters beyond ASCII pass.
pub fn check_email(typed: &str, unicode: Unicode) -> Result<String, EmailFlaw> {
    let Some(email) = find_email(typed, &unicode.nfkc) else {
        let is_blank = trim(typed).is_empty();
        return Err(if is_blank {
            EmailFlaw::Blank
        } else {
            EmailFlaw::Malformed
        });
    };
    let (_, domain) = split_last(&email, b'@').unwrap_or_default();
    if domain.starts_with('.') {
        return Err(EmailFlaw::Malformed);
    }
    match split_last(domain, b'.') {
        Some((_, ending)) if !ending.is_empty() => Ok(email),
        _ => Err(EmailFlaw::NoEnding),
    }
}
