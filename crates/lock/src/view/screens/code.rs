//! The screen that asks for the code: one input, drawn as slots.

use leptos::ev;
use leptos::prelude::*;
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::web_sys::{ClipboardEvent, Event, HtmlInputElement};

use crate::model::{Code, Msg, Secret, read_code};
use crate::view::caret::Caret;
use crate::view::elements::{
    DESCRIPTION_AND_TIP, described_by, field_hint, head, label, note, resend, submit, webmail,
};
use crate::view::ui::{Ui, aria, target};

pub(super) fn view(ui: &Ui) -> AnyView {
    let hidden = ui.flag(|shown| shown.tip.is_empty());
    let tip = view! {
        <p class="lk-lead" id=ui.look.id("tip") hidden=hidden>
            {ui.text(|shown| &shown.tip)}
        </p>
    };
    view! {
        {head(ui, "lk-head lk-head--center", Some(tip.into_any()))}
        {note(ui)}
        {label(ui, "code")}
        <div class="lk-code">{slots(ui)}{input(ui)}</div>
        {field_hint(ui)}
        {submit(ui)}
        <div class="lk-row">
            <span>{ui.text(|shown| &shown.life)}</span>
            {resend(ui)}
        </div>
        {webmail(ui, "lk-alt")}
    }
    .into_any()
}

fn count(ui: &Ui) -> usize {
    ui.look.options.settings.code_length
}

/// The drawn slots, one for each digit. The slots at the caret or the selection are highlighted.
fn slots(ui: &Ui) -> AnyView {
    let slots: Vec<_> = (0..count(ui)).map(|at| slot(ui, at)).collect();
    slots.into_any()
}

fn slot(ui: &Ui, at: usize) -> AnyView {
    let (count, caret) = (count(ui), ui.caret.clone());
    // A gap in the middle makes two groups, because people read codes in groups.
    let ends_group = count.is_multiple_of(2) && at + 1 == count / 2;
    let class = ui.made(move |shown| {
        let length = shown.code.reveal().len();
        let class = [
            "lk-slot",
            if ends_group { " lk-slot--gap" } else { "" },
            if caret.get().is_at(at, count, length) {
                " is-active"
            } else {
                ""
            },
            if length <= at { " is-empty" } else { "" },
        ];
        class.concat()
    });
    let class = custom_attribute("class", class);
    let digit = ui.made(move |shown| {
        shown
            .code
            .reveal()
            .get(at..=at)
            .unwrap_or_default()
            .to_owned()
    });
    view! { <span aria-hidden="true" {..class}>{digit}</span> }.into_any()
}

/// The real input. It lies over the slots and is invisible, but typing, pasting, autofill, selection and
/// screen readers use it.
fn input(ui: &Ui) -> AnyView {
    let (typed, pasted, moved) = (ui.clone(), ui.clone(), ui.clone());
    let on_input = move |event: Event| {
        let input: HtmlInputElement = target(&event);
        typed.send(Msg::CodeChanged(Secret::new(input.value())));
        light(&typed, &input);
    };
    let on_paste = move |event: ClipboardEvent| {
        // A whole code replaces the field's content, and a text with several possible codes changes nothing.
        // The browser inserts a part of a code at the caret.
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text").ok())
            .unwrap_or_default();
        if !matches!(read_code(&text, count(&pasted)), Code::Partial(_)) {
            event.prevent_default();
            pasted.send(Msg::CodeChanged(Secret::new(text)));
            light(&pasted, &target(&event));
        }
    };
    let on_move = move |event: Event| light(&moved, &target(&event));
    let (on_key, on_click, on_focus) = (on_move.clone(), on_move.clone(), on_move.clone());
    view! {
        <input class="lk-code-input" type="text" inputmode="numeric" autocomplete="one-time-code" enterkeyhint="done" autofocus=ui.look.autofocus
            autocapitalize="none" spellcheck="false" aria-required="true" name="code" id=ui.look.id("code")
            aria-describedby=described_by(ui, DESCRIPTION_AND_TIP) aria-invalid=ui.text(|shown| aria(shown.invalid))
            readonly=ui.flag(|shown| shown.busy) prop:value=ui.text(|shown| shown.code.reveal())
            on:input=on_input on:paste=on_paste
            // All events that can move the caret.
            on:keyup=move |event: ev::KeyboardEvent| on_key(event.into()) on:click=move |event: ev::MouseEvent| on_click(event.into())
            on:focus=move |event: ev::FocusEvent| on_focus(event.into()) on:select=on_move />
    }
    .into_any()
}

/// Highlights the slots at the caret's current position.
fn light(ui: &Ui, input: &HtmlInputElement) {
    let caret = Caret::of(input);
    if ui.caret.replace(caret) != caret {
        (ui.look.again)();
    }
}
