//! `/passwordless/start`: send a code or a link. And `/passwordless/verify`, which the tenant's own login page uses.

use std::fmt;

use crate::client::{Call, Client, Exchange, Redirect};
use crate::config::{Kind, expect};
use crate::env::{Body, Env, Response};
use crate::error::{Error, Recipient};
use crate::text;
use crate::transaction;
use crate::wire::{Params, Value, get, overlay, pick, remove, set, to_camel_case, to_snake_case};

/// What the message brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Send {
    /// A verification code to type in.
    Code,
    /// A magic link to open in the same browser.
    Link,
}

/// A verification code. Its `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq)]
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
pub struct StartOptions {
    /// The connection's name, such as `email` or `sms`.
    pub connection: String,
    /// What to send. Required.
    pub send: Option<Send>,
    /// Where to send it; this or a phone number.
    pub email: Option<String>,
    /// Where to send it (`phoneNumber`), with the country code.
    pub phone_number: Option<String>,
    /// Overrides of the client's settings for the link in the message (`authParams`), under their JavaScript names.
    pub auth_params: Params,
    /// Solution of a captcha.
    pub captcha: Option<String>,
    /// Language of the message (`xRequestLanguage`). Default: the client's, else the browser's.
    pub request_language: Option<String>,
    /// Further members of the request, and `timeout` in milliseconds.
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
}

impl<E: Env> Client<E> {
    /// Has the tenant send a code or a link: `POST /passwordless/start`.
    ///
    /// # Errors
    /// Every [`Error`] but those of the code. A missing recipient is refused before anything is stored or sent.
    pub async fn passwordless_start(&self, options: StartOptions) -> Result<StartResponse, Error> {
        let start = self.prepare_start(Value::Object(options.into_options()))?;
        self.perform(self.open_start(start)?, Self::finish_start)
            .await
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
        expect(
            get(&options, "connection"),
            Kind::String,
            "connection option is required",
        )?;
        let send = get(&options, "send");
        expect(send, Kind::String, "send option is required")?;
        let (code, link) = (send.as_str() == Some("code"), send.as_str() == Some("link"));
        if !code && !link {
            return Err(Error::InvalidOptions("send is not valid ([link, code])"));
        }
        if code || !get(&options, "email").is_truthy() {
            expect(
                get(&options, "phoneNumber"),
                Kind::OptionalString,
                "phoneNumber option is required",
            )?;
        }
        if link || !get(&options, "phoneNumber").is_truthy() {
            expect(
                get(&options, "email"),
                Kind::OptionalString,
                "email option is required",
            )?;
        }
        Ok(Start {
            options,
            auth_params,
        })
    }

    /// Stores the transaction of a checked start and makes its request.
    pub(crate) fn open_start(&self, start: Start) -> Result<Exchange, Error> {
        let Start {
            mut options,
            mut auth_params,
        } = start;
        trim(&mut options);
        require_recipient(&options)?;
        let call = Call::take(&mut options, &self.settings);
        let transaction = self.begin_transaction(&mut auth_params)?;
        let body = start_body(
            overlay(pick(&self.settings.base, START_DEFAULTS), options),
            auth_params,
        );
        let secret = VerificationCode::default();
        Ok(Exchange {
            path: "/passwordless/start",
            body,
            call,
            secret,
            transaction,
        })
    }

    #[expect(
        clippy::unnecessary_wraps,
        clippy::unused_self,
        reason = "one of several ends of an exchange"
    )]
    pub(crate) fn finish_start(
        &self,
        response: Response,
        _secret: &str,
    ) -> Result<StartResponse, Error> {
        let body = match response.body {
            Body::Json(body) if body.is_truthy() => to_camel_case(body),
            Body::Text(text) => Value::String(text),
            Body::Empty | Body::Json(_) | Body::Malformed(_) => Value::Object(Params::new()),
        };
        Ok(StartResponse { body })
    }

    /// Checks the options of `passwordlessVerify` in auth0.js's order and words, without any effect.
    pub(crate) fn prepare_verify(&self, options: Value) -> Result<Params, Error> {
        let Value::Object(options) = options else {
            return Err(Error::InvalidOptions("options parameter is not valid"));
        };
        let params = overlay(pick(&self.settings.base, AUTH_PARAMS_OF_VERIFY), options);
        expect(
            get(&params, "responseType"),
            Kind::String,
            "responseType option is required",
        )?;
        transaction::check(&params)?;
        expect(
            get(&params, "connection"),
            Kind::String,
            "connection option is required",
        )?;
        expect(
            get(&params, "verificationCode"),
            Kind::String,
            "verificationCode option is required",
        )?;
        if !get(&params, "email").is_truthy() {
            expect(
                get(&params, "phoneNumber"),
                Kind::String,
                "phoneNumber option is required",
            )?;
        }
        if !get(&params, "phoneNumber").is_truthy() {
            expect(
                get(&params, "email"),
                Kind::String,
                "email option is required",
            )?;
        }
        Ok(params)
    }

    /// Stores the transaction of a checked verification and makes its request. The second half is what
    /// [`Client::finish_verify`] goes on with.
    pub(crate) fn open_verify(&self, mut params: Params) -> Result<(Exchange, Params), Error> {
        trim(&mut params);
        require_recipient(&params)?;
        let secret = require_code(&self.env, get(&params, "verificationCode"))?;
        set(&mut params, "verificationCode", secret.secret());
        let call = Call::take(&mut params, &self.settings);
        let transaction = self.begin_transaction(&mut params)?;
        let body = to_snake_case(pick(&params, VERIFY_BODY), &[]);
        Ok((
            Exchange {
                path: "/passwordless/verify",
                body,
                call,
                secret,
                transaction,
            },
            params,
        ))
    }

    /// Where a verified code goes on. The tenant wants the code in that address.
    pub(crate) fn finish_verify(&self, mut params: Params) -> Redirect {
        remove(&mut params, "appState");
        let params = overlay(pick(&self.settings.base, AUTH_PARAMS_OF_LINK), params);
        let url = self.address(
            "/passwordless/verify_redirect?",
            &self.with_telemetry(params),
        );
        Redirect {
            url,
            verifier: None,
        }
    }
}

/// Constructor options that `authParams` falls back to, in wire order.
const AUTH_PARAMS: &[&str] = &[
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

const AUTH_PARAMS_OF_VERIFY: &[&str] = &[
    "clientID",
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

const AUTH_PARAMS_OF_LINK: &[&str] = &[
    "clientID",
    "responseType",
    "responseMode",
    "redirectUri",
    "scope",
    "audience",
    "_csrf",
    "state",
    "_intstate",
    "protocol",
    "nonce",
];

const START_DEFAULTS: &[&str] = &["clientID", "responseType", "redirectUri", "scope"];

const VERIFY_BODY: &[&str] = &[
    "connection",
    "verificationCode",
    "phoneNumber",
    "email",
    "clientID",
];

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
    set(&mut body, "authParams", auth_params);
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

/// White space around an address is never meant.
pub(crate) fn trim(params: &mut Params) {
    for name in ["username", "email", "phoneNumber"] {
        if let Some(text) = get(params, name)
            .as_str()
            .map(|text| text::trim(text).to_owned())
        {
            set(params, name, text);
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
