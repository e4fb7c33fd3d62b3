//! What another tab does.

use super::close::cancel;
use super::code_screen::newer_code;
use super::effect::{emit, focus};
use super::{Effect, Event, FocusTarget, News, Screen, Shared, Step};

pub(super) fn hear(
    screen: Screen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    news: &News,
) -> Screen {
    match (screen, news) {
        // It is on its way itself.
        (Screen::SignedIn, _) => Screen::SignedIn,
        (screen, News::SignedIn) => {
            shared.sent = None;
            if matches!(screen, Screen::Closed | Screen::Elsewhere) {
                return screen;
            }
            cancel(&screen, effects);
            focus(effects, FocusTarget::Title);
            emit(effects, Event::StepChanged(Step::Elsewhere));
            emit(effects, Event::SignedInElsewhere);
            if shared.settings.closable {
                // Who sees it has all the time to read it (WCAG 2.2.1).
                effects.push(Effect::CloseUnseen);
            }
            Screen::Elsewhere
        }
        (Screen::Code(screen), News::Sent { to }) => newer_code(screen, shared, to),
        (screen, News::Sent { .. }) => screen,
    }
}
