//! The dialog while it is on the page.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, PageTransitionEvent};

use super::news::Line;
use super::{Inner, sender};
use crate::browser::{Listener, Styles, document, host, later, window};
use crate::color::{Color, READABLE};
use crate::i18n::NamedCountry;
use crate::model::{FocusTarget, Msg, News, countries};
use crate::options::{Options, Scheme};
use crate::view::{DialogView, Look, Ui};

/// The dialog while it is on the page. Dropping it takes all of it away.
pub(super) struct Mounted {
    root: HtmlElement,
    view: RefCell<DialogView>,
    _listeners: Vec<Listener>,
    /// To the browser's other dialogs.
    line: Option<Line>,
    /// What had the focus, where the browser does not give it back itself.
    opener: Option<HtmlElement>,
    _styles: Styles,
}

impl Mounted {
    /// Puts the dialog on the page and opens it. `None` if the page has no place for it.
    pub(super) fn open(inner: &Rc<Inner>, options: &Options) -> Option<Self> {
        let host = host(options.container.as_deref())?;
        let styles = Styles::hold(options.style_nonce.as_deref());
        let look = Look {
            arrow_button: options.theme.arrow_button,
            autocomplete: options.autocomplete,
            avatar: options.settings.avatar,
            autofocus: takes_focus(options),
            countries: Box::new(country_names(inner)),
            code_length: options.settings.code_length,
            has_field: !options.settings.channels.is_empty(),
            hides_title: options.theme.hides_title,
            id: inner.id.to_string(),
            in_place: options.settings.in_place,
            inline: options.container.is_some(),
            logo: options.theme.logo.clone(),
            scheme: options.theme.scheme.as_str(),
            send: sender(inner),
            social: options.connections.social.clone(),
        };
        let view = DialogView::new(Ui::new(Rc::clone(&inner.shown), look));
        let root = view.element.clone();
        host.append_child(&root).ok()?;
        paint(&root, options);
        let dialog = root.dyn_ref::<HtmlDialogElement>();
        let is_modal = dialog.is_some_and(|dialog| dialog.show_modal().is_ok());
        let opener = (options.container.is_none() && !is_modal)
            .then(|| make_do(&root))
            .flatten();
        let listeners = listeners(inner, &root, options);
        let hear = sender(inner);
        Some(Self {
            line: Line::open(options, move |msg| hear(msg)),
            opener,
            root,
            view: RefCell::new(view),
            _listeners: listeners,
            _styles: styles,
        })
    }

    /// Makes what is on the page follow the view model.
    pub(super) fn follow(&self) {
        // Free: messages that come up meanwhile wait in the queue.
        self.view.borrow_mut().follow();
    }

    /// The dialog's element.
    pub(super) fn root(&self) -> HtmlElement {
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
        if let Some(dialog) = self.root.dyn_ref::<HtmlDialogElement>() {
            dialog.close();
        }
        self.root.remove();
        if let Some(opener) = self.opener {
            let _ = opener.focus();
        }
        // Not at once: this may run inside one of the view's own event handlers.
        later(Box::new(move || drop(self.view))).forget();
    }
}

/// Opens the dialog in a browser that has no modal ones: over the page, which JavaScript's `More` keeps
/// out of reach. What had the focus.
fn make_do(root: &HtmlElement) -> Option<HtmlElement> {
    let opener = document()?.active_element()?.dyn_into().ok();
    for (name, value) in [("open", ""), ("role", "dialog"), ("aria-modal", "true")] {
        let _ = root.set_attribute(name, value);
    }
    if let Ok(Some(first)) = root.query_selector("[autofocus]") {
        let _ = first.unchecked_into::<HtmlElement>().focus();
    }
    opener
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
            if let Some((_, digits)) = all.iter().find(|(known, _)| known == code) {
                // The digits run from left to right among any words.
                name.push_str(" \u{2066}+");
                name.push_str(digits);
                name.push('\u{2069}');
            }
        }
        named
    }
}

/// Viewports narrower than this keep their keyboard down until the person asks for it, as Lock does.
const NARROW: f64 = 380.0;

fn takes_focus(options: &Options) -> bool {
    let width = window().and_then(|window| window.inner_width().ok()?.as_f64());
    let is_narrow = options.autofocus.is_none() && width.is_some_and(|width| width < NARROW);
    options.takes_focus() && !is_narrow
}

/// Moves the focus to `target` inside `root`.
pub(super) fn focus(root: &HtmlElement, target: FocusTarget) {
    // By the end of the id: its number tells dialogs apart, and this is inside one.
    let selector = match target {
        FocusTarget::Captcha => "[id$=-captcha-field]",
        FocusTarget::Code => "[id$=-code]",
        FocusTarget::Email => "[id$=-email]",
        FocusTarget::Phone => "[id$=-phone]",
        FocusTarget::Terms => "[id$=-terms]",
        FocusTarget::Title => "[id$=-title]",
    };
    if let Ok(Some(element)) = root.query_selector(selector)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        let _ = element.focus();
    }
}

fn listeners(inner: &Rc<Inner>, root: &HtmlElement, options: &Options) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let (online, offline, restored) = (sender(inner), sender(inner), sender(inner));
    let mut listeners = vec![
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
        Listener::new(
            &window,
            "pageshow",
            Box::new(move |event| {
                if event.unchecked_ref::<PageTransitionEvent>().persisted() {
                    restored(Msg::PageRestored);
                }
            }),
        ),
    ];
    if let Some(viewport) = window.visual_viewport() {
        let (root, view) = (root.clone(), viewport.clone());
        let resized = move |_| lift(&root, view.height());
        listeners.push(Listener::new(&viewport, "resize", Box::new(resized)));
    }
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

/// Keeps the dialog above an on-screen keyboard that covers the page instead of shrinking it.
#[expect(
    clippy::cast_possible_truncation,
    reason = "heights in pixels; and printing a float takes ten times the code"
)]
fn lift(root: &HtmlElement, visible_height: f64) {
    let height = window()
        .and_then(|window| window.inner_height().ok()?.as_f64())
        .unwrap_or(visible_height);
    let covered = (height - visible_height) as i32;
    // Below this it is a browser bar that slides, or rounding.
    let covered = if covered > 100 { covered } else { 0 };
    set(
        root,
        "--lk-keyboard",
        &[&covered.to_string(), "px"].concat(),
    );
    // The button stands right under the field.
    if covered > 0
        && let Ok(Some(button)) = root.query_selector(".lk-submit")
    {
        button.scroll_into_view_with_bool(false);
    }
}

/// Applies the page's own colour.
fn paint(root: &HtmlElement, options: &Options) {
    if let Some(color) = &options.theme.primary_color {
        set(root, "--lk-primary", color);
        contrast(root);
    }
}

/// Chooses the text on the page's colour, and whether links can have that colour, for what can be
/// read on the surface that the colour scheme gives.
fn contrast(root: &HtmlElement) {
    let computed = |element: &web_sys::Element, property: &str| {
        let style = window()?.get_computed_style(element).ok()??;
        Color::parse(&style.get_property_value(property).ok()?)
    };
    let Some(primary) = computed(root, "accent-color") else {
        return;
    };
    set(root, "--lk-on-primary", primary.text_on());
    let panel = root.first_element_child();
    let surface = panel.and_then(|panel| computed(&panel, "background-color"));
    let is_readable = surface.is_none_or(|surface| primary.contrast(surface) >= READABLE);
    let accent = if is_readable {
        "var(--lk-primary)"
    } else {
        "var(--lk-text)"
    };
    set(root, "--lk-accent", accent);
}

/// Through the CSSOM: a `style` attribute would offend a strict content security policy.
fn set(root: &HtmlElement, property: &str, value: &str) {
    // Fails for no property of ours; a value that is no colour leaves the default.
    let _ = root.style().set_property(property, value);
}
