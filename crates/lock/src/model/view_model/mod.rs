//! Computes the view model from the state, so that the view has nothing left to decide. Each screen has a
//! module with its texts.

mod clock;
mod code;
mod email;
mod ends;
mod link;
mod note;
mod resend;
mod shown;
mod writer;

use crate::i18n::{Dictionary, Key, is_right_to_left};
use crate::model::state::model::Model;
use crate::model::state::screen::Screen;
use writer::TextWriter;

pub use clock::{countdown, wait_text};
pub use shown::{Sentence, ViewModel};

/// The view model of `model`. For a closed dialog it is the frame without a screen.
#[must_use]
pub fn view_model(model: &Model, dictionary: &Dictionary) -> ViewModel {
    let shared = &model.shared;
    let mut shown = ViewModel::default();
    let writer = TextWriter { shared, dictionary };
    writer.set(&mut shown.back_label, Key::Back);
    writer.set(&mut shown.close_label, Key::Close);
    dictionary.language().clone_into(&mut shown.language);
    shown.right_to_left = is_right_to_left(dictionary.language());
    shown.can_close = shared.settings.closable;
    shown.can_go_back = true;
    shown.screen = model.screen.kind().unwrap_or_default();
    match &model.screen {
        Screen::Closed => shown.can_go_back = false,
        Screen::Email(screen) => {
            shown.can_go_back = false;
            email::show(screen, &writer, &mut shown);
        }
        Screen::LastLogin(screen) => {
            shown.can_go_back = false;
            email::show_last(screen, &writer, &mut shown);
        }
        Screen::Code(screen) => code::show(screen, &writer, &mut shown),
        Screen::Link(screen) => link::show(screen, &writer, &mut shown),
        Screen::SignedIn => ends::show_signed_in(&writer, &mut shown),
        Screen::Elsewhere => ends::show_elsewhere(&writer, &mut shown),
        Screen::Error(cause) => ends::show_error(*cause, &writer, &mut shown),
    }
    shown
}
