//! Rules of the captcha. The tenant asks for one by refusing a request without it.

use crate::model::effect::{Effect, FocusTarget, focus};
use crate::model::failure::Cause;
use crate::model::state::note::Note;
use crate::model::state::screen::EmailScreen;
use crate::model::state::shared::Shared;

/// Stores the text of the captcha's field when the screen is submitted.
pub(in crate::model) fn entered(shared: &mut Shared, text: String) {
    if shared.entries.captcha.is_some() {
        shared.entries.captcha = Some(text);
    }
}

/// Whether the captcha has to be solved first. If so, a note says so.
pub(in crate::model) fn is_missing(
    screen: &mut EmailScreen,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> bool {
    let is_missing = shared.entries.captcha.as_deref() == Some("");
    if is_missing {
        screen.note = Some(Note::CaptchaWanted);
        focus(effects, FocusTarget::Captcha);
    }
    is_missing
}

/// Handles the tenant's demand for a captcha. Returns the note: a first captcha, or a wrong solution.
pub(in crate::model) fn demand(shared: &mut Shared) -> Note {
    if shared.entries.captcha.replace(String::new()).is_some() {
        Note::CaptchaWrong
    } else {
        Note::CaptchaWanted
    }
}

/// Handles the outcome of showing a captcha. If none could be shown (`is_there` is false), the person may go
/// on without one, because the response to the next request tells whether the tenant still wants one.
pub(in crate::model) fn shown(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    is_there: bool,
) {
    if !is_there {
        shared.entries.captcha = None;
        screen.note = Some(Note::Failed(Cause::CaptchaRequired));
    } else if matches!(screen.note, Some(Note::CaptchaWanted | Note::CaptchaWrong)) {
        focus(effects, FocusTarget::Captcha);
    }
}

/// Shows the captcha if the screen that asks for an address was entered, because its place is empty then. The
/// effects from `before` on are those of the transition, which may show the captcha already.
pub(in crate::model) fn show_on_entry(shared: &Shared, effects: &mut Vec<Effect>, before: usize) {
    let mut new = effects.iter().skip(before);
    if shared.entries.captcha.is_some() && !new.any(|effect| matches!(effect, Effect::Captcha)) {
        effects.push(Effect::Captcha);
    }
}
