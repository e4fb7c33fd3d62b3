//! The terms. Every way to log in requires them if the page says so (`mustAcceptTerms`).

use crate::model::effect::{Effect, FocusTarget, focus};
use crate::model::state::screen::{EmailScreen, Phase};
use crate::model::state::shared::Shared;

/// Stores whether the terms are ticked.
pub(in crate::model) fn toggled(screen: &mut EmailScreen, shared: &mut Shared, accepted: bool) {
    if screen.phase == Phase::Idle {
        shared.entries.terms_accepted = accepted;
        screen.terms_missing = false;
    }
}

/// Whether the terms have to be ticked first. If so, the checkbox is marked and takes the focus.
pub(in crate::model) fn are_missing(
    screen: &mut EmailScreen,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> bool {
    let are_missing = shared.settings.must_accept_terms && !shared.entries.terms_accepted;
    if are_missing {
        screen.terms_missing = true;
        focus(effects, FocusTarget::Terms);
    }
    are_missing
}
