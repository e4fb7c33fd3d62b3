//! Updates the parts of the view that depend on the view model.
//!
//! A screen writes `{ui.text(|shown| &shown.title)}`. That renders the current text, and on a page it also
//! registers a place that [`Places::follow`] updates when the text changes. An unchanged text is not set
//! again, because a screen reader would announce it again and a field would lose its caret.
//!
//! Leptos offers two other ways, and both were measured:
//!
//! - A signal, with a closure in each place: 11,000 bytes more after compression at the same view, and the
//!   page would be updated a microtask late.
//! - Building the view again and rebuilding the old one: without `--cfg erase_components` the view takes
//!   10,000 bytes more. With that flag, which cargo-leptos sets during development, Leptos removes and adds
//!   every attribute of every element, and sets properties such as `value` to undefined in between.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::tachys::html::attribute::AttributeValue;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::html::property::IntoProperty;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::{Position, PositionState};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlInputElement, Node, Text};
use send_wrapper::SendWrapper;

use crate::model::ViewModel;

/// The part of the view model that a place shows.
#[derive(Clone)]
pub(super) enum Pick {
    /// One of its texts.
    Field(fn(&ViewModel) -> &str),
    /// One of its flags, as a boolean attribute.
    Flag(fn(&ViewModel) -> bool),
    /// A text that is computed from it.
    Made(Rc<dyn Fn(&ViewModel) -> String>),
}

/// The value of a place.
#[derive(Clone, PartialEq)]
struct Value {
    /// The text. Empty for a flag.
    text: String,
    /// Whether the attribute is present. Always true for a text.
    is_set: bool,
}

impl Pick {
    fn value(&self, shown: &ViewModel) -> Value {
        let (text, is_set) = match self {
            Self::Field(pick) => (pick(shown).to_owned(), true),
            Self::Flag(pick) => (String::new(), pick(shown)),
            Self::Made(make) => (make(shown), true),
        };
        Value { text, is_set }
    }
}

/// The places of a built view that depend on the view model.
#[derive(Default)]
pub(crate) struct Places(RefCell<Vec<Place>>);

struct Place {
    node: Node,
    kind: Kind,
    pick: Pick,
    /// The value that the place shows.
    value: Value,
}

enum Kind {
    Attribute(String),
    Text,
    /// The value of a field.
    Value,
}

impl Places {
    /// Updates all places to `shown`.
    pub(super) fn follow(&self, shown: &ViewModel) {
        for place in &mut *self.0.borrow_mut() {
            place.follow(shown);
        }
    }
}

impl Place {
    fn follow(&mut self, shown: &ViewModel) {
        let value = self.pick.value(shown);
        match &self.kind {
            Kind::Value => put(self.node.unchecked_ref(), &value.text),
            _ if value == self.value => return,
            Kind::Attribute(name) => set(self.node.unchecked_ref(), name, &value),
            Kind::Text => self.node.set_node_value(Some(&value.text)),
        }
        self.value = value;
    }
}

fn set(element: &Element, name: &str, Value { text, is_set }: &Value) {
    // The names are literals, so neither call can fail.
    let _ = if *is_set {
        element.set_attribute(name, text)
    } else {
        element.remove_attribute(name)
    };
}

/// Sets a field's value, unless the field has it, because that would move the caret. A `select` element works
/// the same way.
fn put(field: &HtmlInputElement, text: &str) {
    if field.value() != text {
        field.set_value(text);
    }
}

/// A text, an attribute's value or a field's value that depends on the view model.
#[derive(Clone)]
pub(super) struct Followed {
    value: Value,
    /// The place to register. `None` on a server, where a view may move between threads and nothing changes.
    source: Option<SendWrapper<(Rc<Places>, Pick)>>,
}

impl Followed {
    pub(super) fn new(shown: &ViewModel, pick: Pick, places: Option<&Rc<Places>>) -> Self {
        Self {
            value: pick.value(shown),
            source: places.map(|places| SendWrapper::new((Rc::clone(places), pick))),
        }
    }

    /// Registers the place at `node`.
    fn register(self, node: &Node, kind: Kind) {
        let Some(source) = self.source else { return };
        let (places, pick) = source.take();
        places.0.borrow_mut().push(Place {
            node: node.clone(),
            kind,
            pick,
            value: self.value,
        });
    }
}

no_attrs!(Followed);

/// Renders as a text node.
impl Render for Followed {
    type State = Text;

    fn build(self) -> Text {
        let node = document().create_text_node(&self.value.text);
        self.register(&node, Kind::Text);
        node
    }

    fn rebuild(self, node: &mut Text) {
        node.set_node_value(Some(&self.value.text));
    }
}

impl RenderHtml for Followed {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn html_len(&self) -> usize {
        self.value.text.len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        let text = self.value.text;
        text.to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Text {
        RenderHtml::hydrate::<FROM_SERVER>(self.value.text, cursor, position);
        // The node at the cursor.
        cursor.current().unchecked_into()
    }

    fn into_owned(self) -> Self {
        self
    }
}

/// Renders as the value of an attribute.
impl AttributeValue for Followed {
    type State = Element;
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        self.value.text.len()
    }

    fn to_html(self, key: &str, buf: &mut String) {
        if self.value.is_set {
            AttributeValue::to_html(self.value.text, key, buf);
        }
    }

    fn to_template(_key: &str, _buf: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, key: &str, element: &Element) -> Element {
        self.register(element, Kind::Attribute(key.to_owned()));
        element.clone()
    }

    fn build(self, element: &Element, key: &str) -> Element {
        if self.value.is_set {
            set(element, key, &self.value);
        }
        self.register(element, Kind::Attribute(key.to_owned()));
        element.clone()
    }

    fn rebuild(self, key: &str, element: &mut Element) {
        set(element, key, &self.value);
    }

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }
}

/// Renders as the property `value` of a field.
impl IntoProperty for Followed {
    type State = Element;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element, _key: &str) -> Element {
        // The person may have typed already.
        self.register(element, Kind::Value);
        element.clone()
    }

    fn build(self, element: &Element, _key: &str) -> Element {
        put(element.unchecked_ref(), &self.value.text);
        self.register(element, Kind::Value);
        element.clone()
    }

    fn rebuild(self, element: &mut Element, _key: &str) {
        put(element.unchecked_ref(), &self.value.text);
    }

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }
}
