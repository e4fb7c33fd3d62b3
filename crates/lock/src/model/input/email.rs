//! Whether a text can be an e-mail address. The check catches slips, and never refuses an address that works:
//! the tenant has the last word.

use latchkey_webauth::find_email;
use latchkey_webauth::text::{split_last, trim};

use crate::model::input::unicode::Unicode;

/// What is wrong with an e-mail address, or with a phone number. Each flaw has words of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailFlaw {
    /// Nothing was entered.
    Blank,
    /// No text on both sides of one `@`, a space inside, or several addresses.
    Malformed,
    /// The domain has no ending: `nora@gmial`, `nora@gmial.`.
    NoEnding,
    /// The tenant did not accept it.
    Refused,
}

/// The address that was meant by what was typed or pasted, or what is wrong with it.
///
/// What surrounds one address is left out (the SDK's [`find_email`]). Looser than any regular expression: text on both
/// sides of the last `@`, a dot in the domain with text on both sides. Addresses with letters beyond ASCII pass.
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
