//! The screen that asks for the code.

use latchkey_webauth::Send;

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::failure::{Cause, Failure};
use crate::model::input::code::{Code, read_code};
use crate::model::message::Msg;
use crate::model::rules::last_login::remember;
use crate::model::rules::limit::{limit_end_ms, limit_note, still_limited};
use crate::model::rules::open::back_to_email;
use crate::model::rules::resend::Resent;
use crate::model::rules::{enter, failure, resend};
use crate::model::state::note::Note;
use crate::model::state::recipient::{Channel, LastLogin, Recipient};
use crate::model::state::screen::{CodeScreen, Next, Phase, Resume, ScreenKind};
use crate::model::state::secret::Secret;
use crate::model::state::shared::Shared;

pub(in crate::model) fn update(
    screen: &mut CodeScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    msg: Msg,
) -> Next {
    match msg {
        Msg::CodeChanged(text) => changed(screen, shared, effects, &text),
        Msg::Submit => submit(screen, shared, effects),
        Msg::Resend => ask_again(screen, shared, effects),
        Msg::Started { version, result } => {
            return started(screen, shared, effects, version, result);
        }
        Msg::Verified { version, result } => {
            return verified(screen, shared, effects, version, result);
        }
        Msg::Back => return Some(back_to_email(screen.phase, shared, effects)),
        // `model::update` handles the messages for every screen. The other messages are for other screens.
        _ => {}
    }
    None
}

/// Handles the time since `before_ms`. The end of the code's life is announced once.
pub(in crate::model) fn tick(screen: &mut CodeScreen, shared: &Shared, before_ms: u64) {
    screen.note = still_limited(screen.note, shared);
    let was_alive = shared.sent.as_ref().is_some_and(|sent| {
        !sent.is_invalid && before_ms < sent.at_ms.saturating_add(shared.settings.code_life_ms)
    });
    let has_ended = was_alive && shared.life_left_ms() == 0;
    let says_more = matches!(screen.note, Some(Note::RateLimited { .. } | Note::Spent));
    if has_ended && screen.phase == Phase::Idle && !says_more {
        screen.note = Some(Note::Expired);
        screen.resume = None;
    }
}

/// Repeats the request that failed for want of a network.
pub(in crate::model) fn resume(
    screen: &mut CodeScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) {
    let can_verify = screen.phase == Phase::Idle
        && screen.code.reveal().len() == shared.settings.code_length
        && shared.life_left_ms() > 0
        && shared.tries_left() > 0;
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    match screen.resume.take() {
        Some(Resume::Resend) => ask_again(screen, shared, effects),
        Some(Resume::Verify) if can_verify => verify(screen, shared, effects),
        Some(Resume::Verify) | None => {}
    }
}

/// Handles a newer code that another tab requested. If it went to the same recipient, the older code is
/// invalid.
pub(in crate::model) fn newer_code(screen: &mut CodeScreen, shared: &mut Shared, to: &str) {
    let Some(sent) = shared.sent.as_ref().map(|sent| &sent.to) else {
        return;
    };
    let to = match sent.channel() {
        Channel::Email => Recipient::Email(to.to_owned()),
        Channel::Sms => Recipient::Phone(to.to_owned()),
    };
    if shared.is_same(&to, sent)
        && screen.phase == Phase::Idle
        && let Some(sent) = &mut shared.sent
    {
        sent.at_ms = shared.clock.now_ms;
        sent.wrong_tries = 0;
        sent.is_invalid = false;
        screen.code = Secret::default();
        screen.note = Some(Note::Newer);
        screen.resume = None;
    }
}

/// Handles a change of the field. While a code is being checked the field is disabled. A certain code is
/// submitted once without a press of the button. Of a text with several possible codes nothing is used, and
/// the screen asks the person to enter the code.
fn changed(
    screen: &mut CodeScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    typed: &Secret,
) {
    if matches!(screen.phase, Phase::Verifying { .. }) {
        return;
    }
    let (code, is_certain) = match read_code(typed.reveal(), shared.settings.code_length) {
        Code::Found(code) => (code, true),
        Code::Partial(code) => (code, false),
        Code::Unclear => {
            screen.lacks_code = true;
            return;
        }
    };
    if screen.code.reveal() == code {
        return;
    }
    screen.code = Secret::new(code);
    screen.note = screen.note.filter(|note| note.outlives_typing());
    screen.resume = None;
    screen.lacks_code = false;
    if is_certain && shared.settings.auto_submit {
        submit(screen, shared, effects);
    }
}

/// Handles the button, Enter and the last digit. A second submit during the check is ignored. During a resend
/// a full code is checked all the same, because a slow tenant must not keep a person from using a valid code.
/// The resend is cancelled then: its response would come too late to be of use.
fn submit(screen: &mut CodeScreen, shared: &mut Shared, effects: &mut Vec<Effect>) {
    let is_full = screen.code.reveal().len() == shared.settings.code_length;
    match screen.phase {
        Phase::Idle => {}
        Phase::Sending { .. } if is_full => {
            effects.push(Effect::Cancel);
            screen.phase = Phase::Idle;
            shared.note_unconfirmed_resend();
        }
        _ => return,
    }
    emit(effects, Event::Submit(ScreenKind::Code));
    if can_be_checked(screen, shared) {
        verify(screen, shared, effects);
    } else {
        focus(effects, FocusTarget::Code);
    }
}

/// Whether the code can be checked. If not, the screen shows why: no tries are left, the code is short, or a
/// rate limit holds.
fn can_be_checked(screen: &mut CodeScreen, shared: &Shared) -> bool {
    let from_ms = shared.limits.verify_from_ms;
    if shared.tries_left() == 0 {
        screen.code = Secret::default();
        screen.note = Some(Note::Spent);
    } else if screen.code.reveal().len() < shared.settings.code_length {
        screen.lacks_code = true;
    } else if shared.clock.until_ms(from_ms) > 0 {
        screen.note = Some(limit_note(shared, from_ms));
    } else {
        return true;
    }
    false
}

/// Logs in with the code.
fn verify(screen: &mut CodeScreen, shared: &mut Shared, effects: &mut Vec<Effect>) {
    let Some(to) = shared.sent.as_ref().map(|sent| sent.to.clone()) else {
        return;
    };
    let version = shared.next_version();
    let code = screen.code.clone();
    screen.phase = Phase::Verifying { version };
    screen.note = None;
    screen.resume = None;
    effects.push(Effect::Verify { version, to, code });
}

/// Handles the response to a check.
fn verified(
    screen: &mut CodeScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase != (Phase::Verifying { version }) {
        return None;
    }
    screen.phase = Phase::Idle;
    let Err(failure) = result else {
        let login = shared.sent.take().map(|sent| LastLogin::Code(sent.to));
        remember(shared, effects, login);
        return Some(enter::signed_in(shared, effects));
    };
    if failure.cause == Cause::ThirdPartyCookies {
        // The tenant has consumed the code before its cookies were found to be blocked, so no other try can
        // use it.
        shared.sent = None;
    }
    let error = failure::report(&failure, effects);
    if error.is_none() {
        focus(effects, FocusTarget::Code);
        refused(screen, shared, &failure);
    }
    error
}

/// Shows why the code did not log the person in. A code that the tenant has judged is removed from the field;
/// any other code stays for another try.
fn refused(screen: &mut CodeScreen, shared: &mut Shared, failure: &Failure) {
    if matches!(
        failure.cause,
        Cause::InvalidCode | Cause::CodeExpired | Cause::TooManyAttempts
    ) {
        screen.code = Secret::default();
    }
    screen.resume = (failure.cause == Cause::Network).then_some(Resume::Verify);
    screen.note = Some(match failure.cause {
        Cause::InvalidCode => wrong_code(shared),
        Cause::CodeExpired => expire(shared),
        Cause::TooManyAttempts => {
            spend(shared);
            Note::Failed(Cause::TooManyAttempts)
        }
        Cause::RateLimited => {
            let until_ms = limit_end_ms(shared, failure);
            shared.limits.verify_from_ms = until_ms;
            limit_note(shared, until_ms)
        }
        Cause::Network if shared.offline => Note::Offline,
        cause => Note::Failed(cause),
    });
}

/// The note for a wrong code. The tenant has one response for wrong and for expired codes, so the dialog's
/// own clock and count tell them apart.
fn wrong_code(shared: &mut Shared) -> Note {
    if shared.life_left_ms() == 0 {
        return expire(shared);
    }
    if let Some(sent) = &mut shared.sent {
        sent.wrong_tries = sent.wrong_tries.saturating_add(1);
    }
    match shared.tries_left() {
        0 => {
            spend(shared);
            Note::Spent
        }
        left => Note::WrongCode { left },
    }
}

/// Marks the code as expired.
fn expire(shared: &mut Shared) -> Note {
    if let Some(sent) = &mut shared.sent {
        sent.is_invalid = true;
    }
    Note::Expired
}

/// Marks the code as used up.
fn spend(shared: &mut Shared) {
    if let Some(sent) = &mut shared.sent {
        sent.wrong_tries = shared.settings.tries;
        sent.is_invalid = true;
    }
}

/// Requests another code, unless a request is in flight or it is too early.
fn ask_again(screen: &mut CodeScreen, shared: &mut Shared, effects: &mut Vec<Effect>) {
    let phase = resend::ask(shared, effects, screen.phase, Send::Code);
    if phase != screen.phase {
        screen.phase = phase;
        screen.code_before = screen.code.clone();
        screen.note = None;
        screen.resume = None;
        screen.lacks_code = false;
    }
}

/// Handles the response to a resend.
fn started(
    screen: &mut CodeScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase != (Phase::Sending { version }) {
        return None;
    }
    screen.phase = Phase::Idle;
    match resend::started(shared, effects, result, Send::Code) {
        Resent::Sent => {
            focus(effects, FocusTarget::Code);
            emit(effects, Event::CodeResent);
            // The new code can arrive before the response, so digits typed in between may be the new code.
            // They stay.
            let is_of_old = screen.code == screen.code_before;
            *screen = CodeScreen {
                code: screen.code.clone(),
                note: Some(Note::Resent),
                ..CodeScreen::default()
            };
            if is_of_old {
                screen.code = Secret::default();
            }
        }
        Resent::Failed { note, is_network } => {
            screen.note = Some(note);
            screen.resume = is_network.then_some(Resume::Resend);
        }
        Resent::OtherScreen(other) => return Some(other),
    }
    None
}
