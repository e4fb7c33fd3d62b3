//! The screen that offers the last login. One press does what the screen that asks for the address would do.
//! If that fails, the dialog changes to that screen, which has a place for every note and for a captcha.

use crate::model::effect::Effect;
use crate::model::failure::Failure;
use crate::model::message::Msg;
use crate::model::rules::last_login::remember;
use crate::model::rules::open::back_to_email;
use crate::model::rules::{enter, send, social, terms};
use crate::model::state::note::Note;
use crate::model::state::recipient::LastLogin;
use crate::model::state::screen::{EmailScreen, Next, Phase};
use crate::model::state::shared::Shared;

pub(in crate::model) fn update(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    msg: Msg,
) -> Next {
    match msg {
        Msg::Submit => submit(screen, shared, effects),
        Msg::Started { version, result } => started(screen, shared, effects, version, result),
        Msg::Verified { version, result } => verified(screen, shared, effects, version, result),
        Msg::TermsToggled(accepted) => {
            terms::toggled(screen, shared, accepted);
            None
        }
        Msg::Switch => {
            remember(shared, effects, None);
            Some(back_to_email(screen.phase, shared, effects))
        }
        Msg::Back => Some(back_to_email(screen.phase, shared, effects)),
        Msg::PageRestored => social::came_back(screen.phase, shared, effects),
        // `model::update` handles the messages for every screen. The other messages are about fields, and
        // this screen has none.
        _ => None,
    }
}

/// Handles the one button. A person who has a session with the tenant needs to do nothing else.
fn submit(screen: &mut EmailScreen, shared: &mut Shared, effects: &mut Vec<Effect>) -> Next {
    if screen.phase != Phase::Idle || terms::are_missing(screen, shared, effects) {
        return None;
    }
    match &shared.logins.last {
        Some(login) if shared.settings.sso => {
            let login = login.clone();
            let version = shared.next_version();
            screen.phase = Phase::Verifying { version };
            effects.push(Effect::Session { version, login });
            None
        }
        _ => log_in(screen, shared, effects),
    }
}

/// Repeats the last login: requests another code or link, or leaves for the social connection.
fn log_in(screen: &mut EmailScreen, shared: &mut Shared, effects: &mut Vec<Effect>) -> Next {
    let next = match shared.logins.last.clone() {
        Some(LastLogin::Code(to)) => {
            shared.fill_in(&to);
            *screen = enter::blank(shared);
            if shared.entries.captcha.is_some() {
                screen.note = Some(Note::CaptchaWanted);
                None
            } else {
                send::send_unless_sent(screen, shared, effects, to)
            }
        }
        Some(LastLogin::Social(connection)) => {
            social::chosen(screen, shared, effects, connection);
            None
        }
        None => None,
    };
    stay_while_waiting(screen, effects, next)
}

/// Handles the response to a request for a code or a link.
fn started(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase != (Phase::Sending { version }) {
        return None;
    }
    let next = send::started(screen, shared, effects, version, result);
    stay_while_waiting(screen, effects, next)
}

/// Handles the outcome of a session or of a social connection. Without a usable session the person logs in
/// again.
fn verified(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Next {
    if screen.phase == (Phase::Verifying { version }) {
        screen.phase = Phase::Idle;
        return match result {
            Ok(()) => Some(enter::signed_in(shared, effects)),
            Err(_) => log_in(screen, shared, effects),
        };
    }
    if screen.phase != (Phase::Leaving { version }) {
        return None;
    }
    let next = social::verified(screen, shared, effects, version, result);
    stay_while_waiting(screen, effects, next)
}

/// Keeps this screen while a request is in flight. Otherwise the request has failed or was not sent, and the
/// screen that asks for the address shows why.
fn stay_while_waiting(screen: &mut EmailScreen, effects: &mut Vec<Effect>, next: Next) -> Next {
    if next.is_none() && screen.phase == Phase::Idle {
        return Some(enter::email(std::mem::take(screen), effects));
    }
    next
}
