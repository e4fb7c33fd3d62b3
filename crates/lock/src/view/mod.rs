//! What the dialog looks like: reads the view model, sends messages, decides nothing.

mod ask;
mod code;
mod element;
mod icon;
mod other;
mod parts;
mod social;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, Node};

use crate::i18n::NamedCountry;
use crate::model::{Msg, Step, ViewModel};
use crate::options::Options;
use crate::page::{Dom, escapes};
use element::{El, el, show_only};
use parts::{back_button, close_button, status};

/// What the view is given once: it does not change while the dialog is open.
pub(crate) struct Look {
    /// Focus the first field on opening.
    pub(crate) autofocus: bool,
    /// Names and codes of all countries, sorted by name.
    pub(crate) countries: Box<dyn Fn() -> Vec<NamedCountry>>,
    /// Distinguishes the ids of several dialogs on a page.
    pub(crate) id: String,
    /// What the page wants.
    pub(crate) options: Rc<Options>,
    /// Takes what happens.
    pub(crate) send: Rc<dyn Fn(Msg)>,
}

impl Look {
    /// Whether there is a field at all: without one there are social buttons only.
    fn has_field(&self) -> bool {
        !self.options.settings.channels.is_empty()
    }

    /// Shown in the page instead of over it.
    fn is_inline(&self) -> bool {
        self.options.container.is_some()
    }

    /// The id of one element of this dialog.
    fn id(&self, name: &str) -> String {
        ["lk-", &self.id, "-", name].concat()
    }
}

/// What is shown, for those who show it.
pub(crate) type Shown = Rc<RefCell<Rc<ViewModel>>>;

/// What every part of the view is made with.
#[derive(Clone)]
pub(crate) struct Ui {
    look: Rc<Look>,
    shown: Shown,
}

impl Ui {
    pub(crate) fn new(shown: Shown, look: Look) -> Self {
        Self {
            look: Rc::new(look),
            shown,
        }
    }

    fn send(&self, msg: Msg) {
        (self.look.send)(msg);
    }

    /// What is shown at the moment.
    fn now(&self) -> Rc<ViewModel> {
        Rc::clone(&self.shown.borrow())
    }

    /// A listener that sends what `msg` makes.
    fn sends(&self, msg: fn() -> Msg) -> impl FnMut(Event) + use<> {
        let look = Rc::clone(&self.look);
        move |_| (look.send)(msg())
    }
}

/// The dialog on a page.
pub(crate) struct DialogView {
    /// Its element, not on the page yet.
    pub(crate) element: Dom,
    root: El,
    /// Where the screens are put.
    place: Dom,
    screen: Option<(Step, El)>,
    ui: Ui,
}

impl DialogView {
    /// The whole dialog, as it is now.
    pub(crate) fn new(ui: Ui) -> Self {
        // Not all of the panel: what a busy region says is passed over, and the status is to be heard.
        let place = el("div.lk-screen").attr_of("aria-busy", |shown| aria(shown.busy));
        let place_element = place.element();
        let root = root(&ui).child(panel(&ui, place));
        let mut view = Self {
            element: root.element(),
            root,
            place: place_element,
            screen: None,
            ui,
        };
        view.follow();
        view
    }

    /// Makes what is on the page follow the view model.
    pub(crate) fn follow(&mut self) {
        let shown = self.ui.now();
        self.root.follow(&shown);
        let mut screen = match self.screen.take() {
            Some((step, screen)) if step == shown.step => screen,
            _ => {
                let screen = screen(&self.ui, shown.step);
                show_only(&self.place, &screen);
                screen
            }
        };
        screen.follow(&shown);
        self.screen = Some((shown.step, screen));
    }
}

fn screen(ui: &Ui, step: Step) -> El {
    let screen = el("div.lk-screen");
    match step {
        Step::Email | Step::Phone | Step::LastLogin => ask::fill(screen, ui, step),
        Step::Code => code::fill(screen, ui),
        Step::Link => other::fill_link(screen, ui),
        Step::SignedIn | Step::Elsewhere | Step::Error => other::fill_end(screen, ui, step),
    }
}

fn root(ui: &Ui) -> El {
    let look = &ui.look;
    let root = if look.is_inline() {
        el("div.lk.lk--inline role=group")
    } else {
        el("dialog.lk")
    };
    let (on_key, on_close) = (ui.clone(), ui.clone());
    root.attr("data-scheme", look.options.theme.scheme.as_str())
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
        .on("cancel", prevented(ui.sends(|| Msg::Close)))
}

/// Escape closes from every field. A browser would close the dialog by itself, even one that is
/// not closable.
fn key_down(ui: &Ui, event: &Event) {
    if escapes(event) {
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
    let sender = ui.clone();
    let submit = move |event: Event| {
        // Who fills its field tells nobody.
        if sender.now().captcha {
            sender.send(Msg::Captcha(captcha_of(&target(&event))));
        }
        sender.send(Msg::Submit);
    };
    el("form.lk-panel novalidate")
        .on("submit", prevented(submit))
        .child(back_button(ui))
        .child(close_button(ui))
        .child(place)
        .child(status())
}

/// The answer to the captcha in `panel`, as far as it is there.
fn captcha_of(panel: &Dom) -> String {
    match panel.find("[name=captcha]") {
        Some(field) => field.unchecked_into::<HtmlInputElement>().value(),
        None => String::new(),
    }
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
