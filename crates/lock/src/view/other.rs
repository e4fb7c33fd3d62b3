//! The screens without a field.

use super::Ui;
use super::element::{El, el};
use super::icon::{DONE, MAIL, icon};
use super::parts::{head, note, resend, submit, webmail};

/// A link was sent.
pub(super) fn fill_link(screen: El, ui: &Ui) -> El {
    let row = el("div.lk-row.lk-row--center").child(resend(ui));
    screen
        .child(el("div.lk-mark").child(icon(MAIL)))
        .child(head(ui, "div.lk-head.lk-head--center"))
        .child(note(ui))
        .child(webmail("a.lk-submit target=_blank"))
        .child(row)
}

/// On the way to the tenant.
pub(super) fn fill_leaving(screen: El, ui: &Ui) -> El {
    let turning = el("span.lk-spin.lk-spin--large aria-hidden=true");
    screen
        .child(el("div.lk-done").child(turning))
        .child(head(ui, "div.lk-head.lk-head--center"))
}

/// Logged in: here, or in another tab.
pub(super) fn fill_done(screen: El, ui: &Ui) -> El {
    screen
        .child(el("div.lk-mark").child(icon(DONE)))
        .child(head(ui, "div.lk-head.lk-head--center"))
}

/// Something has to be set up differently first.
pub(super) fn fill_error(screen: El, ui: &Ui) -> El {
    screen
        .child(head(ui, "div.lk-head.lk-head--center"))
        .child(note(ui))
        .child(submit())
}
