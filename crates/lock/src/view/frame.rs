//! The frame of the dialog around its screens.

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, Node};

use super::icon::{BACK, CLOSE, icon};
use super::ui::{Ui, aria, target};
use crate::model::Msg;

/// The whole dialog, with one of its screens.
pub(super) fn dialog(ui: &Ui, screen: AnyView) -> AnyView {
    let look = &ui.look;
    let is_early = look.early.is_some();
    let (scheme, title) = (look.options.theme.scheme.as_str(), look.id("title"));
    let lang = ui.text(|shown| &shown.language);
    let dir = ui.text(|shown| if shown.right_to_left { "rtl" } else { "ltr" });
    let keys = ui.clone();
    let on_key = move |event: ev::KeyboardEvent| key_down(&keys, &event);
    if look.is_inline {
        let class = if is_early {
            "lk lk--inline lk--early"
        } else {
            "lk lk--inline"
        };
        return view! {
            <div class=class role="group" data-scheme=scheme lang=lang dir=dir aria-labelledby=title on:keydown=on_key>
                {panel(ui, screen)}
            </div>
        }
        .into_any();
    }
    let class = if is_early { "lk lk--early" } else { "lk" };
    let (closed, cancelled) = (ui.clone(), ui.clone());
    let on_close = move |event: Event| {
        // The browser has closed the dialog. If the element is no longer connected, the dialog itself has
        // removed it.
        if target::<Node>(&event).is_connected() {
            closed.send(Msg::Hide);
        }
    };
    let on_cancel = move |event: Event| {
        event.prevent_default();
        cancelled.send(Msg::Close);
    };
    // Without `tabindex` browsers make a scrolling dialog a stop of the Tab key, and WebKit does so for every
    // dialog.
    view! {
        <dialog class=class tabindex="-1" open=is_early data-scheme=scheme lang=lang dir=dir aria-labelledby=title
            on:keydown=on_key on:close=on_close on:cancel=on_cancel>
            {panel(ui, screen)}
        </dialog>
    }
    .into_any()
}

/// Closes the dialog on Escape, unless Escape ends the composition of an input method. A browser would close
/// even a dialog that is not closable.
fn key_down(ui: &Ui, event: &Event) {
    // Browsers that fill in a form send `keydown` events without a key.
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
        return;
    };
    if key.key() == "Escape" && !key.is_composing() {
        event.prevent_default();
        event.stop_propagation();
        ui.send(Msg::Close);
    }
}

fn panel(ui: &Ui, screen: AnyView) -> AnyView {
    let sender = ui.clone();
    let submit = move |event: ev::SubmitEvent| {
        if sender.look.early.is_some() {
            // Until the dialog has loaded, the browser submits the form itself.
            return;
        }
        event.prevent_default();
        // A provider's captcha widget fills this field itself, without an input event.
        if sender.now().captcha {
            sender.send(Msg::Captcha(captcha_solution(&target(&event))));
        }
        sender.send(Msg::Submit);
    };
    let form = ui.look.form();
    // Password managers call the form's `submit()`, which fires no event. With the method `dialog` nothing is
    // sent; another method would put the typed text into the page's address.
    let method = if form.is_some() { "post" } else { "dialog" };
    let action = form.map(|form| form.action.clone());
    let status = ui.text(|shown| &shown.status);
    // The status stands outside the busy region, because screen readers ignore changes inside it.
    view! {
        {rules(ui)}
        <form class="lk-panel" novalidate=form.is_none() method=method action=action on:submit=submit>
            {form.map(|_| before_fields(ui))}
            {form.is_none().then(|| corner_buttons(ui))}
            <div class="lk-screen" aria-busy=ui.text(|shown| aria(shown.busy))>
                {screen}
            </div>
            <p class="lk-status" role="status">
                {status}
            </p>
        </form>
    }
    .into_any()
}

/// The page's own colours, for a screen that no script has coloured yet.
fn rules(ui: &Ui) -> Option<AnyView> {
    let early = ui.look.early.as_ref()?;
    if early.rules.is_empty() {
        return None;
    }
    let nonce = ui.look.options.style_nonce.clone();
    Some(view! { <style nonce=nonce>{early.rules.clone()}</style> }.into_any())
}

/// The form's hidden fields, and the button that Enter presses.
fn before_fields(ui: &Ui) -> AnyView {
    // Enter presses the first submit button of a form. This one stands before those of social connections.
    let first = ui.look.options.settings.has_social.then(|| {
        view! { <button class="lk-hidden" type="submit" tabindex="-1" aria-hidden="true"></button> }.into_any()
    });
    let fields = ui.look.form().map(|form| form.fields.clone());
    let hidden = |(name, value): (String, String)| {
        view! { <input type="hidden" name=name value=value /> }.into_any()
    };
    let fields: Vec<_> = fields.into_iter().flatten().map(hidden).collect();
    (first, fields).into_any()
}

/// The back and the close button.
fn corner_buttons(ui: &Ui) -> AnyView {
    let (back, close) = (
        ui.text(|shown| &shown.back_label),
        ui.text(|shown| &shown.close_label),
    );
    view! {
        <button class="lk-back" type="button" aria-label=back hidden=ui.flag(|shown| !shown.can_go_back)
            on:click=ui.sends(|| Msg::Back)>
            {icon(BACK)}
        </button>
        <button class="lk-close" type="button" aria-label=close hidden=ui.flag(|shown| !shown.can_close)
            on:click=ui.sends(|| Msg::Close)>
            {icon(CLOSE)}
        </button>
    }
    .into_any()
}

/// The captcha's solution in `panel`, or an empty text.
fn captcha_solution(panel: &Element) -> String {
    match panel.query_selector("[name=captcha]") {
        Ok(Some(field)) => field.unchecked_into::<HtmlInputElement>().value(),
        _ => String::new(),
    }
}
