//! Computes the view model from the state, so that the view has nothing left to decide. Each screen has a
//! module with its texts.

mod clock;
mod code;
mod email;
mod ends;
mod link;
mod note;
mod pen;
mod resend;
mod shown;

use crate::i18n::{Dictionary, Key, is_right_to_left};
use crate::model::state::model::Model;
use crate::model::state::screen::Screen;
use pen::Pen;

pub use clock::{countdown, wait_words};
pub use shown::{Lead, ViewModel};

/// The view model of `model`. For a closed dialog it is the frame without a screen.
#[must_use]
pub fn view_model(model: &Model, dictionary: &Dictionary) -> ViewModel {
    let shared = &model.shared;
    let mut shown = ViewModel::default();
    let pen = Pen { shared, dictionary };
    pen.say(&mut shown.back_label, Key::Back);
    pen.say(&mut shown.close_label, Key::Close);
    dictionary.language().clone_into(&mut shown.language);
    shown.right_to_left = is_right_to_left(dictionary.language());
    shown.can_close = shared.settings.closable;
    shown.can_go_back = true;
    shown.step = model.screen.step().unwrap_or_default();
    match &model.screen {
        Screen::Closed => shown.can_go_back = false,
        Screen::Email(screen) => {
            shown.can_go_back = false;
            email::show(screen, &pen, &mut shown);
        }
        Screen::LastLogin(screen) => {
            shown.can_go_back = false;
            email::show_last(screen, &pen, &mut shown);
        }
        Screen::Code(screen) => code::show(screen, &pen, &mut shown),
        Screen::Link(screen) => link::show(screen, &pen, &mut shown),
        Screen::SignedIn => ends::show_signed_in(&pen, &mut shown),
        Screen::Elsewhere => ends::show_elsewhere(&pen, &mut shown),
        Screen::Error(cause) => ends::show_error(*cause, &pen, &mut shown),
    }
    shown
}
