//! The tenant's public keys (RFC 7517). They come from the configured issuer, never from the issuer that a token names.

use crate::client::Client;
use crate::config::DEFAULT_TIMEOUT_MS;
use crate::env::{Body, Env, Request};
use crate::error::Error;
use crate::wire::Value;

impl<E: Env> Client<E> {
    /// The issuer that the tenant names in its ID tokens.
    pub(crate) fn issuer(&self) -> String {
        match self.settings.option("overrides").member("__token_issuer") {
            Value::String(issuer) if !issuer.is_empty() => issuer.clone(),
            _ => [&self.settings.root_url, "/"].concat(),
        }
    }

    /// The key with the key ID `kid`. The keys are fetched once a page, and again for an unknown `kid`, because the tenant may
    /// have rotated its keys.
    ///
    /// # Errors
    /// [`Error::Network`], [`Error::Timeout`] and [`Error::ServerError`] if the keys cannot be fetched;
    /// [`Error::InvalidToken`] if no key has that ID.
    pub(crate) async fn public_key(&self, kid: &Value) -> Result<Value, Error> {
        let url = self.jwks_url();
        let memory = self.env.memory();
        if let Some(key) = memory.get(&url).and_then(|keys| find(&keys, kid)) {
            return Ok(key);
        }
        let request = Request {
            method: "GET",
            url: url.clone(),
            headers: Vec::new(),
            body: None,
            credentials: false,
            timeout_ms: DEFAULT_TIMEOUT_MS,
        };
        let response = match self.env.http(request).await {
            Ok(response) => response,
            Err(error) => return Err(Error::without_response(error, "GET", url)),
        };
        let keys = match &response.body {
            Body::Json(set) if response.status == 200 => set.member("keys").clone(),
            _ => return Err(Error::unusable(response, &[])),
        };
        let key = find(&keys, kid);
        memory.put(&url, keys);
        key.ok_or_else(|| {
            let kid = kid.as_str().unwrap_or("undefined");
            let text = ["Could not find a public key for Key ID (kid) \"", kid, "\""];
            Error::InvalidToken(text.concat().into())
        })
    }

    fn jwks_url(&self) -> String {
        if let Value::String(url) = self.settings.option("overrides").member("__jwks_uri")
            && !url.is_empty()
        {
            return url.clone();
        }
        let issuer = self.issuer();
        let slash = if issuer.ends_with('/') { "" } else { "/" };
        [&issuer, slash, ".well-known/jwks.json"].concat()
    }
}

fn find(keys: &Value, kid: &Value) -> Option<Value> {
    let Value::Array(keys) = keys else {
        return None;
    };
    keys.iter().find(|key| key.member("kid") == kid).cloned()
}
