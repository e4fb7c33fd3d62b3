//! The elements that the code's and the link's screen share: the resend button and the link to the person's
//! mail.

use crate::i18n::Key;
use crate::model::input::mail_service::{Webmail, webmail};
use crate::model::state::recipient::Recipient;
use crate::model::state::screen::Phase;
use crate::model::view_model::clock::countdown;
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

/// The texts of the resend button.
pub(super) struct ResendLabels {
    /// For the time when a resend is possible.
    pub(super) now: Key,
    /// For the time when it is too early, with a place for the countdown.
    pub(super) later: Key,
}

/// Labels the resend button, and links to the person's mail.
pub(super) fn show(
    writer: &TextWriter<'_>,
    shown: &mut ViewModel,
    phase: Phase,
    labels: &ResendLabels,
) {
    let wait_ms = writer.shared.resend_wait_ms();
    shown.can_resend = wait_ms == 0 && phase == Phase::Idle;
    if matches!(phase, Phase::Sending { .. }) {
        writer.set(&mut shown.resend_label, Key::Resending);
    } else if wait_ms > 0 {
        writer.fill(&mut shown.resend_label, labels.later, &countdown(wait_ms));
    } else {
        writer.set(&mut shown.resend_label, labels.now);
    }
    let sent = writer.shared.sent.as_ref();
    if let Some(Recipient::Email(email)) = sent.map(|sent| &sent.to)
        && let Some(Webmail { name, url }) = webmail(email)
    {
        writer.fill(&mut shown.webmail_label, Key::Webmail, name);
        shown.webmail_url = url;
    }
}
