//! Social connections: one press, and the browser leaves.

use super::close::back_to_email;
use super::code_screen::signed_in;
use super::effect::emit;
use super::email_screen::{note_start_failure, terms_are_missing};
use super::last_login::exchange;
use super::update::report;
use super::{Effect, EmailScreen, Event, Failure, Flash, Phase, Screen, Shared, Tone, Way};

/// The terms gate every way in, this one too.
pub(super) fn chosen(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    connection: String,
) -> Screen {
    if screen.phase != Phase::Idle || terms_are_missing(&mut screen, shared, effects) {
        return Screen::Email(screen);
    }
    let version = shared.next_version();
    screen.phase = Phase::Leaving { version };
    screen.note = None;
    screen.resume = false;
    shared.flash = None;
    // What becomes of a login on another page nobody hears.
    shared.other_way = Some(Way::Social(connection.clone()));
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
    Screen::Email(screen)
}

/// The browser could not leave, or the login was done, or given up, in a window.
pub(super) fn answered(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Leaving { version }) {
        return Screen::Email(screen);
    }
    screen.phase = Phase::Idle;
    if shared.settings.in_place == result.is_ok() {
        exchange(shared, effects);
    }
    let Err(failure) = result else {
        return signed_in(shared, effects);
    };
    // A step of the page's own says for itself why it stopped.
    let is_hook = failure.error.member("code").as_str() == Some("hook_error");
    let said = failure.error.member("description").as_str();
    shared.flash = said.filter(|_| is_hook).map(|text| Flash {
        tone: Tone::Error,
        text: text.to_owned(),
    });
    let failure = match report(failure, effects) {
        Ok(failure) => failure,
        Err(screen) => return screen,
    };
    if shared.flash.is_none() {
        screen.note = Some(note_start_failure(shared, &failure));
    }
    Screen::Email(screen)
}

/// The person came back from the connection's page: nothing is under way any longer.
pub(super) fn came_back(screen: Screen, shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    match screen.phase() {
        Phase::Leaving { .. } => back_to_email(&screen, shared, effects),
        Phase::Idle | Phase::Sending { .. } | Phase::Verifying { .. } => screen,
    }
}
