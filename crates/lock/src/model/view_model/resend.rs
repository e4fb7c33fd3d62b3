//! The elements that the code's and the link's screen share: the resend button and the link to the person's
//! mail.

use crate::i18n::Key;
use crate::model::input::mail_service::webmail;
use crate::model::state::recipient::Recipient;
use crate::model::state::screen::Phase;
use crate::model::view_model::clock::countdown;
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

/// Labels the resend button: with `now` if a resend is possible, with `later` and a countdown while it is too
/// early.
pub(super) fn show(
    writer: &TextWriter<'_>,
    shown: &mut ViewModel,
    phase: Phase,
    [now, later]: [Key; 2],
) {
    let wait_ms = writer.shared.resend_wait_ms();
    shown.can_resend = wait_ms == 0 && phase == Phase::Idle;
    if matches!(phase, Phase::Sending { .. }) {
        writer.set(&mut shown.resend_label, Key::Resending);
    } else if wait_ms > 0 {
        writer.fill(&mut shown.resend_label, later, &countdown(wait_ms));
    } else {
        writer.set(&mut shown.resend_label, now);
    }
    let sent = writer.shared.sent.as_ref();
    if let Some(Recipient::Email(email)) = sent.map(|sent| &sent.to)
        && let Some((name, url)) = webmail(email)
    {
        writer.fill(&mut shown.webmail_label, Key::Webmail, &name);
        shown.webmail_url = url;
    }
}
