//! Cross-origin authentication: `/co/authenticate` gives a login ticket for a verification code, and `/authorize` redeems
//! the ticket.

use std::fmt;

use crate::client::{Call, Client, Exchange, Redirect};
use crate::config::required_options;
use crate::env::{Body, Entry, Env, Response};
use crate::error::{Error, Recipient};
use crate::passwordless::{VerificationCode, require_code, require_recipient};
use crate::result::AuthorizationResult;
use crate::transaction::{self, Transaction};
use crate::url::encode_component;
use crate::wire::{Params, Value, get, overlay, pick, remove, set, set_text};

/// Options of [`Client::passwordless_login`] (auth0.js: `passwordlessLogin`).
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct LoginOptions {
    /// The connection's name, such as `email` or `sms`.
    pub connection: String,
    /// The address to which the code was sent. Either this or a phone number is required.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub email: Option<String>,
    /// The number to which the code was sent (`phoneNumber`).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub phone_number: Option<String>,
    /// The verification code (`verificationCode`). It is never serialized.
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

/// How the authorization response of a login reaches the page.
#[derive(Debug, Clone, Copy)]
enum Delivery {
    /// In the address of the next page, so the transaction has to be stored.
    Redirect,
    /// In a message of a hidden frame, while the page stays.
    Frame,
}

/// The value `co_verifier` of `/co/authenticate`. The application stores it, because some browsers block the tenant's own
/// cookie. The tenant then opens the application's verification page in a frame. That page reads the stored value and passes it
/// to the tenant.
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
            // The verification page runs in a frame of the tenant's page. There its cookie is third-party, so the cookie has to
            // be allowed cross-site.
            cross_site: true,
        });
        if !stored {
            client.env.warn("latchkey: the cross-origin verifier could not be stored: allow cookies for this page");
        }
    }
}

impl<E: Env> Client<E> {
    /// Logs in with a verification code (auth0.js: `passwordlessLogin`) and leaves the page for `/authorize`. The
    /// authorization response arrives at the redirect URI.
    ///
    /// # Errors
    /// The errors of a request, such as [`Error::InvalidCode`]; [`Error::InvalidOptions`]; [`Error::StorageUnavailable`] and
    /// [`Error::RandomUnavailable`]. [`Error::MissingRecipient`] and [`Error::MissingCode`] come before anything is stored
    /// or sent.
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

    /// Sends a checked cross-origin login of a page that is not left.
    pub(crate) async fn send_login_in_place(&self, params: Params) -> Result<Ticket, Error> {
        // The call's time limit holds for the frame, too.
        let limit = get(&params, "timeout").clone();
        let mut ticket = self.obtain_ticket(params, Delivery::Frame).await?;
        set(&mut ticket.params, "timeout", limit);
        Ok(ticket)
    }

    /// Redeems the login ticket in a hidden frame. Stores the verifier first, because the tenant's page in the frame may ask
    /// for it.
    pub(crate) async fn redeem_in_frame(
        &self,
        ticket: Ticket,
    ) -> Result<AuthorizationResult, Error> {
        ticket.verifier.store(self);
        self.web_message(ticket.params).await
    }

    /// Begins the transaction of a checked login and exchanges its code for a login ticket.
    async fn obtain_ticket(&self, mut params: Params, delivery: Delivery) -> Result<Ticket, Error> {
        let exchange = self.open_authenticate(&mut params)?;
        let key = match delivery {
            Delivery::Redirect => self.begin_transaction(&mut params)?,
            Delivery::Frame => {
                self.begin_in_page(&mut params)?;
                None
            }
        };
        let transaction = Transaction::new(self, key);
        #[cfg(any(test, feature = "diagnosis"))]
        self.diagnose();
        self.add_challenge(&mut params).await?;
        let secret = exchange.secret.clone();
        let response = self.perform(exchange).await?;
        let ticket = self.read_ticket(params, response, secret.secret())?;
        transaction.keep();
        Ok(ticket)
    }

    /// Reads and deletes the `co_verifier` of the login `id` at the tenant `origin`, for the cross-origin verification page.
    /// Returns an empty text if there is none.
    pub fn take_verifier(&self, origin: &str, id: &str) -> String {
        let stored = self.take(&verifier_key(origin, id));
        match stored.and_then(|stored| self.env.parse_json(&stored)) {
            Some(Value::String(verifier)) => verifier,
            _ => String::new(),
        }
    }

    /// Checks the options of `passwordlessLogin` in auth0.js's order, with its texts. Nothing is stored or sent.
    pub(crate) fn prepare_login(&self, options: Value) -> Result<Login, Error> {
        let options = required_options(options)?;
        let params = overlay(pick(&self.settings.base, DEFAULTS), options);
        transaction::check(&params)?;
        if self.on_universal_login() {
            return Ok(Login::UniversalLogin(
                self.prepare_verify(Value::Object(params))?,
            ));
        }
        Ok(Login::CrossOrigin(params))
    }

    fn open_authenticate(&self, params: &mut Params) -> Result<Exchange, Error> {
        let mut call = Call::take(params, &self.settings);
        call.credentials = true;
        self.tidy_recipients(params);
        let secret = require_code(
            &self.env,
            get(params, "otp").or(get(params, "verificationCode")),
        )?;
        let realm = realm(params)?;
        let base = |name: &str| get(params, name).or(self.settings.option(name)).clone();
        let mut body = Params::new();
        set(&mut body, "client_id", base("clientID"));
        set(&mut body, "username", username(params)?);
        set_text(&mut body, "otp", secret.secret());
        set(&mut body, "realm", realm.clone());
        let credential_type = base("credentialType");
        set(
            &mut body,
            "credential_type",
            credential_type.as_str().unwrap_or(OTP_GRANT),
        );
        for name in NOT_FOR_AUTHORIZE {
            remove(params, name);
        }
        params.retain(|(name, _)| name != "realm");
        params.insert(0, ("realm".to_owned(), realm));
        Ok(Exchange {
            secret,
            ..Exchange::post("/co/authenticate", body, call)
        })
    }

    fn read_ticket(
        &self,
        mut params: Params,
        response: Response,
        secret: &str,
    ) -> Result<Ticket, Error> {
        let body = match &response.body {
            Body::Json(body) if body.member("login_ticket").is_truthy() => body,
            // auth0.js throws for such a response and never calls back.
            _ => return Err(Error::unusable(response, secret)),
        };
        set(
            &mut params,
            "loginTicket",
            body.member("login_ticket").clone(),
        );
        let co_id = body.member("co_id").as_str().unwrap_or_default();
        let verifier = Verifier {
            key: verifier_key(&self.settings.root_url, co_id),
            value: body.member("co_verifier").clone(),
        };
        Ok(Ticket { params, verifier })
    }
}

/// The beginning of the storage keys of all verifiers.
pub(crate) const VERIFIER_PREFIX: &str = "co/verifier/";

/// The storage key of a verifier, by the tenant's origin and the login's `co_id`.
fn verifier_key(origin: &str, id: &str) -> String {
    [
        VERIFIER_PREFIX,
        &encode_component(origin),
        "/",
        &encode_component(id),
    ]
    .concat()
}

/// The tenant's response to an accepted code: the parameters of the authorization request, with the login ticket, and the
/// verifier that the page keeps.
pub(crate) struct Ticket {
    params: Params,
    verifier: Verifier,
}

/// The credential type of a verification code at `/co/authenticate`.
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

/// Constructor options that are the defaults of a login's options, in the order in which they are sent.
pub(crate) const DEFAULTS: &[&str] = &[
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

/// Options that `/co/authenticate` has used up: they are not sent to `/authorize`.
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
    "redirect",
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
