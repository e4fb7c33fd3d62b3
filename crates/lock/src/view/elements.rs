//! Elements that several screens share.

use leptos::prelude::*;

use super::icon::{DONE, INFO, MAIL, WARNING, icon};
use super::ui::{Ui, aria};
use crate::model::{Msg, ScreenKind, Tone, ViewModel};

/// The title, the sentence under it, and what else belongs to them.
pub(super) fn head(ui: &Ui, class: &'static str, more: Option<AnyView>) -> AnyView {
    let look = &ui.look;
    // Without a field to focus, the title takes the focus, so that screen readers start there. An inline
    // dialog does not take it.
    let autofocus = !(look.is_inline || (look.autofocus && look.has_field()));
    let hidden = ui.flag(|shown| shown.lead.before.is_empty() && shown.lead.strong.is_empty());
    view! {
        <div class=class>
            <h2 class="lk-title" tabindex="-1" id=look.id("title") autofocus=autofocus>
                {ui.text(|shown| &shown.title)}
            </h2>
            <p class="lk-lead" id=look.id("lead") hidden=hidden>
                <span>{ui.text(|shown| &shown.lead.before)}</span>
                <b>{ui.text(|shown| &shown.lead.strong)}</b>
                <span>{ui.text(|shown| &shown.lead.after)}</span>
            </p>
            {more}
        </div>
    }
    .into_any()
}

/// The note above the field. The element exists before its text, because screen readers announce only changes
/// of existing regions.
pub(super) fn note(ui: &Ui) -> AnyView {
    let tone = ui.text(|shown| match shown.note_tone {
        Tone::Error => "error",
        Tone::Info => "info",
        Tone::Ok => "ok",
    });
    let path = ui.text(|shown| match shown.note_tone {
        Tone::Error => WARNING,
        Tone::Info => INFO,
        Tone::Ok => DONE,
    });
    view! {
        <div role="alert" id=ui.look.id("note")>
            <div class="lk-note" data-tone=tone hidden=ui.flag(|shown| shown.note.is_empty())>
                {icon(path)}
                <span>{ui.text(|shown| &shown.note)}</span>
            </div>
        </div>
    }
    .into_any()
}

/// The hint under a field that says what is wrong with it.
pub(super) fn hint(
    ui: &Ui,
    id: String,
    text: fn(&ViewModel) -> &str,
    hidden: fn(&ViewModel) -> bool,
) -> AnyView {
    view! {
        <div aria-live="assertive" id=id>
            <p class="lk-hint" hidden=ui.flag(hidden)>
                {icon(WARNING)}
                <span>{ui.text(text)}</span>
            </p>
        </div>
    }
    .into_any()
}

/// The hint under the one field of a screen.
pub(super) fn field_hint(ui: &Ui) -> AnyView {
    let id = ui.look.id("hint");
    hint(ui, id, |shown| &shown.hint, |shown| shown.hint.is_empty())
}

/// The label of the one field of a screen.
pub(super) fn label(ui: &Ui, field: &str) -> AnyView {
    view! {
        <label class="lk-label" for=ui.look.id(field)>
            {ui.text(|shown| &shown.field_label)}
        </label>
    }
    .into_any()
}

/// The elements that describe a field without a tip.
pub(super) const DESCRIPTION: &[&str] = &["hint", "note", "lead"];
/// The elements that describe a field with a tip. For an address the tip is the suggestion, for a code that a
/// full code submits itself.
pub(super) const DESCRIPTION_AND_TIP: &[&str] = &["hint", "note", "lead", "tip"];

/// The ids of elements, as the value of `aria-describedby`.
pub(super) fn described_by(ui: &Ui, names: &[&str]) -> String {
    let ids: Vec<_> = names.iter().map(|name| ui.look.id(name)).collect();
    ids.join(" ")
}

/// The resend button: "Send a new code", "Send the link again".
pub(super) fn resend(ui: &Ui) -> AnyView {
    let disabled = ui.text(|shown| aria(!shown.can_resend));
    view! {
        <button class="lk-link" type="button" aria-disabled=disabled on:click=ui.sends(|| Msg::Resend)>
            {ui.text(|shown| &shown.resend_label)}
        </button>
    }
    .into_any()
}

/// The link to the person's mail, if the mail service is known.
pub(super) fn webmail(ui: &Ui, class: &'static str) -> AnyView {
    let address = ui.text(|shown| &shown.webmail_url);
    view! {
        <a class=class target="_blank" rel="noopener noreferrer" href=address
            hidden=ui.flag(|shown| shown.webmail_url.is_empty())>
            {icon(MAIL)}
            <span>{ui.text(|shown| &shown.webmail_label)}</span>
        </a>
    }
    .into_any()
}

/// The main button. It stays focusable while it shows the spinner.
pub(super) fn submit(ui: &Ui) -> AnyView {
    view! {
        <button class="lk-submit" type="submit" aria-disabled=ui.text(|shown| aria(shown.busy))>
            {spinner(ui)}
            <span>{ui.text(|shown| &shown.submit_label)}</span>
        </button>
    }
    .into_any()
}

/// The spinner.
pub(super) fn spinner(ui: &Ui) -> AnyView {
    let hidden = ui.flag(|shown| !shown.busy);
    view! { <span class="lk-spin" aria-hidden="true" hidden=hidden></span> }.into_any()
}

/// The second button, such as "Use a text message instead".
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

/// The spinner in the middle of a screen without a form.
pub(super) fn large_spinner() -> AnyView {
    view! { <span class="lk-spin lk-spin--large" aria-hidden="true"></span> }.into_any()
}
