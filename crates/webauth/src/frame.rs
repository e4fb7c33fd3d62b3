//! Silent authorization requests: `/authorize` with `prompt=none` in a hidden frame, for a person who has a session with the
//! tenant already.

use crate::authorize::LOGIN_DEFAULTS;
use crate::callback::{AppState, Terms};
use crate::check::optional_options;
use crate::client::Client;
use crate::env::{Env, Frame, HttpError, Location, Wait};
use crate::error::{Error, Refusal};
use crate::result::AuthorizationResult;
use crate::transaction;
use crate::wire::{Params, Value, get, overlay, pick, remove, set, set_text, whole_number};

/// Options of [`Client::check_session`] (auth0.js: `checkSession`). All of them are optional.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, rename_all = "camelCase"))]
pub struct SessionOptions {
    /// The response type. Default: the client's. `code` needs the option `pkce`.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub response_type: Option<String>,
    /// Scopes, separated by spaces. Default: the client's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub scope: Option<String>,
    /// The API that the access token is for. Default: the client's.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub audience: Option<String>,
    /// Milliseconds after which the call fails with [`Error::SilentTimeout`]. Default: 60 000, because the frame loads a page of
    /// the tenant.
    #[cfg_attr(
        feature = "serde",
        serde(rename = "timeout", skip_serializing_if = "Option::is_none")
    )]
    pub timeout_ms: Option<u32>,
    /// Further parameters of `/authorize`.
    #[cfg_attr(feature = "serde", serde(flatten, with = "crate::serialize::members"))]
    pub extra: Params,
}

impl SessionOptions {
    fn into_options(self) -> Params {
        let mut options = Params::new();
        for (name, value) in [
            ("responseType", self.response_type),
            ("scope", self.scope),
            ("audience", self.audience),
        ] {
            if value.is_some() {
                set(&mut options, name, value);
            }
        }
        set(&mut options, "timeout", self.timeout_ms);
        overlay(options, self.extra)
    }
}

impl<E: Env> Client<E> {
    /// Gets tokens for a person who has a session with the tenant, without showing a page (auth0.js: `checkSession`; OpenID
    /// Connect Core 1.0 section 3.1.2.1, `prompt=none`).
    ///
    /// # Errors
    /// [`Error::LoginRequired`] if there is no session; [`Error::InvalidSession`] if the response type, the redirect URI or
    /// the page's origin rules out a silent request; [`Error::InvalidOptions`] without a response type;
    /// [`Error::SilentTimeout`]; and the errors of [`Client::parse_hash`].
    pub async fn check_session(
        &self,
        options: SessionOptions,
    ) -> Result<AuthorizationResult, Error> {
        let params = self.prepare_session(Value::Object(options.into_options()))?;
        self.finish_session(params).await
    }

    /// Adds the constructor's options and checks the result. Nothing is stored or sent.
    pub(crate) fn prepare_session(&self, options: Value) -> Result<Params, Error> {
        let options = optional_options(options)?;
        let params = overlay(pick(&self.settings.base, LOGIN_DEFAULTS), options);
        transaction::check(&params)?;
        Ok(params)
    }

    pub(crate) async fn finish_session(
        &self,
        mut params: Params,
    ) -> Result<AuthorizationResult, Error> {
        if get(&params, "responseType").as_str() == Some("code") && !self.wants_challenge(&params) {
            return Err(unfit("error", "responseType can't be `code`"));
        }
        let redirect_uri = get(&params, "redirectUri").as_str().unwrap_or_default();
        if redirect_uri.is_empty() {
            return Err(unfit("error", "redirectUri can't be empty"));
        }
        let page = self.env.location().origin;
        let origin = Location::at(redirect_uri.to_owned()).origin;
        if !origin.is_empty() && origin != page {
            let text = [
                "The redirectUri's origin (",
                &origin,
                ") should match the window's origin (",
                &page,
                ").",
            ];
            return Err(unfit("origin_mismatch", &text.concat()));
        }
        self.begin_in_page(&mut params)?;
        self.add_challenge(&mut params).await?;
        self.web_message(params).await
    }

    /// Sends an authorization request through a hidden frame and finishes the authorization response.
    pub(crate) async fn web_message(
        &self,
        mut params: Params,
    ) -> Result<AuthorizationResult, Error> {
        let limit = frame_limit(&params);
        let mut options = Params::new();
        let state = get(&params, "state").clone();
        set(&mut options, "state", state.clone());
        set(&mut options, "nonce", get(&params, "nonce").clone());
        // auth0.js returns the state here, in place of the app state.
        let app_state = get(&params, "appState").clone();
        set_text(&mut params, "responseMode", "web_message");
        set_text(&mut params, "prompt", "none");
        let frame = Frame {
            url: self.silent_url(params),
            timeout_ms: limit,
            wait: Wait::Response {
                origin: self.settings.root_url.to_ascii_lowercase(),
                state: state.as_str().unwrap_or_default().to_owned(),
            },
        };
        match self.env.frame(frame).await {
            Ok(Value::Object(response)) => {
                let terms = Terms {
                    options: &Value::Object(options),
                    redeem_code: true,
                    app_state: AppState::OfCaller(app_state),
                };
                self.finish_response(&terms, response).await
            }
            Ok(_) | Err(HttpError::Network | HttpError::Timeout) => {
                self.consume(&state, &Value::Null);
                // A tenant sends no message to a page whose origin is not on the client's list.
                self.suspect_origin("/authorize");
                Err(silence(
                    "Timeout during executing web_message communication",
                ))
            }
            Err(HttpError::Aborted) => {
                self.consume(&state, &Value::Null);
                Err(Error::Aborted)
            }
        }
    }

    /// Gets tokens through a hidden frame whose redirect URI is a page of the application (auth0.js: `renewAuth`). The
    /// options have their JavaScript names; `usePostMessage`, `postMessageOrigin` and `postMessageDataType` are among them.
    ///
    /// Returns the object of [`AuthorizationResult::into_value`], or the object that the page in the frame posted, if that
    /// page has parsed the fragment itself.
    ///
    /// # Errors
    /// As [`Client::check_session`].
    pub async fn renew_auth(&self, options: Params) -> Result<Value, Error> {
        let params = self.prepare_renewal(Value::Object(options))?;
        self.finish_renewal(params).await
    }

    /// Adds the constructor's options and the defaults of `renewAuth`. Nothing is stored or sent.
    pub(crate) fn prepare_renewal(&self, options: Value) -> Result<Params, Error> {
        let mut params = overlay(
            pick(&self.settings.base, LOGIN_DEFAULTS),
            optional_options(options)?,
        );
        for (name, value) in [("responseType", "token"), ("responseMode", "fragment")] {
            if !get(&params, name).is_truthy() {
                set(&mut params, name, value);
            }
        }
        Ok(params)
    }

    pub(crate) async fn finish_renewal(&self, mut params: Params) -> Result<Value, Error> {
        let limit = frame_limit(&params);
        let origin = get(&params, "postMessageOrigin")
            .as_str()
            .map(str::to_owned);
        let wait = if get(&params, "usePostMessage").is_truthy() {
            let kind = get(&params, "postMessageDataType").as_str();
            Wait::Message {
                kind: kind.filter(|kind| !kind.is_empty()).map(str::to_owned),
                origin: origin.unwrap_or_else(|| self.env.location().origin),
            }
        } else {
            Wait::Fragment
        };
        self.begin_transaction(&mut params)?;
        self.add_challenge(&mut params).await?;
        let state = get(&params, "state").clone();
        set_text(&mut params, "prompt", "none");
        let url = self.silent_url(params);
        let frame = Frame {
            url,
            timeout_ms: limit,
            wait,
        };
        match self.env.frame(frame).await {
            Ok(Value::String(hash)) => {
                let mut options = Params::new();
                set(&mut options, "hash", hash);
                let options = Value::Object(options);
                let response = self.prepare_hash(&options)?;
                let result = self.finish_hash(&options, response).await?;
                Ok(result.map_or(Value::Null, AuthorizationResult::into_value))
            }
            Ok(parsed) => Ok(parsed),
            Err(error) => {
                self.consume(&state, &Value::Null);
                Err(if error == HttpError::Aborted {
                    Error::Aborted
                } else {
                    silence("Timeout during authentication renew.")
                })
            }
        }
    }

    fn silent_url(&self, mut params: Params) -> String {
        for name in [
            "usePostMessage",
            "tenant",
            "postMessageDataType",
            "postMessageOrigin",
            "signal",
            "onRedirecting",
        ] {
            remove(&mut params, name);
        }
        self.authorize_url(params)
    }
}

/// The time limit of a frame in milliseconds. Default: 60 000.
fn frame_limit(params: &Params) -> u32 {
    let limit = get(params, "timeout").as_f64().filter(|limit| *limit > 0.0);
    limit.map_or(60_000, whole_number)
}

fn unfit(code: &str, text: &str) -> Error {
    Error::InvalidSession(Box::new(Refusal::of_response(failure(code, text))))
}

fn silence(text: &str) -> Error {
    Error::SilentTimeout(Box::new(Refusal::of_response(failure("timeout", text))))
}

fn failure(code: &str, text: &str) -> Params {
    let mut failure = Params::new();
    set(&mut failure, "error", code);
    set(&mut failure, "error_description", text);
    failure
}
