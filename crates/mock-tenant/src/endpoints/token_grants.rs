//! What each grant of `/oauth/token` takes for proof.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::authorize_request::OFFLINE_ACCESS;
use super::token::TokenError;
use crate::config::Client;
use crate::grants::{Challenge, Grant, RefreshRefusal};
use crate::proof::{Attempt, Unproved};
use crate::request::{Params, Requester};
use crate::rules::{self, Verdict};
use crate::state::Store;

/// What tokens are made from.
#[derive(Debug)]
pub(super) struct Proven<'a> {
    pub(super) grant: Grant,
    /// The authorization code that was exchanged.
    pub(super) code: Option<&'a str>,
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
        family: String,
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
pub(super) fn code_grant<'a>(
    store: &mut Store,
    client: &Client,
    params: &'a Params,
    now_ms: u64,
) -> Result<Proven<'a>, TokenError> {
    let code = params
        .str("code")
        .ok_or(TokenError::MissingParameter("code"))?;
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
        (Some(challenge), Some(verifier)) if verifies(challenge, verifier) => {}
        // A verifier without a challenge is refused too: someone may have stripped the challenge (RFC 9700, 2.1.1).
        (Some(_), _) | (None, Some(_)) => return Err(TokenError::InvalidVerifier),
        (None, None) if client.is_confidential() || params.str("client_secret").is_some() => {}
        (None, None) => return Err(TokenError::Unauthorized),
    }
    Ok(Proven {
        successor: Successor::of_login(client, &grant),
        grant,
        code: Some(code),
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
fn judge(store: &mut Store, user_id: &str, client: &Client) -> Result<(), TokenError> {
    match rules::judge(store, user_id, &client.client_id) {
        None => Ok(()),
        Some(Verdict::Deny(reason)) => Err(TokenError::Denied(reason)),
        Some(Verdict::Mfa) => Err(TokenError::MfaRequired {
            token: store.random.token::<24>(),
        }),
    }
}

/// `http://auth0.com/oauth/grant-type/passwordless/otp`
pub(super) fn otp_grant<'a>(
    store: &mut Store,
    client: &Client,
    params: &'a Params,
    requester: &Requester,
    base_url: &str,
    now_ms: u64,
) -> Result<Proven<'a>, TokenError> {
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
    let attempt = Attempt {
        connection: &connection,
        username,
        client_id: &client.client_id,
        code: otp,
        requester,
        base_url,
        now_ms,
    };
    let user_id = attempt.prove(store).map_err(|unproved| match unproved {
        Unproved::BlockedUser => TokenError::BlockedUser,
        Unproved::SignupDisabled => TokenError::SignupDisabled,
        Unproved::TooManyLogins => TokenError::TooManyRequests,
        Unproved::Suspicious => TokenError::Suspicious,
        Unproved::TooManyAttempts => TokenError::TooManyAttempts,
        Unproved::Refused(refusal) => TokenError::Refused {
            refusal,
            strategy: connection.strategy,
            distinct: store.config.tenant.distinct_code_errors,
        },
    })?;
    judge(store, &user_id, client)?;
    store
        .users
        .record_login(&user_id, &requester.log.ip, now_ms);
    let may_refresh = client.may_use("refresh_token");
    let scope = params.str("scope").unwrap_or("openid profile email");
    let scopes = scope
        .split_whitespace()
        .filter(|scope| may_refresh || *scope != OFFLINE_ACCESS);
    let grant = Grant {
        client_id: client.client_id.clone(),
        redirect_uri: String::new(),
        user_id,
        scope: scopes.collect::<Vec<_>>().join(" "),
        audience: params.string("audience"),
        nonce: None,
        auth_time_ms: None,
        sid: String::new(),
        organization: None,
        challenge: None,
    };
    Ok(Proven {
        successor: Successor::of_login(client, &grant),
        grant,
        code: None,
    })
}

/// `refresh_token` (RFC 6749 section 6), with rotation where the client has it.
pub(super) fn refresh_grant<'a>(
    store: &mut Store,
    client: &Client,
    params: &'a Params,
    now_ms: u64,
) -> Result<Proven<'a>, TokenError> {
    let token = params
        .str("refresh_token")
        .ok_or(TokenError::MissingParameter("refresh_token"))?;
    let leeway_ms = client.refresh_token.leeway.saturating_mul(1_000);
    let refresh = store
        .grants
        .refresh(token, &client.client_id, leeway_ms, now_ms)
        .map_err(|refusal| TokenError::UnknownRefreshToken {
            reused: refusal == RefreshRefusal::Reused,
        })?;
    let user_id = refresh.grant.user_id.clone();
    // Looked at before the token is rotated, which would cost a person it who is only blocked for a while.
    if store
        .users
        .by_id(&refresh.grant.user_id)
        .is_some_and(|user| user.blocked)
    {
        return Err(TokenError::BlockedUser);
    }
    judge(store, &user_id, client)?;
    let refresh = store
        .grants
        .refresh(token, &client.client_id, leeway_ms, now_ms)
        .map_err(|_| TokenError::UnknownRefreshToken { reused: false })?;
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
            family: refresh.family.clone(),
            grant: Box::new(refresh.grant.clone()),
            expires_at_ms: refresh.expires_at_ms,
        }
    } else {
        refresh.idle_at_ms = client.refresh_token.idle_at_ms(now_ms);
        Successor::None
    };
    Ok(Proven {
        grant,
        code: None,
        successor,
    })
}
