//! The screen that asks for the code: one real input, drawn as slots.

use leptos::html;
use leptos::prelude::*;

use super::Ui;
use super::parts::{head, hint, note, submit};
use crate::model::{Msg, Secret};

pub(super) fn screen(ui: Ui) -> AnyView {
    view! {
        {head(ui, "lk-head lk-head--center")}
        {note(ui)}
        <label class="lk-label" for=ui.id("code")>{ui.text(|shown| &shown.field_label)}</label>
        {field(ui)}
        {hint(ui, "hint", |shown| &shown.hint)}
        {submit(ui)}
        <div class="lk-row">
            <span>{ui.text(|shown| &shown.life)}</span>
            <button
                type="button"
                class="lk-link"
                aria-disabled=ui.aria(|shown| !shown.can_resend)
                on:click=move |_| ui.send(Msg::Resend)
            >
                {ui.text(|shown| &shown.resend_label)}
            </button>
        </div>
    }
    .into_any()
}

/// The slots, and over them the input: invisible, but what is typed, pasted, filled in, selected
/// and read out is the input.
fn field(ui: Ui) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let length = ui.look(|look| look.code_length);
    let code = ui.text(|shown| shown.code.reveal());
    let (selection, set_selection) = signal((0, 0));
    let track = move || {
        if let Some(input) = input.get_untracked() {
            let edge = |edge| usize::try_from(edge).unwrap_or_default();
            let start = input.selection_start().ok().flatten().map_or(0, edge);
            let end = input.selection_end().ok().flatten().map_or(0, edge);
            set_selection.set((start, end));
        }
    };
    // The model cleans and clears what the field holds.
    let draw = move |code: &str| {
        if let Some(input) = input.get_untracked()
            && input.value() != code
        {
            input.set_value(code);
        }
        track();
    };
    Effect::new(move || code.with(|code| draw(code)));
    let slots: Vec<AnyView> = (0..length)
        .map(|at| slot(at, length, code, selection))
        .collect();
    view! {
        <div class="lk-code">
            {slots}
            <input
                class="lk-code-input"
                id=ui.id("code")
                node_ref=input
                type="text"
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="done"
                autofocus=true
                aria-required="true"
                aria-invalid=ui.aria(|shown| shown.invalid)
                aria-describedby=ui.ids(&["hint", "note", "lead"])
                readonly=ui.flag(|shown| shown.busy)
                on:input=move |event| {
                    ui.send(Msg::CodeChanged(Secret::new(event_target_value(&event))));
                    ui.shown.with_untracked(|shown| draw(shown.code.reveal()));
                }
                on:paste=move |event| {
                    let text = event.clipboard_data().and_then(|data| data.get_data("text").ok());
                    if let Some(text) = text {
                        event.prevent_default();
                        ui.send(Msg::CodePasted(Secret::new(text)));
                    }
                }
                on:keyup=move |_| track()
                on:click=move |_| track()
                on:focus=move |_| track()
                on:select=move |_| track()
            />
        </div>
    }
    .into_any()
}

/// One digit. It is lit where the caret or the selection of the input is.
fn slot(
    at: usize,
    length: usize,
    code: Memo<String>,
    selection: ReadSignal<(usize, usize)>,
) -> AnyView {
    let digit =
        Memo::new(move |_| code.with(|code| code.get(at..=at).unwrap_or_default().to_owned()));
    let is_active = move || {
        let (start, end) = selection.get();
        let start = start.min(length - 1);
        (start..end.max(start + 1)).contains(&at)
    };
    let class = Memo::new(move |_| {
        let parts = [
            "lk-slot",
            // A gap in the middle makes two groups, as codes are read.
            if length.is_multiple_of(2) && at + 1 == length / 2 {
                " lk-slot--gap"
            } else {
                ""
            },
            if is_active() { " is-active" } else { "" },
            if digit.with(String::is_empty) {
                " is-empty"
            } else {
                ""
            },
        ];
        parts.concat()
    });
    view! { <span class=class aria-hidden="true">{digit}</span> }.into_any()
}
