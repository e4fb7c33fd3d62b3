//! The services of the SDK, for dialogs in Rust programs.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::env::browser::BrowserEnv;
use latchkey_webauth::env::{Body, Env, Request};
use latchkey_webauth::{
    AuthorizeOptions, Client, Error, LoginOptions, Params, Send, Shape, StartOptions, Value,
    VerificationCode,
};

use super::captcha::{self, Captcha};
use super::task::Task;
use super::{Answers, Order, Service};
use crate::browser::warn;
use crate::failure::failure;
use crate::handlers::Handlers;
use crate::model::{Cause, Failure, Recipient};
use crate::options::{Options, social_params};

/// How long a language file may take, in milliseconds.
const LANGUAGE_TIMEOUT_MS: u32 = 20_000;

/// A client of the tenant, with one request in flight at a time.
pub(crate) struct Sdk {
    client: RefCell<Rc<Client<BrowserEnv>>>,
    handlers: Handlers,
    request: RefCell<Option<Task>>,
    language: RefCell<Option<Task>>,
    challenge: RefCell<Option<Task>>,
    /// The captcha on the page.
    captcha: Rc<RefCell<Option<Captcha>>>,
}

impl Sdk {
    /// # Errors
    /// [`Error::InvalidOptions`] when the options do not make a client.
    pub(crate) fn new(options: &Options, handlers: Handlers) -> Result<Self, Error> {
        Ok(Self {
            client: RefCell::new(client(options)?),
            handlers,
            request: RefCell::default(),
            language: RefCell::default(),
            challenge: RefCell::default(),
            captcha: Rc::default(),
        })
    }

    /// `POST /passwordless/start`, in the dialog's language.
    fn start(&self, version: u32, start: StartOptions, answers: Answers) -> Task {
        let client = Rc::clone(&self.client.borrow());
        Task::spawn(async move {
            let result = client.passwordless_start(start).await;
            let result = result
                .map(|_| ())
                .map_err(|error| failure(&error, Shape::Plain));
            answers.started(version, result);
        })
    }

    /// Leaves for `/authorize?connection=...`, once the page's own step is done.
    fn authorize(
        &self,
        version: u32,
        connection: &str,
        authorize: AuthorizeOptions,
        answers: Answers,
    ) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let logging_in = self.handlers.logging_in.clone();
        let connection = connection.to_owned();
        Task::spawn(async move {
            if let Some(step) = logging_in
                && let Err(text) = (step.0)(connection).await
            {
                answers.verified(version, Err(hook_failure(&text)));
            } else if let Err(error) = client.authorize(authorize).await {
                answers.verified(version, Err(failure(&error, Shape::Plain)));
            }
        })
    }

    /// `POST /co/authenticate`, then on to `/authorize`.
    fn verify(&self, version: u32, login: LoginOptions, answers: Answers) -> Task {
        let client = Rc::clone(&self.client.borrow());
        Task::spawn(async move {
            match client.passwordless_authenticate(login).await {
                Ok(redirect) => {
                    // The page hears of it before it is left.
                    answers.verified(version, Ok(()));
                    client.follow(redirect);
                }
                Err(error) => answers.verified(version, Err(failure(&error, Shape::Legacy))),
            }
        })
    }

    /// `POST /co/authenticate`, then `/authorize` in a hidden frame.
    fn verify_in_place(
        &self,
        version: u32,
        login: LoginOptions,
        options: &Options,
        answers: Answers,
    ) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let authenticated = Rc::clone(&self.handlers.authenticated);
        let closes = options.autoclose && options.settings.closable;
        Task::spawn(async move {
            match client.passwordless_login_in_place(login).await {
                Ok(result) => {
                    answers.verified(version, Ok(()));
                    if closes {
                        answers.hide();
                    }
                    authenticated(result);
                }
                Err(error) => answers.verified(version, Err(failure(&error, Shape::Legacy))),
            }
        })
    }

    /// `POST /passwordless/challenge`, and its picture on the page.
    fn show_captcha(&self, texts: [&str; 6], warns: bool, answers: Answers) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let texts = texts.map(str::to_owned);
        let place = Rc::clone(&self.captcha);
        Task::spawn(async move {
            let shown = captcha::show(client, texts).await;
            let message = shown.as_ref().err().and_then(|missing| missing.message());
            if let Some(message) = message.filter(|_| warns) {
                warn(message);
            }
            let is_there = shown.is_ok();
            *place.borrow_mut() = shown.ok();
            answers.captcha(is_there);
        })
    }

    fn load_language(&self, version: u32, address: &str, answers: Answers) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let request = Request {
            method: "GET",
            url: address.to_owned(),
            headers: Vec::new(),
            body: None,
            credentials: false,
            timeout_ms: LANGUAGE_TIMEOUT_MS,
        };
        Task::spawn(async move {
            let answer = client.env().http(request).await;
            let file = match answer.map(|response| response.body) {
                Ok(Body::Json(file)) => Some(file),
                _ => None,
            };
            answers.language(version, file);
        })
    }
}

impl Service for Sdk {
    fn configure(&self, options: &Options) -> Result<(), Error> {
        *self.client.borrow_mut() = client(options)?;
        Ok(())
    }

    fn begin(&self, order: Order<'_>, options: &Options, answers: Answers) {
        let request = match order {
            Order::Authorize {
                version,
                connection,
            } => {
                if options.settings.in_place && options.warns {
                    warn(LEAVES);
                }
                let mut ways = options.connections.social.iter();
                let way = ways.find(|way| way.connection == connection);
                let mut extra = options.authorize_params.clone();
                extra.extend(way.map(social_params).unwrap_or_default());
                let authorize = AuthorizeOptions {
                    extra,
                    ..AuthorizeOptions::default()
                };
                self.authorize(version, connection, authorize, answers)
            }
            Order::Captcha { texts } => {
                let task = self.show_captcha(texts, options.warns, answers);
                *self.challenge.borrow_mut() = Some(task);
                return;
            }
            // And all of the dialog is there.
            Order::Avatar { .. } => return,
            // Nobody knows: a code, or the connection, tells.
            Order::Session { version, .. } => {
                return answers.verified(version, Err(Failure::new(Cause::Unknown)));
            }
            Order::Language { version, address } => {
                let task = self.load_language(version, address, answers);
                *self.language.borrow_mut() = Some(task);
                return;
            }
            Order::Start {
                version,
                to,
                link,
                captcha,
                language,
            } => {
                let connection = options.connections.name(to.channel()).to_owned();
                let (email, phone_number) = address(to);
                let start = StartOptions {
                    connection,
                    send: Some(if link { Send::Link } else { Send::Code }),
                    email,
                    phone_number,
                    // What the link leads to; a code leads through our own `/authorize`.
                    auth_params: if link {
                        options.authorize_params.clone()
                    } else {
                        Params::new()
                    },
                    captcha,
                    request_language: Some(language.to_owned()),
                    ..StartOptions::default()
                };
                self.start(version, start, answers)
            }
            Order::Verify { version, to, code } => {
                let connection = options.connections.name(to.channel()).to_owned();
                let (email, phone_number) = address(to);
                let login = LoginOptions {
                    connection,
                    email,
                    phone_number,
                    verification_code: VerificationCode::new(code.reveal()),
                    extra: options.authorize_params.clone(),
                    ..LoginOptions::default()
                };
                if options.settings.in_place {
                    self.verify_in_place(version, login, options, answers)
                } else {
                    self.verify(version, login, answers)
                }
            }
        };
        *self.request.borrow_mut() = Some(request);
    }

    fn cancel(&self) {
        drop(self.request.take());
    }
}

/// Windows of their own are the JavaScript dialog's.
const LEAVES: &str = "LockDialog: a social connection leaves the page, also with `settings.in_place`: only the JavaScript dialog opens a window for it.";

/// The page's own step said no; its words are shown.
fn hook_failure(text: &str) -> Failure {
    let error = vec![
        ("code".to_owned(), "hook_error".into()),
        ("description".to_owned(), text.into()),
    ];
    Failure {
        error: Value::Object(error),
        ..Failure::new(Cause::Unknown)
    }
}

fn client(options: &Options) -> Result<Rc<Client<BrowserEnv>>, Error> {
    Client::new(options.config.clone(), BrowserEnv::new()).map(Rc::new)
}

/// An e-mail address or a phone number, as the SDK takes them.
fn address(to: Recipient) -> (Option<String>, Option<String>) {
    match to {
        Recipient::Email(email) => (Some(email), None),
        Recipient::Phone(number) => (None, Some(number)),
    }
}
