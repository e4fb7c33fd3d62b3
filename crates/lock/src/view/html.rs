//! The view as HTML.

use std::rc::Rc;

use leptos::prelude::*;

#[cfg(not(target_arch = "wasm32"))]
use super::other::waiting;
use super::root::{dialog, screen};
use super::ui::{Early, Look, Shown, Ui};
#[cfg(not(target_arch = "wasm32"))]
use crate::i18n::NamedCountry;
use crate::model::{Step, ViewModel};
use crate::options::Options;
use crate::server::rules;
use crate::view::FormTarget;

/// What is there before the dialog, which takes its place: the screen of `shown`. With a `form` it works without a
/// script. It is in the page where there is a `container`, else over it. `id` distinguishes the ids of several dialogs on
/// a page.
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

/// The dialog of `shown` as HTML, as a dialog with these options builds it on a page: in the page where there is a
/// `container`, else over it. Its ids are `lk-ID-NAME`.
///
/// What only a script can do is not in it: listeners, the colours of the page's own, and `showModal`.
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

/// The dialog before it is known which screen it opens on: an empty panel that is busy, under the title of `shown`.
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

/// HTML without the marks that Leptos leaves for itself: comments, and a blank in place of an empty text.
pub(crate) fn tidy(html: &str) -> String {
    // In texts and attributes `<` and `>` are escaped, so these are marks.
    html.replace("<!>", "")
        .replace("<!--<() />-->", "")
        .replace("> <", "><")
}

fn whole(look: Look, shown: &ViewModel) -> AnyView {
    let ui = Ui::new(Shown::new(Rc::new(shown.clone()).into()), look);
    // Leptos gives each listener an owner, also one that nobody hears.
    Owner::new().with(|| dialog(&ui, screen(&ui, shown.step)))
}

/// Of a view in which nothing happens.
fn still(options: &Options, id: &str) -> Look {
    Look {
        again: Box::new(|| {}),
        autofocus: options.takes_focus(),
        // Browsers alone know their names.
        countries: Box::new(Vec::new),
        early: None,
        has_marks: false,
        id: id.to_owned(),
        is_inline: options.container.is_some(),
        options: Rc::new(options.clone()),
        send: Rc::new(|_| {}),
    }
}

/// Whether a screen can be there before the dialog: countries and what a browser remembers are known to browsers alone.
pub(crate) fn is_first(step: Step) -> bool {
    step == Step::Email
}
