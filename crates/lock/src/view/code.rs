//! The screen that asks for the code: one real input, drawn as slots.

use std::rc::Rc;

use web_sys::Element;

use super::Ui;
use super::element::{El, el};
use super::parts::{field, field_hint, head, label, note, resend, submit, webmail};
use crate::model::{Msg, Secret, find_code};
use crate::page::{self, Field};

pub(super) fn fill(screen: El, ui: &Ui) -> El {
    let row = el("div.lk-row")
        .child(el("span").text_of(|shown| &shown.life))
        .child(resend(ui));
    let tip = el("p.lk-lead")
        .attr("id", &ui.look.id("tip"))
        .flag_of("hidden", |shown| shown.tip.is_empty())
        .text_of(|shown| &shown.tip);
    screen
        .child(head(ui, "div.lk-head.lk-head--center").child(tip))
        .child(note(ui))
        .child(label(ui, "code"))
        .child(slots(ui))
        .child(field_hint(ui))
        .child(submit())
        .child(row)
        .child(webmail("a.lk-alt target=_blank"))
}

/// The slots, and over them the input: invisible, but what is typed, pasted, filled in, selected
/// and read out is the input.
fn slots(ui: &Ui) -> El {
    let mut row = el("div.lk-code");
    let mut slots = Vec::new();
    for _ in 0..ui.look.options.settings.code_length {
        let slot = el("span aria-hidden=true");
        slots.push(slot.element());
        row = row.child(slot);
    }
    let line = "input.lk-code-input type=text inputmode=numeric autocomplete=one-time-code enterkeyhint=done autofocus";
    let input = field(ui, line, "code");
    let element: Field = input.element();
    let drawing = Rc::new(Drawing {
        ui: ui.clone(),
        input: element,
        slots,
    });

    let (follow, typed, pasted) = (drawing.clone(), drawing.clone(), drawing.clone());
    let input = input
        .other_of(move |shown| follow.draw(shown.code.reveal()))
        .on("input", move |_| {
            let code = Secret::new(typed.input.value());
            typed.ui.send(Msg::CodeChanged(code));
            // The model cleans what was typed; where that changes nothing, no signal tells.
            typed.draw_now();
        })
        .on("paste", move |event| {
            // A whole code replaces what is there. Anything else the browser puts where the caret is.
            let code = find_code(&page::pasted(&event), pasted.slots.len());
            if let Some(code) = code {
                event.prevent_default();
                pasted.ui.send(Msg::CodeChanged(Secret::new(code)));
            }
        });
    // Whatever moves the caret.
    let input = ["keyup", "click", "focus", "select"]
        .into_iter()
        .fold(input, |input, name| {
            let moved = drawing.clone();
            input.on(name, move |_| moved.draw_now())
        });
    row.child(input)
}

struct Drawing {
    ui: Ui,
    input: Field,
    slots: Vec<Element>,
}

impl Drawing {
    fn draw_now(&self) {
        self.draw(self.ui.now().code.reveal());
    }

    /// Puts `code` into the input and the slots, and lights those where the caret or the selection
    /// is.
    fn draw(&self, code: &str) {
        if self.input.value() != code {
            self.input.set_value(code);
        }
        let count = self.slots.len();
        let place = |place: Option<u32>| place.map_or(0, |place| place as usize);
        // Behind the last digit there is no slot.
        let start = place(self.input.start()).min(count - 1);
        let end = place(self.input.end()).max(start + 1);
        for (at, slot) in self.slots.iter().enumerate() {
            let digit = code.get(at..=at);
            // A gap in the middle makes two groups, as codes are read.
            let ends_group = count.is_multiple_of(2) && at + 1 == count / 2;
            let is_active = (start..end).contains(&at);
            let class = [
                "lk-slot",
                if ends_group { " lk-slot--gap" } else { "" },
                if is_active { " is-active" } else { "" },
                if digit.is_none() { " is-empty" } else { "" },
            ];
            slot.set_class_name(&class.concat());
            slot.set_text_content(digit);
        }
    }
}
