//! The component in a browser: creates the dialog, and connects it with the component's signals.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use latchkey_webauth::AuthorizationResult;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;

use crate::Dialog;
use crate::handlers::{Handlers, LoggingIn};
use crate::model::{Event, Flash};
use crate::options::Options;

/// The element of the component in the page.
pub(super) struct Place {
    /// Empty for a dialog over the page that no server rendered.
    pub(super) place: NodeRef<Div>,
    /// Whether the dialog opens inside the element.
    pub(super) inline: bool,
}

impl Place {
    /// Hands the element to the dialog.
    fn tell(&self, dialog: &Dialog) {
        if let Some(place) = self.place.get_untracked() {
            dialog.set_place(&place, self.inline);
        }
    }

    /// Removes the first screen that a server rendered, if it is still there.
    fn clear(&self, dialog: &Dialog) {
        if let Some(place) = self.place.get_untracked() {
            place.set_text_content(None);
            self.tell(dialog);
        }
    }
}

/// The dialog of a component that is on a page.
struct Attached {
    dialog: RefCell<Option<Dialog>>,
    handlers: Handlers,
    options: Signal<Options>,
    place: Place,
    /// The options changed while the dialog was open.
    is_behind: Cell<bool>,
}

/// The component's owner in Leptos' reactive graph. Handlers run under it, so that a signal that a
/// handler makes lives as long as the component, not only as long as the dialog is open.
#[derive(Clone)]
struct ThisOwner(Option<WeakOwner>);

impl ThisOwner {
    fn new() -> Self {
        Self(Owner::current().map(|owner| owner.downgrade()))
    }

    fn with(&self, work: impl FnOnce()) {
        match self.0.as_ref().and_then(WeakOwner::upgrade) {
            Some(owner) => owner.with(work),
            None => work(),
        }
    }
}

/// A function of the page that gets a `T`.
type Listen<T> = Rc<dyn Fn(T)>;

/// The dialog's handlers: the component's own, which also set `open` to false when the dialog closes.
pub(super) fn handlers(
    open: RwSignal<bool>,
    on_event: Option<Listen<Event>>,
    on_authenticated: Option<Listen<AuthorizationResult>>,
    logging_in: Option<LoggingIn>,
) -> Handlers {
    let owner = ThisOwner::new();
    let its_own = owner.clone();
    let mut handlers = Handlers::default().on_event(move |event| {
        if event == Event::Hide && open.try_get_untracked() == Some(true) {
            open.set(false);
        }
        if let Some(on_event) = &on_event {
            owner.with(|| on_event(event));
        }
    });
    if let Some(on_authenticated) = on_authenticated {
        handlers =
            handlers.on_authenticated(move |result| its_own.with(|| on_authenticated(result)));
    }
    handlers.logging_in = logging_in;
    handlers
}

/// Registers the effects. Leptos runs them in the browser only, in this order.
pub(super) fn attach(
    options: Signal<Options>,
    open: RwSignal<bool>,
    flash: MaybeProp<Flash>,
    handlers: Handlers,
    place: Place,
) {
    let attached = Rc::new(Attached {
        dialog: RefCell::default(),
        handlers,
        options,
        place,
        is_behind: Cell::new(false),
    });
    let to_destroy = StoredValue::new_local(Rc::clone(&attached));
    on_cleanup(move || {
        to_destroy.try_with_value(|attached| attached.dialog().map(|dialog| dialog.destroy()));
    });
    follow_options(Rc::clone(&attached), open);
    follow_flash(Rc::clone(&attached), flash);
    follow_open(attached, open);
}

/// Makes the dialog, and gives it options that change later.
fn follow_options(attached: Rc<Attached>, open: RwSignal<bool>) {
    Effect::new(move |is_change: Option<bool>| {
        attached.options.track();
        if attached.dialog().is_none() {
            attached.make();
        } else {
            attached.is_behind.set(true);
        }
        let dialog = attached.dialog().filter(|_| is_change.is_some());
        if let Some(dialog) = dialog {
            attached.catch_up(&dialog);
            if open.get_untracked() {
                // The dialog may have been waiting for its language, and may have dropped the request to open.
                dialog.show();
            }
        }
        true
    });
}

/// Shows and removes the page's message.
fn follow_flash(attached: Rc<Attached>, flash: MaybeProp<Flash>) {
    Effect::new(move |had_flash| {
        let flash = flash.get();
        let has_flash = flash.is_some();
        if let Some(dialog) = attached
            .dialog()
            .filter(|_| has_flash || had_flash == Some(true))
        {
            dialog.set_flash(flash);
        }
        has_flash
    });
}

/// Opens and closes the dialog.
fn follow_open(attached: Rc<Attached>, open: RwSignal<bool>) {
    Effect::new(move |_| {
        let is_wanted = open.get();
        let Some(dialog) = attached.dialog() else {
            return;
        };
        if !is_wanted {
            dialog.hide();
            attached.place.clear(&dialog);
        }
        attached.catch_up(&dialog);
        if is_wanted {
            dialog.show();
        }
    });
}

impl Attached {
    /// A clone of the dialog, with nothing borrowed: handlers of the page may remove the component.
    fn dialog(&self) -> Option<Dialog> {
        self.dialog.borrow().clone()
    }

    fn make(&self) {
        let options = self.options.get_untracked();
        match Dialog::with_handlers(options, self.handlers.clone()) {
            Ok(dialog) => {
                self.place.tell(&dialog);
                *self.dialog.borrow_mut() = Some(dialog);
            }
            Err(error) => leptos::logging::error!("LockDialog: {error}"),
        }
    }

    /// Gives the dialog the newest options, unless it is open.
    fn catch_up(&self, dialog: &Dialog) {
        if dialog.is_open() || !self.is_behind.replace(false) {
            return;
        }
        if let Err(error) = dialog.set_options(self.options.get_untracked()) {
            leptos::logging::error!("LockDialog: {error}");
        }
    }
}
