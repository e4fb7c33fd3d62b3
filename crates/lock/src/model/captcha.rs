//! The captcha, where the tenant asks for one: by refusing a request that has none.

use super::effect::focus;
use super::{Cause, Effect, EmailScreen, FocusTarget, Note, Screen, Shared};

/// What it holds as the screen is submitted.
pub(super) fn entered(screen: Box<EmailScreen>, shared: &mut Shared, text: String) -> Screen {
    if shared.captcha.is_some() {
        shared.captcha = Some(text);
    }
    Screen::Email(screen)
}

/// Whether the captcha has to be solved first; says so.
pub(super) fn is_missing(
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

/// The tenant wants one, or another answer. What to say about it.
pub(super) fn demand(shared: &mut Shared) -> Note {
    if shared.captcha.replace(String::new()).is_some() {
        Note::CaptchaWrong
    } else {
        Note::CaptchaWanted
    }
}

/// It is there. Or there is none to be had: then the next request shows whether the tenant still
/// wants one, and nothing waits for what does not come.
pub(super) fn shown(
    mut screen: Box<EmailScreen>,
    shared: &mut Shared,
    effects: &mut Vec<Effect>,
    is_there: bool,
) -> Screen {
    if !is_there {
        shared.captcha = None;
        screen.note = Some(Note::Failed(Cause::CaptchaRequired));
    } else if matches!(screen.note, Some(Note::CaptchaWanted | Note::CaptchaWrong)) {
        focus(effects, FocusTarget::Captcha);
    }
    Screen::Email(screen)
}
