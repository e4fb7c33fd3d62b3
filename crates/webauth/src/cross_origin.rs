//! Cross-origin authentication: the code goes to `/co/authenticate`, its login ticket to `/authorize`.

use crate::client::{Call, Client, Exchange, Redirect};
use crate::env::{Body, Entry, Env, Response};
use crate::error::{Error, Recipient};
use crate::passwordless::{VerificationCode, require_code, require_recipient, trim};
use crate::transaction;
use crate::url::encode_component;
use crate::wire::{Params, Value, get, overlay, pick, remove, set};

/// What [`Client::passwordless_login`] needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LoginOptions {
    /// The connection's name, such as `email` or `sms`.
    pub connection: String,
    /// The address the code went to; this or a phone number.
    pub email: Option<String>,
    /// The number the code went to (`phoneNumber`).
    pub phone_number: Option<String>,
    /// The code (`verificationCode`).
    pub verification_code: VerificationCode,
    /// State, where somebody else mints and checks it. Default: random.
    pub state: Option<String>,
    /// Nonce, where somebody else mints and checks it. Default: random, if an ID token is asked for.
    pub nonce: Option<String>,
    /// What the page wants back after the login (`appState`). It stays in the browser.
    pub app_state: Option<Value>,
    /// Further parameters of `/authorize`, such as `code_challenge`, and `timeout` in milliseconds.
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

/// A checked login that has not been sent.
#[derive(Debug)]
pub(crate) enum Login {
    /// From any page: `/co/authenticate`.
    CrossOrigin(Params),
    /// From the tenant's own login page: `/passwordless/verify`.
    UniversalLogin(Params),
}

#[cfg(all(target_arch = "wasm32", feature = "js"))]
impl Login {
    /// auth0.js's error shape of this way.
    pub(crate) fn shape(&self) -> crate::Shape {
        match self {
            Self::CrossOrigin(_) => crate::Shape::Legacy,
            Self::UniversalLogin(_) => crate::Shape::Plain,
        }
    }
}

/// The half of the tenant's secret that a page keeps for tenants that cannot see their own cookie.
pub(crate) struct Verifier {
    key: String,
    value: Value,
}

impl Verifier {
    pub(crate) fn store<E: Env>(&self, client: &Client<E>) {
        let stored = client.env.store(&Entry {
            key: &self.key,
            value: &client.env.to_json(&self.value),
            lifetime_s: 900,
            cookie_domain: client.cookie_domain(),
            // The verification page runs in a frame of the tenant.
            cross_site: true,
        });
        if !stored {
            client.env.warn("latchkey: the cross-origin verifier could not be stored: allow cookies for this page");
        }
    }
}

impl<E: Env> Client<E> {
    /// Logs in with a verification code. `Ok` means that the navigation to the tenant has begun; the outcome arrives
    /// at the redirect URI.
    ///
    /// # Errors
    /// Every [`Error`]. A missing recipient or code is refused before anything is stored or sent.
    pub async fn passwordless_login(&self, options: LoginOptions) -> Result<(), Error> {
        let redirect = self.passwordless_authenticate(options).await?;
        self.follow(redirect);
        Ok(())
    }

    /// [`Client::passwordless_login`] without its last step, for pages that have something to do before they are
    /// left: hand the outcome to [`Client::follow`].
    ///
    /// # Errors
    /// As [`Client::passwordless_login`].
    pub async fn passwordless_authenticate(
        &self,
        options: LoginOptions,
    ) -> Result<Redirect, Error> {
        let login = self.prepare_login(Value::Object(options.into_options()))?;
        let (exchange, next) = self.open_login(login)?;
        self.perform(exchange, move |client, response, secret| {
            client.finish_login(next, response, secret)
        })
        .await
    }

    /// Checks options in auth0.js's order and words, without any effect.
    pub(crate) fn prepare_login(&self, options: Value) -> Result<Login, Error> {
        let Value::Object(options) = options else {
            return Err(Error::InvalidOptions("options parameter is not valid"));
        };
        let params = overlay(pick(&self.settings.base, DEFAULTS), options);
        transaction::check(&params)?;
        if self.on_universal_login() {
            return Ok(Login::UniversalLogin(
                self.prepare_verify(Value::Object(params))?,
            ));
        }
        Ok(Login::CrossOrigin(params))
    }

    /// Stores the transaction of a checked login and makes its request.
    pub(crate) fn open_login(&self, login: Login) -> Result<(Exchange, Next), Error> {
        match login {
            Login::CrossOrigin(params) => self
                .open_authenticate(params)
                .map(|(exchange, params)| (exchange, Next::Authorize(params))),
            Login::UniversalLogin(params) => self
                .open_verify(params)
                .map(|(exchange, params)| (exchange, Next::VerifyRedirect(params))),
        }
    }

    /// Where an accepted code goes on.
    pub(crate) fn finish_login(
        &self,
        next: Next,
        response: Response,
        secret: &str,
    ) -> Result<Redirect, Error> {
        match next {
            Next::Authorize(params) => self.finish_authenticate(params, response, secret),
            Next::VerifyRedirect(params) => Ok(self.finish_verify(params)),
        }
    }

    fn open_authenticate(&self, mut params: Params) -> Result<(Exchange, Params), Error> {
        let mut call = Call::take(&mut params, &self.settings);
        call.credentials = true;
        trim(&mut params);
        let secret = require_code(
            &self.env,
            get(&params, "otp").or(get(&params, "verificationCode")),
        )?;
        let realm = realm(&params)?;
        let credential_type =
            get(&params, "credentialType").or(self.settings.option("credentialType"));
        let mut body = Params::new();
        set(
            &mut body,
            "client_id",
            get(&params, "clientID")
                .or(self.settings.option("clientID"))
                .clone(),
        );
        set(&mut body, "username", username(&params)?);
        set(&mut body, "otp", secret.secret());
        set(&mut body, "realm", realm.clone());
        set(
            &mut body,
            "credential_type",
            credential_type.as_str().unwrap_or(OTP_GRANT),
        );
        for name in NOT_FOR_AUTHORIZE {
            remove(&mut params, name);
        }
        let mut params = overlay(vec![("realm".to_owned(), realm)], params);
        let transaction = self.begin_transaction(&mut params)?;
        Ok((
            Exchange {
                path: "/co/authenticate",
                body,
                call,
                secret,
                transaction,
            },
            params,
        ))
    }

    fn finish_authenticate(
        &self,
        mut params: Params,
        response: Response,
        secret: &str,
    ) -> Result<Redirect, Error> {
        let answer = match &response.body {
            Body::Json(answer) if answer.member("login_ticket").is_truthy() => answer,
            // auth0.js falls over such an answer and never calls back.
            _ => return Err(Error::unusable(response, secret)),
        };
        set(
            &mut params,
            "loginTicket",
            answer.member("login_ticket").clone(),
        );
        let co_id = answer.member("co_id").as_str().unwrap_or_default();
        let verifier = Verifier {
            key: [
                "co/verifier/",
                &encode_component(&self.settings.root_url),
                "/",
                &encode_component(co_id),
            ]
            .concat(),
            value: answer.member("co_verifier").clone(),
        };
        let url = self.authorize_url(self.authorize_params(params));
        Ok(Redirect {
            url,
            verifier: Some(verifier),
        })
    }
}

/// What follows on an accepted code, and with which parameters.
#[derive(Debug)]
pub(crate) enum Next {
    Authorize(Params),
    VerifyRedirect(Params),
}

/// The credential type of a verification code.
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

/// Constructor options that a login falls back to, in wire order.
const DEFAULTS: &[&str] = &[
    "clientID",
    "responseType",
    "redirectUri",
    "scope",
    "audience",
    "_csrf",
    "state",
    "_intstate",
    "nonce",
];

/// What has done its work once the ticket is there.
const NOT_FOR_AUTHORIZE: &[&str] = &[
    "connection",
    "email",
    "phoneNumber",
    "verificationCode",
    "username",
    "otp",
    "credentialType",
    "password",
    "popup",
];

fn realm(params: &Params) -> Result<Value, Error> {
    let realm = get(params, "realm").or(get(params, "connection"));
    match realm {
        Value::String(name) if !name.is_empty() => Ok(realm.clone()),
        _ => Err(Error::InvalidOptions("connection option is required")),
    }
}

fn username(params: &Params) -> Result<Value, Error> {
    let username = get(params, "username")
        .or(get(params, "email"))
        .or(get(params, "phoneNumber"));
    match username {
        Value::String(name) if !name.is_empty() => Ok(username.clone()),
        Value::Undefined | Value::Null | Value::String(_) => {
            require_recipient(params)?;
            Err(Error::MissingRecipient(Recipient::Email))
        }
        _ => Err(Error::InvalidOptions("email option is required")),
    }
}
