//! The view on a page.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::web_sys::Element;

use super::follow::Places;
use super::root::{dialog, screen};
use super::ui::Ui;
use crate::model::Step;

/// The dialog's elements, and what makes them follow the view model. Dropping it ends its listeners.
pub(crate) struct DialogView {
    ui: Ui,
    /// Leptos gives each listener an owner; this is the one that they share.
    owner: Owner,
    frame: Built,
    /// Where the screens are put.
    place: Element,
    screen: Option<(Step, Built)>,
}

/// A part that was built.
struct Built {
    state: AnyViewState,
    places: Rc<Places>,
}

impl DialogView {
    /// The whole dialog, as it is now. Its element is not on the page yet. `None` is never the case: the frame is an
    /// element with a place for screens in it.
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
        // There is no screen before the first one.
        let _ = view.follow();
        Some(view)
    }

    /// The dialog's element.
    pub(crate) fn root(&self) -> Option<Element> {
        self.frame.state.elements().into_iter().next()
    }

    /// Makes what is on the page follow the view model. A new screen is built as a whole, beside the one before it: returns
    /// that one, for the focus to be moved before it goes.
    pub(crate) fn follow(&mut self) -> Option<OldScreen> {
        let shown = self.ui.now();
        self.frame.places.follow(&shown);
        if let Some((step, screen)) = &self.screen
            && *step == shown.step
        {
            screen.places.follow(&shown);
            return None;
        }
        let old = self.screen.take();
        let mut built = build(&self.owner, &self.ui, |ui| screen(ui, shown.step));
        built.state.mount(&self.place, None);
        // A list of choices takes its value once its choices are there.
        built.places.follow(&shown);
        self.screen = Some((shown.step, built));
        old.map(|(_, old)| OldScreen(old))
    }

    /// The element of the screen that is shown.
    pub(crate) fn screen(&self) -> Option<Element> {
        let (_, screen) = self.screen.as_ref()?;
        screen.state.elements().into_iter().next()
    }
}

/// A screen that another one has taken the place of. It is still on the page.
pub(crate) struct OldScreen(Built);

impl OldScreen {
    /// Takes it off the page.
    pub(crate) fn leave(mut self) {
        self.0.state.unmount();
    }
}

fn build(owner: &Owner, ui: &Ui, view: impl FnOnce(&Ui) -> AnyView) -> Built {
    let (ui, places) = ui.following();
    let state = owner.with(|| view(&ui).build());
    Built { state, places }
}
