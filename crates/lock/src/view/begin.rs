//! The parts of the screens on which a login begins. These are the screens that ask for an address or a number,
//! and the last login's.

use leptos::prelude::*;
use leptos::web_sys::{Event, HtmlElement, HtmlInputElement};

use super::elements::{head, hint, note, spinner, submit, switch};
use super::icon::{ARROW, LOCK, icon};
use super::social::buttons;
use super::ui::{Ui, aria, target};
use crate::model::Msg;

/// A screen with the buttons of social connections and with `field`. Without passwordless connections it has
/// the buttons only.
pub(super) fn with_field(ui: &Ui, field: fn(&Ui) -> AnyView) -> AnyView {
    let top = top(ui);
    let has_social = !ui.look.options.connections.social.is_empty();
    let social = has_social.then(|| buttons(ui));
    if !ui.look.has_field() {
        return (top, social, terms(ui)).into_any();
    }
    let or = has_social
        .then(|| view! { <div class="lk-or">{ui.text(|shown| &shown.or_label)}</div> }.into_any());
    let captcha = ui.flag(|shown| !shown.captcha);
    view! {
        {top}
        {social}
        {or}
        {field(ui)}
        // The captcha's script fills this element.
        <div class="lk-captcha" id=ui.look.id("captcha") hidden=captcha></div>
        {end(ui, button(ui))}
    }
    .into_any()
}

/// The picture or the logo, the title and the note.
pub(super) fn top(ui: &Ui) -> AnyView {
    let options = &ui.look.options;
    let class = if options.theme.hides_title {
        "lk-head lk-head--hidden"
    } else {
        "lk-head"
    };
    view! {
        {options.settings.avatar.then(|| avatar(ui))}
        {logo(options.theme.logo.as_deref())}
        {head(ui, class, None)}
        {note(ui)}
    }
    .into_any()
}

/// The terms, the main button and the other choices. The terms come before the button, because
/// they have to be ticked first.
pub(super) fn end(ui: &Ui, button: AnyView) -> AnyView {
    if ui.now().terms_box {
        (terms(ui), button, switch(ui), have_code(ui)).into_any()
    } else {
        (button, switch(ui), have_code(ui), terms(ui)).into_any()
    }
}

/// The button "I have a code". A screen that a server rendered does not have it.
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

/// The main button, with an arrow in place of its text if the page wants that.
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
