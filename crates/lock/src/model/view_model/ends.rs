//! The screens at the end of a login.

use crate::i18n::Key;
use crate::model::failure::Cause;
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

/// The person is logged in in this page, or the browser is leaving for the tenant.
pub(super) fn show_signed_in(writer: &TextWriter<'_>, shown: &mut ViewModel) {
    if writer.shared.settings.in_place {
        writer.set(&mut shown.status, Key::SignedInTitle);
        writer.set(&mut shown.title, Key::SignedInTitle);
        other_account(writer, shown);
    } else {
        shown.busy = true;
        welcome(writer, shown, Key::SuccessLogIn);
    }
}

/// The person logged in in another tab.
pub(super) fn show_elsewhere(writer: &TextWriter<'_>, shown: &mut ViewModel) {
    welcome(writer, shown, Key::OtherTab);
    other_account(writer, shown);
}

/// A setting has to be changed before anybody can log in.
pub(super) fn show_error(cause: Cause, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    writer.set(&mut shown.note, cause.key());
    writer.set(&mut shown.submit_label, Key::Retry);
    writer.set(&mut shown.title, Key::ErrorTitle);
}

/// Labels the button that leads back as "Not your account?", because a person who is logged in goes back only
/// to log in as somebody else.
fn other_account(writer: &TextWriter<'_>, shown: &mut ViewModel) {
    shown.can_go_back = false;
    writer.set(&mut shown.switch_label, Key::NotYourAccount);
}

/// A welcome as the title, with the text of `key` under it.
fn welcome(writer: &TextWriter<'_>, shown: &mut ViewModel, key: Key) {
    writer.set(&mut shown.lead.before, key);
    writer.set(&mut shown.status, key);
    writer.set(&mut shown.title, Key::SignedInTitle);
}
