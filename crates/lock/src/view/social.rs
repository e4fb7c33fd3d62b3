//! The buttons of social connections.

use web_sys::{Element, HtmlElement};

use super::element::{El, el};
use super::{Ui, aria};
use crate::model::Msg;
use crate::options::Social;
use crate::page::paint;

/// All of them, in the page's order.
pub(super) fn buttons(ui: &Ui) -> El {
    let mut list = el("div.lk-social role=group");
    for way in &ui.look.options.connections.social {
        list = list.child(button(ui, way));
    }
    list
}

fn button(ui: &Ui, way: &Social) -> El {
    let words = el("span");
    let (element, name) = (words.element::<Element>(), way.display_name.clone());
    let words = words.other_of(move |shown| {
        let lead = &shown.social_label;
        let text = [&*lead.before, &name, &lead.after].concat();
        if element.text_content().as_deref() != Some(&text) {
            element.set_text_content(Some(&text));
        }
    });
    let (chosen, connection) = (ui.clone(), way.connection.clone());
    el("button.lk-alt type=button")
        .attr("data-connection", &way.connection)
        .attr_of("aria-disabled", |shown| aria(shown.busy))
        .on("click", move |_| {
            chosen.send(Msg::Social(connection.clone()));
        })
        .child(badge(way))
        .child(words)
}

/// The page's own image, or the first letter in the page's own colours. The button itself keeps
/// the dialog's colours, on which its words can always be read.
pub(super) fn badge(way: &Social) -> El {
    if let Some(icon) = &way.icon {
        return el("img.lk-badge alt").attr("src", icon);
    }
    let badge = el("span.lk-badge aria-hidden=true");
    let element: HtmlElement = badge.element();
    let first = way.display_name.chars().next().map(String::from);
    element.set_text_content(first.as_deref());
    for (property, color) in [
        ("background-color", &way.primary_color),
        ("color", &way.foreground_color),
    ] {
        if let Some(color) = color {
            paint(&element, property, color);
        }
    }
    badge
}
