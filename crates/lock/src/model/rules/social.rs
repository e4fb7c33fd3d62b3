//! Social connections: one press, and the browser leaves for the connection's page, or a window opens.

use crate::model::effect::{Effect, Event, emit};
use crate::model::failure::Failure;
use crate::model::rules::last_way::exchange;
use crate::model::rules::open::back_to_email;
use crate::model::rules::send::failure_note;
use crate::model::rules::{enter, failure, terms};
use crate::model::state::note::{Flash, Tone};
use crate::model::state::recipient::Way;
use crate::model::state::screen::{EmailScreen, Next, Phase};
use crate::model::state::shared::Shared;

/// Leaves for the connection of that name.
pub(in crate::model) fn chosen(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    connection: String,
) {
    if screen.phase != Phase::Idle || terms::are_missing(screen, shared, effects) {
        return;
    }
    let version = shared.next_version();
    screen.phase = Phase::Leaving { version };
    screen.note = None;
    screen.resume = false;
    shared.flash = None;
    shared.other_way = Some(Way::Social(connection.clone()));
    // On another page nothing tells the dialog whether the login is done, so the way is kept now.
    if !shared.settings.in_place {
        exchange(shared, effects);
    }
    emit(
        effects,
        Event::FederatedLogin {
            connection: connection.clone(),
        },
    );
    effects.push(Effect::Authorize {
        version,
        connection,
    });
}

/// The browser could not leave; or the login in a window is done, or was given up.
pub(in crate::model) fn verified(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase != (Phase::Leaving { version }) {
        return None;
    }
    screen.phase = Phase::Idle;
    // Keeps the way of a login that is done in a window, or takes back the way that could not be gone.
    if shared.settings.in_place == result.is_ok() {
        exchange(shared, effects);
    }
    let Err(failure) = result else {
        return Some(enter::signed_in(shared, effects));
    };
    shared.flash = hook_text(&failure);
    let error = failure::report(&failure, effects);
    if error.is_none() && shared.flash.is_none() {
        screen.note = Some(failure_note(shared, &failure));
    }
    error
}

/// The words of a page's own hook (`hooks.loggingIn`) that stopped the login: they are shown as they are.
fn hook_text(failure: &Failure) -> Option<Flash> {
    let is_hook = failure.error.member("code").as_str() == Some("hook_error");
    let text = failure.error.member("description").as_str();
    text.filter(|_| is_hook).map(|text| Flash {
        tone: Tone::Error,
        text: text.to_owned(),
    })
}

/// The person came back from the connection's page by the browser's back button: no login is under way.
pub(in crate::model) fn came_back(
    phase: Phase,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> Next {
    match phase {
        Phase::Leaving { .. } => Some(back_to_email(phase, shared, effects)),
        Phase::Idle | Phase::Sending { .. } | Phase::Verifying { .. } => None,
    }
}
