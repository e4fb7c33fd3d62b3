//! The screen that shows where the link was sent.

use crate::i18n::Key;
use crate::model::state::screen::{LinkScreen, Phase};
use crate::model::view_model::note;
use crate::model::view_model::resend::{self, ResendLabels};
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

pub(super) fn show(screen: &LinkScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let sent = writer.shared.sent.as_ref();
    let sent_to = sent.map_or("", |sent| sent.to.text());
    writer.around(&mut shown.lead, Key::LinkSent, sent_to);
    note::show(screen.note, writer, shown);
    resend::show(
        writer,
        shown,
        screen.phase,
        &ResendLabels {
            now: Key::ResendLink,
            later: Key::ResendLinkIn,
        },
    );
    if screen.phase != Phase::Idle {
        let is_code = screen.wants_code;
        writer.set(
            &mut shown.status,
            if is_code {
                Key::Loading
            } else {
                Key::LoadingLink
            },
        );
    }
    let offers_code = writer.shared.settings.offers_code;
    writer.set_if(&mut shown.switch_label, offers_code, Key::UseCode);
    writer.set(&mut shown.title, Key::LinkTitle);
}
