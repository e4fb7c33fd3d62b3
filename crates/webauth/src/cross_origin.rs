//! Cross-origin authentication: `/co/authenticate` gives a login ticket for a verification code, and `/authorize` redeems
//! the ticket.

use crate::client::Client;
use crate::env::{Body, Env, Response};
use crate::error::{Error, Recipient};
use crate::exchange::{Call, Exchange};
use crate::recipient::require_recipient;
use crate::result::AuthorizationResult;
use crate::transaction::Transaction;
use crate::verification_code::require_code;
use crate::verifier::Verifier;
use crate::wire::{Params, Value, get, remove, set, set_text};

/// How the authorization response of a login reaches the page.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Delivery {
    /// In the address of the next page, so the transaction has to be stored.
    Redirect,
    /// In a message of a hidden frame, while the page stays.
    Frame,
}

impl<E: Env> Client<E> {
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
    pub(crate) async fn obtain_ticket(
        &self,
        mut params: Params,
        delivery: Delivery,
    ) -> Result<Ticket, Error> {
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
        let secrets = exchange.secrets();
        let response = self.perform(exchange).await?;
        let ticket = self.read_ticket(params, response, &secrets)?;
        transaction.keep();
        Ok(ticket)
    }

    fn open_authenticate(&self, params: &mut Params) -> Result<Exchange, Error> {
        let mut call = Call::take(params, &self.settings);
        call.credentials = true;
        self.tidy_recipients(params);
        let code = require_code(
            &self.env,
            get(params, "otp").or(get(params, "verificationCode")),
        )?;
        let realm = realm(params)?;
        let base = |name: &str| get(params, name).or(self.settings.option(name)).clone();
        let mut body = Params::new();
        set(&mut body, "client_id", base("clientID"));
        set(&mut body, "username", username(params)?);
        set_text(&mut body, "otp", code.secret());
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
        Ok(Exchange::post("/co/authenticate", body, call))
    }

    fn read_ticket(
        &self,
        mut params: Params,
        response: Response,
        secrets: &[String],
    ) -> Result<Ticket, Error> {
        let body = match &response.body {
            Body::Json(body) if body.member("login_ticket").is_truthy() => body,
            // auth0.js throws for such a response and never calls back.
            _ => return Err(Error::unusable(response, secrets)),
        };
        set(
            &mut params,
            "loginTicket",
            body.member("login_ticket").clone(),
        );
        let co_id = body.member("co_id").as_str().unwrap_or_default();
        let value = body.member("co_verifier").clone();
        let verifier = Verifier::new(&self.settings.root_url, co_id, value);
        Ok(Ticket { params, verifier })
    }
}

/// The tenant's response to an accepted code: the parameters of the authorization request, with the login ticket, and the
/// verifier that the page keeps.
pub(crate) struct Ticket {
    pub(crate) params: Params,
    pub(crate) verifier: Verifier,
}

/// The credential type of a verification code at `/co/authenticate`.
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

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
