//! The entries of the screen that asks for an address or a number. They outlive the screen.

use crate::model::state::recipient::Recipient;

/// What a person has typed, chosen and ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entries {
    /// The text in the captcha's field. `None` if the tenant asked for no captcha.
    pub captcha: Option<String>,
    /// The address that was submitted last. The dialog does not suggest another one for it, because the
    /// person meant this one.
    pub confirmed: String,
    /// The country of the phone number, as its ISO 3166 code.
    pub country: String,
    /// The text in the e-mail field.
    pub email: String,
    /// The text in the phone number field.
    pub phone: String,
    /// Whether the terms are ticked.
    pub terms_accepted: bool,
}

impl Entries {
    /// The text of the field for this kind of recipient.
    pub(in crate::model) fn field(&mut self, to: &Recipient) -> &mut String {
        match to {
            Recipient::Email(_) => &mut self.email,
            Recipient::Phone(_) => &mut self.phone,
        }
    }
}
