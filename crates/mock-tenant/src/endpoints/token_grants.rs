//! The grants of `/oauth/token`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::authorize_request::OFFLINE_ACCESS;
use super::token_error::TokenError;
use crate::call::Turn;
use crate::config::Client;
use crate::grants::{Challenge, Grant};
use crate::proof::Attempt;
use crate::request::Params;
use crate::rules::{self, Verdict};

/// The default scopes of a token for the Management API.
const MANAGEMENT_SCOPES: &str = "read:users create:users update:users delete:users";

/// The data from which tokens are made.
#[derive(Debug)]
pub(super) struct Proven {
    pub(super) grant: Grant,
    pub(super) successor: Successor,
}

/// The refresh token of the response.
#[derive(Debug)]
pub(super) enum Successor {
    /// None.
    None,
    /// The first token of a login.
    New,
    /// The next token of the same login, with the grant of the first one.
    Of {
        grant: Box<Grant>,
        expires_at_ms: Option<u64>,
    },
}

impl Successor {
    fn of_login(client: &Client, grant: &Grant) -> Self {
        if client.may_use("refresh_token") && grant.has_scope(OFFLINE_ACCESS) {
            Self::New
        } else {
            Self::None
        }
    }
}

/// `authorization_code` (RFC 6749 section 4.1.3).
pub(super) fn code_grant(
    turn: &mut Turn<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    let code = params
        .str("code")
        .ok_or(TokenError::MissingParameter("code"))?;
    let grant = turn
        .store
        .grants
        .take_code(code, turn.now_ms)
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
        (Some(challenge), Some(verifier)) if verifies(challenge, verifier) => {}
        // A verifier without a challenge is refused, too, because an attacker may have removed the challenge (RFC 9700, 2.1.1).
        (Some(_), _) | (None, Some(_)) => return Err(TokenError::InvalidVerifier),
        (None, None) if client.is_confidential() || params.str("client_secret").is_some() => {}
        (None, None) => return Err(TokenError::Unauthorized),
    }
    Ok(Proven {
        successor: Successor::of_login(client, &grant),
        grant,
    })
}

/// Whether `verifier` belongs to `challenge` (RFC 7636 section 4.6).
fn verifies(challenge: &Challenge, verifier: &str) -> bool {
    let (expected, computed) = match challenge {
        Challenge::Plain(expected) => (expected, verifier.to_owned()),
        Challenge::S256(expected) => (expected, URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))),
    };
    expected.as_bytes().ct_eq(computed.as_bytes()).into()
}

/// Applies the tenant's rules. The errors are those of the token endpoint.
fn judge(turn: &mut Turn<'_>, user_id: &str, client: &Client) -> Result<(), TokenError> {
    match rules::judge(turn.store, user_id, &client.client_id) {
        None => Ok(()),
        Some(Verdict::Deny(reason)) => Err(TokenError::Denied(reason)),
        Some(Verdict::Mfa) => Err(TokenError::MfaRequired {
            token: turn.store.random.token::<24>(),
        }),
    }
}

/// `http://auth0.com/oauth/grant-type/passwordless/otp`
pub(super) fn otp_grant(
    turn: &mut Turn<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    let field = |name| params.str(name).ok_or(TokenError::MissingParameter(name));
    let (username, otp, realm) = (field("username")?, field("otp")?, field("realm")?);
    let connection = turn
        .store
        .config
        .connection(realm)
        .filter(|c| c.is_passwordless() && c.is_enabled_for(&client.client_id))
        .ok_or_else(|| TokenError::UnknownRealm(realm.to_owned()))?
        .clone();
    let attempt = Attempt {
        connection: &connection,
        username,
        client_id: &client.client_id,
        code: otp,
    };
    let user_id = attempt.prove(turn)?;
    judge(turn, &user_id, client)?;
    let now_ms = turn.now_ms;
    let users = &mut turn.store.users;
    users.record_login(&user_id, &turn.requester.log.ip, now_ms);
    let may_refresh = client.may_use("refresh_token");
    let scope = params.str("scope").unwrap_or("openid profile email");
    let scopes = scope
        .split_whitespace()
        .filter(|scope| may_refresh || *scope != OFFLINE_ACCESS);
    let grant = Grant {
        user_id,
        scope: scopes.collect::<Vec<_>>().join(" "),
        audience: params.string("audience"),
        family: turn.store.random.token::<12>(),
        ..Grant::without_redirect(client)
    };
    Ok(Proven {
        successor: Successor::of_login(client, &grant),
        grant,
    })
}

/// `client_credentials` (RFC 6749 section 4.4): a token for the client itself.
pub(super) fn credentials_grant(
    turn: &mut Turn<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    // A client without a secret cannot authenticate.
    if !client.is_confidential() {
        return Err(TokenError::Unauthorized);
    }
    let audience = params
        .string("audience")
        .ok_or(TokenError::MissingParameter("audience"))?;
    let is_management = audience == format!("{}api/v2/", turn.issuer());
    let asked = params.str("scope");
    let fallback = if is_management { MANAGEMENT_SCOPES } else { "" };
    let grant = Grant {
        scope: asked.unwrap_or(fallback).to_owned(),
        audience: Some(audience),
        family: turn.store.random.token::<12>(),
        ..Grant::without_redirect(client)
    };
    Ok(Proven {
        grant,
        successor: Successor::None,
    })
}

/// `refresh_token` (RFC 6749 section 6), with rotation if the client's settings have it.
pub(super) fn refresh_grant(
    turn: &mut Turn<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    let token = params
        .str("refresh_token")
        .ok_or(TokenError::MissingParameter("refresh_token"))?;
    let now_ms = turn.now_ms;
    let leeway_ms = client.refresh_token.leeway.saturating_mul(1_000);
    let grants = &mut turn.store.grants;
    let refresh = grants.refresh(token, &client.client_id, leeway_ms, now_ms)?;
    let user_id = refresh.grant.user_id.clone();
    // The person is checked before the token is rotated, because a person who is blocked for a while would lose the token.
    let user = turn.store.users.by_id(&user_id);
    if user.is_some_and(|user| user.blocked) {
        return Err(TokenError::BlockedUser);
    }
    judge(turn, &user_id, client)?;
    let grants = &mut turn.store.grants;
    let refresh = grants.refresh(token, &client.client_id, leeway_ms, now_ms)?;
    let mut grant = refresh.grant.clone();
    // A refreshed ID token has no nonce, which belongs to the login (OIDC Core section 12.2).
    grant.nonce = None;
    if let Some(narrower) = params.str("scope") {
        if let Some(more) = narrower
            .split_whitespace()
            .find(|scope| !grant.has_scope(scope))
        {
            return Err(TokenError::InvalidScope(more.to_owned()));
        }
        narrower.clone_into(&mut grant.scope);
    }
    let successor = if client.rotates_refresh_tokens() {
        refresh.rotated_at_ms.get_or_insert(now_ms);
        Successor::Of {
            grant: Box::new(refresh.grant.clone()),
            expires_at_ms: refresh.expires_at_ms,
        }
    } else {
        refresh.idle_at_ms = client.refresh_token.idle_at_ms(now_ms);
        Successor::None
    };
    Ok(Proven { grant, successor })
}
