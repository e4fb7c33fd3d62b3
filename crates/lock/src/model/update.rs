//! Applies a message to the state. This module handles what concerns every screen: time, the network, other
//! tabs, the page, opening and closing. It passes every other message to the screen.

use crate::model::effect::Effect;
use crate::model::message::{By, Msg, News};
use crate::model::rules::{captcha, open, person};
use crate::model::screens::{code, email, ends, last_login, link};
use crate::model::state::model::Model;
use crate::model::state::screen::{Next, Screen};
use crate::model::state::shared::Shared;

/// The state after `msg`, and the effects to carry out.
///
/// The function is total: a message that a screen does not handle changes nothing.
#[must_use]
pub fn update(mut model: Model, msg: Msg) -> (Model, Vec<Effect>) {
    let mut effects = Vec::new();
    update_in_place(&mut model, msg, &mut effects);
    (model, effects)
}

/// Like [`update`], but in place. Effects are added to `effects`.
pub fn update_in_place(model: &mut Model, msg: Msg, effects: &mut Vec<Effect>) {
    let from = model.screen.kind();
    let before = effects.len();
    let memory = model.shared.memory().to_text();
    if let Some(next) = next(&mut model.screen, &mut model.shared, effects, msg) {
        model.screen = next;
    }
    if matches!(model.screen, Screen::Email(_)) && model.screen.kind() != from {
        captcha::show_on_entry(&model.shared, effects, before);
    }
    let after = model.shared.memory().to_text();
    if after != memory {
        effects.push(Effect::Remember(after));
    }
    person::ask(model, effects);
}

/// Handles the messages that concern every screen.
fn next(screen: &mut Screen, shared: &mut Shared, effects: &mut Vec<Effect>, msg: Msg) -> Next {
    match msg {
        Msg::Tick { now_ms } => tick(screen, shared, now_ms),
        Msg::Flash(flash) => shared.flash = flash,
        Msg::Online(is_online) => online(screen, shared, effects, is_online),
        Msg::Person(person) => person::received(shared, person),
        Msg::OtherTab(News::SignedIn) => {
            return ends::signed_in_elsewhere(screen, shared, effects);
        }
        Msg::OtherTab(News::Sent { to }) => {
            if let Screen::Code(screen) = screen {
                code::newer_code(screen, shared, &to);
            }
        }
        Msg::Show | Msg::TakeOver | Msg::Hide | Msg::Close => {
            return open_or_close(screen, shared, effects, &msg);
        }
        msg => return on_screen(screen, shared, effects, msg),
    }
    None
}

/// Passes a message to the screen.
fn on_screen(
    screen: &mut Screen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    msg: Msg,
) -> Next {
    match screen {
        Screen::Closed => None,
        Screen::Email(screen) => email::update(screen, shared, effects, msg),
        Screen::LastLogin(screen) => last_login::update(screen, shared, effects, msg),
        Screen::Code(screen) => code::update(screen, shared, effects, msg),
        Screen::Link(screen) => link::update(screen, shared, effects, msg),
        Screen::SignedIn => ends::signed_in(shared, effects, &msg),
        Screen::Elsewhere | Screen::Error(_) => ends::stopped(shared, effects, &msg),
    }
}

fn open_or_close(screen: &Screen, shared: &Shared, effects: &mut Vec<Effect>, msg: &Msg) -> Next {
    let is_closed = *screen == Screen::Closed;
    match msg {
        Msg::Show if is_closed => Some(open::open(shared, effects)),
        Msg::TakeOver if is_closed => Some(open::take_over(shared, effects)),
        Msg::Hide if !is_closed => Some(open::close(screen, By::Page, effects)),
        Msg::Close if !is_closed && shared.settings.closable => {
            Some(open::close(screen, By::Person, effects))
        }
        _ => None,
    }
}

/// Sets the time to `now_ms` of the browser's clock.
fn tick(screen: &mut Screen, shared: &mut Shared, now_ms: u64) {
    let before_ms = shared.clock.now_ms;
    shared.clock.tick(now_ms);
    match screen {
        Screen::Email(screen) => email::tick(screen, shared),
        Screen::Code(screen) => code::tick(screen, shared, before_ms),
        Screen::Link(screen) => link::tick(screen, shared),
        Screen::Closed
        | Screen::Elsewhere
        | Screen::Error(_)
        | Screen::LastLogin(_)
        | Screen::SignedIn => {}
    }
}

/// Handles that the browser went online or offline.
fn online(screen: &mut Screen, shared: &mut Shared, effects: &mut Vec<Effect>, is_online: bool) {
    shared.offline = !is_online;
    if !is_online {
        return;
    }
    match screen {
        Screen::Email(screen) => email::resume(screen, shared, effects),
        Screen::Code(screen) => code::resume(screen, shared, effects),
        Screen::Link(screen) => link::resume(screen, shared, effects),
        Screen::Closed
        | Screen::Elsewhere
        | Screen::Error(_)
        | Screen::LastLogin(_)
        | Screen::SignedIn => {}
    }
}
