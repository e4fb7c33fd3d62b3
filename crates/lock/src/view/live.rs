//! The view on a page.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::web_sys::Element;

use super::follow::Places;
use super::frame::dialog;
use super::screens::screen;
use super::ui::Ui;
use crate::model::ScreenKind;

/// The dialog's elements, and the places that depend on the view model. Dropping it removes the listeners.
pub(crate) struct DialogView {
    ui: Ui,
    /// The reactive owner of all listeners. Leptos needs one.
    owner: Owner,
    frame: Built,
    /// The element that contains the screen.
    place: Element,
    screen: Option<(ScreenKind, Built)>,
}

/// A part of the view, with its elements and its places.
struct Built {
    state: AnyViewState,
    places: Rc<Places>,
}

impl DialogView {
    /// Builds the whole dialog. Its element is not on the page yet. `None` cannot happen, because the frame
    /// is an element that has a place for the screen.
    pub(crate) fn new(ui: Ui) -> Option<Self> {
        let owner = Owner::new();
        let frame = build(&owner, &ui, |ui| dialog(ui, ().into_any()));
        let root = frame.state.elements().into_iter().next()?;
        let place = root.query_selector(".lk-screen").ok()??;
        let mut view = Self {
            ui,
            owner,
            frame,
            place,
            screen: None,
        };
        // There is no screen to replace yet.
        let _ = view.follow();
        Some(view)
    }

    pub(crate) fn root(&self) -> Option<Element> {
        self.frame.state.elements().into_iter().next()
    }

    /// Updates the page to the view model. If the screen changes, the new one is built beside the old one.
    /// Returns the old screen, so that the caller can move the focus before it is removed.
    pub(crate) fn follow(&mut self) -> Option<OldScreen> {
        let shown = self.ui.now();
        self.frame.places.follow(&shown);
        if let Some((kind, screen)) = &self.screen
            && *kind == shown.screen
        {
            screen.places.follow(&shown);
            return None;
        }
        let old = self.screen.take();
        let mut built = build(&self.owner, &self.ui, |ui| screen(ui, shown.screen));
        built.state.mount(&self.place, None);
        // A `select` element takes its value only after its options exist.
        built.places.follow(&shown);
        self.screen = Some((shown.screen, built));
        old.map(|(_, old)| OldScreen(old))
    }

    /// The element of the current screen.
    pub(crate) fn screen(&self) -> Option<Element> {
        let (_, screen) = self.screen.as_ref()?;
        screen.state.elements().into_iter().next()
    }
}

/// A screen that was replaced but is still on the page.
pub(crate) struct OldScreen(Built);

impl OldScreen {
    /// Takes the screen off the page.
    pub(crate) fn leave(mut self) {
        self.0.state.unmount();
    }
}

fn build(owner: &Owner, ui: &Ui, view: impl FnOnce(&Ui) -> AnyView) -> Built {
    let (ui, places) = ui.following();
    let state = owner.with(|| view(&ui).build());
    Built { state, places }
}
