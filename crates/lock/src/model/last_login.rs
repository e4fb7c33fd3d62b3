//! The screen that offers the way of the last login: one press, and the rules of the first screen do
//! the rest. What fails leads to that screen, which has a place for everything.

use super::close::{back_to_email, blank, enter_email};
use super::code_screen::signed_in;
use super::{Effect, EmailScreen, Failure, Note, Phase, Screen, Shared, Way, email_screen, social};

/// Keeps how somebody logged in, or nothing, where the page wants that kept.
pub(super) fn remember(shared: &mut Shared, effects: &mut Vec<Effect>, way: Option<Way>) {
    shared.other_way = way;
    exchange(shared, effects);
}

/// Keeps the other way instead. A second time takes that back.
pub(super) fn exchange(shared: &mut Shared, effects: &mut Vec<Effect>) {
    if shared.settings.remembers {
        std::mem::swap(&mut shared.last, &mut shared.other_way);
        effects.push(Effect::RememberWay(shared.last.clone()));
    }
}

/// "Not your account?"
pub(super) fn forget(screen: &Screen, shared: &mut Shared, effects: &mut Vec<Effect>) -> Screen {
    remember(shared, effects, None);
    back_to_email(screen, shared, effects)
}

/// The terms gate this way in too.
pub(super) fn terms_toggled(
    screen: Box<EmailScreen>,
    shared: &mut Shared,
    accepted: bool,
) -> Screen {
    here(email_screen::terms_toggled(screen, shared, accepted))
}

/// The one button. A person who has a session with the tenant needs nothing else.
pub(super) fn submit(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if screen.phase != Phase::Idle || email_screen::terms_are_missing(&mut screen, shared, effects)
    {
        return Screen::LastLogin(screen);
    }
    match &shared.last {
        Some(way) if shared.settings.sso => {
            let way = way.clone();
            let version = shared.next_version();
            screen.phase = Phase::Verifying { version };
            effects.push(Effect::Session { version, way });
            Screen::LastLogin(screen)
        }
        _ => log_in(screen, shared, effects),
    }
}

/// Logs in that way, as from the first screen.
fn log_in(screen: Box<EmailScreen>, shared: &mut Shared, effects: &mut Vec<Effect>) -> Screen {
    let next = match shared.last.clone() {
        Some(Way::Code(to)) => {
            shared.fill_in(&to);
            let mut screen = Box::new(blank(shared));
            if shared.captcha.is_some() {
                // There is a place for it on that screen.
                screen.note = Some(Note::CaptchaWanted);
                Screen::Email(screen)
            } else {
                email_screen::go_on_to(screen, shared, effects, to)
            }
        }
        Some(Way::Social(connection)) => social::chosen(screen, shared, effects, connection),
        None => Screen::Email(screen),
    };
    stay(next, effects)
}

/// The answer to what the first screen would have asked for.
pub(super) fn started(
    screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Sending { version }) {
        return Screen::LastLogin(screen);
    }
    let next = email_screen::started(screen, shared, effects, version, result);
    stay(next, effects)
}

/// There is a session of that person, or there is none, or nobody knows: then a code, or the
/// connection, tells who it is.
pub(super) fn verified(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase == (Phase::Verifying { version }) {
        screen.phase = Phase::Idle;
        return match result {
            Ok(()) => signed_in(shared, effects),
            Err(_) => log_in(screen, shared, effects),
        };
    }
    if screen.phase != (Phase::Leaving { version }) {
        return Screen::LastLogin(screen);
    }
    let next = social::answered(screen, shared, effects, version, result);
    stay(next, effects)
}

/// What waits for an answer waits on this screen; everything else is for the first one.
fn stay(next: Screen, effects: &mut Vec<Effect>) -> Screen {
    match next {
        Screen::Email(screen) if screen.phase == Phase::Idle => enter_email(*screen, effects),
        next => here(next),
    }
}

/// The same on this screen.
fn here(next: Screen) -> Screen {
    match next {
        Screen::Email(screen) => Screen::LastLogin(screen),
        next => next,
    }
}
