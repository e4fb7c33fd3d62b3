//! Remembers the last login for the next one, if the page wants that (`rememberLastLogin`).

use crate::model::effect::Effect;
use crate::model::state::recipient::Way;
use crate::model::state::shared::Shared;

/// Remembers `way` as the last login, or forgets the last login.
pub(in crate::model) fn remember(shared: &mut Shared, effects: &mut Vec<Effect>, way: Option<Way>) {
    shared.other_way = way;
    exchange(shared, effects);
}

/// Swaps the remembered login with the other one, and stores it. A second call undoes the swap.
pub(in crate::model) fn exchange(shared: &mut Shared, effects: &mut Vec<Effect>) {
    if shared.settings.remembers {
        std::mem::swap(&mut shared.last, &mut shared.other_way);
        effects.push(Effect::RememberWay(shared.last.clone()));
    }
}
