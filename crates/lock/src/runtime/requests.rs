//! The two requests, through the SDK.

use std::rc::Rc;

use latchkey_webauth::{
    AuthorizeOptions, LoginOptions, Params, Send, Shape, StartOptions, VerificationCode,
};

use super::{Inner, sender};
use crate::failure::failure;
use crate::model::{Msg, Recipient, Secret};
use crate::options::social_params;
use crate::task::Task;

impl Inner {
    /// `POST /passwordless/start`, in the dialog's language.
    pub(super) fn start(self: &Rc<Self>, version: u32, to: Recipient, link: bool) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let options = Rc::clone(&self.options.borrow());
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
            request_language: Some(self.dictionary.borrow().language().to_owned()),
            ..StartOptions::default()
        };
        let send = sender(self);
        Task::spawn(async move {
            let result = client.passwordless_start(start).await;
            send(Msg::Started {
                version,
                result: result
                    .map(|_| ())
                    .map_err(|error| failure(&error, Shape::Plain)),
            });
        })
    }

    /// Leaves for a social connection: `/authorize?connection=...`.
    pub(super) fn authorize(self: &Rc<Self>, version: u32, connection: &str) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let options = Rc::clone(&self.options.borrow());
        let mut ways = options.connections.social.iter();
        let way = ways.find(|way| way.connection == connection);
        let mut extra = options.authorize_params.clone();
        extra.extend(way.map(social_params).unwrap_or_default());
        let send = sender(self);
        Task::spawn(async move {
            let authorize = AuthorizeOptions {
                extra,
                ..AuthorizeOptions::default()
            };
            if let Err(error) = client.authorize(authorize).await {
                send(Msg::SocialFailed {
                    version,
                    failure: failure(&error, Shape::Plain),
                });
            }
        })
    }

    /// `POST /co/authenticate`, then on to `/authorize`.
    pub(super) fn verify(self: &Rc<Self>, version: u32, to: Recipient, code: &Secret) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let options = Rc::clone(&self.options.borrow());
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
        let send = sender(self);
        Task::spawn(async move {
            match client.passwordless_authenticate(login).await {
                Ok(redirect) => {
                    // The page hears of it before it is left.
                    send(Msg::Verified {
                        version,
                        result: Ok(()),
                    });
                    client.follow(redirect);
                }
                Err(error) => send(Msg::Verified {
                    version,
                    result: Err(failure(&error, Shape::Legacy)),
                }),
            }
        })
    }
}

/// An e-mail address or a phone number, as the SDK takes them.
fn address(to: Recipient) -> (Option<String>, Option<String>) {
    match to {
        Recipient::Email(email) => (Some(email), None),
        Recipient::Phone(number) => (None, Some(number)),
    }
}
