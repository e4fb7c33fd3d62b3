//! The two requests, through the SDK.

use std::rc::Rc;

use latchkey_webauth::{LoginOptions, Send, Shape, StartOptions, VerificationCode};

use super::{Inner, sender};
use crate::failure::failure;
use crate::model::{Msg, Secret};
use crate::task::Task;

impl Inner {
    /// `POST /passwordless/start`, in the dialog's language.
    pub(super) fn start(self: &Rc<Self>, version: u32, email: String) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let options = Rc::clone(&self.options.borrow());
        let start = StartOptions {
            connection: options.connection.clone(),
            send: Some(Send::Code),
            email: Some(email),
            request_language: Some(options.dictionary.language().to_owned()),
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

    /// `POST /co/authenticate`, then on to `/authorize`.
    pub(super) fn verify(self: &Rc<Self>, version: u32, email: String, code: &Secret) -> Task {
        let client = Rc::clone(&self.client.borrow());
        let options = Rc::clone(&self.options.borrow());
        let login = LoginOptions {
            connection: options.connection.clone(),
            email: Some(email),
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
