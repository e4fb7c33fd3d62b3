//! `POST /oauth/token`: authorization codes and one-time codes become tokens.
//!
//! <https://auth0.com/docs/api/authentication/authorization-code-flow/get-token>

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::client_auth::{Unproven, authenticate};
use super::co_authenticate::refusal_text;
use super::cors;
use crate::address::normalise;
use crate::codes::{Addressee, Refusal};
use crate::config::{AppType, Client, Strategy};
use crate::grants::{Access, Challenge, Grant};
use crate::keys::{Key, KeyError};
use crate::logs::{Event, Type};
use crate::request::{Params, ParamsError, Requester};
use crate::response::{json_response, oauth_error};
use crate::state::{AppState, Store};
use crate::tokens::{self, ACCESS_TOKEN_S, IdToken};

const CODE_GRANT: &str = "authorization_code";
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";

/// Why there are no tokens.
#[derive(Debug, thiserror::Error)]
enum TokenError {
    #[error("user is blocked")]
    BlockedUser,
    #[error("Grant type '{0}' not allowed for the client.")]
    GrantNotAllowed(String),
    #[error("Invalid authorization code")]
    InvalidCode,
    #[error("Failed to verify code verifier")]
    InvalidVerifier,
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("{0}")]
    Malformed(#[from] ParamsError),
    #[error("Missing required parameter: {0}")]
    MissingParameter(&'static str),
    #[error("{}", refusal_text(*.refusal, *.strategy, *.distinct))]
    Refused {
        refusal: Refusal,
        strategy: Strategy,
        distinct: bool,
    },
    #[error("Client credentials must be sent once, in the header or in the body")]
    TwoMethods,
    #[error("Unauthorized")]
    Unauthorized,
    #[error("Unknown realm {0}.")]
    UnknownRealm(String),
    #[error("The redirect URI is wrong. You sent {sent}, and we expected {expected}")]
    WrongRedirectUri { sent: String, expected: String },
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let text = self.to_string();
        let (status, code) = match self {
            Self::GrantNotAllowed(_) => {
                let body = json!({"error": "unauthorized_client", "error_description": text,
                    "error_uri": "https://auth0.com/docs/clients/client-grant-types"});
                return json_response(StatusCode::FORBIDDEN, &body);
            }
            Self::BlockedUser => (StatusCode::FORBIDDEN, "unauthorized"),
            Self::InvalidCode | Self::InvalidVerifier | Self::Refused { .. } => {
                (StatusCode::FORBIDDEN, "invalid_grant")
            }
            Self::Key(error) => {
                tracing::error!("{error}");
                let text = "The tenant could not sign the token";
                return oauth_error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", text);
            }
            Self::Malformed(_)
            | Self::MissingParameter(_)
            | Self::TwoMethods
            | Self::UnknownRealm(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Unauthorized => (StatusCode::UNAUTHORIZED, "access_denied"),
            Self::WrongRedirectUri { .. } => (StatusCode::FORBIDDEN, "unauthorized_client"),
        };
        let mut response = oauth_error(status, code, &text);
        if status == StatusCode::UNAUTHORIZED {
            let challenge = axum::http::HeaderValue::from_static("Basic realm=\"mock tenant\"");
            response.headers_mut().insert("www-authenticate", challenge);
        }
        response
    }
}

/// `POST /oauth/token`
pub(crate) async fn token(
    State(state): State<AppState>,
    requester: Requester,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut client_id = String::new();
    let outcome = match state.keys().key().await {
        Ok(key) => exchange(&state, &key, &headers, &body, &mut client_id, &requester),
        Err(error) => Err(error.into()),
    };
    log(&state, &client_id, outcome.as_ref().err(), &requester);
    let mut response = match outcome {
        Ok(tokens) => json_response(StatusCode::OK, &tokens),
        Err(error) => error.into_response(),
    };
    let client_id = Some(client_id).filter(|id| !id.is_empty());
    cors::allow_start(&state, &headers, client_id.as_deref(), &mut response);
    response
}

fn exchange(
    state: &AppState,
    key: &Key,
    headers: &HeaderMap,
    body: &[u8],
    client_id: &mut String,
    requester: &Requester,
) -> Result<Value, TokenError> {
    let params = Params::body(headers, body)?;
    let grant_type = params
        .str("grant_type")
        .ok_or(TokenError::MissingParameter("grant_type"))?;
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let client =
        authenticate(&store.config, headers, &params).map_err(|unproven| match unproven {
            Unproven::TwoMethods => TokenError::TwoMethods,
            Unproven::Unauthorized => TokenError::Unauthorized,
        })?;
    client_id.clone_from(&client.client_id);
    let (grant, code) = match grant_type {
        CODE_GRANT if client.may_use(CODE_GRANT) => {
            let code = params
                .str("code")
                .ok_or(TokenError::MissingParameter("code"))?;
            (
                code_grant(store, &client, &params, code, now_ms)?,
                Some(code),
            )
        }
        // Auth0 does not offer this grant to single-page applications, whatever their settings say.
        OTP_GRANT if client.may_use(OTP_GRANT) && client.app_type != AppType::Spa => {
            (otp_grant(store, &client, &params, requester, now_ms)?, None)
        }
        other => return Err(TokenError::GrantNotAllowed(other.to_owned())),
    };
    mint(key, store, &state.issuer(), &grant, code, now_ms)
}

fn code_grant(
    store: &mut Store,
    client: &Client,
    params: &Params,
    code: &str,
    now_ms: u64,
) -> Result<Grant, TokenError> {
    let grant = store
        .grants
        .take_code(code, now_ms)
        .filter(|grant| grant.client_id == client.client_id)
        .ok_or(TokenError::InvalidCode)?;
    let sent = params
        .str("redirect_uri")
        .ok_or(TokenError::MissingParameter("redirect_uri"))?;
    if sent != grant.redirect_uri {
        return Err(TokenError::WrongRedirectUri {
            sent: sent.to_owned(),
            expected: grant.redirect_uri,
        });
    }
    match (&grant.challenge, params.str("code_verifier")) {
        (Some(challenge), Some(verifier)) if verifies(challenge, verifier) => Ok(grant),
        // A verifier without a challenge is refused too: someone may have stripped the challenge (RFC 9700, 2.1.1).
        (Some(_), _) | (None, Some(_)) => Err(TokenError::InvalidVerifier),
        (None, None) if client.is_confidential() || params.str("client_secret").is_some() => {
            Ok(grant)
        }
        (None, None) => Err(TokenError::Unauthorized),
    }
}

/// RFC 7636 section 4.6.
fn verifies(challenge: &Challenge, verifier: &str) -> bool {
    let (expected, computed) = match challenge {
        Challenge::Plain(expected) => (expected, verifier.to_owned()),
        Challenge::S256(expected) => (expected, URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))),
    };
    expected.as_bytes().ct_eq(computed.as_bytes()).into()
}

fn otp_grant(
    store: &mut Store,
    client: &Client,
    params: &Params,
    requester: &Requester,
    now_ms: u64,
) -> Result<Grant, TokenError> {
    let field = |name| params.str(name).ok_or(TokenError::MissingParameter(name));
    let (username, otp, realm) = (field("username")?, field("otp")?, field("realm")?);
    let connection = store
        .config
        .connection(realm)
        .filter(|connection| {
            connection.is_passwordless() && connection.is_enabled_for(&client.client_id)
        })
        .ok_or_else(|| TokenError::UnknownRealm(realm.to_owned()))?
        .clone();
    let to = Addressee {
        connection: connection.name.clone(),
        address: normalise(connection.strategy, username),
    };
    store
        .codes
        .redeem(&to, &client.client_id, otp, now_ms)
        .map_err(|refusal| TokenError::Refused {
            refusal,
            strategy: connection.strategy,
            distinct: store.config.tenant.distinct_code_errors,
        })?;
    if store.users.find(&to).is_some_and(|user| user.blocked) {
        return Err(TokenError::BlockedUser);
    }
    let user_id = store
        .users
        .first_login(&to, connection.strategy, now_ms)
        .user_id
        .clone();
    store
        .users
        .record_login(&user_id, &requester.log.ip, now_ms);
    Ok(Grant {
        client_id: client.client_id.clone(),
        redirect_uri: String::new(),
        user_id,
        scope: params
            .str("scope")
            .unwrap_or("openid profile email")
            .to_owned(),
        audience: params.string("audience"),
        nonce: None,
        auth_time_ms: None,
        sid: String::new(),
        challenge: None,
    })
}

fn mint(
    key: &Key,
    store: &mut Store,
    issuer: &str,
    grant: &Grant,
    code: Option<&str>,
    now_ms: u64,
) -> Result<Value, TokenError> {
    let access_token = tokens::access_token(key, store, issuer, grant, ACCESS_TOKEN_S, now_ms)?;
    let rights = Access {
        user_id: grant.user_id.clone(),
        scope: grant.scope.clone(),
        expires_at_ms: now_ms.saturating_add(ACCESS_TOKEN_S * 1_000),
    };
    store.grants.add_token(&access_token, rights, code);
    // The person may have been deleted since the code was made.
    let user = store
        .users
        .by_id(&grant.user_id)
        .ok_or(TokenError::InvalidCode)?;
    if user.blocked {
        return Err(TokenError::BlockedUser);
    }
    let mut id_token = None;
    if grant.scope.split(' ').any(|scope| scope == "openid") {
        let claims = IdToken {
            issuer,
            client_id: &grant.client_id,
            scope: &grant.scope,
            nonce: grant.nonce.as_deref(),
            auth_time_ms: grant.auth_time_ms,
            sid: Some(grant.sid.as_str()).filter(|sid| !sid.is_empty()),
            access_token: None,
            code: None,
        };
        id_token = Some(claims.sign(key, user, now_ms)?);
    }
    let mut body = Map::new();
    body.insert("access_token".to_owned(), access_token.into());
    if let Some(id_token) = id_token {
        body.insert("id_token".to_owned(), id_token.into());
    }
    body.insert("scope".to_owned(), grant.scope.clone().into());
    body.insert("expires_in".to_owned(), ACCESS_TOKEN_S.into());
    body.insert("token_type".to_owned(), "Bearer".into());
    Ok(Value::Object(body))
}

fn log(state: &AppState, client_id: &str, error: Option<&TokenError>, requester: &Requester) {
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let description = error.map(ToString::to_string);
    let event = Event {
        description: description
            .as_deref()
            .unwrap_or("Authorization Code for Access Token"),
        client_id,
        ..Event::new(if error.is_some() {
            Type::Feacft
        } else {
            Type::Seacft
        })
    };
    store
        .logs
        .push(&event, &requester.log, &mut store.random, now_ms);
    drop(guard);
    state.announce();
}
