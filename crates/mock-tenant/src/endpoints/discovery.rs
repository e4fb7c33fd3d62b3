//! The tenant's metadata (OpenID Connect Discovery 1.0) and keys (RFC 7517).
//!
//! The metadata list only what the mock serves; a real tenant lists more.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use crate::keys::KeyError;
use crate::limits::{Allowance, Bucket, TOO_MANY_REQUESTS};
use crate::paths::{AUTHORIZE, JWKS, OIDC_LOGOUT, REVOKE, TOKEN, USERINFO};
use crate::response::{json_response, oauth_error};
use crate::state::AppState;

/// `GET /.well-known/openid-configuration`
pub(crate) async fn discovery(State(state): State<AppState>) -> Response {
    let base = state.base_url();
    let names_issuer = state
        .store()
        .config
        .tenant
        .authorization_response_iss_parameter_supported;
    public(json_response(
        StatusCode::OK,
        &json!({
            "issuer": state.issuer(),
            "authorization_endpoint": format!("{base}{AUTHORIZE}"),
            "token_endpoint": format!("{base}{TOKEN}"),
            "revocation_endpoint": format!("{base}{REVOKE}"),
            "userinfo_endpoint": format!("{base}{USERINFO}"),
            "end_session_endpoint": format!("{base}{OIDC_LOGOUT}"),
            "jwks_uri": format!("{base}{JWKS}"),
            "scopes_supported": ["openid", "profile", "offline_access", "email", "phone"],
            "response_types_supported": [
                "code", "token", "id_token", "code token", "code id_token", "token id_token", "code token id_token"
            ],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["HS256", "RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "RS384", "PS256"],
            "code_challenge_methods_supported": ["S256", "plain"],
            "claims_supported": [
                "aud", "auth_time", "email", "email_verified", "exp", "iat", "iss", "name", "nickname", "nonce",
                "phone_number", "phone_number_verified", "picture", "sid", "sub", "updated_at"
            ],
            "authorization_response_iss_parameter_supported": names_issuer,
            "request_uri_parameter_supported": false,
            "request_parameter_supported": false
        }),
    ))
}

/// `GET /.well-known/jwks.json`
pub(crate) async fn jwks(State(state): State<AppState>) -> Response {
    let allowance = {
        let now_ms = state.now_ms();
        let mut store = state.store();
        let per_second = store.config.tenant.jwks_per_second;
        store.limits.take(Bucket::Jwks, per_second, now_ms)
    };
    if let Some(allowance) = allowance.filter(Allowance::is_exceeded) {
        let status = StatusCode::TOO_MANY_REQUESTS;
        let mut response = oauth_error(status, "too_many_requests", TOO_MANY_REQUESTS);
        allowance.write(response.headers_mut());
        return public(response);
    }
    let mut response = public(match keys(&state).await {
        Ok(keys) => json_response(StatusCode::OK, &json!({"keys": keys})),
        Err(error) => {
            tracing::error!("{error}");
            oauth_error(
                StatusCode::INTERNAL_SERVER_ERROR,
                "server_error",
                "The signing key is not there",
            )
        }
    });
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    response
}

/// The current key, the next one, and the previous ones.
async fn keys(state: &AppState) -> Result<Vec<Value>, KeyError> {
    let keys = state.keys().all().await?;
    keys.iter().map(|(_, key)| key.jwk()).collect()
}

/// Allows pages of any origin to read the response, which contains no secrets.
fn public(mut response: Response) -> Response {
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}
