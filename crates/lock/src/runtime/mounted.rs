//! The dialog while it is on the page.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::text::digits;
use wasm_bindgen::JsCast;
use web_sys::PageTransitionEvent;

use super::news::Line;
use super::{Inner, keyboard, sender};
use crate::browser::{Listener, Styles, later, window};
use crate::color::{Color, READABLE};
use crate::i18n::NamedCountry;
use crate::model::{FocusTarget, Msg, News, countries};
use crate::options::{Options, Scheme};
use crate::page::{self, Dom};
use crate::view::{DialogView, Look, Ui};

/// The dialog while it is on the page. Dropping it takes all of it away.
pub(super) struct Mounted {
    root: Dom,
    view: RefCell<DialogView>,
    /// To the browser's other dialogs.
    line: Option<Line>,
    _keyboard: Option<Listener>,
    _network: Vec<Listener>,
    _page: Vec<Listener>,
    _styles: Styles,
}

impl Mounted {
    /// Puts the dialog on the page and opens it. `None` if the page has no place for it.
    pub(super) fn open(inner: &Rc<Inner>, options: &Rc<Options>) -> Option<Self> {
        let host = page::host(options.container.as_deref())?;
        let styles = Styles::hold(options.style_nonce.as_deref());
        let look = Look {
            autofocus: takes_focus(options),
            countries: Box::new(country_names(inner)),
            id: digits(inner.id),
            options: Rc::clone(options),
            send: sender(inner),
        };
        let view = DialogView::new(Ui::new(Rc::clone(&inner.shown), look));
        let root = view.element.clone();
        if options.container.is_some() {
            page::settle(&host, &root);
            paint(&root, options);
        } else {
            host.append(&root);
            paint(&root, options);
            page::open(&root);
        }
        let hear = sender(inner);
        let listeners = listeners(inner, &root, options);
        Some(Self {
            _keyboard: keyboard::watch(&root),
            root,
            view: RefCell::new(view),
            _network: network(inner),
            line: Line::open(options, move |msg| hear(msg)),
            _page: listeners,
            _styles: styles,
        })
    }

    /// Makes what is on the page follow the view model.
    pub(super) fn follow(&self) {
        // Free: messages that come up meanwhile wait in the queue.
        self.view.borrow_mut().follow();
    }

    /// The dialog's element.
    pub(super) fn root(&self) -> Dom {
        self.root.clone()
    }

    /// Tells the browser's other dialogs.
    pub(super) fn tell(&self, news: &News) {
        if let Some(line) = &self.line {
            line.tell(news);
        }
    }

    /// Takes the dialog off the page, and gives the focus back to where it was.
    pub(super) fn close(self) {
        page::close(&self.root);
        // Not at once: this may run inside one of the view's own event handlers.
        later(Box::new(move || drop(self.view))).forget();
    }
}

/// The names of all countries in the dialog's language, with what their numbers begin with.
fn country_names(inner: &Rc<Inner>) -> impl Fn() -> Vec<NamedCountry> + use<> {
    let weak = Rc::downgrade(inner);
    move || {
        let Some(inner) = weak.upgrade() else {
            return Vec::new();
        };
        let dictionary = inner.dictionary.borrow();
        let all: Vec<_> = countries().collect();
        let codes: Vec<_> = all.iter().map(|(code, _)| *code).collect();
        let mut named = (dictionary.formats().countries)(dictionary.language(), &codes);
        for (name, code) in &mut named {
            if let Some((_, prefix)) = all.iter().find(|(known, _)| known == code) {
                // The digits run from left to right among any words.
                name.push_str(" \u{2066}+");
                name.push_str(&digits(*prefix));
                name.push('\u{2069}');
            }
        }
        named
    }
}

/// Viewports narrower than this keep their keyboard down until the person asks for it, as Lock does.
const NARROW: f64 = 380.0;

fn takes_focus(options: &Options) -> bool {
    let is_narrow =
        options.autofocus.is_none() && window().is_some_and(|window| window.width() < NARROW);
    options.takes_focus() && !is_narrow
}

/// Moves the focus to `target` inside `root`.
pub(super) fn focus(root: &Dom, target: FocusTarget) {
    // By the end of the id: its number tells dialogs apart, and this is inside one.
    let selector = match target {
        FocusTarget::Captcha => "[id$=-captcha-field]",
        FocusTarget::Code => "[id$=-code]",
        FocusTarget::Email => "[id$=-email]",
        FocusTarget::Phone => "[id$=-phone]",
        FocusTarget::Terms => "[id$=-terms]",
        FocusTarget::Title => "[id$=-title]",
    };
    if let Some(element) = root.find(selector) {
        element.take_focus();
    }
}

/// Whether there is a network.
fn network(inner: &Rc<Inner>) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let (online, offline) = (sender(inner), sender(inner));
    vec![
        Listener::new(
            &window,
            "online",
            Box::new(move |_| online(Msg::Online(true))),
        ),
        Listener::new(
            &window,
            "offline",
            Box::new(move |_| offline(Msg::Online(false))),
        ),
    ]
}

/// What else happens to the page.
fn listeners(inner: &Rc<Inner>, root: &Dom, options: &Options) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let restored = sender(inner);
    let mut listeners = vec![Listener::new(
        &window,
        "pageshow",
        Box::new(move |event| {
            if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                restored(Msg::PageRestored);
            }
        }),
    )];
    if options.theme.primary_color.is_some()
        && options.theme.scheme == Scheme::Auto
        && let Ok(Some(query)) = window.match_media("(prefers-color-scheme: dark)")
    {
        let root = root.clone();
        let changed = move |_| contrast(&root);
        listeners.push(Listener::new(&query, "change", Box::new(changed)));
    }
    listeners
}

/// Applies the page's own colour.
fn paint(root: &Dom, options: &Options) {
    if let Some(color) = &options.theme.primary_color {
        page::paint(root, "--lk-primary", color);
        contrast(root);
    }
}

/// Chooses the text on the page's colour, and whether links can have that colour, for what can be
/// read on the surface that the colour scheme gives.
fn contrast(root: &Dom) {
    let color = |element: &web_sys::Element, property: &str| {
        Color::parse(&page::computed(element, property))
    };
    let Some(primary) = color(root, "accent-color") else {
        return;
    };
    page::paint(root, "--lk-on-primary", primary.text_on());
    let panel = root.first_element_child();
    let surface = panel.and_then(|panel| color(&panel, "background-color"));
    let is_readable = surface.is_none_or(|surface| primary.contrast(surface) >= READABLE);
    let accent = if is_readable {
        "var(--lk-primary)"
    } else {
        "var(--lk-text)"
    };
    page::paint(root, "--lk-accent", accent);
}
