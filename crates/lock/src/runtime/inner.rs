//! The state of one dialog, and its message loop.
//!
//! Messages and events have one queue each. The page's event handlers, or a `fetch` that the page replaced,
//! may call `show`, `hide` or `destroy`. So no cell that these methods change may be borrowed while they run.
//! An order to the service ([`Order`]) may borrow the dictionary while `begin` runs. That is safe, because a
//! service calls `fetch` only after `begin` has returned.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::{Interval, Timeout};
use latchkey_webauth::Value;
use latchkey_webauth::text::digits;
use web_sys::HtmlElement;

use super::language::{Arrival, File, Loading};
use super::mounted::{Mounted, Opening, country_names, focus};
use super::news::{remember, remember_login, tell};
use crate::browser::{later, now_ms, warn};
use crate::i18n::{Dictionary, Key};
use crate::model::{
    Cause, Effect, Event, Failure, FocusTarget, Model, Msg, update_in_place, view_model,
};
use crate::options::Options;
use crate::page::{Dom, hidden, online};
use crate::service::{CaptchaTexts, Order, Receiver, Reporter, Service, Start, Verify};
use crate::view::Shown;

pub(super) struct Inner {
    pub(super) id: u32,
    pub(super) options: RefCell<Rc<Options>>,
    /// The options' dictionary. A language file replaces its texts.
    pub(super) dictionary: RefCell<Dictionary>,
    pub(super) model: RefCell<Model>,
    pub(super) shown: Shown,
    pub(super) messages: RefCell<Vec<Msg>>,
    pub(super) events: RefCell<Vec<Event>>,
    pub(super) is_draining: Cell<bool>,
    pub(super) is_destroyed: Cell<bool>,
    pub(super) language: Loading,
    pub(super) ticks: RefCell<Option<Interval>>,
    pub(super) focus: RefCell<Option<Timeout>>,
    pub(super) mounted: RefCell<Option<Mounted>>,
    /// A painted first screen that the dialog replaces when it opens.
    pub(super) painted: RefCell<Option<HtmlElement>>,
    /// The element that contains the dialog, if it was given as an element and not as an id.
    pub(super) place: RefCell<Option<Dom>>,
    /// This state, for closures that must not keep the dialog alive.
    pub(super) weak: Weak<Self>,
    pub(super) on_event: Box<dyn Fn(Event)>,
    pub(super) service: Box<dyn Service>,
}

impl Inner {
    /// Handles a message and everything that follows from it. Messages that arrive meanwhile wait in the
    /// queue.
    pub(super) fn dispatch(&self, msg: Msg) {
        if self.is_destroyed.get() {
            return;
        }
        self.messages.borrow_mut().push(msg);
        if self.is_draining.replace(true) {
            return;
        }
        loop {
            if let Some(msg) = first(&self.messages) {
                self.handle(msg);
                continue;
            }
            match first(&self.events) {
                Some(event) => (self.on_event)(event),
                None => break,
            }
        }
        self.is_draining.set(false);
    }

    fn handle(&self, msg: Msg) {
        let mut effects = Vec::new();
        let (shown, wants_ticks) = {
            let model = &mut *self.model.borrow_mut();
            // The rules compare times, so the model gets the time before each message.
            update_in_place(model, Msg::Tick { now_ms: now_ms() }, &mut effects);
            update_in_place(model, msg, &mut effects);
            let shown = view_model(model, &self.dictionary.borrow());
            (shown, model.wants_ticks())
        };
        *self.shown.borrow_mut() = Rc::new(shown);
        let has_moved_focus = self.mounted.borrow().as_ref().is_some_and(|mounted| {
            let mut targets = effects.iter().filter_map(|effect| match effect {
                Effect::Focus(target) => Some(*target),
                _ => None,
            });
            mounted.follow(targets.next_back())
        });
        for effect in effects {
            // `follow` may have moved the focus already. `run` would move it once more, a moment later, and take it
            // from a person who has pressed Tab meanwhile.
            if !(has_moved_focus && matches!(effect, Effect::Focus(_))) {
                self.run(effect);
            }
        }
        self.set_ticks(wants_ticks);
    }

    fn run(&self, effect: Effect) {
        match effect {
            Effect::Avatar(email) => self.begin(Order::Avatar { email: &email }),
            Effect::Cancel => self.service.cancel(),
            Effect::Captcha => self.show_captcha(),
            Effect::Close => self.close(),
            Effect::CloseUnseen => {
                if hidden() {
                    self.messages.borrow_mut().push(Msg::Hide);
                }
            }
            Effect::Emit(event) => self.events.borrow_mut().push(event),
            Effect::Focus(target) => self.focus_soon(target),
            Effect::Open => self.open(),
            Effect::Remember(memory) => remember(&self.options.borrow(), &memory),
            Effect::RememberLogin(login) => remember_login(&self.options.borrow(), login.as_ref()),
            Effect::Tell(news) => match &*self.mounted.borrow() {
                Some(mounted) => mounted.tell(&news),
                None => tell(&self.options.borrow(), &news),
            },
            Effect::Authorize {
                version,
                connection,
            } => self.begin(Order::Authorize {
                version,
                connection: &connection,
            }),
            Effect::Session { version, login } => self.begin(Order::Session { version, login }),
            Effect::Start {
                version,
                to,
                send,
                captcha,
            } => self.begin(Order::Start(Start {
                version,
                to,
                send,
                captcha,
                language: self.dictionary.borrow().language(),
            })),
            Effect::Verify { version, to, code } => {
                self.begin(Order::Verify(Verify { version, to, code }));
            }
        }
    }

    fn show_captcha(&self) {
        let id = digits(self.id);
        let dictionary = self.dictionary.borrow();
        self.begin(Order::Captcha(CaptchaTexts {
            id: &id,
            language: dictionary.language(),
            label: dictionary.text(Key::CaptchaLabel),
            code: dictionary.text(Key::CaptchaCode),
            math: dictionary.text(Key::CaptchaMath),
            reload: dictionary.text(Key::CaptchaReload),
        }));
    }

    fn close(&self) {
        drop(self.focus.take());
        if let Some(mounted) = self.mounted.take() {
            mounted.close();
        }
    }

    fn begin(&self, order: Order<'_>) {
        let options = Rc::clone(&self.options.borrow());
        self.service.begin(order, &options, self.reporter());
    }

    /// A handle by which services send their results to the dialog.
    pub(super) fn reporter(&self) -> Reporter {
        Reporter(self.weak.clone())
    }

    /// The function by which the view, timers and listeners send messages. It does not keep the dialog alive.
    fn sender(&self) -> Rc<dyn Fn(Msg)> {
        let weak = self.weak.clone();
        Rc::new(move |msg| {
            if let Some(inner) = weak.upgrade() {
                inner.dispatch(msg);
            }
        })
    }

    /// Chooses the language of the options, and loads its file if necessary.
    pub(super) fn choose_language(&self) {
        let options = Rc::clone(&self.options.borrow());
        if let Some(File { version, address }) = self.language.choose(&options, &self.dictionary) {
            let address = &address;
            self.begin(Order::Language { version, address });
        }
    }

    /// Opens the dialog. If the dialog's language file is loading, the dialog first waits a short time for it.
    pub(super) fn show_in_language(&self) {
        if !self.language.is_pending() || self.mounted.borrow().is_some() {
            self.dispatch(Msg::Show);
            return;
        }
        let weak = self.weak.clone();
        self.language.wait(move || {
            if let Some(inner) = weak.upgrade() {
                inner.language.give_up();
                inner.dispatch(Msg::Show);
            }
        });
    }

    fn open(&self) {
        let options = Rc::clone(&self.options.borrow());
        let mounted = Mounted::open(self.opening(&options));
        if mounted.is_none() {
            let place = options.container.as_deref().unwrap_or("body");
            let message = ["the page has no `", place, "`"].concat();
            warn(&["Auth0LockPasswordless: ", &message, "."].concat());
            self.events
                .borrow_mut()
                .push(Event::UnrecoverableError(missing_place(&message)));
            self.messages.borrow_mut().push(Msg::Hide);
        }
        *self.mounted.borrow_mut() = mounted;
        let is_online = online();
        if self.model.borrow().shared.offline == is_online {
            self.messages.borrow_mut().push(Msg::Online(is_online));
        }
    }

    fn opening(&self, options: &Rc<Options>) -> Opening {
        let (again, named) = (self.weak.clone(), self.weak.clone());
        Opening {
            again: Box::new(move || {
                if let Some(inner) = again.upgrade()
                    && let Some(mounted) = &*inner.mounted.borrow()
                {
                    mounted.follow(None);
                }
            }),
            countries: Box::new(move || {
                let inner = named.upgrade();
                inner.map_or_else(Vec::new, |inner| country_names(&inner.dictionary.borrow()))
            }),
            id: self.id,
            options: Rc::clone(options),
            painted: self.painted.take(),
            place: self.place.borrow().clone(),
            send: self.sender(),
            shown: Rc::clone(&self.shown),
        }
    }

    /// Moves the focus after the view has been updated.
    fn focus_soon(&self, target: FocusTarget) {
        let weak = self.weak.clone();
        let soon = later(Box::new(move || {
            let root = weak.upgrade().and_then(|inner| inner.root());
            // Nothing is borrowed here, because the page may listen to focus events.
            if let Some(root) = root {
                focus(&root, target);
            }
        }));
        *self.focus.borrow_mut() = Some(soon);
    }

    /// The dialog's element, while it is on the page.
    pub(super) fn root(&self) -> Option<Dom> {
        self.mounted.borrow().as_ref().map(Mounted::root)
    }

    fn set_ticks(&self, wanted: bool) {
        let mut ticks = self.ticks.borrow_mut();
        if wanted && ticks.is_none() {
            let tick = self.sender();
            *ticks = Some(Interval::new(1000, move || {
                tick(Msg::Tick { now_ms: now_ms() });
            }));
        } else if !wanted {
            *ticks = None;
        }
    }
}

impl Receiver for Inner {
    fn receive(&self, msg: Msg) {
        self.dispatch(msg);
    }

    fn receive_language(&self, version: u32, file: Option<Value>) {
        let options = Rc::clone(&self.options.borrow());
        let arrival = self
            .language
            .came(version, file, &options, &self.dictionary);
        let is_open = self.mounted.borrow().is_some();
        match arrival {
            Arrival::Awaited => self.dispatch(Msg::Show),
            // Every message redraws the view, here with the new texts. A tick changes nothing else.
            Arrival::Unawaited if is_open => self.dispatch(Msg::Tick { now_ms: now_ms() }),
            Arrival::Unawaited | Arrival::Outdated => {}
        }
    }
}

/// The error for a page that does not have the container. Nobody can log in there.
fn missing_place(message: &str) -> Failure {
    const KIND: &str = "invalid_options";
    let members = [("error", KIND), ("code", KIND), ("kind", KIND)];
    let mut members: Vec<_> = members
        .map(|(name, text)| (name.to_owned(), Value::from(text)))
        .into();
    for name in ["description", "message"] {
        members.push((name.to_owned(), Value::from(message)));
    }
    Failure {
        error: Value::Object(members),
        ..Failure::new(Cause::ClientMisconfigured)
    }
}

/// Takes the next item of a queue. The borrow of the queue ends with this function.
fn first<T>(queue: &RefCell<Vec<T>>) -> Option<T> {
    let mut queue = queue.borrow_mut();
    (!queue.is_empty()).then(|| queue.remove(0))
}
