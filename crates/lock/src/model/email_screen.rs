//! The rules of the screen that asks for the e-mail address or the phone number.

use super::close::{enter_email, field, is_for_typed, take_away_request};
use super::effect::{emit, focus};
use super::update::report;
use super::{
    Cause, Channel, CodeScreen, Effect, EmailFlaw, EmailScreen, Event, Failure, FocusTarget, News,
    Note, Phase, Recipient, Screen, Sent, Shared, Step, captcha, check_email, check_phone, suggest,
};

/// Takes away the note about a wait that is over.
pub(super) fn tick(mut screen: Box<EmailScreen>, shared: &Shared) -> Screen {
    screen.note = super::resend::still_waiting(screen.note, shared);
    Screen::Email(screen)
}

/// The field is fixed while a code is asked for. Errors stand until the field changes.
pub(super) fn changed(mut screen: Box<EmailScreen>, shared: &mut Shared, text: String) -> Screen {
    if screen.phase == Phase::Idle && shared.email != text {
        shared.email = text;
        forget_flaws(&mut screen, shared);
    }
    Screen::Email(screen)
}

pub(super) fn phone_changed(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    text: String,
) -> Screen {
    if screen.phase == Phase::Idle && shared.phone != text {
        shared.phone = text;
        forget_flaws(&mut screen, shared);
    }
    Screen::Email(screen)
}

pub(super) fn country_changed(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    code: &str,
) -> Screen {
    if screen.phase == Phase::Idle
        && let Some(country) = super::find_country(code)
    {
        country.clone_into(&mut shared.country);
        forget_flaws(&mut screen, shared);
    }
    Screen::Email(screen)
}

fn forget_flaws(screen: &mut EmailScreen, shared: &mut Shared) {
    screen.flaw = None;
    screen.suggestion = None;
    screen.note = screen.note.filter(|note| note.outlives_typing());
    screen.resume = false;
    shared.flash = None;
}

/// Marks the field as wrong, with the address that was probably meant.
fn mark(screen: &mut EmailScreen, shared: &Shared, flaw: EmailFlaw) {
    screen.flaw = Some(flaw);
    if screen.channel == Channel::Email {
        screen.suggestion = suggestion(shared);
    }
}

/// The address that was probably meant, unless the person submitted this one in spite of the question.
fn suggestion(shared: &Shared) -> Option<String> {
    suggest(&shared.email).filter(|_| shared.confirmed != shared.email)
}

pub(super) fn suggestion_taken(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if screen.phase == Phase::Idle
        && let Some(meant) = screen.suggestion.take()
    {
        shared.email = meant;
        forget_flaws(&mut screen, shared);
        focus(effects, FocusTarget::Email);
    }
    Screen::Email(screen)
}

/// The other channel, where there is one.
pub(super) fn switched(
    screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    let mut channels = shared.settings.channels.iter();
    let other = channels.find(|channel| **channel != screen.channel);
    match other {
        Some(other) if screen.phase == Phase::Idle => {
            shared.channel = *other;
            let screen = EmailScreen {
                channel: *other,
                ..EmailScreen::default()
            };
            enter_email(screen, effects)
        }
        _ => Screen::Email(screen),
    }
}

pub(super) fn terms_toggled(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    accepted: bool,
) -> Screen {
    if screen.phase == Phase::Idle {
        shared.terms_accepted = accepted;
        screen.terms_missing = false;
    }
    Screen::Email(screen)
}

/// Whether the terms have to be ticked first; says so.
pub(super) fn terms_are_missing(
    screen: &mut EmailScreen,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> bool {
    let are_missing = shared.settings.must_accept_terms && !shared.terms_accepted;
    if are_missing {
        screen.terms_missing = true;
        focus(effects, FocusTarget::Terms);
    }
    are_missing
}

/// The button, or Enter. A second submit while the first is under way is ignored.
pub(super) fn submit(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    if screen.phase != Phase::Idle || shared.settings.channels.is_empty() {
        return Screen::Email(screen);
    }
    let step = match screen.channel {
        Channel::Email => Step::Email,
        Channel::Sms => Step::Phone,
    };
    emit(effects, Event::Submit(step));
    let Some(to) = complete(&mut screen, shared, effects) else {
        return Screen::Email(screen);
    };
    // A slip is asked about once; whoever goes on means it.
    if screen.channel == Channel::Email && screen.suggestion.is_none() {
        screen.suggestion = suggestion(shared);
        if screen.suggestion.is_some() {
            focus(effects, FocusTarget::Email);
            return Screen::Email(screen);
        }
    }
    shared.email.clone_into(&mut shared.confirmed);
    go_on_to(screen, shared, effects, to)
}

/// Where to send a code to; or says what is missing.
fn complete(
    screen: &mut EmailScreen,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> Option<Recipient> {
    match recipient(screen.channel, shared) {
        Ok(to) => {
            let is_missing = terms_are_missing(screen, shared, effects)
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

fn recipient(channel: Channel, shared: &Shared) -> Result<Recipient, EmailFlaw> {
    match channel {
        Channel::Email => {
            check_email(&shared.email).map(|email| Recipient::Email(email.to_owned()))
        }
        Channel::Sms => check_phone(&shared.country, &shared.phone).map(Recipient::Phone),
    }
}

/// All is well with what was typed.
pub(super) fn go_on_to(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    to: Recipient,
) -> Screen {
    // What was just sent to this very address still works: another one would only kill it.
    if is_for_typed(shared) && shared.resend_wait_ms() > 0 {
        if shared.sent.as_ref().is_some_and(|sent| sent.is_link) {
            return to_link_screen(effects);
        }
        let note = match (shared.has_live_code(), shared.tries_left()) {
            (true, _) => None,
            (false, 0) => Some(Note::Spent),
            (false, _) => Some(Note::Expired),
        };
        return to_code_screen(note, effects);
    }
    let wait_ms = shared.wait_until_ms.saturating_sub(shared.now_ms);
    if wait_ms > 0 {
        screen.note = Some(Note::RateLimited {
            until_ms: shared.wait_until_ms,
            seconds: wait_ms.div_ceil(1000),
        });
        return Screen::Email(screen);
    }
    send(screen, shared, effects, to)
}

fn wants_link(shared: &Shared, to: &Recipient) -> bool {
    shared.settings.link && to.channel() == Channel::Email
}

fn send(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    to: Recipient,
) -> Screen {
    let version = shared.next_version();
    screen.phase = Phase::Sending { version };
    screen.note = None;
    screen.suggestion = None;
    screen.resume = false;
    shared.flash = None;
    let link = wants_link(shared, &to);
    effects.push(Effect::Start {
        version,
        to,
        link,
        captcha: shared.captcha.clone(),
    });
    Screen::Email(screen)
}

/// The network is back: what it interrupted goes on.
pub(super) fn resume(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
) -> Screen {
    screen.note = screen.note.filter(|note| *note != Note::Offline);
    if screen.phase != Phase::Idle || !screen.resume {
        return Screen::Email(screen);
    }
    screen.resume = false;
    match recipient(screen.channel, shared) {
        Ok(to) if shared.resend_wait_ms() == 0 => send(screen, shared, effects, to),
        _ => Screen::Email(screen),
    }
}

/// The person does not want to wait for the answer.
pub(super) fn take_back(mut screen: Box<EmailScreen>, effects: &mut Vec<Effect>) -> Screen {
    take_away_request(screen.phase, effects);
    screen.phase = Phase::Idle;
    screen.resume = false;
    Screen::Email(screen)
}

pub(super) fn started(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    version: u32,
    result: Result<(), Failure>,
) -> Screen {
    if screen.phase != (Phase::Sending { version }) {
        return Screen::Email(screen);
    }
    screen.phase = Phase::Idle;
    let Err(failure) = result else {
        // The fields are fixed meanwhile, so it is still the one that it was sent to.
        let Ok(to) = recipient(screen.channel, shared) else {
            return Screen::Email(screen);
        };
        let is_link = wants_link(shared, &to);
        note_sent(shared, effects, to, is_link);
        if is_link {
            emit(effects, Event::LinkSent);
            return to_link_screen(effects);
        }
        emit(effects, Event::CodeSent);
        return to_code_screen(None, effects);
    };
    let failure = match report(failure, effects) {
        Ok(failure) => failure,
        Err(screen) => return screen,
    };
    focus(effects, field(screen.channel));
    refused(&mut screen, shared, &failure);
    // An answer works once, whatever came of it.
    if shared.captcha.is_some() {
        effects.push(Effect::Captcha);
    }
    Screen::Email(screen)
}

/// Says why no code could be sent.
pub(super) fn refused(screen: &mut EmailScreen, shared: &mut Shared, failure: &Failure) {
    match failure.cause {
        Cause::InvalidEmail | Cause::InvalidPhoneNumber => mark(screen, shared, EmailFlaw::Refused),
        Cause::CaptchaRequired => screen.note = Some(captcha::demand(shared)),
        cause => {
            screen.note = Some(note_start_failure(shared, failure));
            screen.resume = cause == Cause::Network;
        }
    }
}

/// Remembers that a code or a link is on its way.
pub(super) fn note_sent(
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
        at_ms: shared.now_ms,
        wrong: 0,
        dead: false,
    });
}

/// What to say about a code that could not be sent.
pub(super) fn note_start_failure(shared: &mut Shared, failure: &Failure) -> Note {
    match failure.cause {
        Cause::Network if shared.offline => Note::Offline,
        Cause::RateLimited => {
            let (note, until_ms) = rate_limited(shared, failure);
            shared.wait_until_ms = until_ms;
            note
        }
        cause => Note::Failed(cause),
    }
}

/// The note about a rate limit, and when it ends: as the tenant says, else after a cool-down.
pub(super) fn rate_limited(shared: &Shared, failure: &Failure) -> (Note, u64) {
    let wait_ms = failure
        .retry_after_s
        .map_or(shared.settings.cool_down_ms, |seconds| {
            u64::from(seconds) * 1000
        });
    let until_ms = shared.now_ms.saturating_add(wait_ms);
    let seconds = wait_ms.div_ceil(1000);
    (Note::RateLimited { until_ms, seconds }, until_ms)
}

pub(super) fn to_code_screen(note: Option<Note>, effects: &mut Vec<Effect>) -> Screen {
    focus(effects, FocusTarget::Code);
    emit(effects, Event::StepChanged(Step::Code));
    emit(effects, Event::Ready(Step::Code));
    Screen::Code(Box::new(CodeScreen {
        note,
        ..CodeScreen::default()
    }))
}

fn to_link_screen(effects: &mut Vec<Effect>) -> Screen {
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::Link));
    Screen::Link(Box::default())
}
