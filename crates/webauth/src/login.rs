//! A login with a verification code: from a page of the application through `/co/authenticate`, from the tenant's own login page
//! through `/passwordless/verify`.

use std::fmt;

use crate::authorize::LOGIN_DEFAULTS;
use crate::check::required_options;
use crate::client::Client;
use crate::cross_origin::{Delivery, Ticket};
use crate::env::Env;
use crate::error::Error;
use crate::redirect::Redirect;
use crate::result::AuthorizationResult;
use crate::transaction;
use crate::verification_code::VerificationCode;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
use crate::wire::get;
use crate::wire::{Params, Value, overlay, pick, set};

/// Options of [`Client::passwordless_login`] (auth0.js: `passwordlessLogin`).
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct LoginOptions {
    /// The connection's name, such as `email` or `sms`. Required.
    pub connection: String,
    /// The address to which the code was sent. Either this or a phone number is required.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<String>,
    /// The number to which the code was sent (`phoneNumber`), with its country code, as in `+15551234567`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub phone_number: Option<String>,
    /// The verification code (`verificationCode`). Required. It is never serialized.
    #[cfg_attr(feature = "serde", serde(skip_serializing))]
    pub verification_code: VerificationCode,
    /// The state, if a server mints and checks it. Default: random.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub state: Option<String>,
    /// The nonce, if a server mints and checks it. Default: random, if the response type contains `id_token`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub nonce: Option<String>,
    /// A value that the page gets back after the login (`appState`). It is stored in the browser and not sent.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub app_state: Option<Value>,
    /// Further parameters of `/authorize`, such as `code_challenge`. `timeout` is accepted, too: it limits this call, in
    /// milliseconds, and is not sent.
    #[cfg_attr(feature = "serde", serde(flatten, with = "crate::serialize::members"))]
    pub extra: Params,
}

impl LoginOptions {
    fn into_options(self) -> Params {
        let mut options = Params::new();
        set(&mut options, "connection", self.connection);
        set(
            &mut options,
            "verificationCode",
            self.verification_code.secret(),
        );
        for (name, value) in [
            ("email", self.email),
            ("phoneNumber", self.phone_number),
            ("state", self.state),
            ("nonce", self.nonce),
        ] {
            if value.is_some() {
                set(&mut options, name, value);
            }
        }
        if let Some(app_state) = self.app_state {
            set(&mut options, "appState", app_state);
        }
        overlay(options, self.extra)
    }
}

/// A checked login that has not been sent. `Debug` does not show the code.
pub(crate) enum Login {
    /// A login from a page of the application, through `/co/authenticate`.
    CrossOrigin(Params),
    /// A login from the tenant's own login page, through `/passwordless/verify`.
    UniversalLogin(Params),
}

impl fmt::Debug for Login {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CrossOrigin(_) => "CrossOrigin([redacted])",
            Self::UniversalLogin(_) => "UniversalLogin([redacted])",
        })
    }
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
impl Login {
    /// Whether the login happens without leaving the page (`redirect: false`, or auth0.js's undocumented `popup: true`).
    pub(crate) fn is_in_place(&self) -> bool {
        match self {
            Self::CrossOrigin(params) => {
                matches!(get(params, "redirect"), Value::Bool(false))
                    || matches!(get(params, "popup"), Value::Bool(true))
            }
            Self::UniversalLogin(_) => false,
        }
    }

    /// The options of the login.
    #[cfg(not(feature = "responses"))]
    pub(crate) fn params(&self) -> &Params {
        match self {
            Self::CrossOrigin(params) | Self::UniversalLogin(params) => params,
        }
    }

    /// The shape of error objects that auth0.js has for this login.
    pub(crate) fn shape(&self) -> crate::Shape {
        match self {
            Self::CrossOrigin(_) => crate::Shape::Legacy,
            Self::UniversalLogin(_) => crate::Shape::Plain,
        }
    }
}

impl<E: Env> Client<E> {
    /// Logs in with a verification code (auth0.js: `passwordlessLogin`) and leaves the page for `/authorize`. The
    /// authorization response arrives at the redirect URI.
    ///
    /// # Errors
    /// The [errors of a request](Client#the-errors-of-a-request), such as [`Error::InvalidCode`], [`Error::CodeExpired`] or
    /// [`Error::TooManyAttempts`]; [`Error::StorageUnavailable`], [`Error::RandomUnavailable`] and, for a code challenge,
    /// [`Error::CryptoUnavailable`]. [`Error::InvalidOptions`], [`Error::MissingRecipient`] and [`Error::MissingCode`] come
    /// before anything is stored or sent.
    pub async fn passwordless_login(&self, options: LoginOptions) -> Result<(), Error> {
        let redirect = self.passwordless_authenticate(options).await?;
        self.follow(redirect);
        Ok(())
    }

    /// [`Client::passwordless_login`] without the navigation, for pages that have something to do before they are left.
    /// Pass the result to [`Client::follow`].
    ///
    /// # Errors
    /// As [`Client::passwordless_login`].
    pub async fn passwordless_authenticate(
        &self,
        options: LoginOptions,
    ) -> Result<Redirect, Error> {
        let login = self.prepare_login(Value::Object(options.into_options()))?;
        self.send_login(login).await
    }

    /// Logs in without leaving the page (`redirect: false`): a hidden frame redeems the login ticket. This works only if the
    /// tenant and the page are on one site, or if the browser sends third-party cookies.
    ///
    /// # Errors
    /// As [`Client::passwordless_login`] and [`Client::check_session`]; [`Error::ThirdPartyCookies`] if the browser blocks
    /// the tenant's cookies; [`Error::InvalidOptions`] on the tenant's own login page.
    pub async fn passwordless_login_in_place(
        &self,
        options: LoginOptions,
    ) -> Result<AuthorizationResult, Error> {
        let login = self.prepare_login(Value::Object(options.into_options()))?;
        match login {
            Login::CrossOrigin(params) => {
                let ticket = self.send_login_in_place(params).await?;
                self.redeem_in_frame(ticket).await
            }
            Login::UniversalLogin(_) => Err(Error::InvalidOptions(
                "a login in place is not possible on the tenant's own login page",
            )),
        }
    }

    /// Sends a checked login. Returns the navigation that completes it.
    pub(crate) async fn send_login(&self, login: Login) -> Result<Redirect, Error> {
        match login {
            Login::CrossOrigin(params) => {
                let Ticket { params, verifier } =
                    self.obtain_ticket(params, Delivery::Redirect).await?;
                Ok(Redirect {
                    url: self.authorize_url(self.authorize_params(params)),
                    verifier: Some(verifier),
                })
            }
            Login::UniversalLogin(params) => self.send_verify(params).await,
        }
    }

    /// Checks the options of `passwordlessLogin` in auth0.js's order, with its texts. Nothing is stored or sent.
    pub(crate) fn prepare_login(&self, options: Value) -> Result<Login, Error> {
        let options = required_options(options)?;
        let params = overlay(pick(&self.settings.base, LOGIN_DEFAULTS), options);
        transaction::check(&params)?;
        if self.on_universal_login() {
            return Ok(Login::UniversalLogin(
                self.prepare_verify(Value::Object(params))?,
            ));
        }
        Ok(Login::CrossOrigin(params))
    }
}
