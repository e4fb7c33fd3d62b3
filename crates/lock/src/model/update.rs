//! The one place where a message meets a screen.

use super::close::{back_to_email, close, open, take_over};
use super::effect::{emit, focus};
use super::{
    By, Effect, Event, FocusTarget, Model, Msg, Screen, Shared, Step, captcha, code_screen,
    elsewhere, email_screen, last_login, link_screen, person, social,
};

/// The state after `msg`, and what is to be done.
///
/// Total: each pair of screen and message is either handled or named as ignored.
#[must_use]
pub fn update(mut model: Model, msg: Msg) -> (Model, Vec<Effect>) {
    let mut effects = Vec::new();
    step(&mut model, msg, &mut effects);
    (model, effects)
}

/// [`update`] in place: what is to be done is added to `fx`.
pub fn step(model: &mut Model, msg: Msg, fx: &mut Vec<Effect>) {
    let screen = std::mem::take(&mut model.screen);
    let from = screen.step();
    let before = fx.len();
    let shared = &mut model.shared;
    let memory = shared.memory().to_text();
    model.screen = next(screen, shared, fx, msg);
    // A screen that is drawn anew has an empty place for it.
    if shared.captcha.is_some()
        && model.screen.step() != from
        && matches!(model.screen, Screen::Email(_))
        && !fx
            .iter()
            .skip(before)
            .any(|effect| matches!(effect, Effect::Captcha))
    {
        fx.push(Effect::Captcha);
    }
    let after = shared.memory().to_text();
    if after != memory {
        fx.push(Effect::Remember(after));
    }
    person::ask(model, fx);
}

/// The screen after a message.
#[expect(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "the table of all pairs is one thing, grouped by screen"
)]
fn next(screen: Screen, shared: &mut Shared, fx: &mut Vec<Effect>, msg: Msg) -> Screen {
    match (screen, msg) {
        // Time and the page's own words concern every screen.
        (screen, Msg::Tick { now_ms }) => tick(screen, shared, now_ms),
        (screen, Msg::Flash(flash)) => {
            shared.flash = flash;
            screen
        }

        (Screen::Closed, Msg::Show) => open(shared, fx),
        (Screen::Closed, Msg::TakeOver) => take_over(shared, fx),
        (screen @ Screen::Closed, Msg::Hide | Msg::Close) => screen,
        (screen, Msg::Show | Msg::TakeOver) => screen,
        (screen, Msg::Hide) => close(&screen, By::Page, fx),
        (screen, Msg::Close) if shared.settings.closable => close(&screen, By::Person, fx),
        (screen, Msg::Close) => screen,

        (Screen::Code(screen), Msg::CodeChanged(text)) => {
            code_screen::changed(screen, shared, fx, &text)
        }
        (Screen::Email(screen), Msg::EmailChanged(text)) => {
            email_screen::changed(screen, shared, text)
        }
        (Screen::Email(screen), Msg::PhoneChanged(text)) => {
            email_screen::phone_changed(screen, shared, text)
        }
        (Screen::Email(screen), Msg::CountryChanged(code)) => {
            email_screen::country_changed(screen, shared, &code)
        }
        (Screen::Email(screen), Msg::TermsToggled(accepted)) => {
            email_screen::terms_toggled(screen, shared, accepted)
        }
        (Screen::LastLogin(screen), Msg::TermsToggled(accepted)) => {
            last_login::terms_toggled(screen, shared, accepted)
        }
        // No other screen has those fields.
        (
            screen,
            Msg::CodeChanged(_)
            | Msg::CountryChanged(_)
            | Msg::EmailChanged(_)
            | Msg::PhoneChanged(_)
            | Msg::TermsToggled(_),
        ) => screen,

        // The network and other tabs concern every screen.
        (screen, Msg::Online(online)) => {
            shared.offline = !online;
            match screen {
                Screen::Email(screen) if online => email_screen::resume(screen, shared, fx),
                Screen::Code(screen) if online => code_screen::resume(screen, shared, fx),
                Screen::Link(screen) if online => link_screen::resume(screen, shared, fx),
                screen => screen,
            }
        }
        (screen, Msg::OtherTab(news)) => elsewhere::hear(screen, shared, fx, &news),
        (screen, Msg::Person(person)) => {
            person::told(shared, person);
            screen
        }

        // A closed dialog awaits nothing.
        (
            Screen::Closed,
            Msg::Back
            | Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::PageRestored
            | Msg::Resend
            | Msg::Social(_)
            | Msg::Started { .. }
            | Msg::Submit
            | Msg::SuggestionTaken
            | Msg::Switch
            | Msg::Verified { .. },
        ) => Screen::Closed,

        (Screen::Email(screen), Msg::Submit) => email_screen::submit(screen, shared, fx),
        (Screen::Email(screen), Msg::Started { version, result }) => {
            email_screen::started(screen, shared, fx, version, result)
        }
        (Screen::Email(screen), Msg::SuggestionTaken) => {
            email_screen::suggestion_taken(screen, shared, fx)
        }
        (Screen::Email(screen), Msg::Switch) => email_screen::switched(screen, shared, fx),
        (Screen::Email(screen), Msg::Social(connection)) => {
            social::chosen(screen, shared, fx, connection)
        }
        (Screen::Email(screen), Msg::Verified { version, result }) => {
            social::answered(screen, shared, fx, version, result)
        }
        (screen @ (Screen::Email(_) | Screen::LastLogin(_)), Msg::PageRestored) => {
            social::came_back(screen, shared, fx)
        }
        (Screen::Email(screen), Msg::Captcha(answer)) => captcha::entered(screen, shared, answer),
        (Screen::Email(screen), Msg::CaptchaShown(is_there)) => {
            captcha::shown(screen, shared, fx, is_there)
        }
        (Screen::Email(screen), Msg::Back) => email_screen::take_back(screen, fx),
        (screen @ Screen::Email(_), Msg::Resend) => screen,

        (Screen::LastLogin(screen), Msg::Submit) => last_login::submit(screen, shared, fx),
        (Screen::LastLogin(screen), Msg::Started { version, result }) => {
            last_login::started(screen, shared, fx, version, result)
        }
        (Screen::LastLogin(screen), Msg::Verified { version, result }) => {
            last_login::verified(screen, shared, fx, version, result)
        }
        (screen @ Screen::LastLogin(_), Msg::Switch) => last_login::forget(&screen, shared, fx),
        (screen @ Screen::LastLogin(_), Msg::Back) => back_to_email(&screen, shared, fx),
        // There is no field.
        (
            screen @ Screen::LastLogin(_),
            Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::Resend
            | Msg::Social(_)
            | Msg::SuggestionTaken,
        ) => screen,

        (Screen::Link(screen), Msg::Resend | Msg::Submit) => {
            link_screen::resend(screen, shared, fx)
        }
        (Screen::Link(screen), Msg::Started { version, result }) => {
            link_screen::started(screen, shared, fx, version, result)
        }
        (Screen::Link(screen), Msg::Switch) => link_screen::use_code(screen, shared, fx),
        (screen @ Screen::Link(_), Msg::Back) => back_to_email(&screen, shared, fx),
        // There is no field.
        (
            screen @ Screen::Link(_),
            Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::PageRestored
            | Msg::Social(_)
            | Msg::SuggestionTaken
            | Msg::Verified { .. },
        ) => screen,

        (Screen::Code(screen), Msg::Submit) => code_screen::submit(screen, shared, fx),
        (Screen::Code(screen), Msg::Resend) => code_screen::resend(screen, shared, fx),
        (Screen::Code(screen), Msg::Started { version, result }) => {
            code_screen::started(screen, shared, fx, version, result)
        }
        (Screen::Code(screen), Msg::Verified { version, result }) => {
            code_screen::verified(screen, shared, fx, version, result)
        }
        (screen @ Screen::Code(_), Msg::Back) => back_to_email(&screen, shared, fx),
        // The e-mail screen's fields.
        (
            screen @ Screen::Code(_),
            Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::PageRestored
            | Msg::Social(_)
            | Msg::SuggestionTaken
            | Msg::Switch,
        ) => screen,

        // The tenant's page did not come, or the person came back from it.
        (Screen::SignedIn, Msg::Back | Msg::PageRestored) => {
            shared.sent = None;
            back_to_email(&Screen::SignedIn, shared, fx)
        }
        // Everything is said and done; only late answers are left.
        (
            Screen::SignedIn,
            Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::Resend
            | Msg::Social(_)
            | Msg::Started { .. }
            | Msg::Submit
            | Msg::SuggestionTaken
            | Msg::Switch
            | Msg::Verified { .. },
        ) => Screen::SignedIn,

        (screen @ (Screen::Error(_) | Screen::Elsewhere), Msg::Back | Msg::Submit) => {
            back_to_email(&screen, shared, fx)
        }
        // There is one button only; the request that failed was the only one.
        (
            screen @ (Screen::Error(_) | Screen::Elsewhere),
            Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::PageRestored
            | Msg::Resend
            | Msg::Social(_)
            | Msg::Started { .. }
            | Msg::SuggestionTaken
            | Msg::Switch
            | Msg::Verified { .. },
        ) => screen,
    }
}

/// It is `now_ms` by the browser's clock. One that is set back must not bring an expired code back to
/// life, nor a wait to a standstill: time goes on from where it was.
fn tick(screen: Screen, shared: &mut Shared, now_ms: u64) -> Screen {
    let before_ms = shared.now_ms;
    shared.lag_ms = shared.lag_ms.max(before_ms.saturating_sub(now_ms));
    shared.now_ms = now_ms.saturating_add(shared.lag_ms);
    match screen {
        Screen::Email(screen) => email_screen::tick(screen, shared),
        Screen::Code(screen) => code_screen::tick(screen, shared, before_ms),
        Screen::Link(screen) => link_screen::tick(screen, shared),
        Screen::Closed
        | Screen::Elsewhere
        | Screen::Error(_)
        | Screen::LastLogin(_)
        | Screen::SignedIn => screen,
    }
}

/// Tells the page of a failure. One that nobody but the site's owner can mend gets a screen of its
/// own; of any other the caller has to say what it means: its cause, and seconds to wait.
#[inline(never)]
pub(super) fn report(
    failure: super::Failure,
    effects: &mut Vec<Effect>,
) -> Result<super::Failure, Screen> {
    let cause = failure.cause;
    let rest = super::Failure {
        retry_after_s: failure.retry_after_s,
        ..super::Failure::new(cause)
    };
    if !cause.is_setup_fault() {
        emit(effects, Event::AuthorizationError(failure));
        return Ok(rest);
    }
    emit(effects, Event::AuthorizationError(failure.clone()));
    focus(effects, FocusTarget::Title);
    emit(effects, Event::StepChanged(Step::Error));
    emit(effects, Event::UnrecoverableError(failure));
    Err(Screen::Error(cause))
}
