//! The rules of the screen that asks for the code.

use super::effect::{emit, focus};
use super::email_screen::rate_limited;
use super::last_login::remember;
use super::resend;
use super::update::report;
use super::{
    Cause, CodeScreen, Effect, Event, Failure, FocusTarget, News, Note, Phase, Resume, Screen,
    Secret, Shared, Step, Way, clean_code,
};

/// Says once that the code's time is over, and takes away a wait that has ended.
pub(super) fn tick(mut screen: Box<CodeScreen>, shared: &Shared, before_ms: u64) -> Screen {
    screen.note = resend::still_waiting(screen.note, shared);
    let was_alive = shared.sent.as_ref().is_some_and(|sent| {
        !sent.dead && before_ms < sent.at_ms.saturating_add(shared.settings.code_life_ms)
    });
    let says_more = matches!(screen.note, Some(Note::RateLimited { .. } | Note::Spent));
    if was_alive && shared.life_left_ms() == 0 && screen.phase == Phase::Idle && !says_more {
        screen.note = Some(Note::Expired);
        screen.resume = None;
    }
    Screen::Code(screen)
}

/// The field is fixed while its code is being checked. A full code submits itself, once.
pub(super) fn changed(
    mut screen: Box<CodeScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    typed: &Secret,
) -> Screen {
    let code = clean_code(typed.reveal(), shared.settings.code_length);
    let is_verifying = matches!(screen.phase, Phase::Verifying { .. });
    if is_verifying || screen.code.reveal() == code {
        return Screen::Code(screen);
    }
    let is_full = code.len() == shared.settings.code_length;
    screen.code = Secret::new(code);
    screen.note = screen.note.filter(|note| note.outlives_typing());
    screen.resume = None;
    screen.too_short = false;
    if is_full && shared.settings.auto_submit && screen.phase == Phase::Idle {
        return submit(screen, shared, effects);
    }
    Screen::Code(screen)
}

/// The button, Enter, or the last digit. An empty, short or used-up code stays on the page.
pub(super) fn submit(
    mut screen: Box<CodeScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if screen.phase == Phase::Idle {
        emit(effects, Event::Submit(Step::Code));
        if is_complete(&mut screen, shared, effects) {
            return verify(screen, shared, effects);
        }
    }
    Screen::Code(screen)
}

/// Whether the code can be checked; or says why not.
fn is_complete(screen: &mut CodeScreen, shared: &Shared, effects: &mut Vec<Effect>) -> bool {
    if shared.tries_left() == 0 {
        screen.code = Secret::default();
        screen.note = Some(Note::Spent);
    } else if screen.code.reveal().len() < shared.settings.code_length {
        screen.too_short = true;
    } else if shared.verify_wait_until_ms > shared.now_ms {
        screen.note = Some(Note::RateLimited {
            until_ms: shared.verify_wait_until_ms,
            seconds: (shared.verify_wait_until_ms - shared.now_ms).div_ceil(1000),
        });
    } else {
        return true;
    }
    focus(effects, FocusTarget::Code);
    false
}

/// Logs in with the code.
fn verify(mut screen: Box<CodeScreen>, shared: &mut Shared, effects: &mut Vec<Effect>) -> Screen {
    let Some(to) = shared.sent.as_ref().map(|sent| sent.to.clone()) else {
        return Screen::Code(screen);
    };
    let version = shared.next_version();
    let code = screen.code.clone();
    screen.phase = Phase::Verifying { version };
    screen.note = None;
    screen.resume = None;
    effects.push(Effect::Verify { version, to, code });
    Screen::Code(screen)
}

/// The network is back: what it interrupted goes on.
pub(super) fn resume(
    mut screen: Box<CodeScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    let can_verify = screen.phase == Phase::Idle
        && screen.code.reveal().len() == shared.settings.code_length
        && shared.life_left_ms() > 0
        && shared.tries_left() > 0;
    let resume = screen.resume.take();
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    match resume {
        Some(Resume::Resend) => resend(screen, shared, effects),
        Some(Resume::Verify) if can_verify => verify(screen, shared, effects),
        Some(Resume::Verify) | None => Screen::Code(screen),
    }
}

/// Another tab had a newer code sent to the same address: the one before works no longer.
pub(super) fn newer_code(mut screen: Box<CodeScreen>, shared: &mut Shared, to: &str) -> Screen {
    let is_mine = shared
        .sent
        .as_ref()
        .is_some_and(|sent| sent.to.text() == to);
    if is_mine && screen.phase == Phase::Idle {
        if let Some(sent) = &mut shared.sent {
            sent.at_ms = shared.now_ms;
            sent.wrong = 0;
            sent.dead = false;
        }
        screen.code = Secret::default();
        screen.note = Some(Note::Newer);
        screen.resume = None;
    }
    Screen::Code(screen)
}

/// Asks for another code, unless one is being asked for, or it is too early.
pub(super) fn resend(
    mut screen: Box<CodeScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    let phase = resend::ask(shared, effects, screen.phase, false);
    if phase != screen.phase {
        screen.phase = phase;
        screen.note = None;
        screen.resume = None;
        screen.too_short = false;
    }
    Screen::Code(screen)
}

/// The answer to a resend.
pub(super) fn started(
    mut screen: Box<CodeScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Sending { version }) {
        return Screen::Code(screen);
    }
    screen.phase = Phase::Idle;
    match resend::answer(shared, effects, result, false) {
        Ok(None) => {
            focus(effects, FocusTarget::Code);
            emit(effects, Event::CodeResent);
            *screen = CodeScreen {
                note: Some(Note::Resent),
                ..CodeScreen::default()
            };
        }
        Ok(Some((note, is_network))) => {
            screen.note = Some(note);
            screen.resume = is_network.then_some(Resume::Resend);
        }
        Err(other) => return other,
    }
    Screen::Code(screen)
}

/// The answer to a check. Nothing is left of a code that was right, wrong or too old; one that was
/// never looked at stays in the field.
pub(super) fn verified(
    mut screen: Box<CodeScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Verifying { version }) {
        return Screen::Code(screen);
    }
    screen.phase = Phase::Idle;
    let Err(failure) = result else {
        let way = shared.sent.take().map(|sent| Way::Code(sent.to));
        remember(shared, effects, way);
        return signed_in(shared, effects);
    };
    let failure = match report(failure, effects) {
        Ok(failure) => failure,
        Err(screen) => return screen,
    };
    focus(effects, FocusTarget::Code);
    let note = match failure.cause {
        Cause::InvalidCode => wrong_code(shared),
        Cause::CodeExpired => expired(shared),
        Cause::TooManyAttempts => {
            spend(shared);
            Note::Failed(Cause::TooManyAttempts)
        }
        Cause::RateLimited => {
            let (note, until_ms) = rate_limited(shared, &failure);
            shared.verify_wait_until_ms = until_ms;
            note
        }
        Cause::Network if shared.offline => Note::Offline,
        cause => Note::Failed(cause),
    };
    let was_looked_at = matches!(
        failure.cause,
        Cause::InvalidCode | Cause::CodeExpired | Cause::TooManyAttempts
    );
    if was_looked_at {
        screen.code = Secret::default();
    }
    screen.note = Some(note);
    screen.resume = (failure.cause == Cause::Network).then_some(Resume::Verify);
    Screen::Code(screen)
}

/// A code works once; and nobody shall find it asked for again.
pub(super) fn signed_in(shared: &mut Shared, effects: &mut Vec<Effect>) -> Screen {
    shared.sent = None;
    effects.push(Effect::Tell(News::SignedIn));
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::SignedIn));
    Screen::SignedIn
}

/// The tenant has one answer for a wrong and for an expired code, so our own clock and count say
/// which of the two it was.
fn wrong_code(shared: &mut Shared) -> Note {
    if shared.life_left_ms() == 0 {
        return expired(shared);
    }
    if let Some(sent) = &mut shared.sent {
        sent.wrong = sent.wrong.saturating_add(1);
    }
    match shared.tries_left() {
        0 => {
            spend(shared);
            Note::Spent
        }
        left => Note::WrongCode { left },
    }
}

fn expired(shared: &mut Shared) -> Note {
    if let Some(sent) = &mut shared.sent {
        sent.dead = true;
    }
    Note::Expired
}

fn spend(shared: &mut Shared) {
    if let Some(sent) = &mut shared.sent {
        sent.wrong = shared.settings.tries;
        sent.dead = true;
    }
}
