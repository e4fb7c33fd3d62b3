//! The screens that a login ends on. A page loads them behind the first one.

use super::{Pen, ViewModel};
use crate::i18n::Key;
use crate::model::Screen;

#[inline(never)]
pub(super) fn rest(screen: &Screen, pen: &Pen<'_>, shown: &mut ViewModel) {
    match screen {
        Screen::SignedIn if pen.shared.settings.in_place => {
            pen.say(&mut shown.status, Key::SignedInTitle);
            pen.say(&mut shown.title, Key::SignedInTitle);
        }
        Screen::SignedIn => {
            shown.busy = true;
            welcome(pen, shown, Key::SuccessLogIn);
        }
        Screen::Elsewhere => welcome(pen, shown, Key::OtherTab),
        Screen::Error(cause) => {
            pen.say(&mut shown.note, cause.key());
            pen.say(&mut shown.submit_label, Key::Retry);
            pen.say(&mut shown.title, Key::ErrorTitle);
        }
        Screen::Closed
        | Screen::Code(_)
        | Screen::Email(_)
        | Screen::LastLogin(_)
        | Screen::Link(_) => {}
    }
}

/// Nothing is left to do.
fn welcome(pen: &Pen<'_>, shown: &mut ViewModel, key: Key) {
    pen.say(&mut shown.lead.before, key);
    pen.say(&mut shown.status, key);
    pen.say(&mut shown.title, Key::SignedInTitle);
}
