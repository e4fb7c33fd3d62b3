//! The buttons of social connections.

use leptos::prelude::*;

use super::marks::mark;
use super::ui::{Ui, aria};
use crate::model::Msg;
use crate::options::Social;

/// The buttons in the page's order.
pub(super) fn buttons(ui: &Ui) -> AnyView {
    let all = ui.look.options.connections.social.iter();
    let all: Vec<_> = all.map(|social| button(ui, social)).collect();
    view! {
        <div class="lk-social" role="group">
            {all}
        </div>
    }
    .into_any()
}

fn button(ui: &Ui, social: &Social) -> AnyView {
    let name = social.display_name.clone();
    let label = ui.made(move |shown| {
        let label = &shown.social_label;
        [&*label.before, &name, &label.after].concat()
    });
    let (sender, connection) = (ui.clone(), social.connection.clone());
    let on_click = move |_| sender.send(Msg::Social(connection.clone()));
    // A form that goes to a server sends the button's name, and needs no address then.
    let is_form = ui.look.form().is_some();
    let name = is_form.then_some("connection");
    let value = is_form.then(|| social.connection.clone());
    view! {
        <button class="lk-alt" type=if is_form { "submit" } else { "button" } formnovalidate=is_form name=name value=value
            data-connection=social.connection.clone() aria-disabled=ui.text(|shown| aria(shown.busy)) on:click=on_click>
            {badge(ui, social)}
            <span>{label}</span>
        </button>
    }
    .into_any()
}

/// The badge: the page's own image, the provider's mark, or the first letter, in the page's own colours. The
/// button itself keeps the dialog's colours, so that its text is always readable.
pub(super) fn badge(ui: &Ui, social: &Social) -> AnyView {
    if let Some(icon) = &social.icon {
        return view! { <img class="lk-badge" alt="" src=icon.clone() /> }.into_any();
    }
    let inside = match mark(&social.connection) {
        Some(path) if ui.look.has_marks => Some(drawn(path)),
        // The painter keeps the place of the mark empty.
        Some(_) => None,
        None => {
            let first = social.display_name.chars().next().map(String::from);
            Some(first.unwrap_or_default().into_any())
        }
    };
    // Leptos sets styles through the CSSOM, but renders them into HTML as an attribute, which strict policies
    // forbid.
    let css = |color: &Option<String>| {
        if cfg!(target_arch = "wasm32") {
            color.clone()
        } else {
            None
        }
    };
    let (background, color) = (css(&social.primary_color), css(&social.foreground_color));
    view! {
        <span class="lk-badge" aria-hidden="true" style:background-color=background style:color=color>
            {inside}
        </span>
    }
    .into_any()
}

fn drawn(path: &'static str) -> AnyView {
    view! {
        <svg viewBox="0 0 24 24">
            <path d=path />
        </svg>
    }
    .into_any()
}
