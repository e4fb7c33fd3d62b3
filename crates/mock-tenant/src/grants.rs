//! Authorization codes, access tokens and refresh tokens. All tokens of one login are a family.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::config::Client;
use crate::expiring::Expiring;

/// The time for which a used code is remembered, in milliseconds, so that its tokens are revoked if the code is used again. It is
/// the lifetime of an access token.
const MEMORY_MS: u64 = 86_400_000;

/// The rights behind an authorization code or a refresh token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    /// The redirect URI. Empty for a grant without a redirect.
    pub(crate) redirect_uri: String,
    pub(crate) user_id: String,
    pub(crate) scope: String,
    pub(crate) audience: Option<String>,
    pub(crate) nonce: Option<String>,
    /// The time of the login in milliseconds, if the request had `max_age`.
    pub(crate) auth_time_ms: Option<u64>,
    pub(crate) sid: String,
    /// The ID of the login's organization.
    pub(crate) organization: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    /// The ID of the login, which all tokens of the family share.
    pub(crate) family: String,
}

impl Grant {
    /// A grant of `client` without a redirect and without a person.
    pub(crate) fn without_redirect(client: &Client) -> Self {
        Self {
            client_id: client.client_id.clone(),
            redirect_uri: String::new(),
            user_id: String::new(),
            scope: String::new(),
            audience: None,
            nonce: None,
            auth_time_ms: None,
            sid: String::new(),
            organization: None,
            challenge: None,
            family: String::new(),
        }
    }

    /// Whether the grant belongs to the client itself and not to a person (RFC 6749 section 4.4).
    pub(crate) fn is_of_client(&self) -> bool {
        self.user_id.is_empty()
    }

    /// Whether `wanted` is one of its scopes.
    pub(crate) fn has_scope(&self, wanted: &str) -> bool {
        self.scope.split(' ').any(|scope| scope == wanted)
    }
}

/// A PKCE code challenge (RFC 7636 section 4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Challenge {
    /// The verifier itself.
    Plain(String),
    /// base64url(SHA-256(verifier)).
    S256(String),
}

/// The rights of an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Access {
    pub(crate) user_id: String,
    pub(crate) scope: String,
    pub(crate) expires_at_ms: u64,
    /// The client for which the token was made.
    pub(crate) client_id: String,
    /// The API for which the token is meant, if the request named one.
    pub(crate) audience: Option<String>,
    /// The login's ID. Empty for a token in an authorization response.
    pub(crate) family: String,
}

/// A refresh token. If one of a family is used twice, the whole family is revoked.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Refresh {
    pub(crate) grant: Grant,
    /// When the family expires. `None`: never.
    pub(crate) expires_at_ms: Option<u64>,
    /// When this token expires if it is not used. `None`: never.
    pub(crate) idle_at_ms: Option<u64>,
    /// When the token was replaced by the next one.
    pub(crate) rotated_at_ms: Option<u64>,
}

/// Why a refresh token is refused. The client gets the same error for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefreshRefusal {
    /// It was replaced before, so somebody has a copy. Its family is revoked.
    Reused,
    /// It is unknown, revoked or expired, or belongs to another client.
    Unusable,
}

#[derive(Debug, Serialize, Deserialize)]
enum Code {
    Fresh {
        grant: Box<Grant>,
        expires_at_ms: u64,
    },
    /// A used code. It is remembered to revoke the tokens of its family if it is used again (RFC 6749 section 4.1.2).
    Used { family: String },
}

/// Which tokens of a family are revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Ended {
    /// The refresh tokens, because one of them was revoked or used twice.
    Refresh,
    /// All tokens, because the code was used twice.
    All,
}

type Digest = [u8; 32];

/// All codes and tokens, by the SHA-256 of their text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Grants {
    codes: Expiring<Digest, Code>,
    tokens: Expiring<Digest, Access>,
    refresh: Expiring<Digest, Refresh>,
    /// The revoked families. A token is compared with them when it is used, so that revoking needs no search.
    ended: Expiring<String, Ended>,
}

impl Grants {
    /// Makes an authorization code valid.
    pub(crate) fn add_code(&mut self, code: &str, grant: Grant, expires_at_ms: u64, now_ms: u64) {
        let grant = Box::new(grant);
        let entry = Code::Fresh {
            grant,
            expires_at_ms,
        };
        let forgotten_ms = expires_at_ms.saturating_add(MEMORY_MS);
        self.codes.insert(digest(code), entry, forgotten_ms, now_ms);
    }

    /// Uses up a code and returns its grant. If the code was used before, all tokens of its family are revoked.
    pub(crate) fn take_code(&mut self, code: &str, now_ms: u64) -> Option<Grant> {
        let entry = self.codes.get_mut(&digest(code), now_ms)?;
        let family = match entry {
            Code::Fresh { grant, .. } => grant.family.clone(),
            Code::Used { family } => family.clone(),
        };
        let used = Code::Used {
            family: family.clone(),
        };
        match std::mem::replace(entry, used) {
            Code::Fresh {
                grant,
                expires_at_ms,
            } => (now_ms < expires_at_ms).then_some(*grant),
            Code::Used { .. } => {
                self.end(family, Ended::All, now_ms);
                None
            }
        }
    }

    /// Makes an access token valid.
    pub(crate) fn add_token(&mut self, token: &str, access: Access, now_ms: u64) {
        let expires_at_ms = access.expires_at_ms;
        self.tokens
            .insert(digest(token), access, expires_at_ms, now_ms);
    }

    /// The rights of the access token `token`.
    pub(crate) fn access(&self, token: &str, now_ms: u64) -> Option<&Access> {
        let access = self.tokens.get(&digest(token), now_ms)?;
        let ended = self.ended.get(&access.family, now_ms);
        (ended != Some(&Ended::All)).then_some(access)
    }

    /// Makes a refresh token valid.
    pub(crate) fn add_refresh(&mut self, token: &str, refresh: Refresh, now_ms: u64) {
        let over_ms = refresh.expires_at_ms.unwrap_or(u64::MAX);
        self.refresh.insert(digest(token), refresh, over_ms, now_ms);
    }

    /// The refresh token `token` of `client_id`. A replaced token is accepted for `leeway_ms` more. After that, using it revokes its
    /// family.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        client_id: &str,
        leeway_ms: u64,
        now_ms: u64,
    ) -> Result<&mut Refresh, RefreshRefusal> {
        let key = digest(token);
        let found = self.refresh.get(&key, now_ms);
        let found = found
            .filter(|refresh| refresh.grant.client_id == client_id)
            .filter(|refresh| self.ended.get(&refresh.grant.family, now_ms).is_none())
            .ok_or(RefreshRefusal::Unusable)?;
        let is_reused = found
            .rotated_at_ms
            .is_some_and(|at| now_ms > at.saturating_add(leeway_ms) || leeway_ms == 0);
        if is_reused {
            let family = found.grant.family.clone();
            self.end(family, Ended::Refresh, now_ms);
            return Err(RefreshRefusal::Reused);
        }
        if found.idle_at_ms.is_some_and(|end| now_ms >= end) {
            return Err(RefreshRefusal::Unusable);
        }
        let found = self.refresh.get_mut(&key, now_ms);
        found.ok_or(RefreshRefusal::Unusable)
    }

    /// Revokes the family of the refresh token `token`, if it belongs to `client_id` (RFC 7009).
    pub(crate) fn revoke(&mut self, token: &str, client_id: &str, now_ms: u64) {
        let family = self
            .refresh
            .get(&digest(token), now_ms)
            .filter(|refresh| refresh.grant.client_id == client_id)
            .map(|refresh| refresh.grant.family.clone());
        if let Some(family) = family {
            self.end(family, Ended::Refresh, now_ms);
        }
    }

    /// Revokes everything that was granted to a person.
    pub(crate) fn revoke_all_of(&mut self, user_id: &str) {
        self.codes.retain(|_, code| match code {
            Code::Fresh { grant, .. } => grant.user_id != user_id,
            Code::Used { .. } => true,
        });
        self.tokens.retain(|_, access| access.user_id != user_id);
        self.refresh
            .retain(|_, refresh| refresh.grant.user_id != user_id);
    }

    fn end(&mut self, family: String, what: Ended, now_ms: u64) {
        // `All` is not replaced by `Refresh`.
        let before = self.ended.get(&family, now_ms);
        if before != Some(&Ended::All) {
            // Refresh tokens may live for ever.
            self.ended.insert(family, what, u64::MAX, now_ms);
        }
    }
}

fn digest(text: &str) -> Digest {
    Sha256::digest(text).into()
}
