//! The screens, one file each. No screen uses another one. What several screens share is in `begin`,
//! `elements` and `social`.

mod code;
mod email;
mod ends;
mod last_login;
mod link;
mod phone;
#[cfg(not(target_arch = "wasm32"))]
mod waiting;

use leptos::prelude::*;

use crate::model::ScreenKind;
use crate::view::ui::Ui;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use waiting::waiting;

/// One screen.
pub(super) fn screen(ui: &Ui, kind: ScreenKind) -> AnyView {
    let inside = match kind {
        ScreenKind::Email => email::view(ui),
        ScreenKind::Phone => phone::view(ui),
        ScreenKind::LastLogin => last_login::view(ui),
        ScreenKind::Code => code::view(ui),
        ScreenKind::Link => link::view(ui),
        ScreenKind::SignedIn => ends::signed_in(ui),
        ScreenKind::Elsewhere => ends::elsewhere(ui),
        ScreenKind::Error => ends::error(ui),
    };
    view! { <div class="lk-screen">{inside}</div> }.into_any()
}
