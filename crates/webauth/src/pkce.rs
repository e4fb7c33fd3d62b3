//! Proof Key for Code Exchange (RFC 7636): at `/oauth/token` a public client proves that it sent the authorization request.

use crate::client::Client;
use crate::config::PKCE_AVAILABLE;
use crate::env::Env;
use crate::error::Error;
#[cfg(any(test, feature = "pkce"))]
use crate::wire::set;
use crate::wire::{Params, Value, get, remove};

/// The name of the code verifier, in the transaction and, until its challenge is computed, in the options.
pub(crate) const CODE_VERIFIER: &str = "codeVerifier";

impl<E: Env> Client<E> {
    /// Whether a request gets a challenge: the option `pkce` is set, the response type is `code`, and the page has no challenge
    /// of its own. A page whose server redeems the code has one.
    pub(crate) fn wants_challenge(&self, params: &Params) -> bool {
        if !PKCE_AVAILABLE {
            return false;
        }
        let own = get(params, "code_challenge").or(get(params, "codeChallenge"));
        let wish = match get(params, "pkce") {
            Value::Undefined => self.settings.option("pkce"),
            wish => wish,
        };
        wish.is_truthy() && !own.is_truthy() && get(params, "responseType").as_str() == Some("code")
    }

    /// Replaces the code verifier in `params` by its challenge.
    ///
    /// # Errors
    /// [`Error::CryptoUnavailable`] without WebCrypto.
    #[cfg(any(test, feature = "pkce"))]
    pub(crate) async fn add_challenge(&self, params: &mut Params) -> Result<(), Error> {
        remove(params, "pkce");
        let Value::String(verifier) = remove(params, CODE_VERIFIER) else {
            return Ok(());
        };
        let digest = self.env.sha256(&verifier).await;
        let digest = digest.ok_or(Error::CryptoUnavailable)?;
        set(params, "code_challenge", crate::base64url::encode(&digest));
        set(params, "code_challenge_method", "S256");
        Ok(())
    }

    /// Without the feature `pkce` there is no challenge.
    #[cfg(not(any(test, feature = "pkce")))]
    #[expect(
        clippy::unused_async,
        reason = "has the signature of the function above, which waits"
    )]
    pub(crate) async fn add_challenge(&self, params: &mut Params) -> Result<(), Error> {
        remove(params, "pkce");
        Ok(())
    }
}
