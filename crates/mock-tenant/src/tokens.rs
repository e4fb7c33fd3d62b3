//! ID tokens, access tokens, and the claims of a person.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::config::{Client, JwtConfiguration, TokenAlgorithm};
use crate::endpoints::authorize_request::AuthorizeRequest;
use crate::grants::{Access, Grant};
use crate::keys::{self, Key, KeyError};
use crate::sessions::Session;
use crate::state::Store;
use crate::users::User;

/// Life in seconds of an access token from the token endpoint.
pub(crate) const ACCESS_TOKEN_S: u64 = 86_400;
/// Life in seconds of an access token that went through the browser.
const BROWSER_ACCESS_TOKEN_S: u64 = 7_200;

/// What an ID token says besides who the person is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IdToken<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client: &'a Client,
    pub(crate) scope: &'a str,
    pub(crate) nonce: Option<&'a str>,
    pub(crate) auth_time_ms: Option<u64>,
    pub(crate) sid: Option<&'a str>,
    /// `org_id`
    pub(crate) organization: Option<&'a str>,
    /// For `at_hash`, when both came through the browser (OIDC Core 3.2.2.9).
    pub(crate) access_token: Option<&'a str>,
    /// For `c_hash` (OIDC Core 3.3.2.11).
    pub(crate) code: Option<&'a str>,
}

impl IdToken<'_> {
    /// Signs the token for `user`.
    pub(crate) fn sign(&self, key: &Key, user: &User, now_ms: u64) -> Result<String, KeyError> {
        let issued_at = now_ms / 1_000;
        let JwtConfiguration {
            alg,
            lifetime_in_seconds: life_s,
        } = self.client.jwt_configuration;
        let mut claims = profile(user, self.scope);
        claims.insert("iss".to_owned(), self.issuer.into());
        claims.insert("aud".to_owned(), self.client.client_id.as_str().into());
        claims.insert("iat".to_owned(), issued_at.into());
        claims.insert("exp".to_owned(), issued_at.saturating_add(life_s).into());
        let optional = [
            ("sid", self.sid.map(Value::from)),
            ("org_id", self.organization.map(Value::from)),
            ("nonce", self.nonce.map(Value::from)),
            ("auth_time", self.auth_time_ms.map(|ms| (ms / 1_000).into())),
            ("at_hash", self.access_token.map(half_hash)),
            ("c_hash", self.code.map(half_hash)),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                claims.insert(name.to_owned(), value);
            }
        }
        let claims = Value::Object(claims);
        match (alg, &self.client.client_secret) {
            (TokenAlgorithm::HS256, Some(secret)) => keys::sign_with_secret(secret, &claims),
            _ => key.sign(&claims),
        }
    }
}

/// The left half of the SHA-256 of `text`, base64url (OIDC Core 3.1.3.6).
fn half_hash(text: &str) -> Value {
    let half: Vec<u8> = Sha256::digest(text).into_iter().take(16).collect();
    URL_SAFE_NO_PAD.encode(half).into()
}

/// The claims that `scope` opens, `sub` first. Also the body of `/userinfo`.
pub(crate) fn profile(user: &User, scope: &str) -> Map<String, Value> {
    let has = |wanted: &str| scope.split(' ').any(|scope| scope == wanted);
    let mut claims = Map::new();
    let mut add = |name: &str, value: Value| {
        if !value.is_null() {
            claims.insert(name.to_owned(), value);
        }
    };
    add("sub", json!(user.user_id));
    if has("profile") {
        add("nickname", json!(user.nickname));
        add("name", json!(user.name));
        add("picture", json!(user.picture));
        // RFC 3339 text, as Auth0 sends it; OIDC Core says a number.
        add("updated_at", json!(user.updated_at));
    }
    if has("email") {
        add("email", json!(user.email));
        add("email_verified", json!(user.email_verified));
    }
    if has("phone") {
        add("phone_number", json!(user.phone_number));
        add("phone_number_verified", json!(user.phone_verified));
    }
    claims
}

/// Makes an access token: opaque, or a JWT when the request named an API.
pub(crate) fn access_token(
    key: &Key,
    store: &mut Store,
    issuer: &str,
    grant: &Grant,
    life_s: u64,
    now_ms: u64,
) -> Result<String, KeyError> {
    let jti = store.random.token::<24>();
    let Some(audience) = &grant.audience else {
        return Ok(jti);
    };
    let issued_at = now_ms / 1_000;
    key.sign(&json!({
        "iss": issuer,
        "sub": grant.user_id,
        "aud": [audience, format!("{issuer}userinfo")],
        "iat": issued_at,
        "exp": issued_at + life_s,
        "scope": grant.scope,
        "azp": grant.client_id,
        "jti": jti,
    }))
}

/// For whom tokens go through the browser.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccessFor<'a> {
    pub(crate) client: &'a Client,
    pub(crate) session: &'a Session,
}

/// What has been put into the redirect so far, for the hashes in the ID token.
#[derive(Debug, Default)]
pub(crate) struct Front {
    pub(crate) code: Option<String>,
}

/// The tokens of the implicit and hybrid flows, as response parameters.
pub(crate) fn front_channel(
    key: &Key,
    store: &mut Store,
    issuer: &str,
    request: &AuthorizeRequest,
    access_for: &AccessFor<'_>,
    front: &mut Front,
    now_ms: u64,
) -> Result<Vec<(&'static str, String)>, KeyError> {
    let AccessFor { client, session } = *access_for;
    let mut params = Vec::new();
    let mut access = None;
    if request.response_type.token {
        let grant = Grant {
            client_id: client.client_id.clone(),
            redirect_uri: String::new(),
            user_id: session.user_id.clone(),
            scope: request.scope.clone(),
            audience: request.audience.clone(),
            nonce: None,
            auth_time_ms: None,
            sid: session.sid.clone(),
            organization: session.organization.clone(),
            challenge: None,
        };
        let token = access_token(key, store, issuer, &grant, BROWSER_ACCESS_TOKEN_S, now_ms)?;
        let rights = Access {
            user_id: grant.user_id,
            scope: grant.scope,
            expires_at_ms: now_ms.saturating_add(BROWSER_ACCESS_TOKEN_S * 1_000),
        };
        store.grants.add_token(&token, rights, None);
        params.push(("access_token", token.clone()));
        params.push(("scope", request.scope.clone()));
        params.push(("expires_in", BROWSER_ACCESS_TOKEN_S.to_string()));
        params.push(("token_type", "Bearer".to_owned()));
        access = Some(token);
    }
    if let (true, Some(user)) = (
        request.response_type.id_token,
        store.users.by_id(&session.user_id),
    ) {
        let id_token = IdToken {
            issuer,
            client,
            scope: &request.scope,
            nonce: request.nonce.as_deref(),
            auth_time_ms: request.max_age.map(|_| session.auth_time_ms),
            sid: Some(&session.sid),
            organization: session.organization.as_deref(),
            access_token: access.as_deref(),
            code: front.code.as_deref(),
        };
        params.push(("id_token", id_token.sign(key, user, now_ms)?));
    }
    Ok(params)
}
