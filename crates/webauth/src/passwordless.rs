//! `/passwordless/start`: send a code or a link.

use std::fmt;

use crate::address::find_email;
use crate::authorize::AUTH_PARAMS;
use crate::client::{Call, Client, Exchange};
use crate::config::{Check, Kind, expect, expect_all};
use crate::endpoints::contents;
use crate::env::Env;
use crate::error::{Error, Recipient};
use crate::text::{self, split_last};
use crate::transaction::{self, Transaction};
use crate::wire::{Params, Value, get, overlay, pick, remove, set, to_camel_case, to_snake_case};

/// What the message brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Send {
    /// A verification code to type in.
    Code,
    /// A magic link to open in the same browser.
    Link,
}

/// A verification code. Its `Debug` does not show it, and nothing serializes it: it is deserialized only.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(transparent))]
pub struct VerificationCode(String);

impl VerificationCode {
    /// The code as the person typed it; white space around it is not sent.
    pub fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code itself.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl From<&str> for VerificationCode {
    fn from(code: &str) -> Self {
        Self::new(code)
    }
}

impl From<String> for VerificationCode {
    fn from(code: String) -> Self {
        Self(code)
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("VerificationCode([redacted])")
    }
}

/// What [`Client::passwordless_start`] needs.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct StartOptions {
    /// The connection's name, such as `email` or `sms`.
    pub connection: String,
    /// What to send. Required.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub send: Option<Send>,
    /// Where to send it; this or a phone number.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<String>,
    /// Where to send it (`phoneNumber`), with the country code.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub phone_number: Option<String>,
    /// Overrides of the client's settings for the link in the message (`authParams`), under their JavaScript names.
    #[cfg_attr(feature = "serde", serde(with = "crate::serialize::members"))]
    pub auth_params: Params,
    /// Solution of a captcha.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub captcha: Option<String>,
    /// Language of the message (`xRequestLanguage`). Default: the client's, else the browser's.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "xRequestLanguage", skip_serializing_if = "Option::is_none")
    )]
    pub request_language: Option<String>,
    /// Further members of the request, and `timeout` in milliseconds.
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

/// The tenant's answer to a start.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct StartResponse {
    /// What a JavaScript callback gets: the answer in camel case, `{Id, email, emailVerified}`. A text where the
    /// answer was plain text; an empty object where it was empty.
    pub body: Value,
}

/// A checked start that has not been sent.
#[derive(Debug)]
pub(crate) struct Start {
    options: Params,
    auth_params: Params,
    /// Whether this is the API client's start: no transaction, no defaults for `authParams`.
    bare: bool,
}

impl<E: Env> Client<E> {
    /// Has the tenant send a code or a link: `POST /passwordless/start`.
    ///
    /// # Errors
    /// Every [`Error`] but those of the code. A missing recipient is refused before anything is stored or sent.
    pub async fn passwordless_start(&self, options: StartOptions) -> Result<StartResponse, Error> {
        let start = self.prepare_start(Value::Object(options.into_options()))?;
        let body = self.send_start(start).await?;
        Ok(StartResponse { body })
    }

    /// [`Client::passwordless_start`] without a transaction and without the client's settings in `authParams`
    /// (`client.passwordless.start`).
    ///
    /// # Errors
    /// As [`Client::passwordless_start`].
    pub async fn passwordless_start_only(
        &self,
        options: StartOptions,
    ) -> Result<StartResponse, Error> {
        let start = Self::prepare_bare_start(Value::Object(options.into_options()))?;
        let body = self.send_start(start).await?;
        Ok(StartResponse { body })
    }

    /// Stores the transaction of a checked start and sends it.
    pub(crate) async fn send_start(&self, start: Start) -> Result<Value, Error> {
        let Start {
            mut options,
            mut auth_params,
            bare,
        } = start;
        self.tidy(&mut options);
        require_recipient(&options)?;
        let to = ["connection", "email", "phoneNumber"]
            .map(|name| get(&options, name).as_str().unwrap_or_default())
            .join(" ")
            .to_ascii_lowercase();
        let call = Call::take(&mut options, &self.settings);
        let pkce = remove(&mut options, "pkce");
        let mut transaction = Transaction::new(self, None);
        if !bare {
            // A code is typed in here, and that login has a challenge of its own; a link ends at the redirect URI.
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
            self.supersede(&to, key);
        }
        Ok(to_camel_case(contents(response)))
    }

    /// Checks options in auth0.js's order and words, without any effect.
    pub(crate) fn prepare_start(&self, options: Value) -> Result<Start, Error> {
        let Value::Object(mut options) = options else {
            return Err(Error::InvalidOptions("options parameter is not valid"));
        };
        let given = match remove_in_place(&mut options, "authParams") {
            Value::Object(given) => given,
            _ => Params::new(),
        };
        let auth_params = overlay(pick(&self.settings.base, AUTH_PARAMS), given);
        transaction::check(&auth_params)?;
        Self::check_start(&options)?;
        Ok(Start {
            options,
            auth_params,
            bare: false,
        })
    }

    /// The same for `client.passwordless.start`, which adds nothing to `authParams`.
    pub(crate) fn prepare_bare_start(options: Value) -> Result<Start, Error> {
        let Value::Object(mut options) = options else {
            return Err(Error::InvalidOptions("options parameter is not valid"));
        };
        Self::check_start(&options)?;
        let auth_params = remove_in_place(&mut options, "authParams");
        expect(
            &auth_params,
            Kind::OptionalObject,
            "authParams option is required",
        )?;
        let auth_params = match auth_params {
            Value::Object(given) => given,
            _ => Params::new(),
        };
        Ok(Start {
            options,
            auth_params,
            bare: true,
        })
    }

    fn check_start(options: &Params) -> Result<(), Error> {
        expect_all(options, START_CHECKS.0)?;
        let send = get(options, "send");
        let (code, link) = (send.as_str() == Some("code"), send.as_str() == Some("link"));
        if !code && !link {
            return Err(Error::InvalidOptions("send is not valid ([link, code])"));
        }
        if code || !get(options, "email").is_truthy() {
            expect_all(options, START_CHECKS.1)?;
        }
        if link || !get(options, "phoneNumber").is_truthy() {
            expect_all(options, START_CHECKS.2)?;
        }
        Ok(())
    }
}

/// Always; where the phone number counts; where the e-mail address does.
const START_CHECKS: (&[Check], &[Check], &[Check]) = (
    &[
        ("connection", Kind::String, "connection option is required"),
        ("send", Kind::String, "send option is required"),
    ],
    &[(
        "phoneNumber",
        Kind::OptionalString,
        "phoneNumber option is required",
    )],
    &[("email", Kind::OptionalString, "email option is required")],
);

/// Constructor options that the request itself falls back to.
const START_DEFAULTS: &[&str] = &["clientID", "responseType", "redirectUri", "scope"];

/// The body of a start: scope, redirect URI and response type move from the top level into `authParams`.
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

/// Empties `name` but leaves its place, and returns what it held.
fn remove_in_place(params: &mut Params, name: &str) -> Value {
    params
        .iter_mut()
        .find(|(known, _)| known == name)
        .map(|(_, value)| std::mem::take(value))
        .unwrap_or_default()
}

impl<E: Env> Client<E> {
    /// Makes the recipients what was meant: without white space around them, and of an e-mail address without whatever
    /// else was typed or pasted with it. What is not one address stays, for the tenant to refuse.
    pub(crate) fn tidy(&self, params: &mut Params) {
        for name in ["username", "email", "phoneNumber"] {
            if let Some(text) = get(params, name).as_str().map(text::trim) {
                let address = find_email(text, &|text| self.env.nfkc(text));
                let meant =
                    address.map_or_else(|| text.to_owned(), |address| self.on_wire(address));
                set(params, name, meant);
            }
        }
    }

    /// An address with its domain in ASCII. A field of the type `email`, which Lock has, gives that form in Chromium, so
    /// it is the one that tenants know their users by; and mail providers behind a tenant, such as Amazon SES, take no
    /// other. What stands before the at sign is for the mailbox alone to read.
    fn on_wire(&self, address: String) -> String {
        match split_last(&address, b'@') {
            Some((local, domain)) if !domain.is_ascii() => match self.env.ascii_domain(domain) {
                Some(domain) => [local, "@", &domain].concat(),
                None => address,
            },
            _ => address,
        }
    }
}

/// One recipient at least. What the tenant would say, without asking it.
pub(crate) fn require_recipient(params: &Params) -> Result<(), Error> {
    if get(params, "email").is_truthy() || get(params, "phoneNumber").is_truthy() {
        return Ok(());
    }
    let by_phone = *get(params, "phoneNumber") != Value::Undefined
        || get(params, "connection").as_str() == Some("sms");
    Err(Error::MissingRecipient(if by_phone {
        Recipient::PhoneNumber
    } else {
        Recipient::Email
    }))
}

/// The code as a text. Pages that read it from a number field get its digits.
pub(crate) fn require_code(env: &impl Env, code: &Value) -> Result<VerificationCode, Error> {
    let code = match code {
        Value::String(code) => text::trim(code).to_owned(),
        Value::Number(_) => env.to_json(code),
        _ => String::new(),
    };
    if code.is_empty() {
        Err(Error::MissingCode)
    } else {
        Ok(VerificationCode(code))
    }
}
