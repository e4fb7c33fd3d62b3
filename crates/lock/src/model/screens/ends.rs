//! The screens at the end of a login: it is done, it was done in another tab, or a setting has to be changed
//! first. Each of them leads back to the screen where a login begins.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::message::Msg;
use crate::model::rules::open::{back_to_email, cancel};
use crate::model::state::screen::{Next, Phase, Screen, ScreenKind};
use crate::model::state::shared::Shared;

/// Handles messages after the login, while the browser leaves for the tenant. A person who comes back, or
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

/// Handles messages after a login in another tab, and on the error screen: the one button leads back.
pub(in crate::model) fn stopped(shared: &Shared, effects: &mut Vec<Effect>, msg: &Msg) -> Next {
    matches!(msg, Msg::Back | Msg::Submit).then(|| back_to_email(Phase::Idle, shared, effects))
}

/// Handles a login in another tab. `screen` is the screen of this dialog.
pub(in crate::model) fn signed_in_elsewhere(
    screen: &Screen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Next {
    // This dialog has logged in too, and its browser is leaving.
    if *screen == Screen::SignedIn {
        return None;
    }
    shared.sent = None;
    if matches!(screen, Screen::Closed | Screen::Elsewhere) {
        return None;
    }
    cancel(screen.phase(), effects);
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(ScreenKind::Elsewhere));
    emit(effects, Event::SignedInElsewhere);
    if shared.settings.closable {
        // A visible dialog stays open, because people need time to read it (WCAG 2.2.1).
        effects.push(Effect::CloseUnseen);
    }
    Some(Screen::Elsewhere)
}
