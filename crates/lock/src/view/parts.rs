//! Parts that several screens share.

use super::element::{El, el};
use super::icon::{BACK, CLOSE, DONE, INFO, MAIL, WARNING, icon, icon_of};
use super::{Ui, aria};
use crate::model::{Msg, Tone, ViewModel};

/// "Back", where it is offered.
pub(super) fn back_button(ui: &Ui) -> El {
    let line = "button.lk-back type=button";
    corner_button(ui, line, |shown| &shown.back_label, || Msg::Back)
        .flag_of("hidden", |shown| !shown.can_go_back)
        .child(icon(BACK))
}

/// "Close", where it is offered.
pub(super) fn close_button(ui: &Ui) -> El {
    let line = "button.lk-close type=button";
    corner_button(ui, line, |shown| &shown.close_label, || Msg::Close)
        .flag_of("hidden", |shown| !shown.can_close)
        .child(icon(CLOSE))
}

fn corner_button(ui: &Ui, line: &str, label: fn(&ViewModel) -> &str, msg: fn() -> Msg) -> El {
    el(line)
        .attr_of("aria-label", label)
        .on("click", ui.sends(msg))
}

/// What screen readers are told about what goes on.
pub(super) fn status() -> El {
    el("p.lk-status role=status").text_of(|shown| &shown.status)
}

/// The title, and the sentence under it.
pub(super) fn head(ui: &Ui, line: &str) -> El {
    let title = el("h2.lk-title tabindex=-1")
        .attr("id", &ui.look.id("title"))
        // Without a field to focus, an opened dialog is read from its title on. In a page it keeps
        // quiet.
        .flag(
            "autofocus",
            !(ui.look.is_inline() || (ui.look.autofocus && ui.look.has_field())),
        )
        .text_of(|shown| &shown.title);
    let lead = el("p.lk-lead")
        .attr("id", &ui.look.id("lead"))
        .flag_of("hidden", |shown| {
            shown.lead.before.is_empty() && shown.lead.strong.is_empty()
        })
        .child(el("span").text_of(|shown| &shown.lead.before))
        .child(el("b").text_of(|shown| &shown.lead.strong))
        .child(el("span").text_of(|shown| &shown.lead.after));
    el(line).child(title).child(lead)
}

/// What is said above the field. It is there before its text, or it would not be read out.
pub(super) fn note(ui: &Ui) -> El {
    let note = el("div.lk-note")
        .attr_of("data-tone", |shown| match shown.note_tone {
            Tone::Error => "error",
            Tone::Info => "info",
            Tone::Ok => "ok",
        })
        .flag_of("hidden", |shown| shown.note.is_empty())
        .child(icon_of(|shown| match shown.note_tone {
            Tone::Error => WARNING,
            Tone::Info => INFO,
            Tone::Ok => DONE,
        }))
        .child(el("span").text_of(|shown| &shown.note));
    el("div role=alert")
        .attr("id", &ui.look.id("note"))
        .child(note)
}

/// What is wrong with a field, under it.
pub(super) fn hint(id: &str, text: fn(&ViewModel) -> &str, hidden: fn(&ViewModel) -> bool) -> El {
    let hint = el("p.lk-hint")
        .flag_of("hidden", hidden)
        .child(icon(WARNING))
        .child(el("span").text_of(text));
    el("div aria-live=assertive").attr("id", id).child(hint)
}

/// What is wrong with the one field of a screen.
pub(super) fn field_hint(ui: &Ui) -> El {
    let id = ui.look.id("hint");
    hint(&id, |shown| &shown.hint, |shown| shown.hint.is_empty())
}

/// The name of the one field of a screen.
pub(super) fn label(ui: &Ui, field: &str) -> El {
    el("label.lk-label")
        .attr("for", &ui.look.id(field))
        .text_of(|shown| &shown.field_label)
}

/// The one field of a screen, made of `line`, with what all of them have.
pub(super) fn field(ui: &Ui, line: &str, name: &str) -> El {
    let id = |name| ui.look.id(name);
    let mut described_by = ["hint", "note", "lead"].map(id).join(" ");
    // Of an address, what was probably meant; of a code, what happens once it is full.
    if name != "phone" {
        described_by = [&*described_by, " ", &id("tip")].concat();
    }
    let common = " autocapitalize=none spellcheck=false aria-required=true name=";
    el(&[line, common, name].concat())
        .attr("id", &ui.look.id(name))
        .attr("aria-describedby", &described_by)
        .attr_of("aria-invalid", |shown| aria(shown.invalid))
        .flag_of("readonly", |shown| shown.busy)
}

/// "Send a new code", "Send the link again".
pub(super) fn resend(ui: &Ui) -> El {
    el("button.lk-link type=button")
        .attr_of("aria-disabled", |shown| aria(!shown.can_resend))
        .on("click", ui.sends(|| Msg::Resend))
        .text_of(|shown| &shown.resend_label)
}

/// The link to the person's mail, where it is known.
pub(super) fn webmail(line: &str) -> El {
    el(line)
        .attr("rel", "noopener noreferrer")
        .flag_of("hidden", |shown| shown.webmail_url.is_empty())
        .attr_of("href", |shown| &shown.webmail_url)
        .child(icon(MAIL))
        .child(el("span").text_of(|shown| &shown.webmail_label))
}

/// The main button. It stays focusable while it turns.
pub(super) fn submit() -> El {
    el("button.lk-submit type=submit")
        .attr_of("aria-disabled", |shown| aria(shown.busy))
        .child(spinner().flag_of("hidden", |shown| !shown.busy))
        .child(el("span").text_of(|shown| &shown.submit_label))
}

/// A turning ring.
pub(super) fn spinner() -> El {
    el("span.lk-spin aria-hidden=true")
}
