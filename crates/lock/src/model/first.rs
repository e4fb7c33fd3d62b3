//! The rules that a page has from the start: with them a dialog opens on any screen, shows what time does
//! to it, takes typing, says what is missing, and closes. All others are loaded behind the first screen.

use super::close::{close, open};
use super::{By, Effect, Msg, Screen, Shared, code_screen, email_screen, last_login, link_screen};

impl Msg {
    /// Whether it is what somebody types or chooses.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        matches!(
            self,
            Self::CodeChanged(_)
                | Self::CountryChanged(_)
                | Self::EmailChanged(_)
                | Self::PhoneChanged(_)
        )
    }

    /// Whether the first rules are all that it needs.
    #[must_use]
    pub fn is_first(&self) -> bool {
        match self {
            Self::Close
            | Self::CodeChanged(_)
            | Self::CountryChanged(_)
            | Self::EmailChanged(_)
            | Self::Flash(_)
            | Self::Hide
            | Self::PhoneChanged(_)
            | Self::Show
            | Self::Submit
            | Self::TermsToggled(_)
            | Self::Tick { .. }
            | Self::Waits(_) => true,
            // What had to wait for the network goes on with it.
            Self::Online(is_online) => !is_online,
            Self::Back
            | Self::Captcha(_)
            | Self::CaptchaShown(_)
            | Self::GoOn
            | Self::OtherTab(_)
            | Self::PageRestored
            | Self::Person(_)
            | Self::Resend
            | Self::Social(_)
            | Self::Started { .. }
            | Self::SuggestionTaken
            | Self::Switch
            | Self::Verified { .. } => false,
        }
    }
}

/// The screen after a message that [is first](Msg::is_first).
#[expect(
    clippy::match_same_arms,
    reason = "the table of all pairs is one thing, grouped by what they are about"
)]
pub(super) fn update(
    screen: Screen,
    shared: &mut Shared,
    fx: &mut Vec<Effect>,
    msg: Msg,
) -> Screen {
    match (screen, msg) {
        // Time and the page's own words concern every screen.
        (screen, Msg::Tick { now_ms }) => tick(screen, shared, now_ms),
        (screen, Msg::Flash(flash)) => {
            shared.flash = flash;
            screen
        }
        (screen, Msg::Online(is_online)) => {
            shared.offline = !is_online;
            screen
        }
        (screen, Msg::Waits(waits)) => {
            shared.waits = waits;
            screen
        }

        (Screen::Closed, Msg::Show) => open(shared, fx),
        (screen @ Screen::Closed, Msg::Hide | Msg::Close) => screen,
        (screen, Msg::Show) => screen,
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

        (Screen::Code(screen), Msg::Submit) => code_screen::submit(screen, shared, fx),
        (Screen::Email(screen), Msg::Submit) => email_screen::submit(screen, shared, fx),
        (Screen::LastLogin(screen), Msg::Submit) => last_login::submit(screen, shared, fx),
        (screen @ (Screen::Closed | Screen::SignedIn), Msg::Submit) => screen,
        // Nothing can be missing.
        (screen @ (Screen::Elsewhere | Screen::Error(_) | Screen::Link(_)), Msg::Submit) => {
            fx.push(Effect::GoOn);
            screen
        }

        // What is not first.
        (
            screen,
            Msg::Back
            | Msg::Captcha(_)
            | Msg::CaptchaShown(_)
            | Msg::GoOn
            | Msg::OtherTab(_)
            | Msg::PageRestored
            | Msg::Person(_)
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
