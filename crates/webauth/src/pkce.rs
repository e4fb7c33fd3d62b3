//! Proof Key for Code Exchange (RFC 7636): a public client proves at `/oauth/token` that it is who began at
//! `/authorize`.

use crate::client::Client;
use crate::env::Env;
use crate::error::Error;
#[cfg(any(test, feature = "pkce"))]
use crate::wire::set;
use crate::wire::{Params, Value, get, remove};

/// The code verifier's name: in the transaction, and in the options until the challenge is made of it.
pub(crate) const VERIFIER: &str = "codeVerifier";

/// Whether this build can make challenges: they cost a dialog, which has none to make, a kilobyte.
pub(crate) const AVAILABLE: bool = cfg!(any(test, feature = "pkce"));

impl<E: Env> Client<E> {
    /// Whether a request gets a challenge: the client asks for it with `pkce`, it is for a code, and the page has not
    /// brought a challenge of its own, as pages do whose server redeems the code.
    pub(crate) fn wants_challenge(&self, params: &Params) -> bool {
        if !AVAILABLE {
            return false;
        }
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
    #[cfg(any(test, feature = "pkce"))]
    pub(crate) async fn add_challenge(&self, params: &mut Params) -> Result<(), Error> {
        remove(params, "pkce");
        let Value::String(verifier) = remove(params, VERIFIER) else {
            return Ok(());
        };
        let digest = self.env.sha256(&verifier).await;
        let digest = digest.ok_or(Error::CryptoUnavailable)?;
        set(params, "code_challenge", crate::base64url::encode(&digest));
        set(params, "code_challenge_method", "S256");
        Ok(())
    }

    /// There is none to make.
    #[cfg(not(any(test, feature = "pkce")))]
    #[expect(clippy::unused_async, reason = "stands for the one above, which waits")]
    pub(crate) async fn add_challenge(&self, params: &mut Params) -> Result<(), Error> {
        remove(params, "pkce");
        Ok(())
    }
}
