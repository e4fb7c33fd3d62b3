//! `POST /oauth/token`: authorization codes, one-time codes and refresh tokens become tokens.
//!
//! <https://auth0.com/docs/api/authentication/authorization-code-flow/get-token>

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::client_assertion::AssertionError;
use super::client_auth::{Unproven, authenticate, behind};
use super::co_authenticate::refusal_text;
use super::cors;
use super::token_grants::{Proven, Successor, code_grant, otp_grant, refresh_grant};
use crate::codes::Refusal;
use crate::config::{AppType, Client, Strategy};
use crate::grants::{Access, Refresh};
use crate::keys::{Key, KeyError};
use crate::limits::{Allowance, Bucket, TOO_MANY_REQUESTS};
use crate::logs::{Event, Type};
use crate::proof::{SIGNUP_DISABLED, SUSPICIOUS, TOO_MANY_ATTEMPTS};
use crate::request::{Params, ParamsError, Requester};
use crate::response::{json_response, oauth_error};
use crate::rules::MFA_REQUIRED;
use crate::state::{AppState, Store};
use crate::tokens::{self, ACCESS_TOKEN_S, IdToken};

const CODE_GRANT: &str = "authorization_code";
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";
const REFRESH_GRANT: &str = "refresh_token";

/// Why there are no tokens.
#[derive(Debug, thiserror::Error)]
pub(super) enum TokenError {
    #[error(transparent)]
    Assertion(#[from] AssertionError),
    #[error("user is blocked")]
    BlockedUser,
    /// A rule's own words.
    #[error("{0}")]
    Denied(String),
    #[error("Grant type '{0}' not allowed for the client.")]
    GrantNotAllowed(String),
    #[error("Invalid authorization code")]
    InvalidCode,
    #[error("Failed to verify code verifier")]
    InvalidVerifier,
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("The requested scope was not granted before: {0}")]
    InvalidScope(String),
    #[error("{0}")]
    Malformed(#[from] ParamsError),
    /// With the token to go on with, which the mock takes nowhere.
    #[error("{MFA_REQUIRED}")]
    MfaRequired { token: String },
    #[error("Missing required parameter: {0}")]
    MissingParameter(&'static str),
    #[error("{}", refusal_text(*.refusal, *.strategy, *.distinct))]
    Refused {
        refusal: Refusal,
        strategy: Strategy,
        distinct: bool,
    },
    #[error("{SIGNUP_DISABLED}")]
    SignupDisabled,
    #[error("{SUSPICIOUS}")]
    Suspicious,
    #[error("{TOO_MANY_ATTEMPTS}")]
    TooManyAttempts,
    #[error("{TOO_MANY_REQUESTS}")]
    TooManyRequests,
    #[error("Client credentials must be sent once, in the header or in the body")]
    TwoMethods,
    /// `reused` tells the log that somebody has a copy; the client is told nothing.
    #[error("Unknown or invalid refresh token.")]
    UnknownRefreshToken { reused: bool },
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
            Self::MfaRequired { token } => {
                let body = json!({"error": "mfa_required", "error_description": text, "mfa_token": token,
                    "mfa_requirements": {"challenge": [{"type": "otp"}]}});
                return json_response(StatusCode::FORBIDDEN, &body);
            }
            Self::Denied(_) | Self::SignupDisabled => (StatusCode::FORBIDDEN, "access_denied"),
            Self::BlockedUser => (StatusCode::FORBIDDEN, "unauthorized"),
            Self::InvalidCode
            | Self::InvalidVerifier
            | Self::Refused { .. }
            | Self::UnknownRefreshToken { .. } => (StatusCode::FORBIDDEN, "invalid_grant"),
            Self::InvalidScope(_) => (StatusCode::BAD_REQUEST, "invalid_scope"),
            Self::Suspicious | Self::TooManyAttempts => {
                (StatusCode::TOO_MANY_REQUESTS, "too_many_attempts")
            }
            Self::TooManyRequests => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            Self::Key(error) => {
                tracing::error!("{error}");
                let text = "The tenant could not sign the token";
                return oauth_error(StatusCode::INTERNAL_SERVER_ERROR, "server_error", text);
            }
            Self::Malformed(_)
            | Self::MissingParameter(_)
            | Self::TwoMethods
            | Self::UnknownRealm(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::Assertion(_) => (StatusCode::UNAUTHORIZED, "invalid_client"),
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
    let allowance = allowance(&state);
    let mut note = Note {
        requester,
        ..Note::default()
    };
    let outcome = match state.keys().key().await {
        _ if allowance.is_some_and(|allowance| allowance.is_exceeded()) => {
            Err(TokenError::TooManyRequests)
        }
        Ok(key) => exchange(&state, &key, &headers, &body, &mut note),
        Err(error) => Err(error.into()),
    };
    log(&state, &note, outcome.as_ref().err());
    let mut response = match outcome {
        Ok(tokens) => json_response(StatusCode::OK, &tokens),
        Err(error) => error.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    let client_id = Some(note.client_id).filter(|id| !id.is_empty());
    cors::allow_start(&state, &headers, client_id.as_deref(), &mut response);
    response
}

/// Counts the call against the tenant's limit.
fn allowance(state: &AppState) -> Option<Allowance> {
    let now_ms = state.now_ms();
    let mut store = state.store();
    let limit = store.config.tenant.token_per_second;
    store.limits.take(Bucket::Token, limit, now_ms)
}

/// What is known of a request, as far as it was read, for the log.
#[derive(Debug, Default)]
struct Note {
    client_id: String,
    grant_type: String,
    requester: Requester,
}

fn exchange(
    state: &AppState,
    key: &Key,
    headers: &HeaderMap,
    body: &[u8],
    note: &mut Note,
) -> Result<Value, TokenError> {
    let params = Params::body(headers, body)?;
    let grant_type = params
        .str("grant_type")
        .ok_or(TokenError::MissingParameter("grant_type"))?;
    grant_type.clone_into(&mut note.grant_type);
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let client =
        authenticate(store, headers, &params, state.base_url(), now_ms).map_err(|unproven| {
            match unproven {
                Unproven::Assertion(error) => TokenError::Assertion(error),
                Unproven::TwoMethods => TokenError::TwoMethods,
                Unproven::Unauthorized => TokenError::Unauthorized,
            }
        })?;
    note.client_id.clone_from(&client.client_id);
    note.requester = behind(&note.requester, &client, &params, headers);
    let proven = match grant_type {
        CODE_GRANT if client.may_use(CODE_GRANT) => code_grant(store, &client, &params, now_ms)?,
        // Auth0 does not offer this grant to single-page applications, whatever their settings say.
        OTP_GRANT if client.may_use(OTP_GRANT) && client.app_type != AppType::Spa => {
            let base_url = state.base_url();
            otp_grant(store, &client, &params, &note.requester, base_url, now_ms)?
        }
        REFRESH_GRANT if client.may_use(REFRESH_GRANT) => {
            refresh_grant(store, &client, &params, now_ms)?
        }
        other => return Err(TokenError::GrantNotAllowed(other.to_owned())),
    };
    mint(key, store, &state.issuer(), &client, proven, now_ms)
}

fn mint(
    key: &Key,
    store: &mut Store,
    issuer: &str,
    client: &Client,
    proven: Proven<'_>,
    now_ms: u64,
) -> Result<Value, TokenError> {
    let Proven {
        grant,
        code,
        successor,
    } = proven;
    // The person may have been deleted since the code was made.
    let user = store.users.by_id(&grant.user_id);
    if user.ok_or(TokenError::InvalidCode)?.blocked {
        return Err(TokenError::BlockedUser);
    }
    let access_token = tokens::access_token(key, store, issuer, &grant, ACCESS_TOKEN_S, now_ms)?;
    let rights = Access {
        user_id: grant.user_id.clone(),
        scope: grant.scope.clone(),
        expires_at_ms: now_ms.saturating_add(ACCESS_TOKEN_S * 1_000),
    };
    store.grants.add_token(&access_token, rights, code);
    let mut body = Map::new();
    body.insert("access_token".to_owned(), access_token.into());
    if let Some(user) = store.users.by_id(&grant.user_id)
        && grant.has_scope("openid")
    {
        let claims = IdToken {
            issuer,
            client,
            scope: &grant.scope,
            nonce: grant.nonce.as_deref(),
            auth_time_ms: grant.auth_time_ms,
            sid: Some(grant.sid.as_str()).filter(|sid| !sid.is_empty()),
            organization: grant.organization.as_deref(),
            access_token: None,
            code: None,
        };
        body.insert(
            "id_token".to_owned(),
            claims.sign(key, user, now_ms)?.into(),
        );
    }
    let scope = grant.scope.clone();
    let family = match successor {
        Successor::None => None,
        Successor::Of {
            family,
            grant,
            expires_at_ms,
        } => Some((family, *grant, expires_at_ms)),
        Successor::New => {
            let life = &client.refresh_token;
            let end_ms = now_ms.saturating_add(life.token_lifetime.saturating_mul(1_000));
            let expires_at_ms = (!life.infinite_token_lifetime).then_some(end_ms);
            Some((store.random.token::<12>(), grant, expires_at_ms))
        }
    };
    if let Some((family, grant, expires_at_ms)) = family {
        let token = store.random.token::<33>();
        let refresh = Refresh {
            grant,
            family,
            expires_at_ms,
            idle_at_ms: client.refresh_token.idle_at_ms(now_ms),
            rotated_at_ms: None,
        };
        store.grants.add_refresh(&token, refresh, code);
        body.insert("refresh_token".to_owned(), token.into());
    }
    body.insert("scope".to_owned(), scope.into());
    body.insert("expires_in".to_owned(), ACCESS_TOKEN_S.into());
    body.insert("token_type".to_owned(), "Bearer".into());
    Ok(Value::Object(body))
}

fn log(state: &AppState, note: &Note, error: Option<&TokenError>) {
    let now_ms = state.now_ms();
    let mut guard = state.store();
    let store = &mut *guard;
    let (kind, success) = match (note.grant_type.as_str(), error) {
        (OTP_GRANT, None) => (Type::S, "Successful login"),
        (OTP_GRANT, Some(_)) => (Type::Fepotpft, ""),
        (REFRESH_GRANT, None) => (Type::Sertft, "Refresh Token for Access Token"),
        (REFRESH_GRANT, Some(TokenError::UnknownRefreshToken { reused: true })) => {
            (Type::Ferrt, "")
        }
        (REFRESH_GRANT, Some(_)) => (Type::Fertft, ""),
        (_, Some(TokenError::TooManyRequests)) => (Type::ApiLimit, ""),
        (_, None) => (Type::Seacft, "Authorization Code for Access Token"),
        (_, Some(_)) => (Type::Feacft, ""),
    };
    let description = error.map_or(success.to_owned(), ToString::to_string);
    let event = Event {
        description: &description,
        client_id: &note.client_id,
        ..Event::new(kind)
    };
    store
        .logs
        .push(&event, &note.requester.log, &mut store.random, now_ms);
    drop(guard);
    state.announce();
}
