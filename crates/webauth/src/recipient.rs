//! The recipient of a message, an e-mail address or a phone number: how the SDK tidies it, and the check that there is one.

use crate::address::find_email;
use crate::client::Client;
use crate::env::Env;
use crate::error::{Error, Recipient};
use crate::text::{self, split_last};
use crate::wire::{Params, Value, get, set};

impl<E: Env> Client<E> {
    /// Trims the recipients. Of an e-mail address it also removes what was typed or pasted around it. A text that is not one
    /// address is only trimmed, so that the tenant refuses it.
    pub(crate) fn tidy_recipients(&self, params: &mut Params) {
        for name in ["username", "email", "phoneNumber"] {
            if let Some(text) = get(params, name).as_str().map(text::trim) {
                let address = find_email(text, &|text| self.env.nfkc(text));
                let recipient = address.map_or_else(
                    || text.to_owned(),
                    |address| self.with_ascii_domain(address),
                );
                set(params, name, recipient);
            }
        }
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
