//! The screens that a login ends on: it is done, it was done in another tab, or a setting has to be changed
//! first. Each of them has a way back to where a login begins.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::message::Msg;
use crate::model::rules::open::{back_to_email, cancel};
use crate::model::state::screen::{Next, Phase, Screen, Step};
use crate::model::state::shared::Shared;

/// The login is done, and the browser is on its way to the tenant. A person who comes back from there, or
/// whose browser never left, may log in again.
pub(in crate::model) fn signed_in(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    msg: &Msg,
) -> Next {
    if !matches!(msg, Msg::Back | Msg::PageRestored) {
        return None;
    }
    shared.sent = None;
    Some(back_to_email(Phase::Idle, shared, effects))
}

/// The login was done in another tab, or a setting has to be changed: the one button leads back.
pub(in crate::model) fn stopped(shared: &Shared, effects: &mut Vec<Effect>, msg: &Msg) -> Next {
    matches!(msg, Msg::Back | Msg::Submit).then(|| back_to_email(Phase::Idle, shared, effects))
}

/// The person logged in in another tab. `screen` is what this dialog shows.
pub(in crate::model) fn signed_in_elsewhere(
    screen: &Screen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Next {
    // This dialog has logged in too, and its browser is on its way.
    if *screen == Screen::SignedIn {
        return None;
    }
    shared.sent = None;
    if matches!(screen, Screen::Closed | Screen::Elsewhere) {
        return None;
    }
    cancel(screen.phase(), effects);
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::Elsewhere));
    emit(effects, Event::SignedInElsewhere);
    if shared.settings.closable {
        // A person who has the page in front of them has all the time to read it (WCAG 2.2.1).
        effects.push(Effect::CloseUnseen);
    }
    Some(Screen::Elsewhere)
}
