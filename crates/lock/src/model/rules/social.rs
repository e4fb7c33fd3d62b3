//! Social connections: one press leaves for the connection's page, or opens a window.

use crate::model::effect::{Effect, Event, emit};
use crate::model::failure::Failure;
use crate::model::rules::last_login::swap;
use crate::model::rules::open::back_to_email;
use crate::model::rules::send::failure_note;
use crate::model::rules::{enter, failure, terms};
use crate::model::state::note::{Flash, Tone};
use crate::model::state::recipient::LastLogin;
use crate::model::state::screen::{EmailScreen, Next, Phase};
use crate::model::state::shared::Shared;

/// Leaves for the connection with this name.
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
    shared.logins.other = Some(LastLogin::Social(connection.clone()));
    // If the login goes on in another page, nothing tells the dialog that it is done, so it is remembered
    // now.
    if !shared.settings.in_place {
        swap(shared, effects);
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

/// Handles the outcome: the browser could not leave, or a login in a window succeeded or failed.
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
    // In a window, a successful login is remembered now. In another page, the login was remembered on
    // leaving, and a failure to leave undoes that.
    if shared.settings.in_place == result.is_ok() {
        swap(shared, effects);
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

/// The text of the page's own hook (`hooks.loggingIn`) that stopped the login. The dialog shows it as it is.
fn hook_text(failure: &Failure) -> Option<Flash> {
    let is_hook = failure.error.member("code").as_str() == Some("hook_error");
    let text = failure.error.member("description").as_str();
    text.filter(|_| is_hook).map(|text| Flash {
        tone: Tone::Error,
        text: text.to_owned(),
    })
}

/// Handles the browser's back button on the connection's page: the login is over.
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
