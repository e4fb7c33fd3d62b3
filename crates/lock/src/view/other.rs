//! The screens without a field.

use super::Ui;
use super::element::{El, classed};
use super::parts::{head, note, spinner, submit};

/// On the way to the tenant.
pub(super) fn fill_signed_in(screen: El, ui: &Ui) -> El {
    let turning = spinner("lk-spin lk-spin--large");
    screen
        .child(classed("div", "lk-done").child(turning))
        .child(head(ui, "lk-head lk-head--center"))
}

/// Something has to be set up differently first.
pub(super) fn fill_error(screen: El, ui: &Ui) -> El {
    screen
        .child(head(ui, "lk-head lk-head--center"))
        .child(note(ui))
        .child(submit())
}
