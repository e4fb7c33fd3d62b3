//! Reads a request of `/authorize`. Errors that must not be redirected are checked first, then all others.

use axum::response::Response;

use super::authorize_error::{AuthorizeError, PageError};
use super::response_page;
use crate::config::{Client, Config, OrganizationUsage};
use crate::grants::Challenge;
use crate::mail::encode_component;
use crate::request::Params;
use crate::response::redirect;
use crate::tokens::ResponseType;
use crate::urls::{Scope, callback_allowed, origin_allowed, origin_of};

/// The scope for a refresh token (OIDC Core section 11).
pub(crate) const OFFLINE_ACCESS: &str = "offline_access";

/// The response mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A page with a form that posts itself (OAuth 2.0 Form Post Response Mode).
    FormPost,
    Fragment,
    /// A page that posts a message to its parent or opener.
    WebMessage,
    Query,
}

/// The destination of an authorization response. It is made only for a callback on the client's list.
#[derive(Debug, Clone)]
pub(crate) struct Destination {
    pub(crate) redirect_uri: String,
    pub(crate) mode: Mode,
    pub(crate) state: Option<String>,
    /// The parameter `iss` (RFC 9207), if the tenant sends it.
    pub(crate) issuer: Option<String>,
}

impl Destination {
    /// Finds the client and the callback.
    pub(crate) fn find(
        config: &Config,
        base_url: &str,
        params: &Params,
    ) -> Result<(Client, Self), PageError> {
        let client_id = params.str("client_id").ok_or(PageError::MissingClientId)?;
        let client = config
            .client(client_id)
            .ok_or_else(|| PageError::UnknownClient(client_id.to_owned()))?;
        let scope = Scope::of(config, client).with_loopback(config).within(
            config,
            client,
            params.str("organization"),
        );
        // Without `redirect_uri` the first callback of the list is used. An empty `redirect_uri=` does not match the list.
        let redirect_uri = match params.value("redirect_uri").and_then(|v| v.as_str()) {
            Some(sent) => Some(sent).filter(|uri| callback_allowed(&client.callbacks, uri, &scope)),
            None => client
                .callbacks
                .first()
                .map(String::as_str)
                .filter(|uri| !uri.contains(['*', '{'])),
        };
        let redirect_uri = redirect_uri.ok_or(PageError::CallbackMismatch)?;
        let mode = mode(params);
        let web_origin = || origin_of(redirect_uri);
        let listed = |origin: String| origin_allowed(&client.web_origins, &origin, &scope);
        if mode == Mode::WebMessage && !web_origin().is_some_and(listed) {
            return Err(PageError::WebOrigin);
        }
        let names_issuer = config.tenant.authorization_response_iss_parameter_supported;
        let destination = Self {
            redirect_uri: redirect_uri.to_owned(),
            mode,
            state: params.string("state"),
            issuer: names_issuer.then(|| format!("{base_url}/")),
        };
        Ok((client.clone(), destination))
    }

    /// Sends `params` and the state to the application.
    pub(crate) fn respond(&self, params: &[(&str, String)]) -> Response {
        let state = self.state.clone().map(|state| ("state", state));
        let issuer = self.issuer.clone().map(|issuer| ("iss", issuer));
        let params: Vec<_> = params.iter().chain(&state).chain(&issuer).collect();
        let pairs: Vec<String> = params
            .iter()
            .map(|(name, value)| format!("{name}={}", encode_component(value)))
            .collect();
        let separator = match self.mode {
            Mode::FormPost => return response_page::form_post(&self.redirect_uri, &params),
            Mode::WebMessage => {
                let origin = origin_of(&self.redirect_uri).unwrap_or_default();
                return response_page::web_message(&origin, &params);
            }
            Mode::Fragment => '#',
            Mode::Query if self.redirect_uri.contains('?') => '&',
            Mode::Query => '?',
        };
        redirect(&format!(
            "{}{separator}{}",
            self.redirect_uri,
            pairs.join("&")
        ))
    }

    /// Sends an error to the application.
    pub(crate) fn fail(&self, error: &AuthorizeError) -> Response {
        self.respond(&[
            ("error", error.code().to_owned()),
            ("error_description", error.to_string()),
        ])
    }
}

fn mode(params: &Params) -> Mode {
    let front_channel = params
        .str("response_type")
        .is_some_and(|kind| kind.split(' ').any(|part| part != "code"));
    match params.str("response_mode") {
        Some("form_post") => Mode::FormPost,
        Some("fragment") => Mode::Fragment,
        Some("web_message") => Mode::WebMessage,
        _ if front_channel => Mode::Fragment,
        _ => Mode::Query,
    }
}

/// The parameter `prompt` (OIDC Core section 3.1.2.1). Other values are ignored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Prompt {
    /// No page may be shown.
    pub(crate) none: bool,
    /// The person has to log in, even with a session.
    pub(crate) login: bool,
}

impl Prompt {
    fn parse(text: Option<&str>) -> Result<Self, AuthorizeError> {
        let values: Vec<&str> = text.unwrap_or_default().split_whitespace().collect();
        let prompt = Self {
            none: values.contains(&"none"),
            login: values.contains(&"login"),
        };
        if prompt.none && values.iter().any(|value| *value != "none") {
            return Err(AuthorizeError::InvalidPrompt);
        }
        Ok(prompt)
    }
}

/// A request whose errors can be redirected.
#[derive(Debug, Clone)]
pub(crate) struct AuthorizeRequest {
    pub(crate) response_type: ResponseType,
    pub(crate) scope: String,
    pub(crate) audience: Option<String>,
    pub(crate) nonce: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) prompt: Prompt,
    /// The greatest age of the login in seconds.
    pub(crate) max_age: Option<u64>,
    pub(crate) connection: Option<String>,
    /// The ID of the organization to log in to.
    pub(crate) organization: Option<String>,
    /// Realm and ticket of cross-origin authentication.
    pub(crate) ticket: Option<(String, String)>,
}

impl AuthorizeRequest {
    /// Removes `offline_access` from the scopes, because magic links never give refresh tokens.
    pub(crate) fn forgo_offline_access(&mut self) {
        let kept = self
            .scope
            .split(' ')
            .filter(|scope| *scope != OFFLINE_ACCESS);
        self.scope = kept.collect::<Vec<_>>().join(" ");
    }

    /// Checks everything that does not depend on the person.
    pub(crate) fn parse(
        config: &Config,
        client: &Client,
        params: &Params,
    ) -> Result<Self, AuthorizeError> {
        let response_type = response_type(client, params)?;
        match params.str("response_mode") {
            None | Some("form_post" | "fragment" | "web_message") => {}
            Some("query") if !response_type.token && !response_type.id_token => {}
            Some(other) => return Err(AuthorizeError::ResponseMode(other.to_owned())),
        }
        let nonce = params.string("nonce");
        if nonce.is_none() && response_type.id_token && !response_type.code {
            return Err(AuthorizeError::MissingNonce);
        }
        let ticket = params
            .string("login_ticket")
            .map(|ticket| (params.string("realm").unwrap_or_default(), ticket));
        Ok(Self {
            response_type,
            scope: scope(client, response_type, params.str("scope")),
            audience: params.string("audience"),
            nonce,
            challenge: challenge(params)?,
            prompt: Prompt::parse(params.str("prompt"))?,
            max_age: max_age(params)?,
            connection: params.string("connection"),
            organization: organization(config, client, params.str("organization"))?,
            ticket,
        })
    }
}

/// The seconds of `max_age`. A text that is not a number is refused, because ignoring it would accept an old login.
fn max_age(params: &Params) -> Result<Option<u64>, AuthorizeError> {
    let age = match params.value("max_age") {
        None => return Ok(None),
        Some(age) => age.as_str().unwrap_or_default(),
    };
    let is_number = !age.is_empty() && age.bytes().all(|b| b.is_ascii_digit());
    let seconds = age.parse().ok().filter(|_| is_number);
    seconds.map(Some).ok_or(AuthorizeError::InvalidMaxAge)
}

/// The ID of the organization to log in to, which the request gives by ID or name.
fn organization(
    config: &Config,
    client: &Client,
    wanted: Option<&str>,
) -> Result<Option<String>, AuthorizeError> {
    match (client.organization_usage, wanted) {
        (OrganizationUsage::Deny, Some(_)) => Err(AuthorizeError::OrganizationNotAllowed),
        (OrganizationUsage::Require, None) => Err(AuthorizeError::OrganizationRequired),
        (_, None) => Ok(None),
        (_, Some(wanted)) => match config.tenant.organization(wanted) {
            Some(organization) => Ok(Some(organization.id.clone())),
            None => Err(AuthorizeError::UnknownOrganization),
        },
    }
}

/// The scopes. `offline_access` is removed if no refresh token is possible: without a code, or if the client lacks the grant.
fn scope(client: &Client, response_type: ResponseType, sent: Option<&str>) -> String {
    let offline = response_type.code && client.may_use("refresh_token");
    let scopes = sent.unwrap_or_default().split_whitespace();
    let granted = scopes.filter(|scope| offline || *scope != OFFLINE_ACCESS);
    granted.collect::<Vec<_>>().join(" ")
}

fn response_type(client: &Client, params: &Params) -> Result<ResponseType, AuthorizeError> {
    let text = params
        .str("response_type")
        .ok_or(AuthorizeError::MissingResponseType)?;
    let mut kind = ResponseType::default();
    for part in text.split(' ') {
        let flag = match part {
            "code" => &mut kind.code,
            "token" => &mut kind.token,
            "id_token" => &mut kind.id_token,
            _ => return Err(AuthorizeError::UnsupportedResponseType(text.to_owned())),
        };
        if std::mem::replace(flag, true) {
            return Err(AuthorizeError::UnsupportedResponseType(text.to_owned()));
        }
    }
    let forbidden = (kind.code && !client.may_use("authorization_code"))
        || ((kind.token || kind.id_token) && !client.may_use("implicit"));
    if forbidden {
        return Err(AuthorizeError::GrantNotAllowed(text.to_owned()));
    }
    Ok(kind)
}

fn challenge(params: &Params) -> Result<Option<Challenge>, AuthorizeError> {
    let Some(text) = params.string("code_challenge") else {
        return Ok(None);
    };
    let unreserved = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c);
    if !(43..=128).contains(&text.len()) || !text.chars().all(unreserved) {
        return Err(AuthorizeError::InvalidChallenge);
    }
    match params.str("code_challenge_method") {
        Some("S256") => Ok(Some(Challenge::S256(text))),
        None | Some("plain") => Ok(Some(Challenge::Plain(text))),
        Some(other) => Err(AuthorizeError::UnknownChallengeMethod(other.to_owned())),
    }
}
