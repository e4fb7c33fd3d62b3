//! `POST /oauth/token`: authorization codes, one-time codes, refresh tokens and credentials become tokens.
//!
//! <https://auth0.com/docs/api/authentication/authorization-code-flow/get-token>

use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value};

use super::client_auth::{authenticate, behind};
use super::cors;
use super::token_error::TokenError;
use super::token_grants::{
    Proven, Successor, code_grant, credentials_grant, otp_grant, refresh_grant,
};
use crate::call::{Call, Step};
use crate::config::{AppType, Client};
use crate::grants::{Grant, Refresh};
use crate::keys::Key;
use crate::limits::{Allowance, Bucket};
use crate::logs::{Event, Type};
use crate::request::Params;
use crate::response::json_response;
use crate::tokens::{self, ACCESS_TOKEN_S, IdToken, own_claims};

const CODE_GRANT: &str = "authorization_code";
const CREDENTIALS_GRANT: &str = "client_credentials";
const OTP_GRANT: &str = "http://auth0.com/oauth/grant-type/passwordless/otp";
const REFRESH_GRANT: &str = "refresh_token";

/// `POST /oauth/token`
pub(crate) async fn token(call: Call, body: Bytes) -> Response {
    let key = call.state.keys().key().await;
    let mut note = Note::default();
    let (outcome, allowance) = call.step(|step| {
        let allowance = allowance(step);
        let is_exceeded = allowance.is_some_and(|allowance| allowance.is_exceeded());
        let outcome = match key {
            _ if is_exceeded => Err(TokenError::TooManyRequests),
            Ok(key) => exchange(step, &key, &body, &mut note),
            Err(error) => Err(error.into()),
        };
        log(step, &note, outcome.as_ref().err());
        (outcome, allowance)
    });
    let mut response = match outcome {
        Ok(tokens) => json_response(StatusCode::OK, &tokens),
        Err(error) => error.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    let client_id = Some(note.client_id).filter(|id| !id.is_empty());
    cors::allow_start(
        &call.state,
        &call.headers,
        client_id.as_deref(),
        &mut response,
    );
    response
}

/// Counts the call against the tenant's limit.
fn allowance(step: &mut Step<'_>) -> Option<Allowance> {
    let limit = step.store.config.tenant.token_per_second;
    step.store.limits.take(Bucket::Token, limit, step.now_ms)
}

/// What is known of a request, as far as it was read, for the log.
#[derive(Debug, Default)]
struct Note {
    client_id: String,
    grant_type: String,
}

/// Reads the request, finds out who sent it and what it proves, and makes tokens of that.
fn exchange(
    step: &mut Step<'_>,
    key: &Key,
    body: &[u8],
    note: &mut Note,
) -> Result<Value, TokenError> {
    let params = Params::body(step.headers(), body)?;
    let grant_type = params
        .str("grant_type")
        .ok_or(TokenError::MissingParameter("grant_type"))?;
    grant_type.clone_into(&mut note.grant_type);
    let client = authenticate(step, &params)?;
    note.client_id.clone_from(&client.client_id);
    behind(step, &client, &params);
    let proven = match grant_type {
        CODE_GRANT if client.may_use(CODE_GRANT) => code_grant(step, &client, &params)?,
        CREDENTIALS_GRANT if client.may_use(CREDENTIALS_GRANT) => {
            credentials_grant(step, &client, &params)?
        }
        // Auth0 does not offer this grant to single-page applications, whatever their settings say.
        OTP_GRANT if client.may_use(OTP_GRANT) && client.app_type != AppType::Spa => {
            otp_grant(step, &client, &params)?
        }
        REFRESH_GRANT if client.may_use(REFRESH_GRANT) => refresh_grant(step, &client, &params)?,
        other => return Err(TokenError::GrantNotAllowed(other.to_owned())),
    };
    mint(step, key, &client, proven)
}

/// The answer of RFC 6749 section 5.1, with an ID token for `openid` (OIDC Core section 3.1.3.3).
fn mint(
    step: &mut Step<'_>,
    key: &Key,
    client: &Client,
    proven: Proven,
) -> Result<Value, TokenError> {
    let Proven { grant, successor } = proven;
    if !grant.is_of_client() {
        // The person may have been deleted since the code was made.
        let user = step.store.users.by_id(&grant.user_id);
        if user.ok_or(TokenError::InvalidCode)?.blocked {
            return Err(TokenError::BlockedUser);
        }
    }
    let mut body = Map::new();
    let access_token = tokens::access_token(step, key, client, &grant, ACCESS_TOKEN_S)?;
    body.insert("access_token".to_owned(), access_token.into());
    if let Some(user) = step.store.users.by_id(&grant.user_id)
        && grant.has_scope("openid")
    {
        let id_token = IdToken {
            issuer: &step.issuer(),
            client,
            grant: &grant,
            access_token: None,
            code: None,
        };
        let own = own_claims(&step.store.config, client, user);
        let id_token = id_token.sign(key, user, own, step.now_ms)?;
        body.insert("id_token".to_owned(), id_token.into());
    }
    let scope = grant.scope.clone();
    if let Some(refresh_token) = succeed(step, client, grant, successor) {
        body.insert("refresh_token".to_owned(), refresh_token.into());
    }
    body.insert("scope".to_owned(), scope.into());
    body.insert("expires_in".to_owned(), ACCESS_TOKEN_S.into());
    body.insert("token_type".to_owned(), "Bearer".into());
    Ok(Value::Object(body))
}

/// The refresh token that comes with the answer, if one does.
fn succeed(
    step: &mut Step<'_>,
    client: &Client,
    grant: Grant,
    successor: Successor,
) -> Option<String> {
    let now_ms = step.now_ms;
    let (grant, expires_at_ms) = match successor {
        Successor::None => return None,
        Successor::Of {
            grant,
            expires_at_ms,
        } => (*grant, expires_at_ms),
        Successor::New => {
            let life = &client.refresh_token;
            let end_ms = now_ms.saturating_add(life.token_lifetime.saturating_mul(1_000));
            (grant, (!life.infinite_token_lifetime).then_some(end_ms))
        }
    };
    let token = step.store.random.token::<33>();
    let refresh = Refresh {
        grant,
        expires_at_ms,
        idle_at_ms: client.refresh_token.idle_at_ms(now_ms),
        rotated_at_ms: None,
    };
    step.store.grants.add_refresh(&token, refresh, now_ms);
    Some(token)
}

fn log(step: &mut Step<'_>, note: &Note, error: Option<&TokenError>) {
    let (kind, success) = match (note.grant_type.as_str(), error) {
        (OTP_GRANT, None) => (Type::S, "Successful login"),
        (OTP_GRANT, Some(_)) => (Type::Fepotpft, ""),
        (CREDENTIALS_GRANT, None) => (Type::Seccft, "Client Credentials for Access Token"),
        (CREDENTIALS_GRANT, Some(_)) => (Type::Feccft, ""),
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
    step.log(&Event {
        description: &description,
        client_id: &note.client_id,
        ..Event::new(kind)
    });
}
