//! Failed requests: what the page is told of them, and which of them have a screen of their own.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::failure::Failure;
use crate::model::state::screen::{Next, Screen, Step};

/// Tells the page of a failure. One that only the site's owner can mend leads to the error screen; what any
/// other means, the caller has to say on its own screen.
pub(in crate::model) fn report(failure: &Failure, effects: &mut Vec<Effect>) -> Next {
    emit(effects, Event::AuthorizationError(failure.clone()));
    if !failure.cause.is_setup_fault() {
        return None;
    }
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::Error));
    emit(effects, Event::UnrecoverableError(failure.clone()));
    Some(Screen::Error(failure.cause))
}
