//! What each grant of `/oauth/token` takes for proof.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::authorize_request::OFFLINE_ACCESS;
use super::token_error::TokenError;
use crate::call::Step;
use crate::config::Client;
use crate::grants::{Challenge, Grant};
use crate::proof::Attempt;
use crate::request::Params;
use crate::rules::{self, Verdict};

/// What a token for the Management API allows, unless its request names less.
const MANAGEMENT_SCOPES: &str = "read:users create:users update:users delete:users";

/// What tokens are made from.
#[derive(Debug)]
pub(super) struct Proven {
    pub(super) grant: Grant,
    pub(super) successor: Successor,
}

/// Which refresh token comes with the answer.
#[derive(Debug)]
pub(super) enum Successor {
    /// None.
    None,
    /// The first of a family.
    New,
    /// The next of a family, for all that the first one was for.
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
    step: &mut Step<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    let code = params
        .str("code")
        .ok_or(TokenError::MissingParameter("code"))?;
    let grant = step
        .store
        .grants
        .take_code(code, step.now_ms)
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
        // A verifier without a challenge is refused too: someone may have stripped the challenge (RFC 9700, 2.1.1).
        (Some(_), _) | (None, Some(_)) => return Err(TokenError::InvalidVerifier),
        (None, None) if client.is_confidential() || params.str("client_secret").is_some() => {}
        (None, None) => return Err(TokenError::Unauthorized),
    }
    Ok(Proven {
        successor: Successor::of_login(client, &grant),
        grant,
    })
}

/// RFC 7636 section 4.6.
fn verifies(challenge: &Challenge, verifier: &str) -> bool {
    let (expected, computed) = match challenge {
        Challenge::Plain(expected) => (expected, verifier.to_owned()),
        Challenge::S256(expected) => (expected, URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))),
    };
    expected.as_bytes().ct_eq(computed.as_bytes()).into()
}

/// What the tenant's rules say, where no page can tell it.
fn judge(step: &mut Step<'_>, user_id: &str, client: &Client) -> Result<(), TokenError> {
    match rules::judge(step.store, user_id, &client.client_id) {
        None => Ok(()),
        Some(Verdict::Deny(reason)) => Err(TokenError::Denied(reason)),
        Some(Verdict::Mfa) => Err(TokenError::MfaRequired {
            token: step.store.random.token::<24>(),
        }),
    }
}

/// `http://auth0.com/oauth/grant-type/passwordless/otp`
pub(super) fn otp_grant(
    step: &mut Step<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    let field = |name| params.str(name).ok_or(TokenError::MissingParameter(name));
    let (username, otp, realm) = (field("username")?, field("otp")?, field("realm")?);
    let connection = step
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
    let user_id = attempt.prove(step)?;
    judge(step, &user_id, client)?;
    let now_ms = step.now_ms;
    let users = &mut step.store.users;
    users.record_login(&user_id, &step.requester.log.ip, now_ms);
    let may_refresh = client.may_use("refresh_token");
    let scope = params.str("scope").unwrap_or("openid profile email");
    let scopes = scope
        .split_whitespace()
        .filter(|scope| may_refresh || *scope != OFFLINE_ACCESS);
    let grant = Grant {
        user_id,
        scope: scopes.collect::<Vec<_>>().join(" "),
        audience: params.string("audience"),
        family: step.store.random.token::<12>(),
        ..Grant::without_redirect(client)
    };
    Ok(Proven {
        successor: Successor::of_login(client, &grant),
        grant,
    })
}

/// `client_credentials` (RFC 6749 section 4.4): a token of the client's own, for an API.
pub(super) fn credentials_grant(
    step: &mut Step<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    // A client without a secret cannot prove that it is itself.
    if !client.is_confidential() {
        return Err(TokenError::Unauthorized);
    }
    let audience = params
        .string("audience")
        .ok_or(TokenError::MissingParameter("audience"))?;
    let is_management = audience == format!("{}api/v2/", step.issuer());
    let asked = params.str("scope");
    let fallback = if is_management { MANAGEMENT_SCOPES } else { "" };
    let grant = Grant {
        scope: asked.unwrap_or(fallback).to_owned(),
        audience: Some(audience),
        family: step.store.random.token::<12>(),
        ..Grant::without_redirect(client)
    };
    Ok(Proven {
        grant,
        successor: Successor::None,
    })
}

/// `refresh_token` (RFC 6749 section 6), with rotation where the client has it.
pub(super) fn refresh_grant(
    step: &mut Step<'_>,
    client: &Client,
    params: &Params,
) -> Result<Proven, TokenError> {
    let token = params
        .str("refresh_token")
        .ok_or(TokenError::MissingParameter("refresh_token"))?;
    let now_ms = step.now_ms;
    let leeway_ms = client.refresh_token.leeway.saturating_mul(1_000);
    let grants = &mut step.store.grants;
    let refresh = grants.refresh(token, &client.client_id, leeway_ms, now_ms)?;
    let user_id = refresh.grant.user_id.clone();
    // Looked at before the token is rotated, which would cost a person it who is only blocked for a while.
    let user = step.store.users.by_id(&user_id);
    if user.is_some_and(|user| user.blocked) {
        return Err(TokenError::BlockedUser);
    }
    judge(step, &user_id, client)?;
    let grants = &mut step.store.grants;
    let refresh = grants.refresh(token, &client.client_id, leeway_ms, now_ms)?;
    let mut grant = refresh.grant.clone();
    // OIDC Core section 12.2: the nonce belongs to the login.
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
