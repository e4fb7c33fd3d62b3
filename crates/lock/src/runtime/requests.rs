//! The two requests, through the SDK.

use std::rc::Rc;

use latchkey_webauth::{
    AuthorizeOptions, LoginOptions, Params, Send, Shape, StartOptions, VerificationCode,
};

use wasm_bindgen::JsValue;

use super::{Inner, sender};
use crate::failure::failure;
use crate::i18n::Key;
use crate::model::{Msg, Recipient, Secret};
use crate::options::social_params;
use crate::task::Task;

impl Inner {
    /// `POST /passwordless/start`, in the dialog's language.
    pub(super) fn start(
        self: &Rc<Self>,
        version: u32,
        to: Recipient,
        link: bool,
        captcha: Option<String>,
    ) -> Task {
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
            captcha,
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

    /// Leaves for a social connection: `/authorize?connection=...`. A page that stays, or has a step
    /// of its own before it is left, has it done by what is loaded on demand.
    pub(super) fn authorize(self: &Rc<Self>, version: u32, connection: &str) {
        let options = Rc::clone(&self.options.borrow());
        if options.settings.in_place || options.has_hook {
            return self.more("social", version, connection);
        }
        let client = Rc::clone(&self.client.borrow());
        let mut ways = options.connections.social.iter();
        let way = ways.find(|way| way.connection == connection);
        let mut extra = options.authorize_params.clone();
        extra.extend(way.map(social_params).unwrap_or_default());
        let send = sender(self);
        let task = Task::spawn(async move {
            let authorize = AuthorizeOptions {
                extra,
                ..AuthorizeOptions::default()
            };
            if let Err(error) = client.authorize(authorize).await {
                let result = Err(failure(&error, Shape::Plain));
                send(Msg::Verified { version, result });
            }
        });
        *self.request.borrow_mut() = Some(task);
    }

    /// `POST /co/authenticate`, then on to `/authorize`; for a page that stays, in a hidden frame.
    pub(super) fn verify(self: &Rc<Self>, version: u32, to: Recipient, code: &Secret) {
        let options = Rc::clone(&self.options.borrow());
        let connection = options.connections.name(to.channel());
        if options.settings.in_place {
            let order = [connection, to.text(), code.reveal()].join("\n");
            return self.more("login", version, &order);
        }
        let client = Rc::clone(&self.client.borrow());
        let connection = connection.to_owned();
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
        let task = Task::spawn(async move {
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
        });
        *self.request.borrow_mut() = Some(task);
    }

    /// Shows the tenant's captcha in the place that the screen has for it.
    pub(super) fn show_captcha(self: &Rc<Self>) {
        let id = self.id.to_string();
        let order = {
            let dictionary = self.dictionary.borrow();
            [
                &*id,
                dictionary.language(),
                dictionary.text(Key::CaptchaLabel),
                dictionary.text(Key::CaptchaCode),
                dictionary.text(Key::CaptchaMath),
                dictionary.text(Key::CaptchaReload),
            ]
            .join("\n")
        };
        self.more("captcha", 0, &order);
    }

    /// Has something done by what is loaded on demand. Where there is no JavaScript around the
    /// dialog, nobody can.
    fn more(self: &Rc<Self>, name: &str, version: u32, order: &str) {
        if let Some(more) = &*self.more.borrow() {
            let _ = more.call3(&JsValue::NULL, &name.into(), &version.into(), &order.into());
        } else if version == 0 {
            self.messages.borrow_mut().push(Msg::CaptchaShown(false));
        }
    }
}

/// An e-mail address or a phone number, as the SDK takes them.
fn address(to: Recipient) -> (Option<String>, Option<String>) {
    match to {
        Recipient::Email(email) => (Some(email), None),
        Recipient::Phone(number) => (None, Some(number)),
    }
}
