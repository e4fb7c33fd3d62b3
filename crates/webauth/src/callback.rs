//! Finishes a login with its authorization response, which the tenant puts into the fragment or the query of the redirect URI:
//! checks the state, redeems a code, checks the tokens. `authorization_response` says what such a response is.

use std::fmt;

use crate::authorization_response::{ERROR, TOKENS, fragment, has_any, parameters, response_in};
use crate::client::Client;
use crate::env::{Body, Env};
use crate::error::Error;
use crate::exchange::{Call, Exchange};
use crate::pkce::CODE_VERIFIER;
use crate::result::AuthorizationResult;
use crate::text::contains;
use crate::wire::{Params, Value, copy, get, overlay, set, set_text};

/// Options of [`Client::parse_hash`] (auth0.js: `parseHash`). All of them are optional. `Debug` does not show the fragment.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct ParseOptions {
    /// The fragment, with or without `#`. Default: the fragment of the page's address. It is never serialized, because it
    /// holds tokens.
    #[cfg_attr(feature = "serde", serde(skip_serializing))]
    pub hash: Option<String>,
    /// The expected state, if a server minted it. Default: the state of the stored transaction.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub state: Option<String>,
    /// The expected nonce, if a server minted it. Default: the nonce of the stored transaction.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub nonce: Option<String>,
    /// The response type of the request (`responseType`). It counts only if the client has no response type.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub response_type: Option<String>,
    /// Whether to accept an authorization response without state, which belongs to no request of this browser
    /// (`__enableIdPInitiatedLogin`). This opens the page to login CSRF. Default: false.
    #[cfg_attr(feature = "serde", serde(rename = "__enableIdPInitiatedLogin"))]
    pub idp_initiated: bool,
}

impl fmt::Debug for ParseOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ParseOptions([redacted])")
    }
}

impl ParseOptions {
    fn into_options(self) -> Params {
        let mut options = Params::new();
        for (name, value) in [
            ("hash", self.hash),
            ("state", self.state),
            ("nonce", self.nonce),
            ("responseType", self.response_type),
        ] {
            if value.is_some() {
                set(&mut options, name, value);
            }
        }
        set(
            &mut options,
            "__enableIdPInitiatedLogin",
            self.idp_initiated,
        );
        options
    }
}

impl<E: Env> Client<E> {
    /// Reads the tokens in a fragment and checks them (auth0.js: `parseHash`). Returns `None` if the fragment has no token.
    ///
    /// A second call for the same authorization response returns the same result, until the page is left. In auth0.js the
    /// second call fails.
    ///
    /// # Errors
    /// The tenant's error, if the response is one. [`Error::InvalidResponse`] if a token is missing;
    /// [`Error::NoTransaction`] and [`Error::StateMismatch`] if the state is not the expected one;
    /// [`Error::InvalidToken`] if the ID token fails a check; [`Error::InvalidOptions`] if there is an ID token and the option
    /// `leeway` is not from 0 to 300 seconds. If the tenant's keys cannot be fetched, the error of that request, and
    /// [`Error::CryptoUnavailable`] without WebCrypto: then the call can be repeated.
    pub async fn parse_hash(
        &self,
        options: ParseOptions,
    ) -> Result<Option<AuthorizationResult>, Error> {
        let options = Value::Object(options.into_options());
        let response = self.prepare_hash(&options)?;
        self.finish_hash(&options, response).await
    }

    /// Reads the parameters of the fragment and checks the leeway. Nothing is stored or sent.
    pub(crate) fn prepare_hash(&self, options: &Value) -> Result<Params, Error> {
        let hash = match options.member("hash") {
            Value::Undefined => fragment(&self.env.location().href).to_owned(),
            Value::String(hash) => hash.clone(),
            _ => return Err(Error::InvalidOptions("hash parameter is not valid")),
        };
        let hash = hash.strip_prefix('#').unwrap_or(&hash);
        let response = parameters(hash);
        self.check_leeway(&response)?;
        Ok(response)
    }

    pub(crate) async fn finish_hash(
        &self,
        options: &Value,
        response: Params,
    ) -> Result<Option<AuthorizationResult>, Error> {
        self.refuse_error(&response)?;
        if !has_any(&response, TOKENS) {
            return Ok(None);
        }
        let asked = self
            .settings
            .option("responseType")
            .or(options.member("responseType"));
        let asked = [" ", asked.as_str().unwrap_or_default(), " "].concat();
        if contains(&asked, " token ") && !has_any(&response, &["access_token"]) {
            return Err(Error::InvalidResponse(
                "response_type contains `token`, but the parsed hash does not contain an `access_token` property",
            ));
        }
        if contains(&asked, " id_token ") && !has_any(&response, &["id_token"]) {
            return Err(Error::InvalidResponse(
                "response_type contains `id_token`, but the parsed hash does not contain an `id_token` property",
            ));
        }
        self.validate(&Terms::of_auth0_js(options), response)
            .await
            .map(Some)
    }

    /// Returns the tenant's error if the response is one. The request is over then, so its transaction is deleted.
    fn refuse_error(&self, response: &Params) -> Result<(), Error> {
        if !has_any(response, ERROR) {
            return Ok(());
        }
        let state = get(response, "state");
        self.consume(state, &self.stored_transaction(state));
        let mut shown = Params::new();
        copy(
            response,
            &mut shown,
            &["error", "error_description", "state"],
        );
        Err(Error::of_response(shown))
    }

    /// Checks an authorization response whose parameters are parsed already (auth0.js: `validateAuthenticationResponse`). They have
    /// their names on the wire (`access_token`, `state`); [`ParseOptions::hash`] is not read.
    ///
    /// # Errors
    /// As [`Client::parse_hash`].
    pub async fn validate_authentication_response(
        &self,
        options: ParseOptions,
        response: Params,
    ) -> Result<AuthorizationResult, Error> {
        self.check_leeway(&response)?;
        let options = Value::Object(options.into_options());
        self.validate(&Terms::of_auth0_js(&options), response).await
    }

    /// Checks the state, then the tokens. The transaction is deleted, unless the error is one after which the same response
    /// can be checked again.
    pub(crate) async fn validate(
        &self,
        terms: &Terms<'_>,
        response: Params,
    ) -> Result<AuthorizationResult, Error> {
        let state = get(&response, "state").clone();
        let transaction = self.stored_transaction(&state);
        let outcome = self.check(terms, response, &transaction).await;
        if !outcome.as_ref().is_err_and(Error::is_passing) {
            self.consume(&state, &transaction);
        }
        outcome
    }

    async fn check(
        &self,
        terms: &Terms<'_>,
        mut response: Params,
        transaction: &Value,
    ) -> Result<AuthorizationResult, Error> {
        let state = get(&response, "state").clone();
        let options = terms.options;
        let expected = options.member("state").or(transaction.member("state"));
        let idp_initiated = options.member("__enableIdPInitiatedLogin");
        let idp_initiated = idp_initiated.or(options.member("__enableImpersonation"));
        let unasked = !state.is_truthy() && !expected.is_truthy() && idp_initiated.is_truthy();
        if !unasked && !expected.is_truthy() {
            return Err(Error::NoTransaction);
        }
        if !unasked && *expected != state {
            return Err(Error::StateMismatch);
        }
        if terms.redeem_code && transaction.member(CODE_VERIFIER).is_truthy() {
            response = self.redeem(options, response, transaction).await?;
        }
        let claims = self.check_tokens(options, &response, transaction).await?;
        let app_state = match &terms.app_state {
            AppState::StateOrStored => options.member("state").or(transaction.member("appState")),
            AppState::Stored => transaction.member("appState"),
            AppState::OfCaller(app_state) => app_state,
        };
        Ok(AuthorizationResult::new(&response, &claims, app_state))
    }

    async fn check_tokens(
        &self,
        options: &Value,
        response: &Params,
        transaction: &Value,
    ) -> Result<Value, Error> {
        let token = match get(response, "id_token") {
            token if !token.is_truthy() => return Ok(Value::Null),
            token => token.as_str().unwrap_or_default(),
        };
        let nonce = options.member("nonce").or(transaction.member("nonce"));
        let claims = self.verify_id_token(token, nonce).await?;
        Self::check_organization(&claims, transaction.member("organization"))?;
        self.check_access_token(&claims, get(response, "access_token"))
            .await?;
        Ok(claims)
    }

    /// Redeems a code for tokens at `/oauth/token` (RFC 6749 section 4.1.3, RFC 7636 section 4.5). A tenant accepts a code
    /// once, so a second call takes the tokens of the first one from memory.
    async fn redeem(
        &self,
        options: &Value,
        mut response: Params,
        transaction: &Value,
    ) -> Result<Params, Error> {
        let Value::String(code) = get(&response, "code").clone() else {
            return Ok(response);
        };
        let key = ["code ", &code].concat();
        let memory = self.env.memory();
        let tokens = if let Some(tokens) = memory.get(&key) {
            tokens
        } else {
            let mut body = Params::new();
            set_text(&mut body, "grant_type", "authorization_code");
            set(
                &mut body,
                "client_id",
                self.settings.option("clientID").clone(),
            );
            set_text(&mut body, "code", code.as_str());
            set(
                &mut body,
                "redirect_uri",
                transaction.member("redirectUri").clone(),
            );
            set(
                &mut body,
                "code_verifier",
                transaction.member(CODE_VERIFIER).clone(),
            );
            let mut call = options.as_object().cloned().unwrap_or_default();
            let call = Call::take(&mut call, &self.settings);
            let exchange = Exchange::post("/oauth/token", body, call);
            let secrets = exchange.secrets();
            let response = self.perform(exchange).await?;
            let Body::Json(tokens @ Value::Object(_)) = response.body else {
                return Err(Error::unusable(response, &secrets));
            };
            memory.put(&key, tokens.clone());
            tokens
        };
        set(&mut response, "code", Value::Undefined);
        Ok(overlay(
            response,
            tokens.as_object().cloned().unwrap_or_default(),
        ))
    }

    /// Reads the authorization response in the page's address and finishes its login: tokens in the fragment, a code in
    /// the query or the fragment, or an error. Returns `None` if the address has no authorization response.
    ///
    /// If the login began with the option `pkce`, the code is redeemed for tokens. Otherwise the code is in the result,
    /// for the page's server. A second call for the same address returns the same result. auth0.js has no such method.
    ///
    /// # Errors
    /// As [`Client::parse_hash`], and the [errors of the request](Client#the-errors-of-a-request) that redeems the code at
    /// `/oauth/token`.
    pub async fn handle_redirect_callback(&self) -> Result<Option<AuthorizationResult>, Error> {
        self.finish_callback(&Value::Object(Params::new())).await
    }

    /// [`Client::handle_redirect_callback`] with options under their JavaScript names: `url`, `state`, `nonce`, `timeout`.
    pub(crate) async fn finish_callback(
        &self,
        options: &Value,
    ) -> Result<Option<AuthorizationResult>, Error> {
        let href = match options.member("url") {
            Value::String(url) => url.clone(),
            _ => self.env.location().href,
        };
        let Some(response) = response_in(&href) else {
            return Ok(None);
        };
        self.check_leeway(&response)?;
        let terms = Terms {
            options,
            redeem_code: true,
            app_state: AppState::Stored,
        };
        self.finish_response(&terms, response).await.map(Some)
    }

    /// Finishes an authorization response of any kind: tokens, a code, or an error.
    pub(crate) async fn finish_response(
        &self,
        terms: &Terms<'_>,
        response: Params,
    ) -> Result<AuthorizationResult, Error> {
        self.refuse_error(&response)?;
        self.validate(terms, response).await
    }
}

/// The caller's conditions for finishing an authorization response.
pub(crate) struct Terms<'a> {
    /// The caller's options under their JavaScript names: `state`, `nonce`, `timeout` and more.
    pub(crate) options: &'a Value,
    /// Whether the SDK redeems a code for tokens, if the transaction has a code verifier for it.
    pub(crate) redeem_code: bool,
    /// The source of the result's app state.
    pub(crate) app_state: AppState,
}

/// The source of a result's app state.
pub(crate) enum AppState {
    /// The option `state`, or else the transaction, as in auth0.js.
    StateOrStored,
    /// The transaction.
    Stored,
    /// The caller, which still has the app state of its request.
    OfCaller(Value),
}

impl<'a> Terms<'a> {
    /// The terms of auth0.js's own methods, which leave codes to the page's server.
    pub(crate) fn of_auth0_js(options: &'a Value) -> Self {
        Self {
            options,
            redeem_code: false,
            app_state: AppState::StateOrStored,
        }
    }
}
