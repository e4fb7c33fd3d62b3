//! Runs the dialog on a page: carries out the model's effects, and turns what happens into messages.

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
use crate::service::Reporter;
use crate::service::{ProgramService, Service};
use crate::view::Shown;
use inner::Inner;
use language::Loading;
#[cfg(feature = "js")]
use news::read;
use news::{recall, recall_login};

/// A dialog on a page. Clones share one dialog and are cheap.
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
    /// Makes a closed dialog. Nothing is stored, put on the page or sent to the tenant, but the file of a
    /// language other than English starts to load. `on_event` is called for each event, and may call the
    /// dialog.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if the options do not make a client.
    pub fn new(options: Options, on_event: impl Fn(Event) + 'static) -> Result<Self, Error> {
        Self::with_handlers(options, Handlers::default().on_event(on_event))
    }

    /// Makes a closed dialog, like [`Dialog::new`], with all of a program's handlers.
    ///
    /// # Errors
    /// The same as of [`Dialog::new`].
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

    /// Makes a closed dialog whose requests go through `service`.
    pub(crate) fn with(
        service: Box<dyn Service>,
        mut options: Options,
        on_event: Box<dyn Fn(Event)>,
    ) -> Self {
        options.dictionary.format_with(FORMATS);
        let mut model = Model::new(options.settings.clone(), options.email.clone());
        model.shared.entries.phone.clone_from(&options.phone);
        model.shared.unicode = UNICODE;
        set_home_country(&mut model, &options);
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
        // The page may have removed the dialog together with its container.
        if self.0.root().is_some_and(|root| !root.is_connected()) {
            self.hide();
        }
        if !self.is_open() {
            // Another dialog may have stored a login since this one was made.
            let last_login = recall_login(&self.0.options.borrow());
            self.0.model.borrow_mut().shared.logins.last = last_login;
        }
        self.0.show_in_language();
    }

    /// Opens the dialog in place of the painted first screen.
    #[cfg(feature = "js")]
    pub(crate) fn take_over(&self, painted: HtmlElement) {
        let last_login = recall_login(&self.0.options.borrow());
        self.0.model.borrow_mut().shared.logins.last = last_login;
        *self.0.painted.borrow_mut() = Some(painted);
        self.0.dispatch(Msg::TakeOver);
    }

    /// Sets the element where the component stands. The dialog replaces a first screen that a server rendered
    /// there. An `inline` dialog also opens inside the element.
    #[cfg(feature = "component")]
    pub(crate) fn set_place(&self, place: &HtmlElement, inline: bool) {
        let painted = place.first_element_child();
        *self.0.painted.borrow_mut() = painted.map(JsCast::unchecked_into);
        let place = inline.then(|| place.clone().unchecked_into());
        *self.0.place.borrow_mut() = place;
    }

    /// Handles a message from another dialog of this browser that arrived before this dialog could listen.
    #[cfg(feature = "js")]
    pub(crate) fn receive(&self, text: &str) {
        if let Some(news) = read(text) {
            self.0.dispatch(Msg::OtherTab(news));
        }
    }

    /// The dialog's element, while it is open.
    #[cfg(feature = "js")]
    pub(crate) fn root(&self) -> Option<HtmlElement> {
        self.0.root().map(Into::into)
    }

    /// Adds a language file that has loaded before any dialog asked for it.
    #[cfg(feature = "js")]
    pub(crate) fn know_language(address: String, file: Value) {
        language::know(address, file);
    }

    /// Closes the dialog, even if the person may not close it. Does nothing while it is closed.
    pub fn hide(&self) {
        if self.0.language.forget_opening() {
            (self.0.on_event)(Event::Cancelled(By::Page));
        }
        self.0.dispatch(Msg::Hide);
    }

    /// Closes the dialog for good. No element, style, listener or timer stays on the page. A second call does
    /// nothing.
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

    /// Shows a message of the page above the field, until the person goes on. `None` removes it.
    pub fn set_flash(&self, flash: Option<Flash>) {
        if flash.is_some() || self.0.model.borrow().shared.flash.is_some() {
            self.0.dispatch(Msg::Flash(flash));
        }
    }

    /// A handle through which the service reports.
    #[cfg(feature = "js")]
    pub(crate) fn reporter(&self) -> Reporter {
        self.0.reporter()
    }

    /// Replaces the options that may change between showings: texts, look, language and parameters of
    /// requests. Call it before [`Dialog::show`]; it does nothing while the dialog is open.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if the options do not make a client.
    pub fn set_options(&self, options: Options) -> Result<(), Error> {
        self.replace_options(options.consistent())
    }

    /// [`Dialog::set_options`] for options that are consistent already.
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
                set_home_country(&mut model, &options);
            }
        }
        *self.0.dictionary.borrow_mut() = std::mem::take(&mut options.dictionary);
        *self.0.options.borrow_mut() = Rc::new(options);
        self.0.choose_language();
        Ok(())
    }
}

/// Sets the country of phone numbers. The browser takes some milliseconds to name one, so it is asked only if
/// the dialog offers text messages.
fn set_home_country(model: &mut Model, options: &Options) {
    if !model.offers_sms() {
        return;
    }
    let country = options.country.clone().or_else(home_country);
    if let Some(country) = country.and_then(|code| find_country(&code)) {
        country.clone_into(&mut model.shared.entries.country);
    }
}
