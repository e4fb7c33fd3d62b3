//! Elements of one type, and what in them follows the view model.
//!
//! Leptos' `view!` gives each combination of tag, attributes and children a type of its own, and
//! its runtime comes on top: measured for three screens, 33 KB of 110 after compression. Its
//! reactive graph alone, for one signal and one effect, still takes 6 KB of 84. So here a dynamic
//! place is a row of data, and the rows are gone through whenever the view model changes. Another
//! screen costs little more than its words.

use wasm_bindgen::JsCast;
use web_sys::Event;

use crate::browser::Listener;
use crate::model::ViewModel;
use crate::page::{Dom, element};

/// An element with all that is in it. Dropping it ends its listeners.
pub(super) struct El(Box<Parts>);

struct Parts {
    element: Dom,
    places: Vec<Place>,
    listeners: Vec<Listener>,
}

/// A dynamic place.
struct Place {
    element: Dom,
    kind: Kind,
    /// What it shows: a text that is set again, unchanged, would be read out again.
    shown: Option<String>,
}

enum Kind {
    /// An attribute.
    Attribute(&'static str, fn(&ViewModel) -> &str),
    /// A boolean attribute.
    Flag(&'static str, fn(&ViewModel) -> bool),
    /// The text inside.
    Text(fn(&ViewModel) -> &str),
    /// Whatever else.
    Other(Follow),
}

/// Makes something follow the view model.
type Follow = Box<dyn Fn(&ViewModel)>;

/// An element without children, as a line of words: its tag and classes as in a selector, then attributes that
/// stay as they are. `button.lk-alt.lk-last type=submit`
pub(super) fn el(line: &str) -> El {
    El(Box::new(Parts {
        element: element(line),
        places: Vec::new(),
        listeners: Vec::new(),
    }))
}

impl El {
    /// The element itself.
    pub(super) fn element<T: JsCast>(&self) -> T {
        self.0.element.clone().unchecked_into()
    }

    /// An attribute that stays as it is, and is known only now.
    pub(super) fn attr(self, name: &str, value: &str) -> Self {
        self.0.element.set(name, value);
        self
    }

    /// A boolean attribute that stays as it is, and is known only now.
    pub(super) fn flag(self, name: &str, is_set: bool) -> Self {
        self.0.element.toggle(name, is_set);
        self
    }

    /// An attribute that follows the view model.
    pub(super) fn attr_of(self, name: &'static str, value: fn(&ViewModel) -> &str) -> Self {
        self.place(Kind::Attribute(name, value))
    }

    /// A boolean attribute that follows the view model.
    pub(super) fn flag_of(self, name: &'static str, value: fn(&ViewModel) -> bool) -> Self {
        self.place(Kind::Flag(name, value))
    }

    /// The text inside, which follows the view model.
    pub(super) fn text_of(self, text: fn(&ViewModel) -> &str) -> Self {
        self.place(Kind::Text(text))
    }

    /// Something else that follows the view model.
    pub(super) fn other_of(self, follow: impl Fn(&ViewModel) + 'static) -> Self {
        self.place(Kind::Other(Box::new(follow)))
    }

    fn place(mut self, kind: Kind) -> Self {
        let element = self.0.element.clone();
        self.0.places.push(Place {
            element,
            kind,
            shown: None,
        });
        self
    }

    /// Calls `listen` for each event called `name`.
    pub(super) fn on(mut self, name: &'static str, listen: impl FnMut(Event) + 'static) -> Self {
        let listener = Listener::new(&self.0.element, name, Box::new(listen));
        self.0.listeners.push(listener);
        self
    }

    /// Another child.
    pub(super) fn child(mut self, child: El) -> Self {
        let Parts {
            element,
            places,
            listeners,
        } = *child.0;
        self.0.element.append(&element);
        self.0.places.extend(places);
        self.0.listeners.extend(listeners);
        self
    }

    /// Makes all dynamic places follow `model`.
    pub(super) fn follow(&mut self, model: &ViewModel) {
        for place in &mut self.0.places {
            place.follow(model);
        }
    }
}

impl Place {
    fn follow(&mut self, model: &ViewModel) {
        let element = &self.element;
        let value = match &self.kind {
            Kind::Attribute(_, pick) | Kind::Text(pick) => pick(model),
            Kind::Flag(name, pick) => return element.toggle(name, pick(model)),
            Kind::Other(follow) => return follow(model),
        };
        if self.shown.as_deref() != Some(value) {
            match self.kind {
                Kind::Attribute(name, _) => element.set(name, value),
                _ => element.set_text_content(Some(value)),
            }
            self.shown = Some(value.to_owned());
        }
    }
}

/// Puts `child` in the place of all that is in `parent`.
pub(super) fn show_only(parent: &Dom, child: &El) {
    parent.set_text_content(None);
    parent.append(&child.0.element);
}
