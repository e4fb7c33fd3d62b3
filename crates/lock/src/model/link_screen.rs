//! The rules of the screen that says where the link went.

use super::close::enter_email;
use super::effect::emit;
use super::email_screen::{note_sent, note_start_failure};
use super::update::report;
use super::{
    Cause, Channel, Effect, EmailFlaw, EmailScreen, Event, Failure, LinkScreen, Note, Phase,
    Screen, Shared,
};

/// Takes away a wait that has ended.
pub(super) fn tick(mut screen: Box<LinkScreen>, shared: &Shared) -> Screen {
    if matches!(screen.note, Some(Note::RateLimited { until_ms, .. }) if until_ms <= shared.now_ms)
    {
        screen.note = None;
    }
    Screen::Link(screen)
}

/// Asks for another link, as often as the person likes, unless it is too early.
pub(super) fn resend(
    mut screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    let to = shared.sent.as_ref().map(|sent| sent.to.clone());
    if let Some(to) = to
        && screen.phase == Phase::Idle
        && shared.resend_wait_ms() == 0
    {
        let version = shared.next_version();
        screen.phase = Phase::Sending { version };
        screen.note = None;
        screen.resume = false;
        effects.push(Effect::Start {
            version,
            to,
            link: true,
        });
    }
    Screen::Link(screen)
}

/// The network is back: what it interrupted goes on.
pub(super) fn resume(
    mut screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    if std::mem::take(&mut screen.resume) {
        return resend(screen, shared, effects);
    }
    Screen::Link(screen)
}

/// The answer to a resend. Lock drops the reason of a failure; here each says its own.
pub(super) fn started(
    mut screen: Box<LinkScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Sending { version }) {
        return Screen::Link(screen);
    }
    screen.phase = Phase::Idle;
    let Err(failure) = result else {
        if let Some(to) = shared.sent.as_ref().map(|sent| sent.to.clone()) {
            note_sent(shared, effects, to, true);
        }
        emit(effects, Event::LinkResent);
        screen.note = Some(Note::LinkResent);
        return Screen::Link(screen);
    };
    let failure = match report(failure, effects) {
        Ok(failure) => failure,
        Err(screen) => return screen,
    };
    if failure.cause == Cause::InvalidEmail {
        let screen = EmailScreen {
            channel: Channel::Email,
            flaw: Some(EmailFlaw::Refused),
            ..EmailScreen::default()
        };
        return enter_email(screen, effects);
    }
    screen.note = Some(note_start_failure(shared, &failure));
    screen.resume = failure.cause == Cause::Network;
    Screen::Link(screen)
}
