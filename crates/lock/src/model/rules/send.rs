//! The first request for a code or a link, and its response. Resends, from the code's or the link's screen,
//! are in `resend`, which also lists the functions that record a code or a link. Here a message is a code or a
//! link, not a [`Msg`](crate::model::Msg).

use latchkey_webauth::Send;

use crate::model::effect::{Effect, Event, emit, focus};
use crate::model::failure::{Cause, Failure};
use crate::model::input::flaw::Flaw;
use crate::model::message::News;
use crate::model::rules::address::{field, is_for_typed, mark, recipient};
use crate::model::rules::limit::{limit_end_ms, limit_note};
use crate::model::rules::{captcha, enter, failure};
use crate::model::state::note::Note;
use crate::model::state::recipient::{Channel, Recipient};
use crate::model::state::screen::{EmailScreen, Next, Phase, Screen};
use crate::model::state::sent::Sent;
use crate::model::state::shared::Shared;

/// Requests a message to `to`, the recipient that was typed. If a message was just sent to the same
/// recipient, the dialog uses that one, because a new message would make it invalid.
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

/// Enters the screen of the message that was sent last.
fn back_to_sent(shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    if shared.sent.as_ref().is_some_and(|sent| sent.is_link) {
        return enter::link(effects);
    }
    let is_unconfirmed = shared.sent.as_ref().is_some_and(|sent| sent.is_unconfirmed);
    let note = match (shared.has_live_code(), shared.tries_left()) {
        (true, _) => is_unconfirmed.then_some(Note::Failed(Cause::Timeout)),
        (false, 0) => Some(Note::Spent),
        (false, _) => Some(Note::Expired),
    };
    enter::code(note, effects)
}

/// Requests a message without checking waits or limits.
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
    let send = message_for(shared, &to);
    effects.push(Effect::Start {
        version,
        to,
        send,
        captcha: shared.entries.captcha.clone(),
    });
}

/// The kind of message that is sent to `to`. Text messages always contain a code.
fn message_for(shared: &Shared, to: &Recipient) -> Send {
    if shared.settings.link && to.channel() == Channel::Email {
        Send::Link
    } else {
        Send::Code
    }
}

/// Handles the response to [`send`].
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
    // The field is disabled while a request is in flight, so it still holds the request's recipient.
    let to = recipient(screen.channel, shared).ok()?;
    let send = message_for(shared, &to);
    note_sent(shared, effects, to, send);
    if send == Send::Link {
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
    // The tenant accepts a captcha's solution only once, even if the request failed for another reason.
    if shared.entries.captcha.is_some() {
        effects.push(Effect::Captcha);
    }
    None
}

/// Shows why no code could be sent: at the field if the address or the number is the cause, else as a note.
pub(in crate::model) fn refused(screen: &mut EmailScreen, shared: &mut Shared, failure: &Failure) {
    match failure.cause {
        Cause::InvalidEmail | Cause::InvalidPhoneNumber => {
            mark(screen, shared, Flaw::Refused);
        }
        Cause::CaptchaRequired => screen.note = Some(captcha::demand(shared)),
        cause => {
            screen.note = Some(failure_note(shared, failure));
            screen.resume = cause == Cause::Network;
            offer_code_field(screen, shared, cause);
        }
    }
}

/// After some failures it is unknown whether the tenant has sent the code. So the dialog offers a field for it.
/// After a timeout the code is probably on its way, and another request would make it invalid. So the wait for
/// a resend begins.
fn offer_code_field(screen: &mut EmailScreen, shared: &mut Shared, cause: Cause) {
    let is_unconfirmed = match cause {
        Cause::Network => !shared.offline,
        Cause::ServerError | Cause::Timeout => true,
        _ => false,
    };
    let Ok(to) = recipient(screen.channel, shared) else {
        return;
    };
    if !is_unconfirmed || message_for(shared, &to) == Send::Link {
        return;
    }
    screen.may_have_code = true;
    if cause == Cause::Timeout {
        shared.sent = Some(unconfirmed(shared, to));
    }
}

/// The record of a code that the tenant may have sent, or may still send.
fn unconfirmed(shared: &Shared, to: Recipient) -> Sent {
    Sent {
        to,
        is_link: false,
        at_ms: shared.clock.now_ms,
        wrong_tries: 0,
        is_invalid: false,
        is_unconfirmed: true,
    }
}

/// Enters the code's screen for a person who has the code although the request failed.
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
        shared.sent = Some(unconfirmed(shared, to));
    }
    Some(enter::code(None, effects))
}

/// The note for a failed request for a code or a link.
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

/// Stores what the tenant sent, and tells the browser's other dialogs.
pub(in crate::model) fn note_sent(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    to: Recipient,
    send: Send,
) {
    effects.push(Effect::Tell(News::Sent {
        to: to.text().to_owned(),
    }));
    shared.sent = Some(Sent {
        to,
        is_link: send == Send::Link,
        at_ms: shared.clock.now_ms,
        wrong_tries: 0,
        is_invalid: false,
        is_unconfirmed: false,
    });
}
