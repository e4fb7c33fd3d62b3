//! The screen that asks for the e-mail address.

use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlInputElement};

use crate::model::Msg;
use crate::view::begin;
use crate::view::elements::{DESCRIPTION_AND_TIP, described_by, field_hint, label};
use crate::view::ui::{Ui, aria, target};

pub(super) fn view(ui: &Ui) -> AnyView {
    begin::with_field(ui, field)
}

fn field(ui: &Ui) -> AnyView {
    let (sender, options) = (ui.clone(), &ui.look.options);
    let on_input = move |event: Event| {
        sender.send(Msg::EmailChanged(
            target::<HtmlInputElement>(&event).value(),
        ));
    };
    // The attribute `value`, because a screen without a script has nothing to set the property.
    let prefill = (!options.email.is_empty()).then(|| options.email.clone());
    // The type is not `email`, because Chromium gives scripts the domain of such a field in ASCII
    // (`xn--...`), and shows it so.
    view! {
        {label(ui, "email")}
        <input class="lk-input" type="text" inputmode="email" enterkeyhint="go" dir="ltr"
            autocomplete=if options.autocomplete { "email" } else { "off" }
            autocapitalize="none" spellcheck="false" aria-required="true" required=ui.look.form().is_some()
            name="email" id=ui.look.id("email")
            aria-describedby=described_by(ui, DESCRIPTION_AND_TIP) aria-invalid=ui.text(|shown| aria(shown.invalid))
            readonly=ui.flag(|shown| shown.busy) autofocus=ui.look.autofocus placeholder=ui.text(|shown| &shown.placeholder)
            value=prefill prop:value=ui.text(|shown| &shown.email) on:input=on_input />
        {field_hint(ui)}
        {suggestion(ui)}
    }
    .into_any()
}

/// The question "Did you mean nora@gmail.com?"
fn suggestion(ui: &Ui) -> AnyView {
    view! {
        <div aria-live="polite" id=ui.look.id("tip")>
            <p class="lk-hint lk-hint--tip" hidden=ui.flag(|shown| shown.suggestion.strong.is_empty())>
                <span>{ui.text(|shown| &shown.suggestion.before)}</span>
                <button class="lk-link" type="button" on:click=ui.sends(|| Msg::SuggestionTaken)>
                    {ui.text(|shown| &shown.suggestion.strong)}
                </button>
                <span>{ui.text(|shown| &shown.suggestion.after)}</span>
            </p>
        </div>
    }
    .into_any()
}
