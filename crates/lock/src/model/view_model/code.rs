//! The screen that asks for the code.

use latchkey_webauth::text::digits;

use crate::i18n::Key;
use crate::model::state::note::Note;
use crate::model::state::recipient::Recipient;
use crate::model::state::screen::{CodeScreen, Phase};
use crate::model::view_model::clock::countdown;
use crate::model::view_model::note;
use crate::model::view_model::resend::{self, ResendLabels};
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

/// The status announces the end of a code's life this long before it.
const LAST_MS: u64 = 30_000;

pub(super) fn show(screen: &CodeScreen, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    let shared = writer.shared;
    let length = digits(shared.settings.code_length);
    let is_verifying = matches!(screen.phase, Phase::Verifying { .. });
    let is_sending = matches!(screen.phase, Phase::Sending { .. });
    let wait_ms = shared.resend_wait_ms();
    let to = shared.sent.as_ref().map(|sent| &sent.to);
    let sent_to = to.map_or("", Recipient::text);
    shown.busy = is_verifying;
    shown.code = screen.code.clone();
    writer.fill(&mut shown.field_label, Key::CodeInputLabel, &length);
    if screen.lacks_code {
        writer.fill(&mut shown.hint, Key::CodeMissing, &length);
    }
    shown.invalid = screen.lacks_code
        || matches!(
            screen.note,
            Some(Note::WrongCode { .. } | Note::Spent | Note::Expired)
        );
    let instructions = match to {
        Some(Recipient::Phone(_)) => Key::SmsCodeInstructions,
        _ => Key::EmailCodeInstructions,
    };
    writer.around(&mut shown.lead, instructions, sent_to);
    // People have to know beforehand that a full code submits itself (WCAG 3.2.2).
    writer.set_if(&mut shown.tip, shared.settings.auto_submit, Key::AutoSubmit);
    match (shared.life_left_ms(), shared.tries_left()) {
        (_, 0) => writer.set(&mut shown.life, Key::CodeUseless),
        (0, _) => writer.set(&mut shown.life, Key::CodeOver),
        (left_ms, _) => writer.fill(&mut shown.life, Key::CodeValid, &countdown(left_ms)),
    }
    note::show(screen.note, writer, shown);
    resend::show(
        writer,
        shown,
        screen.phase,
        &ResendLabels {
            now: Key::ResendAction,
            later: Key::ResendIn,
        },
    );
    if is_verifying {
        writer.set(&mut shown.status, Key::Verifying);
    } else if is_sending {
        writer.set(&mut shown.status, Key::Loading);
    } else if screen.note.is_none() && (1..=LAST_MS).contains(&shared.life_left_ms()) {
        writer.fill(&mut shown.status, Key::CodeValid, &countdown(LAST_MS));
    } else if screen.note.is_some() || !screen.code.is_empty() {
        // The note is announced by itself. An older status must not be announced after it, or after each
        // digit.
    } else if wait_ms == 0 {
        writer.set(&mut shown.status, Key::ResendReady);
    } else {
        writer.fill(&mut shown.status, Key::CodeSent, sent_to);
    }
    writer.set(&mut shown.submit_label, Key::CodeSubmit);
    writer.set_if(&mut shown.submit_label, is_verifying, Key::Verifying);
    writer.set(&mut shown.title, Key::CodeTitle);
}
