//! The screen that asks for the phone number.

use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlInputElement};

use crate::i18n::NamedCountry;
use crate::model::Msg;
use crate::view::begin;
use crate::view::elements::{DESCRIPTION, described_by, field_hint, label};
use crate::view::ui::{Ui, aria, target};

pub(super) fn view(ui: &Ui) -> AnyView {
    begin::with_field(ui, field)
}

fn field(ui: &Ui) -> AnyView {
    let (sender, options) = (ui.clone(), &ui.look.options);
    let on_input = move |event: Event| {
        sender.send(Msg::PhoneChanged(
            target::<HtmlInputElement>(&event).value(),
        ));
    };
    let prefill = (!options.phone.is_empty()).then(|| options.phone.clone());
    view! {
        <label class="lk-label" for=ui.look.id("country")>
            {ui.text(|shown| &shown.country_label)}
        </label>
        {country(ui)}
        {label(ui, "phone")}
        <input class="lk-input" type="tel" inputmode="tel" enterkeyhint="go" dir="ltr" autocomplete="tel-national"
            autocapitalize="none" spellcheck="false" aria-required="true" name="phone" id=ui.look.id("phone")
            aria-describedby=described_by(ui, DESCRIPTION) aria-invalid=ui.text(|shown| aria(shown.invalid))
            readonly=ui.flag(|shown| shown.busy) autofocus=ui.look.autofocus placeholder=ui.text(|shown| &shown.placeholder)
            value=prefill prop:value=ui.text(|shown| &shown.phone) on:input=on_input />
        {field_hint(ui)}
    }
    .into_any()
}

/// The list of countries.
fn country(ui: &Ui) -> AnyView {
    let sender = ui.clone();
    let on_change = move |event: Event| {
        // A `select` element has the property `value` like an input, and nothing else of it is used.
        sender.send(Msg::CountryChanged(
            target::<HtmlInputElement>(&event).value(),
        ));
    };
    let option = |NamedCountry { name, code }: NamedCountry| {
        view! { <option value=code>{name}</option> }.into_any()
    };
    let countries: Vec<_> = (ui.look.countries)().into_iter().map(option).collect();
    view! {
        <select class="lk-input lk-select" name="country" autocomplete="country" id=ui.look.id("country")
            aria-disabled=ui.text(|shown| aria(shown.busy)) prop:value=ui.text(|shown| &shown.country) on:change=on_change>
            {countries}
        </select>
    }
    .into_any()
}
