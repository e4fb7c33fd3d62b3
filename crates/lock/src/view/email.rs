//! The screen that asks for the e-mail address.

use leptos::prelude::*;

use super::Ui;
use super::icon::{LOCK, still};
use super::parts::{head, hint, note, submit};
use crate::model::Msg;

pub(super) fn screen(ui: Ui) -> AnyView {
    let (autofocus, logo) = ui.look(|look| (look.autofocus, look.logo.clone()));
    let email = ui.shown.with_untracked(|shown| shown.email.clone());
    let field = ui.id("email");
    view! {
        {logo_view(logo)}
        {head(ui, "lk-head")}
        {note(ui)}
        <label class="lk-label" for=field.clone()>{ui.text(|shown| &shown.field_label)}</label>
        <input
            class="lk-input"
            id=field
            type="email"
            name="email"
            inputmode="email"
            autocomplete="email"
            autocapitalize="none"
            spellcheck="false"
            enterkeyhint="go"
            dir="ltr"
            value=email
            autofocus=autofocus
            placeholder=ui.text(|shown| &shown.placeholder)
            aria-required="true"
            aria-invalid=ui.aria(|shown| shown.invalid)
            aria-describedby=ui.ids(&["hint", "note"])
            readonly=ui.flag(|shown| shown.busy)
            on:input=move |event| ui.send(Msg::EmailChanged(event_target_value(&event)))
        />
        {hint(ui, "hint", |shown| &shown.hint)}
        {submit(ui)}
        {terms(ui)}
    }
    .into_any()
}

/// The page's logo, a neutral mark where it gave none, or nothing where it wants none.
fn logo_view(logo: Option<String>) -> AnyView {
    match logo {
        Some(address) if address.is_empty() => ().into_any(),
        Some(address) => {
            let (broken, set_broken) = signal(false);
            view! {
                <img
                    class="lk-logo lk-logo--image"
                    src=address
                    alt=""
                    hidden=broken
                    on:error=move |_| set_broken.set(true)
                />
            }
            .into_any()
        }
        None => view! { <div class="lk-logo lk-logo--mark">{still(LOCK)}</div> }.into_any(),
    }
}

fn terms(ui: Ui) -> AnyView {
    let text = ui.text(|shown| &shown.terms);
    let hidden = ui.flag(|shown| shown.terms.is_empty());
    if !ui.shown.with_untracked(|shown| shown.terms_box) {
        return view! { <p class="lk-terms" hidden=hidden>{text}</p> }.into_any();
    }
    view! {
        <label class="lk-terms">
            <input
                type="checkbox"
                id=ui.id("terms")
                checked=ui.shown.with_untracked(|shown| shown.terms_accepted)
                aria-describedby=ui.id("terms-hint")
                on:change=move |event| ui.send(Msg::TermsToggled(event_target_checked(&event)))
            />
            <span>{text}</span>
        </label>
        {hint(ui, "terms-hint", |shown| &shown.terms_hint)}
    }
    .into_any()
}
