//! The screen that asks for the e-mail address.

use web_sys::{HtmlElement, HtmlInputElement};

use super::element::{El, classed, el};
use super::icon::{LOCK, icon};
use super::parts::{field, field_hint, head, hint, label, note, submit};
use super::{Ui, target};
use crate::model::Msg;

pub(super) fn fill(screen: El, ui: &Ui) -> El {
    let sender = ui.clone();
    let input = field(ui, "lk-input", "email")
        .attrs(&[
            ("type", "email"),
            ("inputmode", "email"),
            ("autocomplete", "email"),
            ("enterkeyhint", "go"),
            ("dir", "ltr"),
            ("value", &ui.now().email),
        ])
        .flag("autofocus", ui.look.autofocus)
        .attr_of("placeholder", |shown| &shown.placeholder)
        .on("input", move |event| {
            sender.send(Msg::EmailChanged(
                target::<HtmlInputElement>(&event).value(),
            ));
        });
    let screen = screen
        .child(logo(ui.look.logo.as_deref()))
        .child(head(ui, "lk-head"))
        .child(note(ui))
        .child(label(ui, "email"))
        .child(input)
        .child(field_hint(ui));
    // What has to be ticked comes before the button that asks for it.
    if ui.now().terms_box {
        screen.child(terms(ui)).child(submit())
    } else {
        screen.child(submit()).child(terms(ui))
    }
}

/// The page's logo, a neutral mark where it gave none, or nothing where it wants none.
fn logo(address: Option<&str>) -> El {
    let Some(address) = address else {
        return classed("div", "lk-logo lk-logo--mark").child(icon(LOCK));
    };
    classed("img", "lk-logo lk-logo--image")
        .attr("alt", "")
        .flag("hidden", address.is_empty())
        .on("error", |event| {
            target::<HtmlElement>(&event).set_hidden(true);
        })
        .attr("src", address)
}

fn terms(ui: &Ui) -> El {
    let now = ui.now();
    if !now.terms_box {
        return classed("p", "lk-terms")
            .flag_of("hidden", |shown| shown.terms.is_empty())
            .text_of(|shown| &shown.terms);
    }
    let sender = ui.clone();
    let hint_id = ui.look.id("terms-hint");
    let checkbox = el("input")
        .attrs(&[
            ("type", "checkbox"),
            ("id", &ui.look.id("terms")),
            ("aria-describedby", &hint_id),
        ])
        .flag("checked", now.terms_accepted)
        .on("change", move |event| {
            sender.send(Msg::TermsToggled(
                target::<HtmlInputElement>(&event).checked(),
            ));
        });
    let row = classed("label", "lk-terms")
        .child(checkbox)
        .child(el("span").text_of(|shown| &shown.terms));
    let hint = hint(
        &hint_id,
        |shown| &shown.terms_hint,
        |shown| shown.terms_hint.is_empty(),
    );
    el("div").child(row).child(hint)
}
