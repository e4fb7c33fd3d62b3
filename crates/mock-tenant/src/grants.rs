//! Authorization codes and the access tokens that come of them.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

/// What an authorization code stands for.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) user_id: String,
    pub(crate) scope: String,
    pub(crate) audience: Option<String>,
    pub(crate) nonce: Option<String>,
    /// Set when the request asked for `max_age`, in milliseconds.
    pub(crate) auth_time_ms: Option<u64>,
    pub(crate) sid: String,
    pub(crate) challenge: Option<Challenge>,
}

/// A PKCE code challenge (RFC 7636 section 4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// The verifier itself.
    Plain(String),
    /// base64url(SHA-256(verifier)).
    S256(String),
}

/// What an access token allows.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) user_id: String,
    pub(crate) scope: String,
    pub(crate) expires_at_ms: u64,
}

#[derive(Debug)]
enum Code {
    Fresh {
        grant: Box<Grant>,
        expires_at_ms: u64,
    },
    /// Kept to revoke its tokens when it is shown again (RFC 6749 section 4.1.2).
    Used { token: Option<Digest> },
}

type Digest = [u8; 32];

/// All codes and tokens, under the SHA-256 of their text.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: HashMap<Digest, Code>,
    tokens: HashMap<Digest, Access>,
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

    /// The grant of a fresh code, which is used up by asking. A code shown twice revokes the token it had given.
    pub(crate) fn take_code(&mut self, code: &str, now_ms: u64) -> Option<Grant> {
        let entry = self.codes.get_mut(&digest(code))?;
        match std::mem::replace(entry, Code::Used { token: None }) {
            Code::Fresh {
                grant,
                expires_at_ms,
            } => (now_ms < expires_at_ms).then_some(*grant),
            Code::Used { token } => {
                if let Some(token) = token {
                    self.tokens.remove(&token);
                }
                None
            }
        }
    }

    /// Makes an access token valid; `code` is what it was exchanged for.
    pub(crate) fn add_token(&mut self, token: &str, access: Access, code: Option<&str>) {
        let token = digest(token);
        self.tokens.insert(token, access);
        if let Some(entry) = code.and_then(|code| self.codes.get_mut(&digest(code))) {
            *entry = Code::Used { token: Some(token) };
        }
    }

    pub(crate) fn access(&self, token: &str, now_ms: u64) -> Option<&Access> {
        self.tokens
            .get(&digest(token))
            .filter(|access| now_ms < access.expires_at_ms)
    }
}

fn digest(text: &str) -> Digest {
    Sha256::digest(text).into()
}
