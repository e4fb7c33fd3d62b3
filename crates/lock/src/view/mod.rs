//! What the dialog looks like: reads the view model, sends messages, decides nothing.

mod code;
mod email;
mod icon;
mod other;
mod parts;

use std::rc::Rc;

use leptos::prelude::*;

use crate::model::{Msg, Step, ViewModel};
use parts::{close_buttons, status};

/// What the view is given once: it does not change while the dialog is open.
pub(crate) struct Look {
    /// Focus the first field on opening.
    pub(crate) autofocus: bool,
    /// The label of "back".
    pub(crate) back_label: String,
    /// The label of "close".
    pub(crate) close_label: String,
    /// How many digits a code has.
    pub(crate) code_length: usize,
    /// Distinguishes the ids of several dialogs on a page.
    pub(crate) id: u32,
    /// Shown in the page instead of over it.
    pub(crate) inline: bool,
    /// The language of the texts, for screen readers.
    pub(crate) language: String,
    /// The image over the title. `None`: a neutral mark.
    pub(crate) logo: Option<String>,
    /// Texts run from right to left.
    pub(crate) right_to_left: bool,
    /// Light, dark or auto.
    pub(crate) scheme: &'static str,
    /// Takes what happens.
    pub(crate) send: Rc<dyn Fn(Msg)>,
}

/// What every part of the view holds: small, copied everywhere.
#[derive(Clone, Copy)]
pub(crate) struct Ui {
    shown: RwSignal<ViewModel>,
    look: StoredValue<Look, LocalStorage>,
}

impl Ui {
    pub(crate) fn new(shown: ArcRwSignal<ViewModel>, look: Look) -> Self {
        Self {
            shown: shown.into(),
            look: StoredValue::new_local(look),
        }
    }

    /// A text that follows the view model. Function pointers keep it to one generic instance.
    fn text(self, pick: fn(&ViewModel) -> &str) -> Memo<String> {
        let shown = self.shown;
        Memo::new(move |_| shown.with(|shown| pick(shown).to_owned()))
    }

    /// A fact that follows the view model.
    fn flag(self, pick: fn(&ViewModel) -> bool) -> Memo<bool> {
        let shown = self.shown;
        Memo::new(move |_| shown.with(pick))
    }

    /// The same as `"true"` or `"false"`, for ARIA.
    fn aria(self, pick: fn(&ViewModel) -> bool) -> Memo<String> {
        let shown = self.shown;
        Memo::new(move |_| shown.with(pick).to_string())
    }

    fn send(self, msg: Msg) {
        let send = self.look.with_value(|look| Rc::clone(&look.send));
        send(msg);
    }

    fn look<T>(self, pick: impl FnOnce(&Look) -> T) -> T {
        self.look.with_value(pick)
    }

    /// The id of one element of this dialog.
    fn id(self, name: &str) -> String {
        self.look(|look| ["lk-", &look.id.to_string(), "-", name].concat())
    }

    /// The ids of elements, for ARIA.
    fn ids(self, names: &[&str]) -> String {
        names
            .iter()
            .map(|name| self.id(name))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The whole dialog.
pub(crate) fn dialog(ui: Ui) -> AnyView {
    let (inline, scheme, language, right_to_left, autofocus) = ui.look(|look| {
        let language = look.language.clone();
        (
            look.inline,
            look.scheme,
            language,
            look.right_to_left,
            look.autofocus,
        )
    });
    let direction = if right_to_left { "rtl" } else { "ltr" };
    if inline {
        view! {
            <div class="lk lk--inline" role="group" data-scheme=scheme lang=language dir=direction aria-labelledby=ui.id("title")>
                {panel(ui)}
            </div>
        }
        .into_any()
    } else {
        view! {
            <dialog
                class="lk"
                data-scheme=scheme
                lang=language
                dir=direction
                aria-labelledby=ui.id("title")
                autofocus=!autofocus
                on:keydown=move |event| on_key(ui, &event)
                on:cancel=move |event: web_sys::Event| {
                    event.prevent_default();
                    ui.send(Msg::Close);
                }
                on:close=move |event: web_sys::Event| {
                    // Closed by the browser over our head, not by our own leaving of the page.
                    if event_target::<web_sys::Node>(&event).is_connected() {
                        ui.send(Msg::Hide);
                    }
                }
            >
                {panel(ui)}
            </dialog>
        }
        .into_any()
    }
}

/// Escape closes from every field. A browser would close the dialog by itself, even one that is
/// not closable.
fn on_key(ui: Ui, event: &web_sys::KeyboardEvent) {
    if event.key() == "Escape" && !event.is_composing() {
        event.prevent_default();
        event.stop_propagation();
        ui.send(Msg::Close);
    }
}

fn panel(ui: Ui) -> AnyView {
    let shown = ui.shown;
    let step = Memo::new(move |_| shown.with(|shown| shown.step));
    let screen = move || match step.get() {
        Step::Email => email::screen(ui),
        Step::Code => code::screen(ui),
        Step::SignedIn => other::signed_in(ui),
        Step::Error => other::error(ui),
    };
    view! {
        <form
            class="lk-panel"
            novalidate=true
            aria-busy=ui.aria(|shown| shown.busy)
            on:submit=move |event| {
                event.prevent_default();
                ui.send(Msg::Submit);
            }
        >
            {close_buttons(ui)}
            {screen}
            {status(ui)}
        </form>
    }
    .into_any()
}
