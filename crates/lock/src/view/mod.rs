//! What the dialog looks like: reads the view model, sends messages, decides nothing.

mod code;
mod element;
mod email;
mod icon;
mod other;
mod parts;

use std::rc::Rc;
use std::sync::Arc;

use reactive_graph::effect::RenderEffect;
use reactive_graph::signal::ArcRwSignal;
use reactive_graph::traits::{Get, GetUntracked};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement, KeyboardEvent, Node};

use crate::model::{Msg, Step, ViewModel};
use element::{El, classed, show_only};
use parts::{back_button, close_button, status};

/// What the view is given once: it does not change while the dialog is open.
pub(crate) struct Look {
    /// Focus the first field on opening.
    pub(crate) autofocus: bool,
    /// How many digits a code has.
    pub(crate) code_length: usize,
    /// Distinguishes the ids of several dialogs on a page.
    pub(crate) id: String,
    /// Shown in the page instead of over it.
    pub(crate) inline: bool,
    /// The image over the title. `None`: a neutral mark.
    pub(crate) logo: Option<String>,
    /// Light, dark or auto.
    pub(crate) scheme: &'static str,
    /// Takes what happens.
    pub(crate) send: Rc<dyn Fn(Msg)>,
}

impl Look {
    /// The id of one element of this dialog.
    fn id(&self, name: &str) -> String {
        ["lk-", &self.id, "-", name].concat()
    }
}

/// What every part of the view is made with.
#[derive(Clone)]
pub(crate) struct Ui {
    look: Rc<Look>,
    shown: ArcRwSignal<Arc<ViewModel>>,
}

impl Ui {
    pub(crate) fn new(shown: ArcRwSignal<Arc<ViewModel>>, look: Look) -> Self {
        Self {
            look: Rc::new(look),
            shown,
        }
    }

    fn send(&self, msg: Msg) {
        (self.look.send)(msg);
    }

    /// What is shown at the moment.
    fn now(&self) -> Arc<ViewModel> {
        self.shown.get_untracked()
    }

    /// A listener that sends `msg`.
    fn sends(&self, msg: Msg) -> impl FnMut(Event) + use<> {
        let look = Rc::clone(&self.look);
        move |_| (look.send)(msg.clone())
    }
}

/// The dialog on a page: its element, and the effect that keeps it up to date.
pub(crate) struct DialogView {
    /// Its element, not on the page yet.
    pub(crate) element: HtmlElement,
    _effect: RenderEffect<()>,
}

/// The whole dialog.
pub(crate) fn dialog(ui: Ui) -> DialogView {
    let place = classed("div", "lk-screen");
    let screens = place.element::<HtmlElement>();
    let mut root = root(&ui).child(panel(&ui, place));
    let element = root.element();
    let mut shown: Option<(Step, El)> = None;
    let effect = RenderEffect::new(move |_| {
        // A copy: setting things may run the page's code, which may change the signal.
        let model = ui.shown.get();
        root.follow(&model);
        let mut screen = match shown.take() {
            Some((step, screen)) if step == model.step => screen,
            _ => {
                let screen = screen(&ui, model.step);
                show_only(&screens, &screen);
                screen
            }
        };
        screen.follow(&model);
        shown = Some((model.step, screen));
    });
    DialogView {
        element,
        _effect: effect,
    }
}

fn screen(ui: &Ui, step: Step) -> El {
    let screen = classed("div", "lk-screen");
    match step {
        Step::Email => email::fill(screen, ui),
        Step::Code => code::fill(screen, ui),
        Step::SignedIn => other::fill_signed_in(screen, ui),
        Step::Error => other::fill_error(screen, ui),
    }
}

fn root(ui: &Ui) -> El {
    let look = &ui.look;
    let root = if look.inline {
        classed("div", "lk lk--inline").attr("role", "group")
    } else {
        // Without a field to focus, the dialog itself takes the focus, not its close button.
        classed("dialog", "lk").flag("autofocus", !look.autofocus)
    };
    let (on_key, on_close) = (ui.clone(), ui.clone());
    root.attr("data-scheme", look.scheme)
        .attr_of("lang", |shown| &shown.language)
        .attr_of(
            "dir",
            |shown| if shown.right_to_left { "rtl" } else { "ltr" },
        )
        .attr("aria-labelledby", &look.id("title"))
        .on("keydown", move |event| key_down(&on_key, &event))
        .on("close", move |event| {
            // Closed by the browser over our head, not by our own leaving of the page.
            if target::<Node>(&event).is_connected() {
                on_close.send(Msg::Hide);
            }
        })
        .on("cancel", prevented(ui.sends(Msg::Close)))
}

/// Escape closes from every field. A browser would close the dialog by itself, even one that is
/// not closable.
fn key_down(ui: &Ui, event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    if key.key() == "Escape" && !key.is_composing() {
        event.prevent_default();
        event.stop_propagation();
        ui.send(Msg::Close);
    }
}

/// A listener in place of what the browser would do.
fn prevented(mut listen: impl FnMut(Event) + 'static) -> impl FnMut(Event) + 'static {
    move |event| {
        event.prevent_default();
        listen(event);
    }
}

fn panel(ui: &Ui, place: El) -> El {
    classed("form", "lk-panel")
        .flag("novalidate", true)
        .attr_of("aria-busy", |shown| aria(shown.busy))
        .on("submit", prevented(ui.sends(Msg::Submit)))
        .child(back_button(ui))
        .child(close_button(ui))
        .child(place)
        .child(status())
}

/// What `event` happened to.
fn target<T: JsCast>(event: &Event) -> T {
    // An event that a listener of ours hears has a target, and we know of which type.
    event
        .target()
        .map_or_else(|| JsValue::NULL.unchecked_into(), JsCast::unchecked_into)
}

/// A fact as ARIA spells it.
fn aria(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}
