//! The one place where a message meets a screen.

use super::close::{back_to_email, close, open};
use super::{By, Effect, Event, FocusTarget, Model, Msg, Screen, Step, code_screen, email_screen};

/// The state after `msg`, and what is to be done.
///
/// Total: each pair of screen and message is either handled or named as ignored.
#[must_use]
#[expect(
    clippy::match_same_arms,
    clippy::too_many_lines,
    reason = "the table of all pairs is one thing, grouped by screen"
)]
pub fn update(model: Model, msg: Msg) -> (Model, Vec<Effect>) {
    let Model { screen, mut shared } = model;
    let mut effects = Vec::new();
    let fx = &mut effects;
    let screen = match (screen, msg) {
        // Time and the network concern every screen.
        (screen, Msg::Tick { now_ms }) => {
            let before_ms = shared.now_ms;
            // A clock that is set back must not bring an expired code back to life.
            shared.now_ms = now_ms.max(before_ms);
            match screen {
                Screen::Email(screen) => email_screen::tick(screen, &shared),
                Screen::Code(screen) => code_screen::tick(screen, &shared, before_ms),
                Screen::Closed | Screen::SignedIn | Screen::Error(_) => screen,
            }
        }
        (screen, Msg::Online(online)) => {
            shared.offline = !online;
            match screen {
                Screen::Email(screen) if online => email_screen::resume(screen, &mut shared, fx),
                Screen::Code(screen) if online => code_screen::resume(screen, &mut shared, fx),
                screen => screen,
            }
        }

        // Opening and closing.
        (Screen::Closed, Msg::Show) => open(&shared, fx),
        (screen @ Screen::Closed, Msg::Hide | Msg::Close) => screen,
        (screen, Msg::Show) => screen,
        (screen, Msg::Hide) => close(&screen, By::Page, fx),
        (screen, Msg::Close) if shared.settings.closable => close(&screen, By::Person, fx),
        (screen, Msg::Close) => screen,

        // A closed dialog has no fields and awaits nothing.
        (
            Screen::Closed,
            Msg::Back
            | Msg::CodeChanged(_)
            | Msg::CodePasted(_)
            | Msg::EmailChanged(_)
            | Msg::PageRestored
            | Msg::Resend
            | Msg::Started { .. }
            | Msg::Submit
            | Msg::TermsToggled(_)
            | Msg::Verified { .. },
        ) => Screen::Closed,

        (Screen::Email(screen), Msg::EmailChanged(text)) => {
            email_screen::changed(screen, &mut shared, text)
        }
        (Screen::Email(screen), Msg::TermsToggled(accepted)) => {
            email_screen::terms_toggled(screen, &mut shared, accepted)
        }
        (Screen::Email(screen), Msg::Submit) => email_screen::submit(screen, &mut shared, fx),
        (Screen::Email(screen), Msg::Started { version, result }) => {
            email_screen::started(screen, &mut shared, fx, version, result)
        }
        (Screen::Email(screen), Msg::Back) => email_screen::take_back(screen, fx),
        // The code's fields and answers; nothing hangs here after a trip through the page cache.
        (
            screen @ Screen::Email(_),
            Msg::CodeChanged(_)
            | Msg::CodePasted(_)
            | Msg::PageRestored
            | Msg::Resend
            | Msg::Verified { .. },
        ) => screen,

        (Screen::Code(screen), Msg::CodeChanged(text)) => {
            code_screen::changed(screen, &mut shared, fx, &text)
        }
        (Screen::Code(screen), Msg::CodePasted(text)) => {
            code_screen::pasted(screen, &mut shared, fx, &text)
        }
        (Screen::Code(screen), Msg::Submit) => code_screen::submit(screen, &mut shared, fx),
        (Screen::Code(screen), Msg::Resend) => code_screen::resend(screen, &mut shared, fx),
        (Screen::Code(screen), Msg::Started { version, result }) => {
            code_screen::started(screen, &mut shared, fx, version, result)
        }
        (Screen::Code(screen), Msg::Verified { version, result }) => {
            code_screen::verified(screen, &mut shared, fx, version, result)
        }
        (screen @ Screen::Code(_), Msg::Back) => back_to_email(&screen, fx),
        // The e-mail screen's fields.
        (
            screen @ Screen::Code(_),
            Msg::EmailChanged(_) | Msg::PageRestored | Msg::TermsToggled(_),
        ) => screen,

        // The tenant's page did not come, or the person came back from it.
        (Screen::SignedIn, Msg::Back | Msg::PageRestored) => {
            shared.sent = None;
            back_to_email(&Screen::SignedIn, fx)
        }
        // Everything is said and done; only late answers are left.
        (
            Screen::SignedIn,
            Msg::CodeChanged(_)
            | Msg::CodePasted(_)
            | Msg::EmailChanged(_)
            | Msg::Resend
            | Msg::Started { .. }
            | Msg::Submit
            | Msg::TermsToggled(_)
            | Msg::Verified { .. },
        ) => Screen::SignedIn,

        (screen @ Screen::Error(_), Msg::Back | Msg::Submit) => back_to_email(&screen, fx),
        // There is one button only; the request that failed was the only one.
        (
            screen @ Screen::Error(_),
            Msg::CodeChanged(_)
            | Msg::CodePasted(_)
            | Msg::EmailChanged(_)
            | Msg::PageRestored
            | Msg::Resend
            | Msg::Started { .. }
            | Msg::TermsToggled(_)
            | Msg::Verified { .. },
        ) => screen,
    };
    (Model { screen, shared }, effects)
}

/// A failure that nobody but the site's owner can mend gets a screen of its own.
pub(super) fn to_error_screen(failure: super::Failure, effects: &mut Vec<Effect>) -> Screen {
    effects.push(Effect::Focus(FocusTarget::Title));
    effects.push(Effect::Emit(Event::StepChanged(Step::Error)));
    effects.push(Effect::Emit(Event::UnrecoverableError(failure.clone())));
    Screen::Error(failure)
}
