//! Asking for another code or link: one way for both screens.

use super::close::{blank, enter_email};
use super::email_screen::{note_sent, note_start_failure, refused};
use super::update::report;
use super::{Cause, Effect, Failure, Note, Phase, Screen, Shared};

/// Asks for another one, or for a link or a code in its place, unless one is being asked for or it is too early. The phase
/// after it.
pub(super) fn ask(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    phase: Phase,
    link: bool,
) -> Phase {
    let sent = shared.sent.as_ref().map(|sent| sent.to.clone());
    let Some(to) = sent.filter(|_| phase == Phase::Idle && shared.resend_wait_ms() == 0) else {
        return phase;
    };
    let version = shared.next_version();
    effects.push(Effect::Start {
        version,
        to,
        link,
        captcha: None,
    });
    Phase::Sending { version }
}

/// What the answer comes to: another one is on its way, a link if `is_link`; or a note, and whether the network was what
/// failed; or another screen, where the person has to do something first.
pub(super) fn answer(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    result: Result<(), Failure>,
    is_link: bool,
) -> Result<Option<(Note, bool)>, Screen> {
    let Err(failure) = result else {
        if let Some(sent) = shared.sent.clone() {
            note_sent(shared, effects, sent.to, is_link);
        }
        return Ok(None);
    };
    let failure = report(failure, effects)?;
    if matches!(
        failure.cause,
        Cause::CaptchaRequired | Cause::InvalidEmail | Cause::InvalidPhoneNumber
    ) {
        // There is a place for it on that screen.
        let mut screen = blank(shared);
        refused(&mut screen, shared, &failure);
        return Err(enter_email(screen, effects));
    }
    let note = note_start_failure(shared, &failure);
    Ok(Some((note, failure.cause == Cause::Network)))
}

/// Takes away a wait that has ended.
pub(super) fn still_waiting(note: Option<Note>, shared: &Shared) -> Option<Note> {
    note.filter(
        |note| !matches!(note, Note::RateLimited { until_ms, .. } if *until_ms <= shared.now_ms),
    )
}
