//! Remembers the last login for the next one, if the page wants that (`rememberLastLogin`).

use crate::model::effect::Effect;
use crate::model::state::recipient::LastLogin;
use crate::model::state::shared::Shared;

/// Remembers `login` as the last login, or forgets the last login.
pub(in crate::model) fn remember(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    login: Option<LastLogin>,
) {
    shared.logins.other = login;
    swap(shared, effects);
}

/// Swaps the remembered login with the other one, and stores it. A second call undoes the swap.
pub(in crate::model) fn swap(shared: &mut Shared, effects: &mut Vec<Effect>) {
    if shared.settings.remembers {
        shared.logins.swap();
        effects.push(Effect::RememberLogin(shared.logins.last.clone()));
    }
}
