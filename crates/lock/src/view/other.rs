//! The screens without a field.

use leptos::prelude::*;

use super::ask::switch;
use super::elements::{head, note, resend, submit, webmail};
use super::icon::{DONE, MAIL, icon};
use super::ui::Ui;
use crate::model::{Msg, ScreenKind};

/// Shows where the link was sent.
pub(super) fn link(ui: &Ui) -> AnyView {
    view! {
        <div class="lk-mark">{icon(MAIL)}</div>
        {head(ui, "lk-head lk-head--center", None)}
        {note(ui)}
        {webmail(ui, "lk-submit")}
        <div class="lk-row lk-row--center">{resend(ui)}</div>
        {switch(ui)}
    }
    .into_any()
}

/// The screens at the end of a login.
pub(super) fn end(ui: &Ui, kind: ScreenKind) -> AnyView {
    let head = head(ui, "lk-head lk-head--center", None);
    match kind {
        // A setting has to be changed first.
        ScreenKind::Error => (head, note(ui), submit(ui)).into_any(),
        // The browser is leaving for the tenant.
        ScreenKind::SignedIn if !ui.look.options.settings.in_place => view! {
            <div class="lk-done">{large_spinner()}</div>
            {head}
        }
        .into_any(),
        // The person is logged in, here or in another tab.
        _ => view! {
            <div class="lk-mark">{icon(DONE)}</div>
            {head}
            {other_account(ui)}
        }
        .into_any(),
    }
}

/// The button that leads back from a login that is done.
fn other_account(ui: &Ui) -> AnyView {
    view! {
        <div class="lk-row lk-row--center">
            <button class="lk-link" type="button" on:click=ui.sends(|| Msg::Back)>
                {ui.text(|shown| &shown.switch_label)}
            </button>
        </div>
    }
    .into_any()
}

/// The empty panel while the screen is not known yet.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn waiting(ui: &Ui) -> AnyView {
    let title = ui.text(|shown| &shown.title);
    view! {
        <div class="lk-screen">
            <h2 class="lk-title lk-hidden" tabindex="-1" id=ui.look.id("title") autofocus=!ui.look.is_inline>
                {title}
            </h2>
            <div class="lk-done">{large_spinner()}</div>
        </div>
    }
    .into_any()
}

fn large_spinner() -> AnyView {
    view! { <span class="lk-spin lk-spin--large" aria-hidden="true"></span> }.into_any()
}
