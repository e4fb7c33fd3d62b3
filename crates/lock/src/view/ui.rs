//! What every screen is made with.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::Event;

use super::code::Caret;
use super::follow::{Followed, Pick, Places};
use super::root::FormTarget;
use crate::i18n::NamedCountry;
use crate::model::{Msg, ViewModel};
use crate::options::Options;

/// What the view is given once: it does not change while the dialog is open.
pub(crate) struct Look {
    /// Shows the view model again: what the view itself remembers has changed.
    pub(crate) again: Box<dyn Fn()>,
    /// Focus the first field on opening.
    pub(crate) autofocus: bool,
    /// Names and codes of all countries, sorted by name.
    pub(crate) countries: Box<dyn Fn() -> Vec<NamedCountry>>,
    /// It is there before the dialog, which takes its place.
    pub(crate) early: Option<Early>,
    /// Draw the marks of providers. The painter keeps their places free: they come with the dialog.
    pub(crate) has_marks: bool,
    /// Distinguishes the ids of several dialogs on a page.
    pub(crate) id: String,
    /// Shown in the page instead of over it.
    pub(crate) is_inline: bool,
    /// What the page wants.
    pub(crate) options: Rc<Options>,
    /// Takes what happens.
    pub(crate) send: Rc<dyn Fn(Msg)>,
}

/// A first screen that is there before the dialog.
#[derive(Default)]
pub(crate) struct Early {
    /// Where it is submitted to: it is a form that works without a script.
    pub(crate) form: Option<FormTarget>,
    /// The rules of the page's own colours, which no script can set yet.
    pub(crate) rules: String,
}

impl Look {
    /// Whether there is a field at all: without one there are social buttons only.
    pub(super) fn has_field(&self) -> bool {
        !self.options.settings.channels.is_empty()
    }

    /// Where the form goes by itself, if it does.
    pub(super) fn form(&self) -> Option<&FormTarget> {
        self.early.as_ref().and_then(|early| early.form.as_ref())
    }

    /// The id of one element of this dialog.
    pub(super) fn id(&self, name: &str) -> String {
        ["lk-", &self.id, "-", name].concat()
    }
}

/// What is shown, for those who show it.
pub(crate) type Shown = Rc<RefCell<Rc<ViewModel>>>;

/// What every part of the view is made with.
#[derive(Clone)]
pub(crate) struct Ui {
    pub(super) look: Rc<Look>,
    shown: Shown,
    /// Where the caret of the code's field is.
    pub(super) caret: Rc<Cell<Caret>>,
    places: Option<Rc<Places>>,
}

impl Ui {
    /// For HTML: nothing in it will change.
    pub(crate) fn new(shown: Shown, look: Look) -> Self {
        Self {
            look: Rc::new(look),
            shown,
            caret: Rc::default(),
            places: None,
        }
    }

    /// For a page. What is made with it follows the view model by way of the places.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn following(&self) -> (Self, Rc<Places>) {
        let places = Rc::<Places>::default();
        let ui = Self {
            places: Some(Rc::clone(&places)),
            ..self.clone()
        };
        (ui, places)
    }

    /// Tells the dialog what happened.
    pub(super) fn send(&self, msg: Msg) {
        (self.look.send)(msg);
    }

    /// What is shown at the moment.
    pub(super) fn now(&self) -> Rc<ViewModel> {
        Rc::clone(&self.shown.borrow())
    }

    /// A text that follows the view model.
    pub(super) fn text(&self, pick: fn(&ViewModel) -> &str) -> Followed {
        self.follow(Pick::Field(pick))
    }

    /// A text that is made of the view model, and follows it.
    pub(super) fn made(&self, make: impl Fn(&ViewModel) -> String + 'static) -> Followed {
        self.follow(Pick::Made(Rc::new(make)))
    }

    /// A boolean attribute that follows the view model.
    pub(super) fn flag(&self, pick: fn(&ViewModel) -> bool) -> Followed {
        self.follow(Pick::Flag(pick))
    }

    #[inline(never)]
    fn follow(&self, pick: Pick) -> Followed {
        Followed::new(&self.shown.borrow(), pick, self.places.as_ref())
    }

    /// A listener that sends what `msg` makes.
    pub(super) fn sends<E: 'static>(&self, msg: fn() -> Msg) -> impl FnMut(E) + use<E> {
        let look = Rc::clone(&self.look);
        move |_| (look.send)(msg())
    }
}

/// What `event` happened to.
pub(super) fn target<T: JsCast>(event: &Event) -> T {
    // An event that a listener of ours hears has a target, and we know of which type.
    event
        .target()
        .map_or_else(|| JsValue::NULL.unchecked_into(), JsCast::unchecked_into)
}

/// A fact as ARIA spells it.
pub(super) fn aria(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}
