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
    shared.other_login = login;
    swap(shared, effects);
}

/// Swaps the remembered login with the other one, and stores it. A second call undoes the swap.
pub(in crate::model) fn swap(shared: &mut Shared, effects: &mut Vec<Effect>) {
    if shared.settings.remembers {
        std::mem::swap(&mut shared.last_login, &mut shared.other_login);
        effects.push(Effect::RememberLogin(shared.last_login.clone()));
    }
}
