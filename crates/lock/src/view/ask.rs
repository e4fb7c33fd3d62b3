//! The screen that asks for the e-mail address or the phone number, and the screen of the last login.

use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement};

use super::elements::{
    DESCRIPTION, DESCRIPTION_AND_TIP, described_by, field_hint, head, hint, label, note, spinner,
    submit,
};
use super::icon::{ARROW, LOCK, MAIL, PHONE, icon};
use super::social::{badge, buttons};
use super::ui::{Ui, aria, target};
use crate::model::{Msg, ScreenKind};

pub(super) fn view(ui: &Ui, kind: ScreenKind) -> AnyView {
    let options = &ui.look.options;
    let class = if options.theme.hides_title {
        "lk-head lk-head--hidden"
    } else {
        "lk-head"
    };
    let top = view! {
        {options.settings.avatar.then(|| avatar(ui))}
        {logo(options.theme.logo.as_deref())}
        {head(ui, class, None)}
        {note(ui)}
    }
    .into_any();
    if kind == ScreenKind::LastLogin {
        return (top, last_login(ui)).into_any();
    }
    let has_social = !options.connections.social.is_empty();
    let social = has_social.then(|| buttons(ui));
    if !ui.look.has_field() {
        return (top, social, terms(ui)).into_any();
    }
    let or = has_social
        .then(|| view! { <div class="lk-or">{ui.text(|shown| &shown.or_label)}</div> }.into_any());
    let field = if kind == ScreenKind::Phone {
        phone(ui)
    } else {
        email(ui)
    };
    let captcha = ui.flag(|shown| !shown.captcha);
    view! {
        {top}
        {social}
        {or}
        {field}
        // The captcha's script fills this element.
        <div class="lk-captcha" id=ui.look.id("captcha") hidden=captcha></div>
        {end(ui, button(ui))}
    }
    .into_any()
}

/// The captcha, the terms, the main button and the other choices. The terms come before the button, because
/// they have to be ticked first.
fn end(ui: &Ui, button: AnyView) -> AnyView {
    if ui.now().terms_box {
        (terms(ui), button, switch(ui), have_code(ui)).into_any()
    } else {
        (button, switch(ui), have_code(ui), terms(ui)).into_any()
    }
}

/// The button "I have a code". A form that a server rendered does not have it.
fn have_code(ui: &Ui) -> Option<AnyView> {
    let hidden = ui.flag(|shown| shown.have_code_label.is_empty());
    let row = || {
        view! {
            <div class="lk-row lk-row--center" hidden=hidden>
                <button class="lk-link" type="button" on:click=ui.sends(|| Msg::HaveCode)>
                    {ui.text(|shown| &shown.have_code_label)}
                </button>
            </div>
        }
        .into_any()
    };
    ui.look.early.is_none().then(row)
}

/// The one button of the last login, with the badge of its connection.
fn last_login(ui: &Ui) -> AnyView {
    let login = &ui.now().last_login;
    let mut connections = ui.look.options.connections.social.iter();
    let (mark, name) = match connections.find(|social| social.connection == *login) {
        Some(social) => (badge(ui, social), &social.display_name),
        None if login.starts_with('+') => (icon(PHONE), login),
        None => (icon(MAIL), login),
    };
    let disabled = ui.text(|shown| aria(shown.busy));
    let button = view! {
        <button class="lk-alt lk-last" type="submit" aria-describedby=ui.look.id("lead") autofocus=ui.look.autofocus
            aria-disabled=disabled>
            {spinner(ui)}
            <span class="lk-last-mark" hidden=ui.flag(|shown| shown.busy)>{mark}</span>
            <bdi>{name.clone()}</bdi>
        </button>
    };
    end(ui, button.into_any())
}

fn email(ui: &Ui) -> AnyView {
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

fn phone(ui: &Ui) -> AnyView {
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
    let option = |(name, code): (String, &'static str)| {
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

/// The second button: "Use a text message instead", "Use a code instead", "Not your account?"
pub(super) fn switch(ui: &Ui) -> AnyView {
    let disabled = ui.text(|shown| {
        // On the last login's screen the button always works. On the link's screen it works when another
        // message may be sent.
        let waits = shown.screen == ScreenKind::Link && !shown.can_resend;
        aria(waits || shown.busy && shown.last_login.is_empty())
    });
    // A form that goes to a server sends the button's name, and needs no address then.
    let is_form = ui.look.form().is_some();
    let (name, value) = (is_form.then_some("channel"), is_form.then_some("sms"));
    view! {
        <div class="lk-row lk-row--center" hidden=ui.flag(|shown| shown.switch_label.is_empty())>
            <button class="lk-link" type=if is_form { "submit" } else { "button" } formnovalidate=is_form name=name value=value
                aria-disabled=disabled on:click=ui.sends(|| Msg::Switch)>
                {ui.text(|shown| &shown.switch_label)}
            </button>
        </div>
    }
    .into_any()
}

fn button(ui: &Ui) -> AnyView {
    if !ui.look.options.theme.arrow_button {
        return submit(ui);
    }
    view! {
        <button class="lk-submit lk-submit--arrow" type="submit" aria-disabled=ui.text(|shown| aria(shown.busy))>
            {spinner(ui)}
            <span class="lk-hidden">{ui.text(|shown| &shown.submit_label)}</span>
            {icon(ARROW)}
        </button>
    }
    .into_any()
}

/// The person's picture, in place of the logo.
fn avatar(ui: &Ui) -> AnyView {
    let (hidden, address) = (
        ui.flag(|shown| shown.avatar.is_empty()),
        ui.text(|shown| &shown.avatar),
    );
    view! { <img class="lk-logo lk-avatar" alt="" hidden=hidden src=address /> }.into_any()
}

/// The page's logo, or a neutral mark by default, or nothing for an empty address.
fn logo(address: Option<&str>) -> Option<AnyView> {
    let Some(address) = address else {
        return Some(view! { <div class="lk-logo lk-logo--mark">{icon(LOCK)}</div> }.into_any());
    };
    let on_error = |event: Event| target::<HtmlElement>(&event).set_hidden(true);
    let address = address.to_owned();
    (!address.is_empty()).then(|| {
        view! { <img class="lk-logo lk-logo--image" alt="" on:error=move |event| on_error(event.into()) src=address /> }.into_any()
    })
}

fn terms(ui: &Ui) -> AnyView {
    let text = ui.text(|shown| &shown.terms);
    if !ui.now().terms_box {
        let hidden = ui.flag(|shown| shown.terms.is_empty());
        return view! { <p class="lk-terms" hidden=hidden>{text}</p> }.into_any();
    }
    let sender = ui.clone();
    let on_change = move |event: Event| {
        sender.send(Msg::TermsToggled(
            target::<HtmlInputElement>(&event).checked(),
        ));
    };
    let hint_id = ui.look.id("terms-hint");
    let invalid = ui.text(|shown| aria(!shown.terms_hint.is_empty()));
    view! {
        <div>
            <label class="lk-terms">
                <input type="checkbox" required name="terms" id=ui.look.id("terms") aria-describedby=hint_id.clone()
                    aria-invalid=invalid checked=ui.now().terms_accepted on:change=on_change />
                <span>{text}</span>
            </label>
            {hint(ui, hint_id, |shown| &shown.terms_hint, |shown| shown.terms_hint.is_empty())}
        </div>
    }
    .into_any()
}
