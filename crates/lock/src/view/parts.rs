//! Parts that several screens share.

use leptos::prelude::*;

use super::Ui;
use super::icon::{BACK, CLOSE, DONE, INFO, WARNING, icon, still};
use crate::model::{Msg, Tone, ViewModel};

/// "Back" and "close", where they are offered.
pub(super) fn close_buttons(ui: Ui) -> AnyView {
    let back = corner_button(ui, "lk-back", |shown| !shown.can_go_back, Msg::Back, BACK);
    let close = corner_button(ui, "lk-close", |shown| !shown.can_close, Msg::Close, CLOSE);
    (back, close).into_any()
}

fn corner_button(
    ui: Ui,
    class: &'static str,
    hidden: fn(&ViewModel) -> bool,
    msg: Msg,
    path: &'static str,
) -> AnyView {
    let label = ui.look(|look| match msg {
        Msg::Back => look.back_label.clone(),
        _ => look.close_label.clone(),
    });
    view! {
        <button type="button" class=class aria-label=label hidden=ui.flag(hidden) on:click=move |_| ui.send(msg.clone())>
            {still(path)}
        </button>
    }
    .into_any()
}

/// What screen readers are told about what goes on.
pub(super) fn status(ui: Ui) -> AnyView {
    view! { <p class="lk-status" role="status">{ui.text(|shown| &shown.status)}</p> }.into_any()
}

/// The title, and the sentence under it.
pub(super) fn head(ui: Ui, class: &'static str) -> AnyView {
    view! {
        <div class=class>
            <h2 class="lk-title" id=ui.id("title") tabindex="-1">{ui.text(|shown| &shown.title)}</h2>
            <p class="lk-lead" id=ui.id("lead")>
                {ui.text(|shown| &shown.lead.before)}
                <b>{ui.text(|shown| &shown.lead.strong)}</b>
                {ui.text(|shown| &shown.lead.after)}
            </p>
        </div>
    }
    .into_any()
}

/// What is said above the field. It is there before its text, or it would not be read out.
pub(super) fn note(ui: Ui) -> AnyView {
    let shown = ui.shown;
    let tone = Memo::new(move |_| match shown.with(|shown| shown.note_tone) {
        Tone::Error => "error".to_owned(),
        Tone::Info => "info".to_owned(),
        Tone::Ok => "ok".to_owned(),
    });
    let path = Memo::new(move |_| match shown.with(|shown| shown.note_tone) {
        Tone::Error => WARNING.to_owned(),
        Tone::Info => INFO.to_owned(),
        Tone::Ok => DONE.to_owned(),
    });
    view! {
        <div role="alert" id=ui.id("note")>
            <div class="lk-note" data-tone=tone hidden=ui.flag(|shown| shown.note.is_empty())>
                {icon(path)}
                <span>{ui.text(|shown| &shown.note)}</span>
            </div>
        </div>
    }
    .into_any()
}

/// What is wrong with a field, under it.
pub(super) fn hint(ui: Ui, id: &str, pick: fn(&ViewModel) -> &str) -> AnyView {
    let text = ui.text(pick);
    let hidden = Memo::new(move |_| text.with(String::is_empty));
    view! {
        <div aria-live="assertive" id=ui.id(id)>
            <p class="lk-hint" hidden=hidden>
                {still(WARNING)}
                <span>{text}</span>
            </p>
        </div>
    }
    .into_any()
}

/// The main button. It stays focusable while it turns.
pub(super) fn submit(ui: Ui) -> AnyView {
    view! {
        <button type="submit" class="lk-submit" aria-disabled=ui.aria(|shown| shown.busy)>
            {spinner("lk-spin", ui.flag(|shown| !shown.busy))}
            {ui.text(|shown| &shown.submit_label)}
        </button>
    }
    .into_any()
}

/// A turning ring.
pub(super) fn spinner(class: &'static str, hidden: Memo<bool>) -> AnyView {
    view! { <span class=class aria-hidden="true" hidden=hidden></span> }.into_any()
}
