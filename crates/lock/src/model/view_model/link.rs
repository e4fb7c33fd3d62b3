//! The screen that shows where the link was sent.

use crate::i18n::Key;
use crate::model::state::screen::{LinkScreen, Phase};
use crate::model::view_model::note;
use crate::model::view_model::pen::Pen;
use crate::model::view_model::resend;
use crate::model::view_model::shown::ViewModel;

pub(super) fn show(screen: &LinkScreen, pen: &Pen<'_>, shown: &mut ViewModel) {
    let sent = pen.shared.sent.as_ref();
    let sent_to = sent.map_or("", |sent| sent.to.text());
    pen.around(&mut shown.lead, Key::LinkSent, sent_to);
    note::show(screen.note, pen, shown);
    resend::show(
        pen,
        shown,
        screen.phase,
        [Key::ResendLink, Key::ResendLinkIn],
    );
    if screen.phase != Phase::Idle {
        let is_code = screen.wants_code;
        pen.say(
            &mut shown.status,
            if is_code {
                Key::Loading
            } else {
                Key::LoadingLink
            },
        );
    }
    let offers_code = pen.shared.settings.offers_code;
    pen.say_if(&mut shown.switch_label, offers_code, Key::UseCode);
    pen.say(&mut shown.title, Key::LinkTitle);
}
