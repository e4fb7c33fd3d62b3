//! Authorization codes, and the access and refresh tokens that come of them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

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
}

impl Grant {
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
}

/// A refresh token. All that descend from one login are a family: when one of them is shown twice, all are dead.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Refresh {
    pub(crate) grant: Grant,
    pub(crate) family: String,
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
    /// Kept to revoke its tokens when it is shown again (RFC 6749 section 4.1.2).
    Used(Descendants),
}

/// What an authorization code was exchanged for.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Descendants {
    token: Option<Digest>,
    family: Option<String>,
}

type Digest = [u8; 32];

/// All codes and tokens, under the SHA-256 of their text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Grants {
    #[serde(with = "crate::snapshot::pairs")]
    codes: HashMap<Digest, Code>,
    #[serde(with = "crate::snapshot::pairs")]
    tokens: HashMap<Digest, Access>,
    #[serde(with = "crate::snapshot::pairs")]
    refresh: HashMap<Digest, Refresh>,
}

impl Grants {
    pub(crate) fn add_code(&mut self, code: &str, grant: Grant, expires_at_ms: u64) {
        let grant = Box::new(grant);
        let code_entry = Code::Fresh {
            grant,
            expires_at_ms,
        };
        self.codes.insert(digest(code), code_entry);
    }

    /// The grant of a fresh code, which is used up by asking. A code shown twice revokes the tokens it had given.
    pub(crate) fn take_code(&mut self, code: &str, now_ms: u64) -> Option<Grant> {
        let entry = self.codes.get_mut(&digest(code))?;
        match std::mem::replace(entry, Code::Used(Descendants::default())) {
            Code::Fresh {
                grant,
                expires_at_ms,
            } => (now_ms < expires_at_ms).then_some(*grant),
            Code::Used(Descendants { token, family }) => {
                if let Some(token) = token {
                    self.tokens.remove(&token);
                }
                if let Some(family) = family {
                    self.revoke_family(&family);
                }
                None
            }
        }
    }

    /// Makes an access token valid; `code` is what it was exchanged for.
    pub(crate) fn add_token(&mut self, token: &str, access: Access, code: Option<&str>) {
        let token = digest(token);
        self.tokens.insert(token, access);
        if let Some(descendants) = self.descendants(code) {
            descendants.token = Some(token);
        }
    }

    pub(crate) fn access(&self, token: &str, now_ms: u64) -> Option<&Access> {
        self.tokens
            .get(&digest(token))
            .filter(|access| now_ms < access.expires_at_ms)
    }

    /// Makes a refresh token valid; `code` is what it was exchanged for.
    pub(crate) fn add_refresh(&mut self, token: &str, refresh: Refresh, code: Option<&str>) {
        if let Some(descendants) = self.descendants(code) {
            descendants.family = Some(refresh.family.clone());
        }
        self.refresh.insert(digest(token), refresh);
    }

    /// The refresh token `token` of `client_id`. One that was rotated away works for `leeway_ms` more; after that, showing
    /// it again revokes its family.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        client_id: &str,
        leeway_ms: u64,
        now_ms: u64,
    ) -> Result<&mut Refresh, RefreshRefusal> {
        let key = digest(token);
        let found = self.refresh.get(&key).ok_or(RefreshRefusal::Unusable)?;
        if found.grant.client_id != client_id {
            return Err(RefreshRefusal::Unusable);
        }
        let reused = found
            .rotated_at_ms
            .is_some_and(|at| now_ms > at.saturating_add(leeway_ms) || leeway_ms == 0);
        if reused {
            let family = found.family.clone();
            self.revoke_family(&family);
            return Err(RefreshRefusal::Reused);
        }
        let over = |end: Option<u64>| end.is_some_and(|end| now_ms >= end);
        if over(found.expires_at_ms) || over(found.idle_at_ms) {
            return Err(RefreshRefusal::Unusable);
        }
        self.refresh.get_mut(&key).ok_or(RefreshRefusal::Unusable)
    }

    /// Revokes the family of the refresh token `token`, if it is `client_id`'s (RFC 7009).
    pub(crate) fn revoke(&mut self, token: &str, client_id: &str) {
        let family = self
            .refresh
            .get(&digest(token))
            .filter(|refresh| refresh.grant.client_id == client_id)
            .map(|refresh| refresh.family.clone());
        if let Some(family) = family {
            self.revoke_family(&family);
        }
    }

    /// Revokes all that was granted to a person.
    pub(crate) fn revoke_all_of(&mut self, user_id: &str) {
        self.codes.retain(|_, code| match code {
            Code::Fresh { grant, .. } => grant.user_id != user_id,
            Code::Used(_) => true,
        });
        self.tokens.retain(|_, access| access.user_id != user_id);
        self.refresh
            .retain(|_, refresh| refresh.grant.user_id != user_id);
    }

    fn revoke_family(&mut self, family: &str) {
        self.refresh.retain(|_, refresh| refresh.family != family);
    }

    fn descendants(&mut self, code: Option<&str>) -> Option<&mut Descendants> {
        match self.codes.get_mut(&digest(code?))? {
            Code::Used(descendants) => Some(descendants),
            Code::Fresh { .. } => None,
        }
    }
}

fn digest(text: &str) -> Digest {
    Sha256::digest(text).into()
}
