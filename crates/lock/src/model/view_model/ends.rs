//! The screens at the end of a login.

use crate::i18n::Key;
use crate::model::failure::Cause;
use crate::model::view_model::pen::Pen;
use crate::model::view_model::shown::ViewModel;

/// The person is logged in in this page, or the browser is leaving for the tenant.
pub(super) fn show_signed_in(pen: &Pen<'_>, shown: &mut ViewModel) {
    if pen.shared.settings.in_place {
        pen.say(&mut shown.status, Key::SignedInTitle);
        pen.say(&mut shown.title, Key::SignedInTitle);
        other_account(pen, shown);
    } else {
        shown.busy = true;
        welcome(pen, shown, Key::SuccessLogIn);
    }
}

/// The person logged in in another tab.
pub(super) fn show_elsewhere(pen: &Pen<'_>, shown: &mut ViewModel) {
    welcome(pen, shown, Key::OtherTab);
    other_account(pen, shown);
}

/// A setting has to be changed before anybody can log in.
pub(super) fn show_error(cause: Cause, pen: &Pen<'_>, shown: &mut ViewModel) {
    pen.say(&mut shown.note, cause.key());
    pen.say(&mut shown.submit_label, Key::Retry);
    pen.say(&mut shown.title, Key::ErrorTitle);
}

/// Labels the button that leads back as "Not your account?", because a person who is logged in goes back only
/// to log in as somebody else.
fn other_account(pen: &Pen<'_>, shown: &mut ViewModel) {
    shown.can_go_back = false;
    pen.say(&mut shown.switch_label, Key::NotYourAccount);
}

/// A welcome as the title, with the text of `key` under it.
fn welcome(pen: &Pen<'_>, shown: &mut ViewModel, key: Key) {
    pen.say(&mut shown.lead.before, key);
    pen.say(&mut shown.status, key);
    pen.say(&mut shown.title, Key::SignedInTitle);
}
