//! What a finished login comes to.

use std::fmt;

use crate::wire::{Params, Value, get, set};

/// The tokens of an authorization response, checked. Its `Debug` shows none of them.
#[derive(Clone, PartialEq)]
pub struct AuthorizationResult(Params);

impl AuthorizationResult {
    /// Takes what auth0.js takes out of a response, under its names; what is missing is `null`.
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

    /// The access token.
    #[must_use]
    pub fn access_token(&self) -> Option<&str> {
        get(&self.0, "accessToken").as_str()
    }

    /// The ID token as it came.
    #[must_use]
    pub fn id_token(&self) -> Option<&str> {
        get(&self.0, "idToken").as_str()
    }

    /// The claims of the ID token, under their own names; [`Value::Null`] without one.
    #[must_use]
    pub fn id_token_payload(&self) -> &Value {
        get(&self.0, "idTokenPayload")
    }

    /// What the page gave the login to keep.
    #[must_use]
    pub fn app_state(&self) -> &Value {
        get(&self.0, "appState")
    }

    /// The refresh token.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&str> {
        get(&self.0, "refreshToken").as_str()
    }

    /// The state of the request.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        get(&self.0, "state").as_str()
    }

    /// Seconds that the access token is valid.
    #[must_use]
    pub fn expires_in_s(&self) -> Option<f64> {
        get(&self.0, "expiresIn").as_f64()
    }

    /// The scopes granted, with spaces between.
    #[must_use]
    pub fn scope(&self) -> Option<&str> {
        get(&self.0, "scope").as_str()
    }

    /// The authorization code, where a server is to redeem it.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        get(&self.0, "code").as_str()
    }

    /// The claims of the ID token as a type of the caller's. Without an ID token that is `null`: `None` of an `Option`.
    ///
    /// # Errors
    /// Says which claim does not fit; its text may hold that claim's value.
    #[cfg(feature = "serde")]
    pub fn claims<T: serde::de::DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(serde_json::to_value(self.id_token_payload())?)
    }

    /// This result with its tokens and its code, for `Serialize`: that of the result itself leaves them out, so that they
    /// get into no log and no store by accident.
    #[cfg(feature = "serde")]
    #[must_use]
    pub fn with_secrets(&self) -> WithSecrets<'_> {
        WithSecrets(self)
    }

    /// The members, and whether each is a secret.
    #[cfg(feature = "serde")]
    pub(crate) fn members(&self) -> impl Iterator<Item = (&str, &Value, bool)> {
        self.0.iter().map(|(name, value)| {
            let secret = ["accessToken", "idToken", "refreshToken", "code"];
            (name.as_str(), value, secret.contains(&name.as_str()))
        })
    }

    /// A result of members that were serialized.
    #[cfg(feature = "serde")]
    pub(crate) fn from_members(members: Params) -> Self {
        Self(members)
    }

    /// The object that a JavaScript callback gets.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// What [`AuthorizationResult::with_secrets`] gives. Its `Debug` shows none of them.
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

/// The members and where they come from, in auth0.js's order.
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

/// JavaScript's `parseInt` of what can be a lifetime.
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
