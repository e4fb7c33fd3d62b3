//! The services of the SDK, for dialogs in Rust programs.

use std::cell::RefCell;
use std::rc::Rc;

use latchkey_webauth::env::browser::BrowserEnv;
use latchkey_webauth::env::{Body, Env, Request};
use latchkey_webauth::{
    AuthorizeOptions, Client, Error, LoginOptions, Params, Send, Shape, StartOptions,
    VerificationCode,
};

use super::task::Task;
use super::{Answers, Order, Service};
use crate::failure::failure;
use crate::model::Recipient;
use crate::options::{Options, social_params};

/// How long a language file may take, in milliseconds.
const LANGUAGE_TIMEOUT_MS: u32 = 20_000;

/// A client of the tenant, with one request in flight at a time.
pub(crate) struct Sdk {
    client: RefCell<Rc<Client<BrowserEnv>>>,
    request: RefCell<Option<Task>>,
    language: RefCell<Option<Task>>,
}

impl Sdk {
    /// # Errors
    /// [`Error::InvalidOptions`] when the options do not make a client.
    pub(crate) fn new(options: &Options) -> Result<Self, Error> {
        Ok(Self {
            client: RefCell::new(client(options)?),
            request: RefCell::default(),
            language: RefCell::default(),
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

    /// Leaves for `/authorize?connection=...`.
    fn authorize(&self, version: u32, authorize: AuthorizeOptions, answers: Answers) -> Task {
        let client = Rc::clone(&self.client.borrow());
        Task::spawn(async move {
            if let Err(error) = client.authorize(authorize).await {
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
                let mut ways = options.connections.social.iter();
                let way = ways.find(|way| way.connection == connection);
                let mut extra = options.authorize_params.clone();
                extra.extend(way.map(social_params).unwrap_or_default());
                let authorize = AuthorizeOptions {
                    extra,
                    ..AuthorizeOptions::default()
                };
                self.authorize(version, authorize, answers)
            }
            Order::Captcha { .. } => return answers.captcha(false),
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
                self.verify(version, login, answers)
            }
        };
        *self.request.borrow_mut() = Some(request);
    }

    fn cancel(&self) {
        drop(self.request.take());
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
