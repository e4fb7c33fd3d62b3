//! The requests of a login, through the SDK's client, one in flight at a time.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use latchkey_webauth::env::browser::BrowserEnv;
use latchkey_webauth::{
    AuthorizeOptions, Client, Error, LoginOptions, Params, Send, Shape, StartOptions,
    VerificationCode,
};

use super::task::Task;
use super::{Reporter, Start, Verify};
use crate::failure::failure;
use crate::model::{Failure, Recipient, Secret};
use crate::options::{Options, social_params};
use crate::page::keeps_data;

pub(super) type TenantClient = Client<BrowserEnv>;

/// The parameters of `/authorize` that a request for a code includes. A link leads to `/authorize` itself, so
/// it needs all of them.
const PARAMS_OF_A_CODE: [&str; 4] = ["audience", "nonce", "scope", "state"];

/// The SDK's client, and its request in flight.
pub(super) struct Tenant {
    client: RefCell<Rc<TenantClient>>,
    request: RefCell<Option<Task>>,
}

impl Tenant {
    pub(super) fn new(client: TenantClient) -> Self {
        Self {
            client: RefCell::new(Rc::new(client)),
            request: RefCell::default(),
        }
    }

    /// Uses another client from the next request on.
    pub(super) fn replace(&self, client: TenantClient) {
        *self.client.borrow_mut() = Rc::new(client);
    }

    pub(super) fn client(&self) -> Rc<TenantClient> {
        Rc::clone(&self.client.borrow())
    }

    /// Sends `POST /passwordless/start`, in the dialog's language.
    pub(super) fn start(&self, start: Start<'_>, options: &Options, reporter: Reporter) {
        let client = self.client();
        let Start {
            version,
            to,
            send,
            captcha,
            language,
        } = start;
        let connection = options.connections.name(to.channel()).to_owned();
        let mut auth_params = options.authorize_params.clone();
        if send == Send::Code {
            auth_params.retain(|(name, _)| PARAMS_OF_A_CODE.contains(&&**name));
        }
        let Address {
            email,
            phone_number,
        } = address(to);
        let start = StartOptions {
            connection,
            send: Some(send),
            email,
            phone_number,
            auth_params,
            captcha,
            request_language: Some(language.to_owned()),
            ..StartOptions::default()
        };
        self.run(async move {
            // A code is sent only if it can be used: the login after it has to store its transaction.
            let result = if send == Send::Link || keeps_data() {
                client.passwordless_start(start).await.map(|_| ())
            } else {
                Err(Error::StorageUnavailable)
            };
            let result = result.map_err(|error| failure(&error, Shape::Plain));
            reporter.started(version, result);
        });
    }

    /// Sends `POST /co/authenticate`, then goes to `/authorize`.
    pub(super) fn verify(&self, verify: Verify, options: &Options, reporter: Reporter) {
        let client = self.client();
        let Verify { version, to, code } = verify;
        let login = login_options(to, &code, options);
        self.run(async move {
            match client.passwordless_authenticate(login).await {
                Ok(redirect) => {
                    // The page gets the event before the browser leaves it.
                    reporter.verified(version, Ok(()));
                    client.follow(redirect);
                }
                Err(error) => reporter.verified(version, Err(failure(&error, Shape::Legacy))),
            }
        });
    }

    /// Goes to `/authorize?connection=...` when `before` has finished. `before` may refuse.
    pub(super) fn authorize(
        &self,
        version: u32,
        connection: &str,
        options: &Options,
        before: impl Future<Output = Result<(), Failure>> + 'static,
        reporter: Reporter,
    ) {
        let client = self.client();
        let mut social = options.connections.social.iter();
        let social = social.find(|social| social.connection == connection);
        let mut extra: Params = options.authorize_params.clone();
        extra.extend(social.map(social_params).unwrap_or_default());
        let authorize = AuthorizeOptions {
            extra,
            ..AuthorizeOptions::default()
        };
        self.run(async move {
            if let Err(refusal) = before.await {
                reporter.verified(version, Err(refusal));
            } else if let Err(error) = client.authorize(authorize).await {
                reporter.verified(version, Err(failure(&error, Shape::Plain)));
            }
        });
    }

    /// Runs `work` in place of the request in flight.
    pub(super) fn run(&self, work: impl Future<Output = ()> + 'static) {
        *self.request.borrow_mut() = Some(Task::spawn(work));
    }

    /// Cancels the request in flight.
    pub(super) fn cancel(&self) {
        drop(self.request.take());
    }
}

/// The SDK's options for a login with `code`, which was sent to `to`.
pub(super) fn login_options(to: Recipient, code: &Secret, options: &Options) -> LoginOptions {
    let connection = options.connections.name(to.channel()).to_owned();
    let Address {
        email,
        phone_number,
    } = address(to);
    LoginOptions {
        connection,
        email,
        phone_number,
        verification_code: VerificationCode::new(code.reveal()),
        extra: options.authorize_params.clone(),
        ..LoginOptions::default()
    }
}

/// A client with the configuration of the options.
pub(super) fn client_of(options: &Options) -> Result<TenantClient, Error> {
    Client::new(options.config.clone(), BrowserEnv::new())
}

/// A recipient as the SDK expects it: one of the two is set.
#[derive(Default)]
struct Address {
    email: Option<String>,
    phone_number: Option<String>,
}

fn address(to: Recipient) -> Address {
    match to {
        Recipient::Email(email) => Address {
            email: Some(email),
            ..Address::default()
        },
        Recipient::Phone(number) => Address {
            phone_number: Some(number),
            ..Address::default()
        },
    }
}
