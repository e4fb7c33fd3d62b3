//! What a person sees, computed from the state: the view has nothing left to decide.

use super::note::{Note, Tone};
use super::{
    CodeScreen, EmailFlaw, EmailScreen, Model, Phase, Screen, Secret, Shared, Step, countdown,
    wait_words,
};
use crate::i18n::{Dictionary, Key, is_right_to_left};

/// A sentence with one part that stands out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lead {
    /// The text before.
    pub before: String,
    /// The part that stands out.
    pub strong: String,
    /// The text after.
    pub after: String,
}

/// What a person sees. An empty text means: nothing there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact of the screen"
)]
pub struct ViewModel {
    /// The label of "back".
    pub back_label: String,
    /// Whether an answer is awaited: fields are fixed, the button turns.
    pub busy: bool,
    /// Whether "back" is offered.
    pub can_go_back: bool,
    /// Whether "close" is offered.
    pub can_close: bool,
    /// Whether another code may be asked for.
    pub can_resend: bool,
    /// The label of "close".
    pub close_label: String,
    /// The digits in the code field.
    pub code: Secret,
    /// The e-mail address in its field.
    pub email: String,
    /// The label of the field.
    pub field_label: String,
    /// What is wrong with the field, under it.
    pub hint: String,
    /// The field is marked as wrong: by a hint or by the note.
    pub invalid: bool,
    /// The language of the texts, a BCP 47 tag.
    pub language: String,
    /// The sentence under the title.
    pub lead: Lead,
    /// How long the code still works.
    pub life: String,
    /// What is said above the field.
    pub note: String,
    /// How the note looks and sounds.
    pub note_tone: Tone,
    /// The text of the field while it is empty.
    pub placeholder: String,
    /// The button that asks for another code.
    pub resend_label: String,
    /// Whether the texts run from right to left.
    pub right_to_left: bool,
    /// Said to screen readers: what goes on.
    pub status: String,
    /// Which screen it is.
    pub step: Step,
    /// The main button.
    pub submit_label: String,
    /// The terms.
    pub terms: String,
    /// Whether the terms are ticked.
    pub terms_accepted: bool,
    /// Whether the terms have a checkbox.
    pub terms_box: bool,
    /// What is wrong with the checkbox.
    pub terms_hint: String,
    /// The title.
    pub title: String,
}

/// What a person sees of `model`. Of a closed dialog: what it would open with, empty.
#[must_use]
pub fn view_model(model: &Model, dictionary: &Dictionary) -> ViewModel {
    let shared = &model.shared;
    let common = ViewModel {
        back_label: dictionary.text(Key::Back).to_owned(),
        close_label: dictionary.text(Key::Close).to_owned(),
        language: dictionary.language().to_owned(),
        right_to_left: is_right_to_left(dictionary.language()),
        can_close: shared.settings.closable,
        ..ViewModel::default()
    };
    match &model.screen {
        Screen::Closed => common,
        Screen::Email(screen) => email(screen, shared, dictionary, common),
        Screen::Code(screen) => code(screen, shared, dictionary, common),
        Screen::SignedIn => ViewModel {
            busy: true,
            can_go_back: true,
            lead: plain(dictionary, Key::SuccessLogIn),
            status: dictionary.text(Key::SuccessLogIn).to_owned(),
            step: Step::SignedIn,
            title: dictionary.text(Key::SignedInTitle).to_owned(),
            ..common
        },
        Screen::Error(failure) => ViewModel {
            can_go_back: true,
            note: dictionary.text(failure.cause.key()).to_owned(),
            step: Step::Error,
            submit_label: dictionary.text(Key::Retry).to_owned(),
            title: dictionary.text(Key::ErrorTitle).to_owned(),
            ..common
        },
    }
}

fn email(
    screen: &EmailScreen,
    shared: &Shared,
    dictionary: &Dictionary,
    common: ViewModel,
) -> ViewModel {
    let text = |key| dictionary.text(key).to_owned();
    let busy = screen.phase != Phase::Idle;
    let settings = &shared.settings;
    let shows_terms = settings.show_terms || settings.must_accept_terms;
    ViewModel {
        busy,
        email: shared.email.clone(),
        field_label: text(Key::EmailLabel),
        hint: screen.flaw.map(flaw_key).map(text).unwrap_or_default(),
        invalid: screen.flaw.is_some(),
        lead: plain(dictionary, Key::EmailInstructions),
        note: note_text(screen.note, dictionary),
        note_tone: screen.note.map(Note::tone).unwrap_or_default(),
        placeholder: text(Key::EmailPlaceholder),
        status: if busy {
            text(Key::Loading)
        } else {
            String::new()
        },
        step: Step::Email,
        submit_label: text(if busy { Key::Loading } else { Key::SubmitLabel }),
        terms: if shows_terms {
            text(Key::Terms)
        } else {
            String::new()
        },
        terms_accepted: shared.terms_accepted,
        terms_box: settings.must_accept_terms,
        terms_hint: if screen.terms_missing {
            text(Key::TermsMissing)
        } else {
            String::new()
        },
        title: text(Key::Title),
        ..common
    }
}

fn code(
    screen: &CodeScreen,
    shared: &Shared,
    dictionary: &Dictionary,
    common: ViewModel,
) -> ViewModel {
    let text = |key| dictionary.text(key).to_owned();
    let length = shared.settings.code_length.to_string();
    let is_verifying = matches!(screen.phase, Phase::Verifying { .. });
    let is_sending = matches!(screen.phase, Phase::Sending { .. });
    let wait_ms = shared.resend_wait_ms();
    let sent_to = shared.sent.as_ref().map_or("", |sent| sent.email.as_str());
    let (before, after) = dictionary.split(Key::EmailCodeInstructions);
    let is_marked = matches!(
        screen.note,
        Some(Note::WrongCode { .. } | Note::Spent | Note::Expired)
    );
    ViewModel {
        busy: is_verifying,
        can_go_back: true,
        can_resend: wait_ms == 0 && screen.phase == Phase::Idle,
        code: screen.code.clone(),
        field_label: dictionary.fill(Key::CodeInputLabel, &length),
        hint: if screen.too_short {
            dictionary.fill(Key::CodeMissing, &length)
        } else {
            String::new()
        },
        invalid: screen.too_short || is_marked,
        lead: Lead {
            before,
            strong: if after.is_some() {
                sent_to.to_owned()
            } else {
                String::new()
            },
            after: after.unwrap_or_default(),
        },
        life: match (shared.life_left_ms(), shared.tries_left()) {
            (_, 0) => text(Key::CodeUseless),
            (0, _) => text(Key::CodeOver),
            (left_ms, _) => dictionary.fill(Key::CodeValid, &countdown(left_ms)),
        },
        note: note_text(screen.note, dictionary),
        note_tone: screen.note.map(Note::tone).unwrap_or_default(),
        resend_label: if is_sending {
            text(Key::Resending)
        } else if wait_ms > 0 {
            dictionary.fill(Key::ResendIn, &countdown(wait_ms))
        } else {
            text(Key::ResendAction)
        },
        status: if is_verifying {
            text(Key::Verifying)
        } else if is_sending {
            text(Key::Loading)
        } else if screen.note.is_some() || !screen.code.is_empty() {
            // The note is read out by itself; old news must not follow it, or each digit.
            String::new()
        } else if wait_ms == 0 {
            text(Key::ResendReady)
        } else {
            dictionary.fill(Key::CodeSent, sent_to)
        },
        step: Step::Code,
        submit_label: text(if is_verifying {
            Key::Verifying
        } else {
            Key::CodeSubmit
        }),
        title: text(Key::CodeTitle),
        ..common
    }
}

fn flaw_key(flaw: EmailFlaw) -> Key {
    match flaw {
        EmailFlaw::Blank => Key::BlankEmail,
        EmailFlaw::Malformed => Key::InvalidEmail,
        EmailFlaw::NoEnding => Key::EmailNoEnding,
        EmailFlaw::Refused => Key::ErrorBadEmail,
    }
}

fn note_text(note: Option<Note>, dictionary: &Dictionary) -> String {
    let text = |key| dictionary.text(key).to_owned();
    match note {
        None => String::new(),
        Some(Note::Failed(cause)) => text(cause.key()),
        Some(Note::Expired) => text(Key::ErrorCodeExpired),
        Some(Note::Offline) => text(Key::ErrorOffline),
        Some(Note::RateLimited { seconds, .. }) => {
            dictionary.fill(Key::ErrorTooManyRequests, &wait_words(seconds, dictionary))
        }
        Some(Note::Resent) => text(Key::Resent),
        Some(Note::Spent) => text(Key::ErrorCodeSpent),
        Some(Note::WrongCode { left }) => dictionary.count(Key::WrongCode, u64::from(left)),
    }
}

fn plain(dictionary: &Dictionary, key: Key) -> Lead {
    Lead {
        before: dictionary.text(key).to_owned(),
        ..Lead::default()
    }
}
