//! Authorization codes, and the access and refresh tokens that come of them.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::config::Client;
use crate::expiring::Expiring;

/// How long a used code is remembered, to end its tokens when it is shown again: as long as the longest of them live that
/// cannot be told to end, in milliseconds.
const MEMORY_MS: u64 = 86_400_000;

/// What an authorization code or a refresh token stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    /// Empty when no redirect was part of it.
    pub(crate) redirect_uri: String,
    pub(crate) user_id: String,
    pub(crate) scope: String,
    pub(crate) audience: Option<String>,
    pub(crate) nonce: Option<String>,
    /// Set when the request asked for `max_age`, in milliseconds.
    pub(crate) auth_time_ms: Option<u64>,
    pub(crate) sid: String,
    /// Id of the organization that was logged in to.
    pub(crate) organization: Option<String>,
    pub(crate) challenge: Option<Challenge>,
    /// Names the login that it comes of. All tokens of one login are a family.
    pub(crate) family: String,
}

impl Grant {
    /// An empty grant of `client`, of which no redirect was part.
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

    /// Whether it is the client's own, and no person's (RFC 6749 section 4.4).
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

/// What an access token allows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Access {
    pub(crate) user_id: String,
    pub(crate) scope: String,
    pub(crate) expires_at_ms: u64,
    /// The client that it was made for.
    pub(crate) client_id: String,
    /// The API that it is for, if one was named.
    pub(crate) audience: Option<String>,
    /// The login that it comes of; empty when it came through the browser.
    pub(crate) family: String,
}

/// A refresh token. When one of a family is shown twice, all are dead.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Refresh {
    pub(crate) grant: Grant,
    /// When the family ends; None never.
    pub(crate) expires_at_ms: Option<u64>,
    /// When this token ends unless it is used before; None never.
    pub(crate) idle_at_ms: Option<u64>,
    /// When it was exchanged for its successor.
    pub(crate) rotated_at_ms: Option<u64>,
}

/// Why a refresh token is refused; the client is told the same of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RefreshRefusal {
    /// It had been exchanged before, so someone has a copy; its family is revoked.
    Reused,
    /// Unknown, revoked, expired, or another client's.
    Unusable,
}

#[derive(Debug, Serialize, Deserialize)]
enum Code {
    Fresh {
        grant: Box<Grant>,
        expires_at_ms: u64,
    },
    /// Kept to end the tokens of its family when it is shown again (RFC 6749 section 4.1.2).
    Used { family: String },
}

/// What has ended of a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Ended {
    /// Its refresh tokens: one of them was revoked, or shown twice.
    Refresh,
    /// All its tokens: its code was shown twice.
    All,
}

type Digest = [u8; 32];

/// All codes and tokens, under the SHA-256 of their text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Grants {
    codes: Expiring<Digest, Code>,
    tokens: Expiring<Digest, Access>,
    refresh: Expiring<Digest, Refresh>,
    /// By family. Tokens are held against this when they are shown, so that nobody has to search for them.
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

    /// The grant of a fresh code, which is used up by asking. A code shown twice ends all tokens of its family.
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

    /// What the access token `token` allows.
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

    /// The refresh token `token` of `client_id`. One that was rotated away works for `leeway_ms` more; after that, showing
    /// it again ends its family.
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

    /// Ends the family of the refresh token `token`, if it is `client_id`'s (RFC 7009).
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

    /// Revokes all that was granted to a person.
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
        // More than `Refresh` once told is not taken back.
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
