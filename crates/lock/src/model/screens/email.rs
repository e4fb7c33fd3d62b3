//! The screen that asks for the e-mail address or the phone number, and offers social connections.

use crate::model::effect::{Effect, Event, FocusTarget, emit, focus};
use crate::model::input::phone::find_country;
use crate::model::message::Msg;
use crate::model::rules::address::{field, is_for_typed, mark, recipient, suggestion};
use crate::model::rules::limit::still_limited;
use crate::model::rules::open::cancel;
use crate::model::rules::{captcha, enter, send, social, terms};
use crate::model::state::note::Note;
use crate::model::state::recipient::{Channel, Recipient};
use crate::model::state::screen::{EmailScreen, Next, Phase, ScreenKind};
use crate::model::state::shared::Shared;

pub(in crate::model) fn update(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    msg: Msg,
) -> Next {
    match msg {
        Msg::EmailChanged(text) => email_changed(screen, shared, text),
        Msg::PhoneChanged(text) => phone_changed(screen, shared, text),
        Msg::CountryChanged(code) => country_changed(screen, shared, &code),
        Msg::SuggestionTaken => suggestion_taken(screen, shared, effects),
        Msg::TermsToggled(accepted) => terms::toggled(screen, shared, accepted),
        Msg::Captcha(text) => captcha::entered(shared, text),
        Msg::CaptchaShown(is_there) => captcha::shown(screen, shared, effects, is_there),
        Msg::Social(connection) => social::chosen(screen, shared, effects, connection),
        Msg::Back => take_back(screen, effects),
        Msg::HaveCode => return send::have_code(screen, shared, effects),
        Msg::Switch => return switch(screen, shared, effects),
        Msg::Submit => return submit(screen, shared, effects),
        Msg::Started { version, result } => {
            return send::started(screen, shared, effects, version, result);
        }
        Msg::Verified { version, result } => {
            return social::verified(screen, shared, effects, version, result);
        }
        Msg::PageRestored => return social::came_back(screen.phase, shared, effects),
        // `model::update` handles the messages for every screen. The other messages are for other screens.
        _ => {}
    }
    None
}

/// Removes the note of a rate limit that has ended.
pub(in crate::model) fn tick(screen: &mut EmailScreen, shared: &Shared) {
    screen.note = still_limited(screen.note, shared);
}

/// Repeats the request that failed for want of a network.
pub(in crate::model) fn resume(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) {
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    if screen.phase != Phase::Idle || !screen.resume {
        return;
    }
    screen.resume = false;
    // The cool-down concerns the recipient of the last message, and the tenant's limit concerns all recipients.
    let wait_ms = if is_for_typed(shared) {
        shared.resend_wait_ms()
    } else {
        shared.clock.until_ms(shared.limits.send_from_ms)
    };
    if let Ok(to) = recipient(screen.channel, shared)
        && wait_ms == 0
    {
        send::send(screen, shared, effects, to);
    }
}

/// Handles a change of the e-mail field. While a request is in flight the field is disabled.
fn email_changed(screen: &mut EmailScreen, shared: &mut Shared, text: String) {
    if screen.phase == Phase::Idle && shared.entries.email != text {
        shared.entries.email = text;
        forget_flaws(screen, shared);
    }
}

fn phone_changed(screen: &mut EmailScreen, shared: &mut Shared, text: String) {
    if screen.phase == Phase::Idle && shared.entries.phone != text {
        shared.entries.phone = text;
        forget_flaws(screen, shared);
    }
}

fn country_changed(screen: &mut EmailScreen, shared: &mut Shared, code: &str) {
    if screen.phase == Phase::Idle
        && let Some(country) = find_country(code)
    {
        country.clone_into(&mut shared.entries.country);
        forget_flaws(screen, shared);
    }
}

/// Puts the suggested address into the field, where the person may still change it.
fn suggestion_taken(screen: &mut EmailScreen, shared: &mut Shared, effects: &mut Vec<Effect>) {
    if screen.phase == Phase::Idle
        && let Some(meant) = screen.suggestion.take()
    {
        shared.entries.email = meant;
        forget_flaws(screen, shared);
        focus(effects, FocusTarget::Email);
    }
}

/// Removes the marks and notes about the earlier text in the field.
fn forget_flaws(screen: &mut EmailScreen, shared: &mut Shared) {
    screen.flaw = None;
    screen.may_have_code = false;
    screen.suggestion = None;
    screen.note = screen.note.filter(|note| note.outlives_typing());
    screen.resume = false;
    shared.flash = None;
}

/// Switches to the other channel, if there is one.
fn switch(screen: &EmailScreen, shared: &mut Shared, effects: &mut Vec<Effect>) -> Next {
    let mut channels = shared.settings.channels.iter();
    let other = *channels.find(|channel| **channel != screen.channel)?;
    if screen.phase != Phase::Idle {
        return None;
    }
    shared.channel = other;
    Some(enter::email(enter::blank(shared), effects))
}

/// Handles the button and Enter. A second submit while a request is in flight is ignored.
fn submit(screen: &mut EmailScreen, shared: &mut Shared, effects: &mut Vec<Effect>) -> Next {
    if screen.phase != Phase::Idle || shared.settings.channels.is_empty() {
        return None;
    }
    emit(
        effects,
        Event::Submit(match screen.channel {
            Channel::Email => ScreenKind::Email,
            Channel::Sms => ScreenKind::Phone,
        }),
    );
    let to = check(screen, shared, effects)?;
    if asks_about_slip(screen, shared, effects) {
        return None;
    }
    let entries = &mut shared.entries;
    entries.confirmed.clone_from(&entries.email);
    send::send_unless_sent(screen, shared, effects, to)
}

/// The recipient, if nothing is missing. Otherwise the screen shows what is missing.
fn check(
    screen: &mut EmailScreen,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> Option<Recipient> {
    match recipient(screen.channel, shared) {
        Ok(to) => {
            let is_missing = terms::are_missing(screen, shared, effects)
                || captcha::is_missing(screen, shared, effects);
            (!is_missing).then_some(to)
        }
        Err(flaw) => {
            mark(screen, shared, flaw);
            focus(effects, field(screen.channel));
            None
        }
    }
}

/// Asks whether the address has a slip, such as `gmial.com`. It asks only once, because a person who submits
/// the same address again means it.
fn asks_about_slip(screen: &mut EmailScreen, shared: &Shared, effects: &mut Vec<Effect>) -> bool {
    if screen.channel != Channel::Email || screen.suggestion.is_some() {
        return false;
    }
    screen.suggestion = suggestion(shared);
    let asks = screen.suggestion.is_some();
    if asks {
        focus(effects, FocusTarget::Email);
    }
    asks
}

/// Cancels the request in flight.
fn take_back(screen: &mut EmailScreen, effects: &mut Vec<Effect>) {
    cancel(screen.phase, effects);
    screen.phase = Phase::Idle;
    screen.resume = false;
}
