//! `/passwordless/start`: the tenant sends a verification code or a magic link.

use crate::check::{Check, Kind, expect, expect_all, required_options};
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::exchange::{Call, Exchange, contents};
use crate::names::{to_camel_case, to_snake_case};
use crate::recipient::require_recipient;
use crate::transaction::{self, Transaction};
use crate::wire::{Params, Value, get, overlay, pick, remove, set};

/// The kind of message that the tenant sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Send {
    /// A verification code, which the person types.
    Code,
    /// A magic link, which the person opens in the same browser.
    Link,
}

/// Options of [`Client::passwordless_start`] (auth0.js: `passwordlessStart`).
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct StartOptions {
    /// The connection's name, such as `email` or `sms`. Required.
    pub connection: String,
    /// The kind of message. Required.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub send: Option<Send>,
    /// The address of the recipient. Either this or a phone number is required.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<String>,
    /// The number of the recipient (`phoneNumber`), with its country code, as in `+15551234567`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub phone_number: Option<String>,
    /// Parameters of the authorization request that a magic link makes (`authParams`), under their JavaScript names. They
    /// override the client's settings.
    #[cfg_attr(feature = "serde", serde(with = "crate::serialize::members"))]
    pub auth_params: Params,
    /// The solution of the captcha, if the tenant asks for one with [`Error::CaptchaRequired`]. Default: none.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub captcha: Option<String>,
    /// Language of the message (`xRequestLanguage`). Default: the client's, or else the browser's.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "xRequestLanguage", skip_serializing_if = "Option::is_none")
    )]
    pub request_language: Option<String>,
    /// Further members of the request's body, and `timeout`: the time limit of this call in milliseconds, 0 for none.
    /// Default: the client's.
    #[cfg_attr(feature = "serde", serde(flatten, with = "crate::serialize::members"))]
    pub extra: Params,
}

impl StartOptions {
    fn into_options(self) -> Params {
        let send = self.send.map(|send| match send {
            Send::Code => "code",
            Send::Link => "link",
        });
        let mut options = Params::new();
        set(&mut options, "connection", self.connection);
        set(&mut options, "send", send);
        set(&mut options, "email", self.email);
        set(&mut options, "phoneNumber", self.phone_number);
        set(&mut options, "authParams", self.auth_params);
        set(&mut options, "captcha", self.captcha);
        set(&mut options, "xRequestLanguage", self.request_language);
        overlay(options, self.extra)
    }
}

/// The tenant's response to a start.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct StartResponse {
    /// The body of the response, as a JavaScript callback gets it: an object with names in camel case,
    /// `{Id, email, emailVerified}`. It is a text if the body was plain text, and an empty object if the body was empty.
    pub body: Value,
}

/// A checked start request that has not been sent.
#[derive(Debug)]
pub(crate) struct Start {
    pub(crate) options: Params,
    auth_params: Params,
    /// Whether this is the start of the API client, which has no transaction and only [`START_DEFAULTS`].
    bare: bool,
}

impl<E: Env> Client<E> {
    /// Asks the tenant to send a code or a link: `POST /passwordless/start` (auth0.js: `passwordlessStart`).
    ///
    /// # Errors
    /// The [errors of a request](Client#the-errors-of-a-request), such as [`Error::InvalidEmail`], [`Error::SignupDisabled`] or
    /// [`Error::RateLimited`]; [`Error::StorageUnavailable`], [`Error::RandomUnavailable`] and, for a link with a code challenge,
    /// [`Error::CryptoUnavailable`]. [`Error::InvalidOptions`] and [`Error::MissingRecipient`] come before anything is stored
    /// or sent.
    pub async fn passwordless_start(&self, options: StartOptions) -> Result<StartResponse, Error> {
        let start = self.prepare_start(Value::Object(options.into_options()))?;
        let body = self.send_start(start).await?;
        Ok(StartResponse { body })
    }

    /// [`Client::passwordless_start`] without a transaction (auth0.js: `client.passwordless.start`). Of the client's settings,
    /// `authParams` gets only scope, redirect URI and response type.
    ///
    /// # Errors
    /// As [`Client::passwordless_start`], without those of a transaction: [`Error::StorageUnavailable`],
    /// [`Error::RandomUnavailable`] and [`Error::CryptoUnavailable`].
    pub async fn passwordless_start_only(
        &self,
        options: StartOptions,
    ) -> Result<StartResponse, Error> {
        let start = Self::prepare_bare_start(Value::Object(options.into_options()))?;
        let body = self.send_start(start).await?;
        Ok(StartResponse { body })
    }

    /// Stores the transaction of a checked start and sends the request.
    pub(crate) async fn send_start(&self, start: Start) -> Result<Value, Error> {
        let Start {
            mut options,
            mut auth_params,
            bare,
        } = start;
        self.tidy_recipients(&mut options);
        require_recipient(&options)?;
        let recipient = ["connection", "email", "phoneNumber"]
            .map(|name| get(&options, name).as_str().unwrap_or_default())
            .join(" ")
            .to_ascii_lowercase();
        let call = Call::take(&mut options, &self.settings);
        let pkce = remove(&mut options, "pkce");
        let mut transaction = Transaction::new(self, None);
        if !bare {
            // Only a link needs a challenge here, because it ends at the redirect URI. A code is typed on this page, and that
            // login makes its own challenge.
            let link = get(&options, "send").as_str() == Some("link");
            let pkce = if link { pkce } else { Value::Bool(false) };
            set(&mut auth_params, "pkce", pkce);
            transaction = Transaction::new(self, self.begin_transaction(&mut auth_params)?);
            self.add_challenge(&mut auth_params).await?;
        }
        let body = start_body(
            overlay(pick(&self.settings.base, START_DEFAULTS), options),
            auth_params,
        );
        let exchange = Exchange::post("/passwordless/start", body, call);
        let response = self.perform(exchange).await?;
        if let Some(key) = transaction.keep() {
            self.supersede(&recipient, key);
        }
        Ok(to_camel_case(contents(response)))
    }

    /// Checks the options of `passwordlessStart` in auth0.js's order, with its texts. Nothing is stored or sent.
    pub(crate) fn prepare_start(&self, options: Value) -> Result<Start, Error> {
        let mut options = required_options(options)?;
        let auth_params = match remove_in_place(&mut options, "authParams") {
            Value::Object(auth_params) => auth_params,
            _ => Params::new(),
        };
        let auth_params = overlay(pick(&self.settings.base, AUTH_PARAMS_DEFAULTS), auth_params);
        transaction::check(&auth_params)?;
        Self::check_start(&options)?;
        Ok(Start {
            options,
            auth_params,
            bare: false,
        })
    }

    /// Checks the options of `client.passwordless.start`, to whose `authParams` only [`START_DEFAULTS`] are added.
    pub(crate) fn prepare_bare_start(options: Value) -> Result<Start, Error> {
        let mut options = required_options(options)?;
        Self::check_start(&options)?;
        let auth_params = remove_in_place(&mut options, "authParams");
        expect(
            &auth_params,
            Kind::OptionalObject,
            "authParams option is required",
        )?;
        let auth_params = match auth_params {
            Value::Object(auth_params) => auth_params,
            _ => Params::new(),
        };
        Ok(Start {
            options,
            auth_params,
            bare: true,
        })
    }

    fn check_start(options: &Params) -> Result<(), Error> {
        expect_all(options, START_CHECKS)?;
        let send = get(options, "send");
        let (code, link) = (send.as_str() == Some("code"), send.as_str() == Some("link"));
        if !code && !link {
            return Err(Error::InvalidOptions("send is not valid ([link, code])"));
        }
        if code || !get(options, "email").is_truthy() {
            expect_all(options, PHONE_NUMBER_CHECK)?;
        }
        if link || !get(options, "phoneNumber").is_truthy() {
            expect_all(options, EMAIL_CHECK)?;
        }
        Ok(())
    }
}

/// The checks of every start.
const START_CHECKS: &[Check] = &[
    ("connection", Kind::String, "connection option is required"),
    ("send", Kind::String, "send option is required"),
];

/// The check of a start that may go to a phone number: it sends a code, or has no e-mail address.
const PHONE_NUMBER_CHECK: &[Check] = &[(
    "phoneNumber",
    Kind::OptionalString,
    "phoneNumber option is required",
)];

/// The check of a start that may go to an e-mail address: it sends a link, or has no phone number.
const EMAIL_CHECK: &[Check] = &[("email", Kind::OptionalString, "email option is required")];

/// Constructor options that are the defaults of the authorization request that a magic link makes (`authParams`), in wire
/// order. The client is a member of the start itself.
const AUTH_PARAMS_DEFAULTS: &[&str] = &[
    "responseType",
    "responseMode",
    "redirectUri",
    "scope",
    "audience",
    "_csrf",
    "state",
    "_intstate",
    "nonce",
];

/// Constructor options that are the defaults of the request's own members. All but the client then move into `authParams`
/// ([`start_body`]), unless it has them: so they count only for a start without [`AUTH_PARAMS_DEFAULTS`].
const START_DEFAULTS: &[&str] = &["clientID", "responseType", "redirectUri", "scope"];

/// The body of a start. Scope, redirect URI and response type move from the top level into `authParams`, as in auth0.js.
fn start_body(mut body: Params, mut auth_params: Params) -> Params {
    for (name, wire_name) in [
        ("scope", "scope"),
        ("redirectUri", "redirect_uri"),
        ("responseType", "response_type"),
    ] {
        let fallback = remove(&mut body, name);
        let value = get(&auth_params, name).or(&fallback).clone();
        if name != wire_name {
            remove(&mut auth_params, name);
        }
        if value.is_truthy() {
            set(&mut auth_params, wire_name, value);
        }
    }
    if auth_params.is_empty() {
        remove(&mut body, "authParams");
    } else {
        set(&mut body, "authParams", auth_params);
    }
    to_snake_case(body, &["auth0Client", "authParams"])
}

/// Takes the value of `name` and leaves `undefined` in its place, so that the order of the members stays.
fn remove_in_place(params: &mut Params, name: &str) -> Value {
    params
        .iter_mut()
        .find(|(known, _)| known == name)
        .map(|(_, value)| std::mem::take(value))
        .unwrap_or_default()
}
