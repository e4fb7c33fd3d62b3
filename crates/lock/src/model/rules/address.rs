//! The address or the number in the field: where it leads to, and how a wrong one is marked.

use latchkey_webauth::text::trim;

use crate::model::effect::FocusTarget;
use crate::model::input::email::{EmailFlaw, check_email};
use crate::model::input::mail_service::suggest;
use crate::model::input::phone::check_phone;
use crate::model::state::recipient::{Channel, Recipient};
use crate::model::state::screen::EmailScreen;
use crate::model::state::shared::Shared;

/// The recipient that was typed for `channel`, or what is wrong with it.
pub(in crate::model) fn recipient(
    channel: Channel,
    shared: &Shared,
) -> Result<Recipient, EmailFlaw> {
    match channel {
        Channel::Email => {
            check_email(&shared.email).map(|email| Recipient::Email(email.to_owned()))
        }
        Channel::Sms => check_phone(&shared.country, &shared.phone).map(Recipient::Phone),
    }
}

/// Whether the newest code or link was sent to the recipient that was typed.
pub(in crate::model) fn is_for_typed(shared: &Shared) -> bool {
    shared.sent.as_ref().is_some_and(|sent| match &sent.to {
        Recipient::Email(email) => email == trim(&shared.email),
        to @ Recipient::Phone(_) => recipient(Channel::Sms, shared).as_ref() == Ok(to),
    })
}

/// Marks the field as wrong, with the address that was probably meant.
pub(in crate::model) fn mark(screen: &mut EmailScreen, shared: &Shared, flaw: EmailFlaw) {
    screen.flaw = Some(flaw);
    if screen.channel == Channel::Email {
        screen.suggestion = suggestion(shared);
    }
}

/// The address that was probably meant, unless the person has submitted the typed one already.
pub(in crate::model) fn suggestion(shared: &Shared) -> Option<String> {
    suggest(&shared.email).filter(|_| shared.confirmed != shared.email)
}

/// The field of a channel.
pub(in crate::model) fn field(channel: Channel) -> FocusTarget {
    match channel {
        Channel::Email => FocusTarget::Email,
        Channel::Sms => FocusTarget::Phone,
    }
}
