//! `POST /oauth/token`: exchanges authorization codes, verification codes, refresh tokens and client credentials for tokens.
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
use crate::call::{Call, Turn};
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
    let (outcome, allowance) = call.turn(|turn| {
        let allowance = allowance(turn);
        let is_exceeded = allowance.is_some_and(|allowance| allowance.is_exceeded());
        let outcome = match key {
            _ if is_exceeded => Err(TokenError::TooManyRequests),
            Ok(key) => exchange(turn, &key, &body, &mut note),
            Err(error) => Err(error.into()),
        };
        log(turn, &note, outcome.as_ref().err());
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
fn allowance(turn: &mut Turn<'_>) -> Option<Allowance> {
    let limit = turn.store.config.tenant.token_per_second;
    turn.store.limits.take(Bucket::Token, limit, turn.now_ms)
}

/// The data of a request for the log, as far as it was read.
#[derive(Debug, Default)]
struct Note {
    client_id: String,
    grant_type: String,
}

/// Reads the request, authenticates the client, checks the grant, and makes the tokens.
fn exchange(
    turn: &mut Turn<'_>,
    key: &Key,
    body: &[u8],
    note: &mut Note,
) -> Result<Value, TokenError> {
    let params = Params::body(turn.headers(), body)?;
    let grant_type = params
        .str("grant_type")
        .ok_or(TokenError::MissingParameter("grant_type"))?;
    grant_type.clone_into(&mut note.grant_type);
    let client = authenticate(turn, &params)?;
    note.client_id.clone_from(&client.client_id);
    behind(turn, &client, &params);
    let proven = match grant_type {
        CODE_GRANT if client.may_use(CODE_GRANT) => code_grant(turn, &client, &params)?,
        CREDENTIALS_GRANT if client.may_use(CREDENTIALS_GRANT) => {
            credentials_grant(turn, &client, &params)?
        }
        // Auth0 does not allow this grant for single-page applications, even if their settings have it.
        OTP_GRANT if client.may_use(OTP_GRANT) && client.app_type != AppType::Spa => {
            otp_grant(turn, &client, &params)?
        }
        REFRESH_GRANT if client.may_use(REFRESH_GRANT) => refresh_grant(turn, &client, &params)?,
        other => return Err(TokenError::GrantNotAllowed(other.to_owned())),
    };
    mint(turn, key, &client, proven)
}

/// Makes the response of RFC 6749 section 5.1, with an ID token for the scope `openid` (OIDC Core section 3.1.3.3).
fn mint(
    turn: &mut Turn<'_>,
    key: &Key,
    client: &Client,
    proven: Proven,
) -> Result<Value, TokenError> {
    let Proven { grant, successor } = proven;
    if !grant.is_of_client() {
        // The person may have been deleted after the code was issued.
        let user = turn.store.users.by_id(&grant.user_id);
        if user.ok_or(TokenError::InvalidCode)?.blocked {
            return Err(TokenError::BlockedUser);
        }
    }
    let mut body = Map::new();
    let access_token = tokens::access_token(turn, key, client, &grant, ACCESS_TOKEN_S)?;
    body.insert("access_token".to_owned(), access_token.into());
    if let Some(user) = turn.store.users.by_id(&grant.user_id)
        && grant.has_scope("openid")
    {
        let id_token = IdToken {
            issuer: &turn.issuer(),
            client,
            grant: &grant,
            access_token: None,
            code: None,
        };
        let own = own_claims(&turn.store.config, client, user);
        let id_token = id_token.sign(key, user, own, turn.now_ms)?;
        body.insert("id_token".to_owned(), id_token.into());
    }
    let scope = grant.scope.clone();
    if let Some(refresh_token) = succeed(turn, client, grant, successor) {
        body.insert("refresh_token".to_owned(), refresh_token.into());
    }
    body.insert("scope".to_owned(), scope.into());
    body.insert("expires_in".to_owned(), ACCESS_TOKEN_S.into());
    body.insert("token_type".to_owned(), "Bearer".into());
    Ok(Value::Object(body))
}

/// The refresh token of the response, if it has one.
fn succeed(
    turn: &mut Turn<'_>,
    client: &Client,
    grant: Grant,
    successor: Successor,
) -> Option<String> {
    let now_ms = turn.now_ms;
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
    let token = turn.store.random.token::<33>();
    let refresh = Refresh {
        grant,
        expires_at_ms,
        idle_at_ms: client.refresh_token.idle_at_ms(now_ms),
        rotated_at_ms: None,
    };
    turn.store.grants.add_refresh(&token, refresh, now_ms);
    Some(token)
}

fn log(turn: &mut Turn<'_>, note: &Note, error: Option<&TokenError>) {
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
    turn.log(&Event {
        description: &description,
        client_id: &note.client_id,
        ..Event::new(kind)
    });
}
