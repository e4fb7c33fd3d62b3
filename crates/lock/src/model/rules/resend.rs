//! A resend: another code or link is requested, and the response is handled. The code's screen and the link's
//! screen share it. [`Shared::resend_wait_ms`] says how long the person has to wait first; the screen that asks
//! for the address heeds it too.
//!
//! Four functions write the record of the newest code or link (`Shared::sent`): `send::note_sent` after a
//! response, `send::unconfirmed` and [`Shared::note_unconfirmed_resend`] where there was none, and
//! `newer_code` in `screens/code.rs` for one that another tab requested.

use latchkey_webauth::Send;

use crate::model::effect::Effect;
use crate::model::failure::{Cause, Failure};
use crate::model::rules::send::{failure_note, note_sent, refused};
use crate::model::rules::{enter, failure};
use crate::model::state::note::Note;
use crate::model::state::screen::{Phase, Screen};
use crate::model::state::shared::Shared;

/// The outcome of a resend.
pub(in crate::model) enum Resent {
    /// The tenant sent another code or link.
    Sent,
    /// The request failed.
    Failed {
        /// The note that the screen shows.
        note: Note,
        /// Whether the network was the reason, so that the request is repeated when the browser is online.
        is_network: bool,
    },
    /// The request failed, and the person has to go on from another screen.
    OtherScreen(Screen),
}

/// Requests another code or link, unless a request is in flight or it is too early. Returns the phase after
/// that.
pub(in crate::model) fn ask(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    phase: Phase,
    send: Send,
) -> Phase {
    let recipient = shared.sent.as_ref().map(|newest| newest.to.clone());
    let Some(to) = recipient.filter(|_| phase == Phase::Idle && shared.resend_wait_ms() == 0)
    else {
        return phase;
    };
    let version = shared.next_version();
    effects.push(Effect::Start {
        version,
        to,
        send,
        captcha: None,
    });
    Phase::Sending { version }
}

/// Handles the response to a resend.
pub(in crate::model) fn started(
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    result: Result<(), Failure>,
    send: Send,
) -> Resent {
    let Err(failure) = result else {
        if let Some(newest) = shared.sent.clone() {
            note_sent(shared, effects, newest.to, send);
        }
        return Resent::Sent;
    };
    if let Some(error) = failure::report(&failure, effects) {
        return Resent::OtherScreen(error);
    }
    if matches!(
        failure.cause,
        Cause::CaptchaRequired | Cause::InvalidEmail | Cause::InvalidPhoneNumber
    ) {
        // Only the screen that asks for the address has a place for a captcha and for another address.
        let mut screen = enter::blank(shared);
        refused(&mut screen, shared, &failure);
        return Resent::OtherScreen(enter::email(screen, effects));
    }
    if failure.cause == Cause::Timeout {
        shared.note_unconfirmed_resend();
    }
    let is_network = failure.cause == Cause::Network;
    Resent::Failed {
        note: failure_note(shared, &failure),
        is_network,
    }
}
