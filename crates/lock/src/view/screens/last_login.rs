//! The screen that offers the last login.

use leptos::prelude::*;

use crate::view::begin;
use crate::view::elements::spinner;
use crate::view::icon::{MAIL, PHONE, icon};
use crate::view::social::badge;
use crate::view::ui::{Ui, aria};

pub(super) fn view(ui: &Ui) -> AnyView {
    (begin::top(ui), begin::end(ui, button(ui))).into_any()
}

/// The one button of the last login, with the badge of its connection.
fn button(ui: &Ui) -> AnyView {
    let login = &ui.now().last_login;
    let mut connections = ui.look.options.connections.social.iter();
    let (mark, name) = match connections.find(|social| social.connection == *login) {
        Some(social) => (badge(ui, social), &social.display_name),
        None if login.starts_with('+') => (icon(PHONE), login),
        None => (icon(MAIL), login),
    };
    let disabled = ui.text(|shown| aria(shown.busy));
    view! {
        <button class="lk-alt lk-last" type="submit" aria-describedby=ui.look.id("lead") autofocus=ui.look.autofocus
            aria-disabled=disabled>
            {spinner(ui)}
            <span class="lk-last-mark" hidden=ui.flag(|shown| shown.busy)>{mark}</span>
            <bdi>{name.clone()}</bdi>
        </button>
    }
    .into_any()
}
