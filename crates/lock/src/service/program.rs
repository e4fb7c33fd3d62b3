//! The service of dialogs in Rust programs.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::env::{Body, Env, Request};
use latchkey_webauth::{Error, Shape, Value};

use super::captcha::{self, Captcha};
use super::task::Task;
use super::tenant::{Tenant, client_of, login_options};
use super::{CaptchaTexts, Order, Reporter, Service, Verify};
use crate::browser::warn;
use crate::failure::failure;
use crate::handlers::Handlers;
use crate::model::{Cause, Failure};
use crate::options::Options;

/// The time limit for loading a language file, in milliseconds.
const LANGUAGE_TIMEOUT_MS: u32 = 20_000;

/// The warning that Rust dialogs open no window for a social connection.
const LEAVES: &str = "LockDialog: a social connection leaves the page, also with `settings.in_place`: only the JavaScript dialog opens a window for it.";

/// The SDK's client, and the program's handlers.
pub(crate) struct ProgramService {
    tenant: Tenant,
    handlers: Handlers,
    language: RefCell<Option<Task>>,
    challenge: RefCell<Option<Task>>,
    /// The captcha on the page.
    captcha: Rc<RefCell<Option<Captcha>>>,
}

impl ProgramService {
    /// # Errors
    /// [`Error::InvalidOptions`] if the options do not make a client.
    pub(crate) fn new(options: &Options, handlers: Handlers) -> Result<Self, Error> {
        Ok(Self {
            tenant: Tenant::new(client_of(options)?),
            handlers,
            language: RefCell::default(),
            challenge: RefCell::default(),
            captcha: Rc::default(),
        })
    }

    fn authorize(&self, version: u32, connection: &str, options: &Options, reporter: Reporter) {
        if options.settings.in_place && options.warns {
            warn(LEAVES);
        }
        let logging_in = self.handlers.logging_in.clone();
        let name = connection.to_owned();
        let before = async move {
            match logging_in {
                Some(hook) => (hook.0)(name).await.map_err(|text| refusal(&text)),
                None => Ok(()),
            }
        };
        self.tenant
            .authorize(version, connection, options, before, reporter);
    }

    /// Logs in with `POST /co/authenticate`, then with `/authorize` in a hidden frame.
    fn verify_in_place(&self, verify: Verify, options: &Options, reporter: Reporter) {
        let client = self.tenant.client();
        let authenticated = Rc::clone(&self.handlers.authenticated);
        let closes = options.autoclose && options.settings.closable;
        let Verify { version, to, code } = verify;
        let login = login_options(to, &code, options);
        self.tenant.run(async move {
            match client.passwordless_login_in_place(login).await {
                Ok(result) => {
                    reporter.verified(version, Ok(()));
                    if closes {
                        reporter.hide();
                    }
                    authenticated(result);
                }
                Err(error) => reporter.verified(version, Err(failure(&error, Shape::Legacy))),
            }
        });
    }

    /// Requests a captcha with `POST /passwordless/challenge`, and shows its picture.
    fn show_captcha(&self, texts: CaptchaTexts<'_>, warns: bool, reporter: Reporter) {
        let client = self.tenant.client();
        let texts = captcha::OwnedTexts::from(texts);
        let place = Rc::clone(&self.captcha);
        let task = Task::spawn(async move {
            let shown = captcha::show(client, texts).await;
            let message = shown.as_ref().err().and_then(|missing| missing.message());
            if let Some(message) = message.filter(|_| warns) {
                warn(message);
            }
            let is_there = shown.is_ok();
            *place.borrow_mut() = shown.ok();
            reporter.captcha(is_there);
        });
        *self.challenge.borrow_mut() = Some(task);
    }

    fn load_language(&self, version: u32, address: &str, reporter: Reporter) {
        let client = self.tenant.client();
        let request = Request {
            method: "GET",
            url: address.to_owned(),
            headers: Vec::new(),
            body: None,
            credentials: false,
            timeout_ms: LANGUAGE_TIMEOUT_MS,
        };
        let task = Task::spawn(async move {
            let response = client.env().http(request).await;
            let file = match response.map(|response| response.body) {
                Ok(Body::Json(file)) => Some(file),
                _ => None,
            };
            reporter.language(version, file);
        });
        *self.language.borrow_mut() = Some(task);
    }
}

impl Service for ProgramService {
    fn configure(&self, options: &Options) -> Result<(), Error> {
        self.tenant.replace(client_of(options)?);
        Ok(())
    }

    fn begin(&self, order: Order<'_>, options: &Options, reporter: Reporter) {
        match order {
            Order::Authorize {
                version,
                connection,
            } => self.authorize(version, connection, options, reporter),
            // A Rust program has no functions that know the owner of an address.
            Order::Avatar { .. } => {}
            Order::Captcha(texts) => self.show_captcha(texts, options.warns, reporter),
            Order::Language { version, address } => self.load_language(version, address, reporter),
            // Rust dialogs do not ask for a session: they send a code, or leave for the connection.
            Order::Session { version, .. } => {
                reporter.verified(version, Err(Failure::new(Cause::Unknown)));
            }
            Order::Start(start) => self.tenant.start(start, options, reporter),
            Order::Verify(verify) if options.settings.in_place => {
                self.verify_in_place(verify, options, reporter);
            }
            Order::Verify(verify) => self.tenant.verify(verify, options, reporter),
        }
    }

    fn cancel(&self) {
        self.tenant.cancel();
    }
}

/// The failure of a login that the program's own hook refused. The dialog shows its text.
fn refusal(text: &str) -> Failure {
    let error = vec![
        ("code".to_owned(), "hook_error".into()),
        ("description".to_owned(), text.into()),
    ];
    Failure {
        error: Value::Object(error),
        ..Failure::new(Cause::Unknown)
    }
}
