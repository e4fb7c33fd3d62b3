//! Requests of the API client that need no transaction: `/userinfo`, `/oauth/token` and captcha challenges.

use crate::check::{Check, Kind, expect_all, required_options};
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::exchange::{Call, Exchange, contents};
use crate::names::{to_camel_case, to_snake_case};
use crate::wire::{Params, Value, overlay, pick, set};

impl<E: Env> Client<E> {
    /// Returns the claims about the person to whom an access token belongs: `GET /userinfo` (OpenID Connect Core 1.0
    /// section 5.3; auth0.js: `client.userInfo`). The claims keep their own names.
    ///
    /// # Errors
    /// The [errors of a request](Client#the-errors-of-a-request). None of them shows the token.
    pub async fn user_info(&self, access_token: &str) -> Result<Value, Error> {
        let exchange = self.prepare_user_info(&Value::from(access_token))?;
        self.perform(exchange).await.map(contents)
    }

    pub(crate) fn prepare_user_info(&self, access_token: &Value) -> Result<Exchange, Error> {
        let Value::String(token) = access_token else {
            return Err(Error::InvalidOptions("accessToken parameter is not valid"));
        };
        let call = Call::take(&mut Params::new(), &self.settings);
        Ok(Exchange {
            method: "GET",
            body: None,
            bearer: Some(token.clone()),
            ..Exchange::post("/userinfo", Params::new(), call)
        })
    }

    /// Requests tokens by a grant of any kind: `POST /oauth/token` (RFC 6749 section 4; auth0.js: `client.oauthToken`). The
    /// options have their JavaScript names; `grantType` is required. The members of the result are in camel case.
    ///
    /// # Errors
    /// The [errors of a request](Client#the-errors-of-a-request). [`Error::InvalidOptions`] if the grant type is missing or an option
    /// has the wrong type, before anything is sent. No error shows a code, password, secret, verifier, assertion or token of the
    /// options.
    pub async fn oauth_token(&self, options: Params) -> Result<Value, Error> {
        let exchange = self.prepare_token(Value::Object(options))?;
        let response = self.perform(exchange).await?;
        Ok(to_camel_case(contents(response)))
    }

    pub(crate) fn prepare_token(&self, options: Value) -> Result<Exchange, Error> {
        let mut options = required_options(options)?;
        let call = Call::take(&mut options, &self.settings);
        let body = overlay(pick(&self.settings.base, TOKEN_DEFAULTS), options);
        expect_all(&body, TOKEN_CHECKS)?;
        let mut body = to_snake_case(body, &["auth0Client"]);
        body.retain(|(name, _)| TOKEN_BODY.contains(&name.as_str()));
        Ok(Exchange::post("/oauth/token", body, call))
    }

    /// Returns the captcha that a start has to solve: `POST /passwordless/challenge` (auth0.js:
    /// `client.passwordless.getChallenge`). Returns `None` if the
    /// client has no option `state`, because only the tenant's own login page has the state that the request needs.
    ///
    /// # Errors
    /// The [errors of a request](Client#the-errors-of-a-request).
    pub async fn passwordless_challenge(&self) -> Result<Option<Value>, Error> {
        match self.prepare_challenge() {
            Some(exchange) => self.perform(exchange).await.map(contents).map(Some),
            None => Ok(None),
        }
    }

    pub(crate) fn prepare_challenge(&self) -> Option<Exchange> {
        let state = self.settings.option("state");
        if !state.is_truthy() {
            return None;
        }
        let mut body = Params::new();
        set(&mut body, "state", state.clone());
        let call = Call::take(&mut Params::new(), &self.settings);
        Some(Exchange::post("/passwordless/challenge", body, call))
    }
}

const TOKEN_DEFAULTS: &[&str] = &["clientID", "scope", "audience"];

const TOKEN_CHECKS: &[Check] = &[
    ("clientID", Kind::String, "clientID option is required"),
    ("grantType", Kind::String, "grantType option is required"),
    ("scope", Kind::OptionalString, "scope option is required"),
    (
        "audience",
        Kind::OptionalString,
        "audience option is required",
    ),
];

const TOKEN_BODY: &[&str] = &[
    "realm",
    "audience",
    "otp",
    "organization",
    "client_id",
    "client_secret",
    "redirect_uri",
    "scope",
    "code",
    "grant_type",
    "username",
    "password",
    "refresh_token",
    "assertion",
    "client_assertion",
    "client_assertion_type",
    "code_verifier",
    "subject_token",
    "subject_token_type",
];
