//! The context that every part of the view is built with.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::Event;

use super::caret::Caret;
use super::follow::{Followed, Pick, Places};
use super::form_target::FormTarget;
use crate::i18n::NamedCountry;
use crate::model::{Msg, ViewModel};
use crate::options::Options;

/// The part of the context that does not change while the dialog is open.
pub(crate) struct Look {
    /// Updates the view after a change of the view's own state.
    pub(crate) again: Box<dyn Fn()>,
    /// Whether the first field takes the focus on opening.
    pub(crate) autofocus: bool,
    /// Names and codes of all countries, sorted by name.
    pub(crate) countries: Box<dyn Fn() -> Vec<NamedCountry>>,
    /// Set for a first screen that the dialog will replace.
    pub(crate) early: Option<Early>,
    /// Whether the marks of providers are drawn. The painter leaves their places empty, because the marks
    /// load with the dialog.
    pub(crate) has_marks: bool,
    /// Makes the ids of several dialogs on a page different.
    pub(crate) id: String,
    /// Whether the dialog is inside the page instead of over it.
    pub(crate) is_inline: bool,
    /// The page's options.
    pub(crate) options: Rc<Options>,
    /// Sends a message to the model.
    pub(crate) send: Rc<dyn Fn(Msg)>,
}

/// A first screen that the dialog will replace.
#[derive(Default)]
pub(crate) struct Early {
    /// The form's target. With one, the screen works without a script.
    pub(crate) form: Option<FormTarget>,
    /// The CSS rules of the page's own colours, which no script has set yet.
    pub(crate) rules: String,
}

impl Look {
    /// Whether there is a field. Without passwordless connections there are only social buttons.
    pub(super) fn has_field(&self) -> bool {
        !self.options.settings.channels.is_empty()
    }

    /// The target of the form, if the browser submits it itself.
    pub(super) fn form(&self) -> Option<&FormTarget> {
        self.early.as_ref().and_then(|early| early.form.as_ref())
    }

    /// The id of one element of this dialog.
    pub(super) fn id(&self, name: &str) -> String {
        ["lk-", &self.id, "-", name].concat()
    }
}

/// The current view model, shared by the runtime and the view.
pub(crate) type Shown = Rc<RefCell<Rc<ViewModel>>>;

/// The context that every part of the view is built with.
#[derive(Clone)]
pub(crate) struct Ui {
    pub(super) look: Rc<Look>,
    shown: Shown,
    /// The position of the caret in the code's field.
    pub(super) caret: Rc<Cell<Caret>>,
    places: Option<Rc<Places>>,
}

impl Ui {
    /// A context for HTML, in which nothing changes.
    pub(crate) fn new(shown: Shown, look: Look) -> Self {
        Self {
            look: Rc::new(look),
            shown,
            caret: Rc::default(),
            places: None,
        }
    }

    /// A context for a page. What is built with it registers its places.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn following(&self) -> (Self, Rc<Places>) {
        let places = Rc::<Places>::default();
        let ui = Self {
            places: Some(Rc::clone(&places)),
            ..self.clone()
        };
        (ui, places)
    }

    /// Sends a message to the model.
    pub(super) fn send(&self, msg: Msg) {
        (self.look.send)(msg);
    }

    /// The current view model.
    pub(super) fn now(&self) -> Rc<ViewModel> {
        Rc::clone(&self.shown.borrow())
    }

    /// A text that depends on the view model.
    pub(super) fn text(&self, pick: fn(&ViewModel) -> &str) -> Followed {
        self.follow(Pick::Field(pick))
    }

    /// A text that is computed from the view model.
    pub(super) fn made(&self, make: impl Fn(&ViewModel) -> String + 'static) -> Followed {
        self.follow(Pick::Made(Rc::new(make)))
    }

    /// A boolean attribute that depends on the view model.
    pub(super) fn flag(&self, pick: fn(&ViewModel) -> bool) -> Followed {
        self.follow(Pick::Flag(pick))
    }

    #[inline(never)]
    fn follow(&self, pick: Pick) -> Followed {
        Followed::new(&self.shown.borrow(), pick, self.places.as_ref())
    }

    /// A listener that sends the message of `msg`.
    pub(super) fn sends<E: 'static>(&self, msg: fn() -> Msg) -> impl FnMut(E) + use<E> {
        let look = Rc::clone(&self.look);
        move |_| (look.send)(msg())
    }
}

/// The target of `event`.
pub(super) fn target<T: JsCast>(event: &Event) -> T {
    // An event that one of our listeners gets has a target, and its type is known.
    event
        .target()
        .map_or_else(|| JsValue::NULL.unchecked_into(), JsCast::unchecked_into)
}

/// A flag as an ARIA attribute's value.
pub(super) fn aria(is_so: bool) -> &'static str {
    if is_so { "true" } else { "false" }
}
