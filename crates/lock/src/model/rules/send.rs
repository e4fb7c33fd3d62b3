//! The first request for a code or a link, from the screens where a login begins; and what follows from the
//! tenant's response. A further request from the code's or the link's screen is in `resend`.

use crate::model::effect::{Effect, Event, emit, focus};
use crate::model::failure::{Cause, Failure};
use crate::model::input::email::EmailFlaw;
use crate::model::message::News;
use crate::model::rules::address::{field, is_for_typed, mark, recipient};
use crate::model::rules::limit::{limit_end_ms, limit_note};
use crate::model::rules::{captcha, enter, failure};
use crate::model::state::note::Note;
use crate::model::state::recipient::{Channel, Recipient};
use crate::model::state::screen::{EmailScreen, Next, Phase, Screen};
use crate::model::state::sent::Sent;
use crate::model::state::shared::Shared;

/// Has a code or a link sent to `to`, which is also what was typed. A message that was just sent to the same
/// recipient still works, and another one would make it invalid: then the dialog goes on with that one.
pub(in crate::model) fn send_unless_sent(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    to: Recipient,
) -> Next {
    if is_for_typed(shared) && shared.resend_wait_ms() > 0 {
        return Some(back_to_sent(shared, effects));
    }
    let until_ms = shared.limits.send_from_ms;
    if shared.clock.until_ms(until_ms) > 0 {
        screen.note = Some(limit_note(shared, until_ms));
    } else {
        send(screen, shared, effects, to);
    }
    None
}

/// The screen of the newest code or link.
fn back_to_sent(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    if shared.sent.as_ref().is_some_and(|sent| sent.is_link) {
        return enter::link(effects);
    }
    let is_unsure = shared.sent.as_ref().is_some_and(|sent| sent.unsure);
    let note = match (shared.has_live_code(), shared.tries_left()) {
        (true, _) => is_unsure.then_some(Note::Failed(Cause::Timeout)),
        (false, 0) => Some(Note::Spent),
        (false, _) => Some(Note::Expired),
    };
    enter::code(note, effects)
}

/// Has a code or a link sent, and waits for the response.
pub(in crate::model) fn send(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    to: Recipient,
) {
    let version = shared.next_version();
    screen.phase = Phase::Sending { version };
    screen.note = None;
    screen.suggestion = None;
    screen.resume = false;
    screen.may_have_code = false;
    shared.flash = None;
    let link = wants_link(shared, &to);
    effects.push(Effect::Start {
        version,
        to,
        link,
        captcha: shared.captcha.clone(),
    });
}

fn wants_link(shared: &Shared, to: &Recipient) -> bool {
    shared.settings.link && to.channel() == Channel::Email
}

/// The tenant's response to `send`.
pub(in crate::model) fn started(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase != (Phase::Sending { version }) {
        return None;
    }
    screen.phase = Phase::Idle;
    if let Err(failure) = result {
        return failed(screen, shared, effects, &failure);
    }
    // The field is fixed while a request is under way, so it still holds the recipient of the request.
    let to = recipient(screen.channel, shared).ok()?;
    let is_link = wants_link(shared, &to);
    note_sent(shared, effects, to, is_link);
    if is_link {
        emit(effects, Event::LinkSent);
        return Some(enter::link(effects));
    }
    emit(effects, Event::CodeSent);
    Some(enter::code(None, effects))
}

fn failed(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    failure: &Failure,
) -> Next {
    let error = failure::report(failure, effects);
    if error.is_some() {
        return error;
    }
    focus(effects, field(screen.channel));
    refused(screen, shared, failure);
    // The tenant accepts an answer to a captcha once, whatever its response was.
    if shared.captcha.is_some() {
        effects.push(Effect::Captcha);
    }
    None
}

/// Says why no code could be sent, at the field if it is the address or the number.
pub(in crate::model) fn refused(screen: &mut EmailScreen, shared: &mut Shared, failure: &Failure) {
    match failure.cause {
        Cause::InvalidEmail | Cause::InvalidPhoneNumber => {
            mark(screen, shared, EmailFlaw::Refused);
        }
        Cause::CaptchaRequired => screen.note = Some(captcha::demand(shared)),
        cause => {
            screen.note = Some(failure_note(shared, failure));
            screen.resume = cause == Cause::Network;
            note_unsure(screen, shared, cause);
        }
    }
}

/// Where no answer came, the request may have reached the tenant, and the code the person: then the screen offers a way to
/// enter it. A tenant that took too long is likely to send the code yet. Another request would make that one invalid, so
/// the cool-down between two codes begins.
fn note_unsure(screen: &mut EmailScreen, shared: &mut Shared, cause: Cause) {
    let is_unsure = match cause {
        Cause::Network => !shared.offline,
        Cause::ServerError | Cause::Timeout => true,
        _ => false,
    };
    let Ok(to) = recipient(screen.channel, shared) else {
        return;
    };
    if !is_unsure || wants_link(shared, &to) {
        return;
    }
    screen.may_have_code = true;
    if cause == Cause::Timeout {
        shared.sent = Some(unsure(shared, to));
    }
}

/// A code that may have been sent.
fn unsure(shared: &Shared, to: Recipient) -> Sent {
    Sent {
        to,
        is_link: false,
        at_ms: shared.clock.now_ms,
        wrong: 0,
        dead: false,
        unsure: true,
    }
}

/// The person has the code: it came, though the answer did not.
pub(in crate::model) fn have_code(
    screen: &EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Next {
    if screen.phase != Phase::Idle || !screen.may_have_code {
        return None;
    }
    let to = recipient(screen.channel, shared).ok()?;
    if !is_for_typed(shared) {
        shared.sent = Some(unsure(shared, to));
    }
    Some(enter::code(None, effects))
}

/// The note about a code or a link that could not be sent.
pub(in crate::model) fn failure_note(shared: &mut Shared, failure: &Failure) -> Note {
    match failure.cause {
        Cause::Network if shared.offline => Note::Offline,
        Cause::RateLimited => {
            let until_ms = limit_end_ms(shared, failure);
            shared.limits.send_from_ms = until_ms;
            limit_note(shared, until_ms)
        }
        cause => Note::Failed(cause),
    }
}

/// Keeps that a code or a link is on its way, and tells the other dialogs.
pub(in crate::model) fn note_sent(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    to: Recipient,
    is_link: bool,
) {
    effects.push(Effect::Tell(News::Sent {
        to: to.text().to_owned(),
    }));
    shared.sent = Some(Sent {
        to,
        is_link,
        at_ms: shared.clock.now_ms,
        wrong: 0,
        dead: false,
        unsure: false,
    });
}
