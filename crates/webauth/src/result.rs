//! The result of a finished login.

use std::fmt;

use crate::wire::{Params, Value, get, set};

/// The checked tokens of an authorization response (auth0.js: `Auth0DecodedHash`). `Debug` shows none of them.
#[derive(Clone, PartialEq)]
pub struct AuthorizationResult(Params);

impl AuthorizationResult {
    /// Makes a result with auth0.js's members of an authorization response. A missing member is `null`.
    pub(crate) fn new(response: &Params, claims: &Value, app_state: &Value) -> Self {
        let mut result = Params::new();
        for (name, wire_name) in MEMBERS {
            let value = match *name {
                "idTokenPayload" => claims.clone(),
                "appState" => app_state.clone(),
                "expiresIn" => whole(get(response, wire_name)),
                _ => get(response, wire_name).clone(),
            };
            let value = if value.is_truthy() || value == Value::from(0.0) {
                value
            } else {
                Value::Null
            };
            set(&mut result, name, value);
        }
        let has_token = ["accessToken", "idToken", "refreshToken"]
            .iter()
            .any(|name| get(&result, name).is_truthy());
        if !has_token {
            set(
                &mut result,
                "code",
                get(response, "code").or(&Value::Null).clone(),
            );
        }
        Self(result)
    }

    /// The access token (RFC 6749 section 1.4). `None` if the response had none.
    #[must_use]
    pub fn access_token(&self) -> Option<&str> {
        get(&self.0, "accessToken").as_str()
    }

    /// The ID token as the tenant sent it, encoded (RFC 7519). `None` if the response had none.
    #[must_use]
    pub fn id_token(&self) -> Option<&str> {
        get(&self.0, "idToken").as_str()
    }

    /// The claims of the ID token, with their own names. [`Value::Null`] without an ID token.
    #[must_use]
    pub fn id_token_payload(&self) -> &Value {
        get(&self.0, "idTokenPayload")
    }

    /// The option `appState` of the login. [`Value::Null`] if the login had none.
    #[must_use]
    pub fn app_state(&self) -> &Value {
        get(&self.0, "appState")
    }

    /// The refresh token (RFC 6749 section 1.5). `None` if the response had none.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&str> {
        get(&self.0, "refreshToken").as_str()
    }

    /// The state of the authorization request. `None` if the response had none, as a login that the tenant began.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        get(&self.0, "state").as_str()
    }

    /// The lifetime of the access token in seconds (`expires_in`, RFC 6749 section 5.1). `None` if the tenant did not send it.
    #[must_use]
    pub fn expires_in_s(&self) -> Option<f64> {
        get(&self.0, "expiresIn").as_f64()
    }

    /// The granted scopes, separated by spaces. `None` if the tenant did not send them: then all of the requested ones are granted
    /// (RFC 6749 section 5.1).
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        get(&self.0, "scope").as_str()
    }

    /// The authorization code, if a server has to redeem it. `None` beside tokens.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        get(&self.0, "code").as_str()
    }

    /// Deserializes the claims of the ID token. Without an ID token it deserializes `null`, which is `None` of an `Option`.
    ///
    /// # Errors
    /// An error that names the claim that does not fit. Its text may contain the claim's value.
    #[cfg(feature = "serde")]
    pub fn claims<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(serde_json::to_value(self.id_token_payload())?)
    }

    /// This result for a serialization with its tokens and its code. The `Serialize` of the result itself leaves them out, so
    /// that they do not get into a log or a store by accident.
    #[cfg(feature = "serde")]
    #[must_use]
    pub fn with_secrets(&self) -> WithSecrets<'_> {
        WithSecrets(self)
    }

    /// The members, each with whether it is a secret.
    #[cfg(feature = "serde")]
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Value, bool)> {
        self.0.iter().map(|(name, value)| {
            let secret = ["accessToken", "idToken", "refreshToken", "code"];
            (name.as_str(), value, secret.contains(&name.as_str()))
        })
    }

    /// Makes a result from serialized members.
    #[cfg(feature = "serde")]
    pub(crate) fn from_members(members: Params) -> Self {
        Self(members)
    }

    /// The object that a JavaScript callback gets: the members `accessToken`, `idToken`, `idTokenPayload`, `appState`,
    /// `refreshToken`, `state`, `expiresIn`, `tokenType` and `scope`, with `null` for those that are missing, and `code` if there
    /// are no tokens.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// A result that is serialized with its tokens and its code: see [`AuthorizationResult::with_secrets`]. `Debug` shows none of
/// them.
#[cfg(feature = "serde")]
#[derive(Clone, Copy)]
pub struct WithSecrets<'a>(pub(crate) &'a AuthorizationResult);

#[cfg(feature = "serde")]
impl fmt::Debug for WithSecrets<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WithSecrets([redacted])")
    }
}

impl fmt::Debug for AuthorizationResult {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("AuthorizationResult([redacted])")
    }
}

/// The members and their names in the authorization response, in auth0.js's order.
const MEMBERS: &[(&str, &str)] = &[
    ("accessToken", "access_token"),
    ("idToken", "id_token"),
    ("idTokenPayload", ""),
    ("appState", ""),
    ("refreshToken", "refresh_token"),
    ("state", "state"),
    ("expiresIn", "expires_in"),
    ("tokenType", "token_type"),
    ("scope", "scope"),
];

/// The whole number at the beginning of a lifetime, as JavaScript's `parseInt` reads it.
fn whole(value: &Value) -> Value {
    match value {
        Value::Number(number) if value.is_truthy() => Value::Number(number.trunc()),
        Value::String(text) => {
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            crate::text::number::<u32>(&digits).map_or(Value::Null, Value::from)
        }
        _ => Value::Null,
    }
}
