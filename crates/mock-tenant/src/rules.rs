//! Decisions at a login that Auth0 leaves to an Action or a Rule: to allow it, to refuse it, or to require a second factor.

use crate::state::Store;

/// The text of the error for a required second factor.
pub(crate) const MFA_REQUIRED: &str = "Multifactor authentication required";

/// Why an authenticated person is not logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The rule refuses the login with this text.
    Deny(String),
    /// The rule requires a second factor.
    Mfa,
}

/// The decision of the first rule that matches `user_id` and `client_id`. `None` allows the login.
pub(crate) fn judge(store: &Store, user_id: &str, client_id: &str) -> Option<Verdict> {
    let user = store.users.by_id(user_id)?;
    let identifier = user.email.as_deref().or(user.phone_number.as_deref());
    let fits = |wanted: Option<&str>, actual: Option<&str>| {
        wanted.is_none_or(|wanted| actual.is_some_and(|actual| actual.eq_ignore_ascii_case(wanted)))
    };
    let rule = store.config.tenant.rules.iter().find(|rule| {
        fits(rule.identifier.as_deref(), identifier)
            && rule.client_id.as_ref().is_none_or(|id| id == client_id)
    })?;
    match &rule.deny {
        Some(reason) => Some(Verdict::Deny(reason.clone())),
        None => rule.mfa.then_some(Verdict::Mfa),
    }
}
