//! What an Action or a Rule would decide when somebody logs in: nothing, refuse, or want a second factor.

use crate::state::Store;

/// What is said when a second factor is wanted.
pub(crate) const MFA_REQUIRED: &str = "Multifactor authentication required";

/// Why a person who has proved who they are is not logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Refused, with the rule's own words.
    Deny(String),
    /// A second factor is wanted.
    Mfa,
}

/// What the first rule says that fits `user_id` at `client_id`; None lets them in.
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
