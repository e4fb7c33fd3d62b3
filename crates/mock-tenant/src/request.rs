//! Reads requests: the caller, and parameters from JSON, forms and queries.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

use crate::device;
use crate::headers::text;
use crate::logs::Caller;

/// The greatest length of a telemetry header that is read, in bytes.
const MAX_TELEMETRY: usize = 2_048;

/// The caller: IP address and browser.
#[derive(Debug, Clone)]
pub(crate) struct Requester {
    pub(crate) ip: IpAddr,
    pub(crate) log: Caller,
    /// The device name in the browser's cookie.
    pub(crate) device: Option<String>,
}

impl Default for Requester {
    fn default() -> Self {
        let ip = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let log = Caller {
            ip: ip.to_string(),
            ..Caller::default()
        };
        Self {
            ip,
            log,
            device: None,
        }
    }
}

impl Requester {
    /// The same browser with another IP address.
    pub(crate) fn at(&self, ip: IpAddr) -> Self {
        let mut moved = self.clone();
        moved.ip = ip;
        moved.log.ip = ip.to_string();
        moved
    }
}

impl<S: Sync> FromRequestParts<S> for Requester {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        // Without connection information the router is called in process, so the caller counts as this machine. Only the control
        // API wants to know it for certain.
        let ip = peer(parts)
            .await
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.ip());
        Ok(Self {
            ip,
            log: Caller {
                ip: ip.to_string(),
                user_agent: text(&parts.headers, "user-agent").unwrap_or_default(),
                auth0_client: telemetry(&parts.headers),
            },
            device: device::shown(&parts.headers),
        })
    }
}

/// The caller's address, if the router is served with connection information.
pub(crate) async fn peer(parts: &mut Parts) -> Option<SocketAddr> {
    let info = ConnectInfo::<SocketAddr>::from_request_parts(parts, &()).await;
    info.ok().map(|info| info.0)
}

/// The decoded header `Auth0-Client`, with the SDK's name and version.
fn telemetry(headers: &HeaderMap) -> Option<Value> {
    let engine = |alphabet| {
        let config = GeneralPurposeConfig::new();
        GeneralPurpose::new(
            alphabet,
            config.with_decode_padding_mode(DecodePaddingMode::Indifferent),
        )
    };
    let raw = text(headers, "auth0-client").filter(|raw| raw.len() <= MAX_TELEMETRY)?;
    let bytes = engine(&alphabet::URL_SAFE)
        .decode(&raw)
        .or_else(|_| engine(&alphabet::STANDARD).decode(&raw))
        .ok()?;
    let value: Value = serde_json::from_slice(&bytes).ok()?;
    value.is_object().then_some(value)
}

/// Why parameters cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ParamsError {
    #[error("Parameter {0} must not be repeated")]
    Repeated(String),
    #[error("The request body must be form encoded (application/x-www-form-urlencoded)")]
    NotAForm,
    #[error("The request body is not a JSON object")]
    NotAnObject,
    #[error("The request body is not valid JSON")]
    NotJson,
    #[error("The request body must be JSON or form encoded")]
    UnknownType,
}

/// The parameters of a request: from JSON, a form or a query.
#[derive(Clone, Default)]
pub(crate) struct Params(Map<String, Value>);

impl std::fmt::Debug for Params {
    /// Shows only the names, because values may be codes and secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl From<Map<String, Value>> for Params {
    fn from(map: Map<String, Value>) -> Self {
        Self(map)
    }
}

impl Params {
    /// Reads a JSON object.
    pub(crate) fn json(body: &[u8]) -> Result<Self, ParamsError> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Ok(Self(object)),
            Ok(_) => Err(ParamsError::NotAnObject),
            Err(_) => Err(ParamsError::NotJson),
        }
    }

    /// Reads a query or a form. A repeated parameter is refused (RFC 6749 section 3.1).
    pub(crate) fn form(text: &[u8]) -> Result<Self, ParamsError> {
        let mut params = Map::new();
        for (key, value) in url::form_urlencoded::parse(text) {
            let name = key.to_string();
            if params
                .insert(name.clone(), Value::String(value.into_owned()))
                .is_some()
            {
                return Err(ParamsError::Repeated(name));
            }
        }
        Ok(Self(params))
    }

    /// The parameters with `value` for `name`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Reads a body by its content type.
    pub(crate) fn body(headers: &HeaderMap, body: &[u8]) -> Result<Self, ParamsError> {
        let kind = text(headers, "content-type").unwrap_or_default();
        match kind.split(';').next().unwrap_or_default().trim() {
            "application/json" => Self::json(body),
            "application/x-www-form-urlencoded" => Self::form(body),
            _ => Err(ParamsError::UnknownType),
        }
    }

    /// The parameters with `value` for `name`, unless it has a value.
    pub(crate) fn or(mut self, name: &str, value: &str) -> Self {
        if self.str(name).is_none() {
            self.0.insert(name.to_owned(), value.into());
        }
        self
    }

    /// The value of `name`.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// The value of `name` if it is a string that is not empty.
    pub(crate) fn str(&self, name: &str) -> Option<&str> {
        self.value(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    }

    /// [`Params::str`] as an owned string.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        self.str(name).map(str::to_owned)
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn repeated_parameters_are_refused() {
        let error = Params::form(b"state=1&state=2").unwrap_err();
        assert_eq!(error, ParamsError::Repeated("state".into()));
    }

    #[test]
    fn telemetry_is_read_with_and_without_padding() {
        for raw in [
            "eyJuYW1lIjoieCJ9",
            "eyJuYW1lIjoieHkifQ==",
            "eyJuYW1lIjoieHkifQ",
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("auth0-client", raw.parse().unwrap());
            assert!(telemetry(&headers).is_some(), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn no_body_panics(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Params::json(&body);
            let _ = Params::form(&body);
        }
    }
}
