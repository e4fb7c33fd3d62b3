//! Proof Key for Code Exchange (RFC 7636): a public client proves at `/oauth/token` that it is who began at
//! `/authorize`.

use crate::base64url;
use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
use crate::wire::{Params, Value, get, remove, set, set_text};

/// The code verifier's name: in the transaction, and in the options until the challenge is made of it.
pub(crate) const VERIFIER: &str = "codeVerifier";

impl<E: Env> Client<E> {
    /// Whether a request gets a challenge: the client asks for it with `pkce`, it is for a code, and the page has not
    /// brought a challenge of its own, as pages do whose server redeems the code.
    pub(crate) fn wants_challenge(&self, params: &Params) -> bool {
        let own = get(params, "code_challenge").or(get(params, "codeChallenge"));
        let wish = match get(params, "pkce") {
            Value::Undefined => self.settings.option("pkce"),
            wish => wish,
        };
        wish.is_truthy() && !own.is_truthy() && get(params, "responseType").as_str() == Some("code")
    }

    /// Replaces the verifier of a begun transaction by its challenge.
    ///
    /// # Errors
    /// [`Error::CryptoUnavailable`].
    pub(crate) async fn add_challenge(&self, params: &mut Params) -> Result<(), Error> {
        remove(params, "pkce");
        let Value::String(verifier) = remove(params, VERIFIER) else {
            return Ok(());
        };
        let digest = self.env.sha256(&verifier).await;
        let digest = digest.ok_or(Error::CryptoUnavailable)?;
        set(params, "code_challenge", base64url::encode(&digest));
        set_text(params, "code_challenge_method", "S256");
        Ok(())
    }
}
