//! The navigation that ends a login: from the page that asked for the code to the tenant.

use std::fmt;

use crate::client::Client;
use crate::env::Env;
use crate::verifier::Verifier;

/// The navigation that completes a successful login. Pass it to [`Client::follow`].
///
/// The address carries a login ticket or, on the universal login page, the verification code. `Debug` shows neither.
#[must_use = "the login ends only where this leads"]
pub struct Redirect {
    pub(crate) url: String,
    pub(crate) verifier: Option<Verifier>,
}

impl fmt::Debug for Redirect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Redirect([redacted])")
    }
}

impl<E: Env> Client<E> {
    /// Leaves the page for the address that a successful login returned. Before that it stores what the page keeps for the
    /// tenant's verification page.
    pub fn follow(&self, redirect: Redirect) {
        if let Some(verifier) = redirect.verifier {
            verifier.store(self);
        }
        self.env.navigate(&redirect.url);
    }
}
