//! Runs what the model wants done, and feeds back what happens.
//!
//! Messages and events go through one queue each. While a page's own code runs, inside an event
//! or a stubbed `fetch`, nothing here is borrowed, so that code may call `show`, `hide` and
//! `destroy` as it likes.

mod keyboard;
mod language;
mod mounted;
mod news;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::{Interval, Timeout};
use latchkey_webauth::Error;
use latchkey_webauth::text::digits;

use crate::browser::{later, now_ms, warn};
use crate::handlers::Handlers;
use crate::i18n::{Dictionary, Key};
use crate::intl::{FORMATS, home_country};
use crate::model::{
    By, Effect, Event, Flash, FocusTarget, Model, Msg, find_country, step, view_model,
};
use crate::options::Options;
use crate::page::{Dom, hidden, online};
use crate::service::{Answers, Order, Sdk, Service};
use crate::view::Shown;
use language::Loading;
use mounted::{Mounted, focus};
use news::{recall, recall_way, remember, remember_way, tell};

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

pub(crate) struct Inner {
    id: u32,
    options: RefCell<Rc<Options>>,
    /// The options' dictionary, which other words may come into.
    dictionary: RefCell<Dictionary>,
    model: RefCell<Model>,
    shown: Shown,
    messages: RefCell<Vec<Msg>>,
    events: RefCell<Vec<Event>>,
    is_draining: Cell<bool>,
    is_destroyed: Cell<bool>,
    language: Loading,
    ticks: RefCell<Option<Interval>>,
    focus: RefCell<Option<Timeout>>,
    mounted: RefCell<Option<Mounted>>,
    on_event: Box<dyn Fn(Event)>,
    service: Box<dyn Service>,
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
        let service = Box::new(Sdk::new(&options, handlers)?);
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
        settle_in(&mut model, &options);
        if let Some(memory) = recall(&options) {
            model.recall(memory);
        }
        let id = LAST_ID.get() + 1;
        LAST_ID.set(id);
        let dialog = Self(Rc::new(Inner {
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

impl Inner {
    /// Takes a message, and everything that follows from it. Messages that come up meanwhile wait
    /// in the queue.
    pub(crate) fn dispatch(self: &Rc<Self>, msg: Msg) {
        if self.is_destroyed.get() {
            return;
        }
        self.messages.borrow_mut().push(msg);
        if self.is_draining.replace(true) {
            return;
        }
        loop {
            if let Some(msg) = first(&self.messages) {
                self.step(msg);
                continue;
            }
            match first(&self.events) {
                Some(event) => (self.on_event)(event),
                None => break,
            }
        }
        self.is_draining.set(false);
    }

    fn step(self: &Rc<Self>, msg: Msg) {
        let mut effects = Vec::new();
        let (shown, wants_ticks) = {
            let model = &mut *self.model.borrow_mut();
            // The rules compare times; so each message knows what time it is.
            step(model, Msg::Tick { now_ms: now_ms() }, &mut effects);
            step(model, msg, &mut effects);
            let shown = view_model(model, &self.dictionary.borrow());
            (shown, model.wants_ticks())
        };
        *self.shown.borrow_mut() = Rc::new(shown);
        if let Some(mounted) = &*self.mounted.borrow() {
            mounted.follow();
        }
        for effect in effects {
            self.run(effect);
        }
        self.set_ticks(wants_ticks);
    }

    fn run(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Close => {
                drop(self.focus.take());
                if let Some(mounted) = self.mounted.take() {
                    mounted.close();
                }
            }
            Effect::Avatar(email) => self.begin(Order::Avatar { email: &email }),
            Effect::Emit(event) => self.events.borrow_mut().push(event),
            Effect::Focus(target) => self.focus_soon(target),
            Effect::Open => self.open(),
            Effect::Remember(memory) => remember(&self.options.borrow(), &memory),
            Effect::Authorize {
                version,
                connection,
            } => self.begin(Order::Authorize {
                version,
                connection: &connection,
            }),
            Effect::Cancel => self.service.cancel(),
            Effect::CloseUnseen => {
                if hidden() {
                    self.messages.borrow_mut().push(Msg::Hide);
                }
            }
            Effect::Captcha => {
                let id = digits(self.id);
                let dictionary = self.dictionary.borrow();
                let texts = [
                    &*id,
                    dictionary.language(),
                    dictionary.text(Key::CaptchaLabel),
                    dictionary.text(Key::CaptchaCode),
                    dictionary.text(Key::CaptchaMath),
                    dictionary.text(Key::CaptchaReload),
                ];
                self.begin(Order::Captcha { texts });
            }
            Effect::RememberWay(way) => remember_way(&self.options.borrow(), way.as_ref()),
            Effect::Session { version, way } => self.begin(Order::Session { version, way }),
            Effect::Start {
                version,
                to,
                link,
                captcha,
            } => self.begin(Order::Start {
                version,
                to,
                link,
                captcha,
                language: self.dictionary.borrow().language(),
            }),
            Effect::Tell(news) => match &*self.mounted.borrow() {
                Some(mounted) => mounted.tell(&news),
                None => tell(&self.options.borrow(), &news),
            },
            Effect::Verify { version, to, code } => {
                self.begin(Order::Verify { version, to, code });
            }
        }
    }

    /// Has something done outside.
    fn begin(self: &Rc<Self>, order: Order<'_>) {
        let options = Rc::clone(&self.options.borrow());
        self.service.begin(order, &options, self.answers());
    }

    fn answers(self: &Rc<Self>) -> Answers {
        Answers(Rc::downgrade(self))
    }

    fn open(self: &Rc<Self>) {
        let options = Rc::clone(&self.options.borrow());
        let mounted = Mounted::open(self, &options);
        if mounted.is_none() {
            let place = options.container.as_deref().unwrap_or("body");
            let message = ["Auth0LockPasswordless: the page has no `", place, "`."].concat();
            warn(&message);
            self.messages.borrow_mut().push(Msg::Hide);
        }
        *self.mounted.borrow_mut() = mounted;
        let is_online = online();
        if self.model.borrow().shared.offline == is_online {
            self.messages.borrow_mut().push(Msg::Online(is_online));
        }
    }

    /// After the view has followed the model.
    fn focus_soon(self: &Rc<Self>, target: FocusTarget) {
        let weak = Rc::downgrade(self);
        let soon = later(Box::new(move || {
            let root = weak.upgrade().and_then(|inner| inner.root());
            // Nothing is borrowed: the page may listen to the focus.
            if let Some(root) = root {
                focus(&root, target);
            }
        }));
        *self.focus.borrow_mut() = Some(soon);
    }

    /// The dialog's element, while it is on the page.
    fn root(&self) -> Option<Dom> {
        self.mounted.borrow().as_ref().map(Mounted::root)
    }

    fn set_ticks(self: &Rc<Self>, wanted: bool) {
        let mut ticks = self.ticks.borrow_mut();
        if wanted && ticks.is_none() {
            let tick = sender(self);
            *ticks = Some(Interval::new(1000, move || {
                tick(Msg::Tick { now_ms: now_ms() });
            }));
        } else if !wanted {
            *ticks = None;
        }
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

/// The next of a queue. Nothing is borrowed once it is out.
fn first<T>(queue: &RefCell<Vec<T>>) -> Option<T> {
    let mut queue = queue.borrow_mut();
    (!queue.is_empty()).then(|| queue.remove(0))
}

/// What the view, timers and listeners send with: it does not keep the dialog alive.
pub(crate) fn sender(inner: &Rc<Inner>) -> Rc<dyn Fn(Msg)> {
    let weak: Weak<Inner> = Rc::downgrade(inner);
    Rc::new(move |msg| {
        if let Some(inner) = weak.upgrade() {
            inner.dispatch(msg);
        }
    })
}
