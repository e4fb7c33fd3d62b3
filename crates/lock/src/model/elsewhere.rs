//! What another tab does.

use super::close::{cancel, close};
use super::code_screen::newer_code;
use super::effect::{emit, focus};
use super::{By, Effect, Event, FocusTarget, News, Screen, Shared, Step};

/// How long the dialog says that the person logged in in another tab, before it closes.
const SAID_FOR_MS: u64 = 4_000;

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
            if matches!(screen, Screen::Closed | Screen::Elsewhere { .. }) {
                return screen;
            }
            cancel(&screen, effects);
            focus(effects, FocusTarget::Title);
            emit(effects, Event::StepChanged(Step::Elsewhere));
            emit(effects, Event::SignedInElsewhere);
            Screen::Elsewhere {
                at_ms: shared.now_ms,
            }
        }
        (Screen::Code(screen), News::Sent { to }) => newer_code(screen, shared, to),
        (screen, News::Sent { .. }) => screen,
    }
}

/// Closes the dialog once it was read. One in a container stays: it has nowhere to go.
pub(super) fn tick(at_ms: u64, shared: &Shared, effects: &mut Vec<Effect>) -> Screen {
    let screen = Screen::Elsewhere { at_ms };
    if shared.settings.closable && shared.now_ms >= at_ms.saturating_add(SAID_FOR_MS) {
        close(&screen, By::Page, effects)
    } else {
        screen
    }
}
