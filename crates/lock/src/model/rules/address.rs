//! The address or the number in the field: its recipient, and how a wrong one is marked.

use latchkey_webauth::find_email;

use crate::model::effect::FocusTarget;
use crate::model::input::email::check_email;
use crate::model::input::flaw::Flaw;
use crate::model::input::mail_service::suggest;
use crate::model::input::phone::check_phone;
use crate::model::state::recipient::{Channel, Recipient};
use crate::model::state::screen::EmailScreen;
use crate::model::state::shared::Shared;

/// The recipient that was typed for `channel`, or its flaw.
pub(in crate::model) fn recipient(channel: Channel, shared: &Shared) -> Result<Recipient, Flaw> {
    match channel {
        Channel::Email => check_email(&shared.entries.email, shared.unicode).map(Recipient::Email),
        Channel::Sms => {
            check_phone(&shared.entries.country, &shared.entries.phone).map(Recipient::Phone)
        }
    }
}

/// Whether the newest code or link was sent to the recipient that was typed.
pub(in crate::model) fn is_for_typed(shared: &Shared) -> bool {
    let Some(sent) = &shared.sent else {
        return false;
    };
    recipient(sent.to.channel(), shared).is_ok_and(|to| shared.is_same(&to, &sent.to))
}

/// Marks the field as invalid, and suggests the address that was probably meant.
pub(in crate::model) fn mark(screen: &mut EmailScreen, shared: &Shared, flaw: Flaw) {
    screen.flaw = Some(flaw);
    if screen.channel == Channel::Email {
        screen.suggestion = suggestion(shared);
    }
}

/// The address that was probably meant. `None` if the person has already submitted the typed address
/// unchanged.
pub(in crate::model) fn suggestion(shared: &Shared) -> Option<String> {
    let email = find_email(&shared.entries.email, &shared.unicode.nfkc)?;
    suggest(&email).filter(|_| shared.entries.confirmed != shared.entries.email)
}

/// The field of a channel.
pub(in crate::model) fn field(channel: Channel) -> FocusTarget {
    match channel {
        Channel::Email => FocusTarget::Email,
        Channel::Sms => FocusTarget::Phone,
    }
}
