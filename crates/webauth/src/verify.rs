//! `/passwordless/verify`, which the tenant's own login page uses to check a code.

use crate::check::{Check, Kind, expect, expect_all, required_options};
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::exchange::{Call, Exchange, contents};
use crate::names::{to_camel_case, to_snake_case};
use crate::recipient::require_recipient;
use crate::redirect::Redirect;
use crate::transaction::{self, Transaction};
use crate::verification_code::require_code;
use crate::wire::{Params, Value, get, overlay, pick, remove, set_text};

impl<E: Env> Client<E> {
    /// Checks the options of `passwordlessVerify` in auth0.js's order, with its texts. Nothing is stored or sent.
    pub(crate) fn prepare_verify(&self, options: Value) -> Result<Params, Error> {
        let options = required_options(options)?;
        let params = overlay(pick(&self.settings.base, VERIFY_DEFAULTS), options);
        expect(
            get(&params, "responseType"),
            Kind::String,
            "responseType option is required",
        )?;
        transaction::check(&params)?;
        check_verify(&params)?;
        Ok(params)
    }

    /// Sends a checked verification. Returns the navigation that completes the login. Its address contains the code, because
    /// the tenant requires it there.
    pub(crate) async fn send_verify(&self, mut params: Params) -> Result<Redirect, Error> {
        self.tidy_recipients(&mut params);
        require_recipient(&params)?;
        let code = require_code(&self.env, get(&params, "verificationCode"))?;
        set_text(&mut params, "verificationCode", code.secret());
        let call = Call::take(&mut params, &self.settings);
        let exchange = Exchange::post("/passwordless/verify", verify_body(&params), call);
        let transaction = Transaction::new(self, self.begin_transaction(&mut params)?);
        self.perform(exchange).await?;
        transaction.keep();
        remove(&mut params, "appState");
        Ok(Redirect {
            url: self.verify_url(params),
            verifier: None,
        })
    }

    /// Asks the tenant to check a code, without leaving the page: `POST /passwordless/verify` (auth0.js:
    /// `client.passwordless.verify`). The options have their JavaScript names; `connection`, `verificationCode`, and `email` or
    /// `phoneNumber` are required. Returns the body of the response, with names in camel case; an empty object if it was empty.
    ///
    /// # Errors
    /// The [errors of a request](Client#the-errors-of-a-request), such as [`Error::InvalidCode`]. [`Error::InvalidOptions`] if an
    /// option is missing or has the wrong type, and [`Error::MissingCode`] if the code is empty or only white space: both come
    /// before anything is sent.
    pub async fn passwordless_verify_only(&self, options: Params) -> Result<Value, Error> {
        let exchange = self.prepare_bare_verify(Value::Object(options))?;
        let response = self.perform(exchange).await?;
        Ok(to_camel_case(contents(response)))
    }

    /// The request of `client.passwordless.verify`. It has no defaults from the constructor, and the page is not left
    /// afterwards.
    pub(crate) fn prepare_bare_verify(&self, options: Value) -> Result<Exchange, Error> {
        let mut params = required_options(options)?;
        check_verify(&params)?;
        self.tidy_recipients(&mut params);
        let code = require_code(&self.env, get(&params, "verificationCode"))?;
        set_text(&mut params, "verificationCode", code.secret());
        let call = Call::take(&mut params, &self.settings);
        Ok(Exchange::post(
            "/passwordless/verify",
            verify_body(&params),
            call,
        ))
    }

    /// Returns the address that completes a login with a code that the tenant has verified (auth0.js:
    /// `client.passwordless.buildVerifyUrl`). The options have their JavaScript names. The address contains the code, because
    /// the tenant requires it. Nothing is stored or sent.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] with auth0.js's text if the connection, the code or the recipient is missing or has the wrong type.
    pub fn build_verify_url(&self, params: Params) -> Result<String, Error> {
        check_verify(&params)?;
        Ok(self.verify_url(params))
    }

    fn verify_url(&self, params: Params) -> String {
        let params = overlay(pick(&self.settings.base, LINK_DEFAULTS), params);
        self.address(
            "/passwordless/verify_redirect?",
            &self.with_telemetry(params, &["auth0Client"]),
        )
    }
}

/// The asserts of `client.passwordless.verify`, in auth0.js's order and with its texts.
fn check_verify(params: &Params) -> Result<(), Error> {
    expect_all(params, VERIFY_CHECKS)?;
    if !get(params, "email").is_truthy() {
        expect_all(params, PHONE_NUMBER_CHECK)?;
    }
    if !get(params, "phoneNumber").is_truthy() {
        expect_all(params, EMAIL_CHECK)?;
    }
    Ok(())
}

/// The checks of every verification.
const VERIFY_CHECKS: &[Check] = &[
    ("connection", Kind::String, "connection option is required"),
    (
        "verificationCode",
        Kind::String,
        "verificationCode option is required",
    ),
];

/// The check of a verification without an e-mail address.
const PHONE_NUMBER_CHECK: &[Check] = &[(
    "phoneNumber",
    Kind::String,
    "phoneNumber option is required",
)];

/// The check of a verification without a phone number.
const EMAIL_CHECK: &[Check] = &[("email", Kind::String, "email option is required")];

fn verify_body(params: &Params) -> Params {
    to_snake_case(pick(params, VERIFY_BODY), &[])
}

/// Constructor options that are the defaults of `passwordlessVerify`, in wire order.
const VERIFY_DEFAULTS: &[&str] = &[
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

/// Constructor options that are the defaults of the address of a verified code, in wire order.
const LINK_DEFAULTS: &[&str] = &[
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

const VERIFY_BODY: &[&str] = &[
    "connection",
    "verificationCode",
    "phoneNumber",
    "email",
    "clientID",
];
