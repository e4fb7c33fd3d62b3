//! The screen that says where the link was sent.

use leptos::prelude::*;

use crate::view::elements::{head, note, resend, switch, webmail};
use crate::view::icon::{MAIL, icon};
use crate::view::ui::Ui;

pub(super) fn view(ui: &Ui) -> AnyView {
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
