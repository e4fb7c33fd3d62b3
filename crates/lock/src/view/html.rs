//! Renders the view as HTML.

use std::rc::Rc;

use leptos::prelude::*;

use super::form_target::FormTarget;
use super::frame::dialog;
use super::screens::screen;
#[cfg(not(target_arch = "wasm32"))]
use super::screens::waiting;
use super::ui::{Early, Look, Shown, Ui};
use crate::color::rules;
#[cfg(not(target_arch = "wasm32"))]
use crate::i18n::NamedCountry;
use crate::model::{ScreenKind, ViewModel};
use crate::options::Options;

/// The first screen that a server renders, with the content of `shown`. With a `form` it works without a
/// script. It is inline if the options have a `container`, otherwise over the page. `id` makes the ids of
/// several dialogs on a page different.
pub(crate) fn early(
    options: &Options,
    shown: &ViewModel,
    id: &str,
    form: Option<FormTarget>,
) -> AnyView {
    let rules = rules(options);
    let look = Look {
        early: Some(Early { form, rules }),
        has_marks: true,
        ..still(options, id)
    };
    whole(look, shown)
}

/// Renders the dialog of `shown` as HTML, as a dialog with these options builds it on a page: inline if the
/// options have a `container`, otherwise over the page. Its ids are `lk-ID-NAME`.
///
/// The HTML lacks what only a script can do: listeners, the page's own colours, and `showModal`.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn first_screen_html(
    options: &Options,
    shown: &ViewModel,
    id: &str,
    countries: Vec<NamedCountry>,
) -> String {
    let look = Look {
        countries: Box::new(move || countries.clone()),
        ..still(options, id)
    };
    tidy(&whole(look, shown).to_html())
}

/// Renders the dialog while its screen is not known yet: an empty, busy panel with the title of `shown`.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn waiting_html(options: &Options, shown: &ViewModel, id: &str) -> String {
    let shown = ViewModel {
        busy: true,
        ..shown.clone()
    };
    let ui = Ui::new(Shown::new(Rc::new(shown).into()), still(options, id));
    let view = Owner::new().with(|| dialog(&ui, waiting(&ui)));
    tidy(&view.to_html())
}

/// Removes Leptos' own markers from HTML: comments, and a blank in place of an empty text.
pub(crate) fn tidy(html: &str) -> String {
    // In texts and attributes `<` and `>` are escaped, so these are markers.
    html.replace("<!>", "")
        .replace("<!--<() />-->", "")
        .replace("> <", "><")
}

fn whole(look: Look, shown: &ViewModel) -> AnyView {
    let ui = Ui::new(Shown::new(Rc::new(shown.clone()).into()), look);
    // Leptos gives each listener an owner, even if nothing dispatches events to it.
    Owner::new().with(|| dialog(&ui, screen(&ui, shown.screen)))
}

/// A look for static HTML.
fn still(options: &Options, id: &str) -> Look {
    Look {
        again: Box::new(|| {}),
        autofocus: options.takes_focus(),
        // Only browsers know the names of countries.
        countries: Box::new(Vec::new),
        early: None,
        has_marks: false,
        id: id.to_owned(),
        is_inline: options.container.is_some(),
        options: Rc::new(options.clone()),
        send: Rc::new(|_| {}),
    }
}

/// Whether a screen can be rendered before the dialog has loaded. Only browsers know the names of countries,
/// and data that they store.
pub(crate) fn is_first(kind: ScreenKind) -> bool {
    kind == ScreenKind::Email
}
