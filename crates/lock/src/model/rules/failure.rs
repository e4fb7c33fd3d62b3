//! Reports failed requests to the page, and chooses those that have a screen of their own.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::failure::Failure;
use crate::model::state::screen::{Next, Screen, ScreenKind};

/// Emits the events of a failure. Returns the error screen if only the site's owner can fix the cause. For
/// every other cause the caller shows a note on its own screen.
pub(in crate::model) fn report(failure: &Failure, effects: &mut Vec<Effect>) -> Next {
    emit(effects, Event::AuthorizationError(failure.clone()));
    if !failure.cause.is_setup_fault() {
        return None;
    }
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(ScreenKind::Error));
    emit(effects, Event::UnrecoverableError(failure.clone()));
    Some(Screen::Error(failure.cause))
}
