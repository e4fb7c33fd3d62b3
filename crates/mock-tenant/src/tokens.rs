//! ID tokens, access tokens, and the claims of a person.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::call::Turn;
use crate::claims;
use crate::config::{Client, Config, JwtConfiguration, TokenAlgorithm};
use crate::grants::{Access, Grant};
use crate::keys::{self, Key, KeyError};
use crate::users::User;

/// The lifetime in seconds of an access token from the token endpoint.
pub(crate) const ACCESS_TOKEN_S: u64 = 86_400;
/// The lifetime in seconds of an access token in an authorization response.
const BROWSER_ACCESS_TOKEN_S: u64 = 7_200;

/// The response type: which of code, access token and ID token an authorization response has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ResponseType {
    pub(crate) code: bool,
    pub(crate) token: bool,
    pub(crate) id_token: bool,
}

/// The claims of an ID token that do not describe the person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IdToken<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client: &'a Client,
    pub(crate) grant: &'a Grant,
    /// The access token for `at_hash`, if both are in the authorization response (OIDC Core 3.2.2.9).
    pub(crate) access_token: Option<&'a str>,
    /// The code for `c_hash` (OIDC Core 3.3.2.11).
    pub(crate) code: Option<&'a str>,
}

impl IdToken<'_> {
    /// Signs the token for `user`, with the custom claims `own`.
    pub(crate) fn sign(
        &self,
        key: &Key,
        user: &User,
        own: Map<String, Value>,
        now_ms: u64,
    ) -> Result<String, KeyError> {
        let issued_at = now_ms / 1_000;
        let JwtConfiguration {
            alg,
            lifetime_in_seconds: life_s,
        } = self.client.jwt_configuration;
        let grant = self.grant;
        let mut claims = own;
        claims.extend(profile(user, &grant.scope));
        let always = [
            ("iss", self.issuer.into()),
            ("aud", self.client.client_id.as_str().into()),
            ("iat", issued_at.into()),
            ("exp", issued_at.saturating_add(life_s).into()),
        ];
        let sid = Some(grant.sid.as_str()).filter(|sid| !sid.is_empty());
        let auth_time = grant.auth_time_ms.map(|ms| (ms / 1_000).into());
        let optional = [
            ("sid", sid.map(Value::from)),
            ("org_id", grant.organization.clone().map(Value::from)),
            ("nonce", grant.nonce.clone().map(Value::from)),
            ("auth_time", auth_time),
            ("at_hash", self.access_token.map(half_hash)),
            ("c_hash", self.code.map(half_hash)),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        for (name, value) in always.into_iter().chain(optional) {
            claims.insert(name.to_owned(), value);
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

/// The claims that `scope` allows, `sub` first. They are also the body of `/userinfo`.
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
        // A text in RFC 3339, as at Auth0. OIDC Core defines a number.
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

/// Makes an access token and keeps its rights. It is a JWT if the request names an API, otherwise opaque.
pub(crate) fn access_token(
    turn: &mut Turn<'_>,
    key: &Key,
    client: &Client,
    grant: &Grant,
    life_s: u64,
) -> Result<String, KeyError> {
    let jti = turn.store.random.token::<24>();
    let token = match &grant.audience {
        None => jti,
        Some(audience) => {
            let issuer = turn.issuer();
            let issued_at = turn.now_ms / 1_000;
            let mut claims = match turn.store.users.by_id(&grant.user_id) {
                Some(user) => own_claims(&turn.store.config, client, user),
                None => Map::new(),
            };
            let (sub, aud) = if grant.is_of_client() {
                claims.insert("gty".to_owned(), "client-credentials".into());
                (format!("{}@clients", grant.client_id), json!(audience))
            } else {
                let userinfo = format!("{issuer}userinfo");
                (grant.user_id.clone(), json!([audience, userinfo]))
            };
            for (name, value) in [
                ("iss", json!(issuer)),
                ("sub", json!(sub)),
                ("aud", aud),
                ("iat", json!(issued_at)),
                ("exp", json!(issued_at.saturating_add(life_s))),
                ("scope", json!(grant.scope)),
                ("azp", json!(grant.client_id)),
                ("jti", json!(jti)),
            ] {
                claims.insert(name.to_owned(), value);
            }
            key.sign(&Value::Object(claims))?
        }
    };
    let rights = Access {
        user_id: grant.user_id.clone(),
        scope: grant.scope.clone(),
        expires_at_ms: turn.now_ms.saturating_add(life_s.saturating_mul(1_000)),
        client_id: grant.client_id.clone(),
        audience: grant.audience.clone(),
        family: grant.family.clone(),
    };
    turn.store.grants.add_token(&token, rights, turn.now_ms);
    Ok(token)
}

/// The tokens of the implicit and hybrid flows, as response parameters.
pub(crate) fn front_channel(
    turn: &mut Turn<'_>,
    key: &Key,
    client: &Client,
    grant: &Grant,
    kind: ResponseType,
    code: Option<&str>,
) -> Result<Vec<(&'static str, String)>, KeyError> {
    let mut params = Vec::new();
    let mut access = None;
    if kind.token {
        let token = access_token(turn, key, client, grant, BROWSER_ACCESS_TOKEN_S)?;
        params.push(("access_token", token.clone()));
        params.push(("scope", grant.scope.clone()));
        params.push(("expires_in", BROWSER_ACCESS_TOKEN_S.to_string()));
        params.push(("token_type", "Bearer".to_owned()));
        access = Some(token);
    }
    if let (true, Some(user)) = (kind.id_token, turn.store.users.by_id(&grant.user_id)) {
        let id_token = IdToken {
            issuer: &turn.issuer(),
            client,
            grant,
            access_token: access.as_deref(),
            code,
        };
        let own = own_claims(&turn.store.config, client, user);
        params.push(("id_token", id_token.sign(key, user, own, turn.now_ms)?));
    }
    Ok(params)
}

/// The custom claims. The client's override the tenant's, and the person's override both.
pub(crate) fn own_claims(config: &Config, client: &Client, user: &User) -> Map<String, Value> {
    let sources = [&config.tenant.claims, &client.claims, &user.claims];
    if sources.iter().all(|claims| claims.is_empty()) {
        return Map::new();
    }
    let about = json!({"client_id": client.client_id, "name": client.name, "metadata": client.client_metadata});
    claims::fill(sources, &json!({"user": user, "client": about}))
}
