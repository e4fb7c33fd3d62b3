//! The dialog while it is on the page.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::text::digits;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PageTransitionEvent};

use super::keyboard::Keyboard;
use super::news::DialogChannel;
use crate::browser::{Listener, Styles, later, window};
use crate::color::{Color, READABLE};
use crate::i18n::{Dictionary, NamedCountry};
use crate::model::{FocusTarget, Msg, News, countries};
use crate::options::Options;
use crate::page::{self, Dom};
use crate::view::{DialogView, Look, OldScreen, Shown, Ui};

/// Everything that [`Mounted::open`] needs.
pub(super) struct Opening {
    /// Updates the view without a message, for example when the caret has moved.
    pub(super) again: Box<dyn Fn()>,
    /// The names and codes of all countries, sorted by name.
    pub(super) countries: Box<dyn Fn() -> Vec<NamedCountry>>,
    /// The dialog's number on the page.
    pub(super) id: u32,
    pub(super) options: Rc<Options>,
    /// The first screen that the dialog replaces.
    pub(super) painted: Option<HtmlElement>,
    /// The element that contains the dialog, if it was given as an element and not as an id.
    pub(super) place: Option<Dom>,
    /// Sends a message to the model.
    pub(super) send: Rc<dyn Fn(Msg)>,
    /// The current view model.
    pub(super) shown: Shown,
}

/// The dialog while it is on the page. Dropping it removes its listeners and its element.
pub(super) struct Mounted {
    root: Dom,
    view: RefCell<DialogView>,
    /// The channel to the browser's other dialogs.
    channel: Option<DialogChannel>,
    _keyboard: Keyboard,
    _listeners: Vec<Listener>,
    _styles: Styles,
}

/// A change of the screen.
struct Change {
    /// The screen that was replaced, which is still on the page.
    old: OldScreen,
    /// The element of the new screen.
    new: Option<Dom>,
}

impl Mounted {
    /// Puts the dialog on the page and opens it. `None` if the page does not have the container.
    pub(super) fn open(opening: Opening) -> Option<Self> {
        let Opening {
            again,
            countries,
            id,
            options,
            painted,
            place,
            send,
            shown,
        } = opening;
        let is_inline = options.container.is_some();
        let place = place
            .filter(|_| is_inline)
            .or_else(|| page::host(options.container.as_deref()))?;
        let styles = Styles::hold(options.style_nonce.as_deref());
        let look = Look {
            again,
            autofocus: takes_focus(&options),
            countries,
            early: None,
            has_marks: true,
            id: digits(id),
            is_inline,
            options: Rc::clone(&options),
            send: Rc::clone(&send),
        };
        let view = DialogView::new(Ui::new(shown, look))?;
        let root: Dom = view.root()?.unchecked_into();
        page::put(&root, &place, is_inline, painted.as_ref());
        paint(&root, &options);
        let receive = Rc::clone(&send);
        Some(Self {
            _keyboard: Keyboard::avoid(&root),
            _listeners: listeners(&send, &root, &options),
            root,
            view: RefCell::new(view),
            channel: DialogChannel::open(&options, move |msg| receive(msg)),
            _styles: styles,
        })
    }

    /// Updates the page to the view model. If the screen changes, `target` takes the focus before the old
    /// screen is removed, because phones hide their keyboard as soon as no field has the focus. Returns whether
    /// `target` took it.
    pub(super) fn follow(&self, target: Option<FocusTarget>) -> bool {
        let Some(Change { old, new }) = self.next_screen() else {
            return false;
        };
        // The view is not borrowed here, because the page may listen to focus events.
        let has_moved_focus = match (target, new) {
            (Some(target), Some(new)) => focus(&new, target),
            _ => false,
        };
        old.leave();
        has_moved_focus
    }

    /// Updates the view. `None` if the screen stays.
    fn next_screen(&self) -> Option<Change> {
        // If a listener updates the view again during an update (`Opening::again`, when the caret moves), this
        // borrow fails, and nothing is left to do: the outer update goes on.
        let mut view = self.view.try_borrow_mut().ok()?;
        let old = view.follow()?;
        let new = view.screen().map(JsCast::unchecked_into);
        Some(Change { old, new })
    }

    pub(super) fn root(&self) -> Dom {
        self.root.clone()
    }

    /// Sends a message to the browser's other dialogs.
    pub(super) fn tell(&self, news: &News) {
        if let Some(channel) = &self.channel {
            channel.tell(news);
        }
    }

    /// Takes the dialog off the page, and returns the focus to the element that had it before.
    pub(super) fn close(self) {
        page::close(&self.root);
        // An event handler of the view may have called `close`. So the view is dropped later.
        later(Box::new(move || drop(self.view))).forget();
    }
}

/// The names of all countries in the dialog's language, each with its calling code.
pub(super) fn country_names(dictionary: &Dictionary) -> Vec<NamedCountry> {
    let all: Vec<_> = countries().collect();
    let codes: Vec<_> = all.iter().map(|country| country.code).collect();
    let mut named = (dictionary.formats().countries)(dictionary.language(), &codes);
    for NamedCountry { name, code } in &mut named {
        if let Some(country) = all.iter().find(|country| country.code == *code) {
            // The digits run from left to right even in right-to-left text.
            name.push_str(" \u{2066}+");
            name.push_str(&digits(country.prefix));
            name.push('\u{2069}');
        }
    }
    named
}

/// Viewports narrower than this, in pixels, do not focus a field on opening, so that the keyboard stays
/// hidden. Lock has the same rule.
const NARROW: f64 = 380.0;

fn takes_focus(options: &Options) -> bool {
    let is_narrow =
        options.autofocus.is_none() && window().is_some_and(|window| window.width() < NARROW);
    options.takes_focus() && !is_narrow
}

/// Moves the focus to `target` inside `root`. Returns whether `root` contains it.
pub(super) fn focus(root: &Dom, target: FocusTarget) -> bool {
    // An id contains the dialog's number. The search is inside one dialog, so only the end of an id is compared.
    let selector = match target {
        FocusTarget::Captcha => "[id$=-captcha-field]",
        FocusTarget::Code => "[id$=-code]",
        FocusTarget::Email => "[id$=-email]",
        FocusTarget::Phone => "[id$=-phone]",
        FocusTarget::Terms => "[id$=-terms]",
        FocusTarget::Title => "[id$=-title]",
    };
    let element = root.find(selector);
    if let Some(element) = &element {
        element.take_focus();
    }
    element.is_some()
}

/// Listens to events of the page: online and offline, the back/forward cache, the colour scheme.
fn listeners(send: &Rc<dyn Fn(Msg)>, root: &Dom, options: &Options) -> Vec<Listener> {
    let Some(window) = window() else {
        return Vec::new();
    };
    let (online, offline, restored) = (Rc::clone(send), Rc::clone(send), Rc::clone(send));
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
    if options.theme.primary_color.is_some() {
        let changed = |root: &Dom| {
            let root = root.clone();
            Box::new(move |_| contrast(&root))
        };
        // The page may choose another scheme than the browser. `put` in `js/page/handover.js` then sends this event.
        listeners.push(Listener::new(root, "lk-scheme", changed(root)));
        if let Ok(Some(query)) = window.match_media("(prefers-color-scheme: dark)") {
            listeners.push(Listener::new(&query, "change", changed(root)));
        }
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

/// Chooses the colour of text on the page's own colour. Also decides whether links may have the page's own
/// colour: they may, if it is readable on the panel in the current colour scheme.
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
