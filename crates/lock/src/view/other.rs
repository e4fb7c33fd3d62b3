//! The screens without a field.

use super::Ui;
use super::ask::switch;
use super::element::{El, el};
use super::icon::{DONE, MAIL, icon};
use super::parts::{head, note, resend, submit, webmail};
use crate::model::Step;

/// A link was sent.
pub(super) fn fill_link(screen: El, ui: &Ui) -> El {
    let row = el("div.lk-row.lk-row--center").child(resend(ui));
    screen
        .child(el("div.lk-mark").child(icon(MAIL)))
        .child(head(ui, "div.lk-head.lk-head--center"))
        .child(note(ui))
        .child(webmail("a.lk-submit target=_blank"))
        .child(row)
        .child(switch(ui))
}

/// The screens that a login ends on.
pub(super) fn fill_end(screen: El, ui: &Ui, step: Step) -> El {
    let head = head(ui, "div.lk-head.lk-head--center");
    match step {
        // Something has to be set up differently first.
        Step::Error => screen.child(head).child(note(ui)).child(submit()),
        // On the way to the tenant.
        Step::SignedIn if !ui.look.options.settings.in_place => {
            let turning = el("span.lk-spin.lk-spin--large aria-hidden=true");
            screen.child(el("div.lk-done").child(turning)).child(head)
        }
        // Logged in: here, or in another tab.
        _ => screen
            .child(el("div.lk-mark").child(icon(DONE)))
            .child(head),
    }
}
