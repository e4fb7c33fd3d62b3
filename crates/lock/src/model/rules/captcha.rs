//! The captcha. The tenant asks for one by refusing a request that has none.

use crate::model::effect::{Effect, FocusTarget, focus};
use crate::model::failure::Cause;
use crate::model::state::note::Note;
use crate::model::state::screen::EmailScreen;
use crate::model::state::shared::Shared;

/// The text in the captcha's field, as the screen is submitted.
pub(in crate::model) fn entered(shared: &mut Shared, text: String) {
    if shared.captcha.is_some() {
        shared.captcha = Some(text);
    }
}

/// Whether the captcha has to be solved first. If so, a note says it.
pub(in crate::model) fn is_missing(
    screen: &mut EmailScreen,
    shared: &Shared,
    effects: &mut Vec<Effect>,
) -> bool {
    let is_missing = shared.captcha.as_deref() == Some("");
    if is_missing {
        screen.note = Some(Note::CaptchaWanted);
        focus(effects, FocusTarget::Captcha);
    }
    is_missing
}

/// The tenant wants a captcha, or another answer to it. The note that says which.
pub(in crate::model) fn demand(shared: &mut Shared) -> Note {
    if shared.captcha.replace(String::new()).is_some() {
        Note::CaptchaWrong
    } else {
        Note::CaptchaWanted
    }
}

/// The captcha is on the page; or it cannot be had (`is_there` is false). Then the person may go on without
/// one: the tenant's response to the next request shows whether it still wants one.
pub(in crate::model) fn shown(
    screen: &mut EmailScreen,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    is_there: bool,
) {
    if !is_there {
        shared.captcha = None;
        screen.note = Some(Note::Failed(Cause::CaptchaRequired));
    } else if matches!(screen.note, Some(Note::CaptchaWanted | Note::CaptchaWrong)) {
        focus(effects, FocusTarget::Captcha);
    }
}

/// Has the captcha shown if the screen that asks for an address was entered anew: its place is empty then.
/// `effects` are those of the transition, which may ask for the captcha already.
pub(in crate::model) fn show_on_entry(shared: &Shared, effects: &mut Vec<Effect>, before: usize) {
    let mut new = effects.iter().skip(before);
    if shared.captcha.is_some() && !new.any(|effect| matches!(effect, Effect::Captcha)) {
        effects.push(Effect::Captcha);
    }
}
