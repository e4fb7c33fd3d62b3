//! The resend rule: when another code or link may be asked for, and what follows from the tenant's response.
//! It is the same for the code's screen and the link's.

use crate::model::effect::Effect;
use crate::model::failure::{Cause, Failure};
use crate::model::rules::send::{failure_note, note_sent, refused};
use crate::model::rules::{enter, failure};
use crate::model::state::note::Note;
use crate::model::state::screen::{Phase, Screen};
use crate::model::state::shared::Shared;

/// What follows from a response to a resend.
pub(in crate::model) enum Resent {
    /// Another message is on its way.
    Sent,
    /// It could not be sent: the note that says why, and whether the network was the reason.
    Failed(Note, bool),
    /// It could not be sent, and the person has to do something on another screen first.
    Elsewhere(Screen),
}

/// Asks for another message, a link if `link`, unless a request is under way or it is too early. The phase
/// after it.
pub(in crate::model) fn ask(
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

/// The tenant's response to a resend of a link, if `is_link`, or of a code.
pub(in crate::model) fn started(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    result: Result<(), Failure>,
    is_link: bool,
) -> Resent {
    let Err(failure) = result else {
        if let Some(sent) = shared.sent.clone() {
            note_sent(shared, effects, sent.to, is_link);
        }
        return Resent::Sent;
    };
    if let Some(error) = failure::report(&failure, effects) {
        return Resent::Elsewhere(error);
    }
    if matches!(
        failure.cause,
        Cause::CaptchaRequired | Cause::InvalidEmail | Cause::InvalidPhoneNumber
    ) {
        // Only the screen that asks for the address has a place for a captcha, and for another address.
        let mut screen = enter::blank(shared);
        refused(&mut screen, shared, &failure);
        return Resent::Elsewhere(enter::email(screen, effects));
    }
    if failure.cause == Cause::Timeout {
        shared.note_newer_maybe();
    }
    let is_network = failure.cause == Cause::Network;
    Resent::Failed(failure_note(shared, &failure), is_network)
}
