//! The screens behind what was sent: the code's, and the link's.

use latchkey_webauth::text::digits;

use super::{Pen, ViewModel, is_waiting};
use crate::i18n::Key;
use crate::model::note::Note;
use crate::model::{CodeScreen, LinkScreen, Phase, Recipient, countdown, webmail};

/// So long before a code's end it is said that it ends.
const LAST_MS: u64 = 30_000;

pub(super) fn show_code(screen: &CodeScreen, pen: &Pen<'_>, shown: &mut ViewModel) {
    let shared = pen.shared;
    let length = digits(shared.settings.code_length);
    let is_verifying = matches!(screen.phase, Phase::Verifying { .. });
    let is_sending = matches!(screen.phase, Phase::Sending { .. });
    let wait_ms = shared.resend_wait_ms();
    let to = shared.sent.as_ref().map(|sent| &sent.to);
    let sent_to = to.map_or("", Recipient::text);
    shown.busy = is_verifying;
    shown.code = screen.code.clone();
    pen.fill(&mut shown.field_label, Key::CodeInputLabel, &length);
    if screen.too_short {
        pen.fill(&mut shown.hint, Key::CodeMissing, &length);
    }
    shown.invalid = screen.too_short
        || matches!(
            screen.note,
            Some(Note::WrongCode { .. } | Note::Spent | Note::Expired)
        );
    let instructions = match to {
        Some(Recipient::Phone(_)) => Key::SmsCodeInstructions,
        _ => Key::EmailCodeInstructions,
    };
    pen.around(&mut shown.lead, instructions, sent_to);
    // Nobody is to be surprised by it (WCAG 3.2.2).
    pen.say_if(&mut shown.tip, shared.settings.auto_submit, Key::AutoSubmit);
    match (shared.life_left_ms(), shared.tries_left()) {
        (_, 0) => pen.say(&mut shown.life, Key::CodeUseless),
        (0, _) => pen.say(&mut shown.life, Key::CodeOver),
        (left_ms, _) => pen.fill(&mut shown.life, Key::CodeValid, &countdown(left_ms)),
    }
    pen.note(shown, screen.note);
    show_resend(pen, shown, screen.phase, [Key::ResendAction, Key::ResendIn]);
    if is_verifying {
        pen.say(&mut shown.status, Key::Verifying);
    } else if is_sending {
        pen.say(&mut shown.status, Key::Loading);
    } else if screen.note.is_none() && (1..=LAST_MS).contains(&shared.life_left_ms()) {
        pen.fill(&mut shown.status, Key::CodeValid, &countdown(LAST_MS));
    } else if screen.note.is_some() || !screen.code.is_empty() {
        // The note is read out by itself; old news must not follow it, or each digit.
    } else if wait_ms == 0 {
        pen.say(&mut shown.status, Key::ResendReady);
    } else {
        pen.fill(&mut shown.status, Key::CodeSent, sent_to);
    }
    pen.say(&mut shown.submit_label, Key::CodeSubmit);
    pen.say_if(&mut shown.submit_label, is_verifying, Key::Verifying);
    pen.say(&mut shown.title, Key::CodeTitle);
}

pub(super) fn show_link(screen: &LinkScreen, pen: &Pen<'_>, shown: &mut ViewModel) {
    let sent = pen.shared.sent.as_ref();
    let sent_to = sent.map_or("", |sent| sent.to.text());
    pen.around(&mut shown.lead, Key::LinkSent, sent_to);
    pen.note(shown, screen.note);
    show_resend(
        pen,
        shown,
        screen.phase,
        [Key::ResendLink, Key::ResendLinkIn],
    );
    if is_waiting(screen.phase) {
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

/// The button that asks for another one, and the link to the person's mail, where it is known.
fn show_resend(pen: &Pen<'_>, shown: &mut ViewModel, phase: Phase, [now, later]: [Key; 2]) {
    let wait_ms = pen.shared.resend_wait_ms();
    shown.can_resend = wait_ms == 0 && phase == Phase::Idle;
    if matches!(phase, Phase::Sending { .. }) {
        pen.say(&mut shown.resend_label, Key::Resending);
    } else if wait_ms > 0 {
        pen.fill(&mut shown.resend_label, later, &countdown(wait_ms));
    } else {
        pen.say(&mut shown.resend_label, now);
    }
    let sent = pen.shared.sent.as_ref();
    if let Some(Recipient::Email(email)) = sent.map(|sent| &sent.to)
        && let Some((name, url)) = webmail(email)
    {
        pen.fill(&mut shown.webmail_label, Key::Webmail, &name);
        shown.webmail_url = url;
    }
}
