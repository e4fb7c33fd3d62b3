//! The dialog on a page: runs what the model wants done, and feeds back what happens.

mod inner;
mod keyboard;
mod language;
mod mounted;
mod news;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use latchkey_webauth::Error;
#[cfg(feature = "js")]
use latchkey_webauth::Value;
#[cfg(feature = "component")]
use wasm_bindgen::JsCast;
#[cfg(any(feature = "component", feature = "js"))]
use web_sys::HtmlElement;

use crate::handlers::Handlers;
use crate::intl::{FORMATS, UNICODE, home_country};
use crate::model::{By, Event, Flash, Model, Msg, find_country};
use crate::options::Options;
#[cfg(feature = "js")]
use crate::service::Answers;
use crate::service::{ProgramService, Service};
use crate::view::Shown;
use inner::Inner;
use language::Loading;
#[cfg(feature = "js")]
use news::read;
use news::{recall, recall_way};

/// A dialog on a page. Cheap to clone: clones are the same dialog.
#[derive(Clone)]
pub struct Dialog(Rc<Inner>);

impl std::fmt::Debug for Dialog {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Dialog")
            .field("id", &self.0.id)
            .finish_non_exhaustive()
    }
}

thread_local! {
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

impl Dialog {
    /// A closed dialog. Nothing is stored, put on the page or sent to the tenant; the words of
    /// another language than English begin to load. `on_event` is told what happens; it may use the
    /// dialog.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] when the options do not make a client.
    pub fn new(options: Options, on_event: impl Fn(Event) + 'static) -> Result<Self, Error> {
        Self::with_handlers(options, Handlers::default().on_event(on_event))
    }

    /// [`Dialog::new`] with whatever else the page has to do with it.
    ///
    /// # Errors
    /// As [`Dialog::new`].
    pub fn with_handlers(options: Options, handlers: Handlers) -> Result<Self, Error> {
        let options = options.consistent();
        let on_event = Rc::clone(&handlers.event);
        let service = Box::new(ProgramService::new(&options, handlers)?);
        Ok(Self::with(
            service,
            options,
            Box::new(move |event| on_event(event)),
        ))
    }

    /// A closed dialog that has done outside what a `service` does.
    pub(crate) fn with(
        service: Box<dyn Service>,
        mut options: Options,
        on_event: Box<dyn Fn(Event)>,
    ) -> Self {
        options.dictionary.format_with(FORMATS);
        let mut model = Model::new(options.settings.clone(), options.email.clone());
        model.shared.phone.clone_from(&options.phone);
        model.shared.unicode = UNICODE;
        settle_in(&mut model, &options);
        if let Some(memory) = recall(&options) {
            model.recall(memory);
        }
        let id = LAST_ID.get() + 1;
        LAST_ID.set(id);
        let dialog = Self(Rc::new_cyclic(|weak| Inner {
            id,
            model: RefCell::new(model),
            dictionary: RefCell::new(std::mem::take(&mut options.dictionary)),
            options: RefCell::new(Rc::new(options)),
            shown: Shown::default(),
            messages: RefCell::default(),
            events: RefCell::default(),
            is_draining: Cell::new(false),
            is_destroyed: Cell::new(false),
            language: Loading::default(),
            ticks: RefCell::default(),
            focus: RefCell::default(),
            mounted: RefCell::default(),
            painted: RefCell::default(),
            place: RefCell::default(),
            weak: weak.clone(),
            on_event,
            service,
        }));
        dialog.0.choose_language();
        dialog
    }

    /// Opens the dialog. Does nothing while it is open, and after [`Dialog::destroy`].
    pub fn show(&self) {
        // A page may have thrown it away together with what it was in.
        if self.0.root().is_some_and(|root| !root.is_connected()) {
            self.hide();
        }
        if !self.is_open() {
            // Another dialog of this page, or another page, may have logged in since.
            let way = recall_way(&self.0.options.borrow());
            self.0.model.borrow_mut().shared.last = way;
        }
        self.0.show_in_language();
    }

    /// Opens the dialog in the place of a first screen that was painted before it was there.
    #[cfg(feature = "js")]
    pub(crate) fn take_over(&self, painted: HtmlElement) {
        let way = recall_way(&self.0.options.borrow());
        self.0.model.borrow_mut().shared.last = way;
        *self.0.painted.borrow_mut() = Some(painted);
        self.0.dispatch(Msg::TakeOver);
    }

    /// The dialog is written at `place` in the page: it opens in there, if it is `inline`, and any takes the place of a
    /// first screen that a server rendered there.
    #[cfg(feature = "component")]
    pub(crate) fn stand_at(&self, place: &HtmlElement, inline: bool) {
        let painted = place.first_element_child();
        *self.0.painted.borrow_mut() = painted.map(JsCast::unchecked_into);
        let place = inline.then(|| place.clone().unchecked_into());
        *self.0.place.borrow_mut() = place;
    }

    /// Hears what another dialog of this browser told before this one could listen.
    #[cfg(feature = "js")]
    pub(crate) fn hear(&self, text: &str) {
        if let Some(news) = read(text) {
            self.0.dispatch(Msg::OtherTab(news));
        }
    }

    /// The dialog's element, while it is open.
    #[cfg(feature = "js")]
    pub(crate) fn root(&self) -> Option<HtmlElement> {
        self.0.root().map(Into::into)
    }

    /// A language file that has come before any dialog asked for it.
    #[cfg(feature = "js")]
    pub(crate) fn know_language(address: String, file: Value) {
        language::know(address, file);
    }

    /// Closes the dialog, even one that a person may not close. Does nothing while it is closed.
    pub fn hide(&self) {
        if self.0.language.forget_opening() {
            (self.0.on_event)(Event::Cancelled(By::Page));
        }
        self.0.dispatch(Msg::Hide);
    }

    /// Closes the dialog for good. Nothing is left on the page: no element, style, listener or
    /// timer. Does nothing the second time.
    pub fn destroy(&self) {
        self.hide();
        self.0.language.stop();
        self.0.is_destroyed.set(true);
    }

    /// Whether the dialog is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.0.mounted.borrow().is_some()
    }

    /// Says something above the field, or nothing any longer, until the person goes on.
    pub fn set_flash(&self, flash: Option<Flash>) {
        if flash.is_some() || self.0.model.borrow().shared.flash.is_some() {
            self.0.dispatch(Msg::Flash(flash));
        }
    }

    /// Where the answers go that the service has.
    #[cfg(feature = "js")]
    pub(crate) fn answers(&self) -> Answers {
        self.0.answers()
    }

    /// Replaces the options that may differ from one showing to the next: words, look, language
    /// and what goes into requests. Call it before [`Dialog::show`]; while the dialog is open it
    /// does nothing.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] when the options do not make a client.
    pub fn set_options(&self, options: Options) -> Result<(), Error> {
        self.replace_options(options.consistent())
    }

    /// [`Dialog::set_options`] with options that were read, and so are consistent.
    pub(crate) fn replace_options(&self, mut options: Options) -> Result<(), Error> {
        if self.is_open() {
            return Ok(());
        }
        options.dictionary.format_with(FORMATS);
        self.0.service.configure(&options)?;
        {
            let mut model = self.0.model.borrow_mut();
            let knew_country = model.offers_sms();
            model.configure(options.settings.clone());
            if !knew_country {
                settle_in(&mut model, &options);
            }
        }
        *self.0.dictionary.borrow_mut() = std::mem::take(&mut options.dictionary);
        *self.0.options.borrow_mut() = Rc::new(options);
        self.0.choose_language();
        Ok(())
    }
}

/// Finds out which country phone numbers are of. Asking the browser takes it some milliseconds, so
/// only where there are phone numbers.
fn settle_in(model: &mut Model, options: &Options) {
    if !model.offers_sms() {
        return;
    }
    let country = options.country.clone().or_else(home_country);
    if let Some(country) = country.and_then(|code| find_country(&code)) {
        country.clone_into(&mut model.shared.country);
    }
}
