//! The rules of the screen that asks for the e-mail address.

use super::close::{is_for_typed, take_away_request};
use super::update::to_error_screen;
use super::{
    Cause, CodeScreen, Effect, EmailFlaw, EmailScreen, Event, Failure, FocusTarget, Note, Phase,
    Screen, Sent, Shared, Step, check_email,
};

/// The wait is over: the note about it goes.
pub(super) fn tick(mut screen: EmailScreen, shared: &Shared) -> Screen {
    if matches!(screen.note, Some(Note::RateLimited { until_ms, .. }) if until_ms <= shared.now_ms)
    {
        screen.note = None;
    }
    Screen::Email(screen)
}

/// The field is fixed while a code is asked for. Errors stand until the field changes.
pub(super) fn changed(mut screen: EmailScreen, shared: &mut Shared, text: String) -> Screen {
    if screen.phase == Phase::Idle && shared.email != text {
        shared.email = text;
        screen.flaw = None;
        screen.note = screen.note.filter(|note| note.outlives_typing());
        screen.resume = false;
    }
    Screen::Email(screen)
}

pub(super) fn terms_toggled(
    mut screen: EmailScreen,
    shared: &mut Shared,
    accepted: bool,
) -> Screen {
    if screen.phase == Phase::Idle {
        shared.terms_accepted = accepted;
        screen.terms_missing = false;
    }
    Screen::Email(screen)
}

/// The button, or Enter. A second submit while the first is under way is ignored.
pub(super) fn submit(
    mut screen: EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if screen.phase != Phase::Idle {
        return Screen::Email(screen);
    }
    effects.push(Effect::Emit(Event::Submit(Step::Email)));
    let email = match check_email(&shared.email) {
        Ok(email) => email.to_owned(),
        Err(flaw) => {
            screen.flaw = Some(flaw);
            effects.push(Effect::Focus(FocusTarget::Email));
            return Screen::Email(screen);
        }
    };
    if shared.settings.must_accept_terms && !shared.terms_accepted {
        screen.terms_missing = true;
        effects.push(Effect::Focus(FocusTarget::Terms));
        return Screen::Email(screen);
    }
    // A code that was just sent to this very address still works: another one would only kill it.
    if is_for_typed(shared) && shared.resend_wait_ms() > 0 {
        if shared.life_left_ms() > 0 && shared.tries_left() > 0 {
            return to_code_screen(CodeScreen::default(), effects);
        }
        let note = match shared.tries_left() {
            0 => Note::Spent,
            _ => Note::Expired,
        };
        let screen = CodeScreen {
            note: Some(note),
            ..CodeScreen::default()
        };
        return to_code_screen(screen, effects);
    }
    let wait_ms = shared.wait_until_ms.saturating_sub(shared.now_ms);
    if wait_ms > 0 {
        screen.note = Some(Note::RateLimited {
            until_ms: shared.wait_until_ms,
            seconds: wait_ms.div_ceil(1000),
        });
        return Screen::Email(screen);
    }
    send(screen, shared, effects, email)
}

fn send(
    mut screen: EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    email: String,
) -> Screen {
    let version = shared.next_version();
    screen.phase = Phase::Sending { version };
    screen.note = None;
    screen.resume = false;
    effects.push(Effect::Start { version, email });
    Screen::Email(screen)
}

/// The network is back: what it interrupted goes on.
pub(super) fn resume(
    mut screen: EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if screen.phase != Phase::Idle || !screen.resume {
        return Screen::Email(screen);
    }
    screen.resume = false;
    match check_email(&shared.email) {
        Ok(email) if shared.resend_wait_ms() == 0 => {
            let email = email.to_owned();
            send(screen, shared, effects, email)
        }
        _ => Screen::Email(screen),
    }
}

/// The person does not want to wait for the answer.
pub(super) fn take_back(mut screen: EmailScreen, effects: &mut Vec<Effect>) -> Screen {
    take_away_request(screen.phase, effects);
    screen.phase = Phase::Idle;
    screen.resume = false;
    Screen::Email(screen)
}

pub(super) fn started(
    mut screen: EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Sending { version }) {
        return Screen::Email(screen);
    }
    screen.phase = Phase::Idle;
    let Err(failure) = result else {
        note_sent(shared);
        effects.push(Effect::Emit(Event::CodeSent));
        return to_code_screen(CodeScreen::default(), effects);
    };
    effects.push(Effect::Emit(Event::AuthorizationError(failure.clone())));
    if failure.cause.is_setup_fault() {
        return to_error_screen(failure, effects);
    }
    effects.push(Effect::Focus(FocusTarget::Email));
    if failure.cause == Cause::InvalidEmail {
        screen.flaw = Some(EmailFlaw::Refused);
    } else {
        screen.note = Some(note_start_failure(shared, &failure));
        screen.resume = failure.cause == Cause::Network;
    }
    Screen::Email(screen)
}

/// Remembers that a code is on its way to the address in the field.
pub(super) fn note_sent(shared: &mut Shared) {
    shared.sent = Some(Sent {
        email: shared.email.trim().to_owned(),
        at_ms: shared.now_ms,
        wrong: 0,
        dead: false,
    });
}

/// What to say about a code that could not be sent.
pub(super) fn note_start_failure(shared: &mut Shared, failure: &Failure) -> Note {
    match failure.cause {
        Cause::Network if shared.offline => Note::Offline,
        Cause::RateLimited => {
            let (note, until_ms) = rate_limited(shared, failure);
            shared.wait_until_ms = until_ms;
            note
        }
        cause => Note::Failed(cause),
    }
}

/// The note about a rate limit, and when it ends: as the tenant says, else after a cool-down.
pub(super) fn rate_limited(shared: &Shared, failure: &Failure) -> (Note, u64) {
    let wait_ms = failure
        .retry_after_s
        .map_or(shared.settings.cool_down_ms, |seconds| {
            u64::from(seconds) * 1000
        });
    let until_ms = shared.now_ms.saturating_add(wait_ms);
    let seconds = wait_ms.div_ceil(1000);
    (Note::RateLimited { until_ms, seconds }, until_ms)
}

fn to_code_screen(screen: CodeScreen, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Focus(FocusTarget::Code));
    effects.push(Effect::Emit(Event::StepChanged(Step::Code)));
    effects.push(Effect::Emit(Event::Ready(Step::Code)));
    Screen::Code(screen)
}
