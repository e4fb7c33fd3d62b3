//! How somebody logged in the last time: kept for the next time, where the page wants that
//! (`rememberLastLogin`).

use crate::model::effect::Effect;
use crate::model::state::recipient::Way;
use crate::model::state::shared::Shared;

/// Keeps `way` as the way of the last login, or nothing.
pub(in crate::model) fn remember(shared: &mut Shared, effects: &mut Vec<Effect>, way: Option<Way>) {
    shared.other_way = way;
    exchange(shared, effects);
}

/// Keeps the other way in place of the one that is kept. A second call takes that back.
pub(in crate::model) fn exchange(shared: &mut Shared, effects: &mut Vec<Effect>) {
    if shared.settings.remembers {
        std::mem::swap(&mut shared.last, &mut shared.other_way);
        effects.push(Effect::RememberWay(shared.last.clone()));
    }
}
