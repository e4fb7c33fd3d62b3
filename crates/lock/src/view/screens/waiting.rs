//! The panel that is shown while the screen is not known yet.

use leptos::prelude::*;

use crate::view::elements::large_spinner;
use crate::view::ui::Ui;

/// An empty panel with a hidden title.
pub(in crate::view) fn waiting(ui: &Ui) -> AnyView {
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
