//! The screens without a field.

use leptos::prelude::*;

use super::Ui;
use super::parts::{head, note, spinner, submit};

/// On the way to the tenant.
pub(super) fn signed_in(ui: Ui) -> AnyView {
    view! {
        <div class="lk-done">{spinner("lk-spin lk-spin--large", ui.flag(|_| false))}</div>
        {head(ui, "lk-head lk-head--center")}
    }
    .into_any()
}

/// Something has to be set up differently first.
pub(super) fn error(ui: Ui) -> AnyView {
    view! {
        {head(ui, "lk-head lk-head--center")}
        {note(ui)}
        {submit(ui)}
    }
    .into_any()
}
