//! The recipient of a message, an e-mail address or a phone number: how the SDK tidies it, and the check that there is one.

use crate::address::{self, find_email};
use crate::client::Client;
use crate::env::Env;
use crate::error::{Error, Recipient};
use crate::text::{self, split_last};
use crate::wire::{Params, Value, get, set};

impl<E: Env> Client<E> {
    /// Trims the recipients. Of an e-mail address it also removes what was typed or pasted around it. A text that is not one
    /// address is only trimmed, so that the tenant refuses it.
    pub(crate) fn tidy_recipients(&self, params: &mut Params) {
        for name in RECIPIENTS {
            if let Some(text) = get(params, name).as_str().map(text::trim) {
                let recipient = self.read_address(text).unwrap_or_else(|| text.to_owned());
                set(params, name, recipient);
            }
        }
    }

    /// The only e-mail address in `text`, as it is sent.
    fn read_address(&self, text: &str) -> Option<String> {
        if !address::AVAILABLE {
            return None;
        }
        let address = find_email(text, &|text| self.env.nfkc(text))?;
        Some(self.with_ascii_domain(address))
    }

    /// The address with its domain in ASCII. Lock's field of the type `email` has that form in Chromium, so tenants know their
    /// users by it, and mail providers such as Amazon SES accept no other form. The local part does not change, because only
    /// the recipient's mail server may interpret it (RFC 5321 section 2.3.11).
    fn with_ascii_domain(&self, address: String) -> String {
        match split_last(&address, b'@') {
            Some((local, domain)) if !domain.is_ascii() => match self.env.ascii_domain(domain) {
                Some(domain) => [local, "@", &domain].concat(),
                None => address,
            },
            _ => address,
        }
    }
}

/// The options that name a recipient.
const RECIPIENTS: [&str; 3] = ["username", "email", "phoneNumber"];

/// Whether a recipient among `params` has to be read by a module that [can read addresses](address::AVAILABLE).
#[cfg(all(target_arch = "wasm32", feature = "js", not(feature = "responses")))]
pub(crate) fn has_unread_recipient(params: &Params) -> bool {
    RECIPIENTS.iter().any(|name| {
        get(params, name)
            .as_str()
            .is_some_and(|text| !address::is_plain(text))
    })
}

/// Checks that there is a recipient, so that no request is sent that the tenant would refuse.
pub(crate) fn require_recipient(params: &Params) -> Result<(), Error> {
    if get(params, "email").is_truthy() || get(params, "phoneNumber").is_truthy() {
        return Ok(());
    }
    let by_phone = *get(params, "phoneNumber") != Value::Undefined
        || get(params, "connection").as_str() == Some("sms");
    Err(Error::MissingRecipient(if by_phone {
        Recipient::PhoneNumber
    } else {
        Recipient::Email
    }))
}
