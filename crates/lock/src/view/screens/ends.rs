//! The screens at the end of a login.

use leptos::prelude::*;

use crate::model::Msg;
use crate::view::elements::{head, large_spinner, note, submit};
use crate::view::icon::{DONE, icon};
use crate::view::ui::Ui;

/// The person is logged in in this page, or the browser is leaving for the tenant.
pub(super) fn signed_in(ui: &Ui) -> AnyView {
    if ui.look.options.settings.in_place {
        return done(ui);
    }
    view! {
        <div class="lk-done">{large_spinner()}</div>
        {title(ui)}
    }
    .into_any()
}

/// The person logged in in another tab.
pub(super) fn elsewhere(ui: &Ui) -> AnyView {
    done(ui)
}

/// A setting has to be changed before anybody can log in.
pub(super) fn error(ui: &Ui) -> AnyView {
    (title(ui), note(ui), submit(ui)).into_any()
}

fn title(ui: &Ui) -> AnyView {
    head(ui, "lk-head lk-head--center", None)
}

/// A login that is done.
fn done(ui: &Ui) -> AnyView {
    view! {
        <div class="lk-mark">{icon(DONE)}</div>
        {title(ui)}
        {other_account(ui)}
    }
    .into_any()
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
