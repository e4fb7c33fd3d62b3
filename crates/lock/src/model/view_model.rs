//! What a person sees, computed from the state: the view has nothing left to decide.

mod ask;
mod ends;
mod sent;

use super::note::{Note, Tone};
use super::{Flash, Model, Phase, Screen, Secret, Shared, Step, wait_words};
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
    /// Address of the person's picture, in place of the logo.
    pub avatar: String,
    /// The label of "back".
    pub back_label: String,
    /// Whether an answer is awaited: fields are fixed, the button turns.
    pub busy: bool,
    /// Whether "back" is offered.
    pub can_go_back: bool,
    /// Whether "close" is offered.
    pub can_close: bool,
    /// Whether another code or link may be asked for.
    pub can_resend: bool,
    /// Whether a captcha is asked for.
    pub captcha: bool,
    /// The label of "close".
    pub close_label: String,
    /// The digits in the code field.
    pub code: Secret,
    /// The country of the phone number, as its ISO 3166 code.
    pub country: String,
    /// The label of the choice of countries.
    pub country_label: String,
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
    /// The address or the number of the last login, or the name of its social connection.
    pub last_way: String,
    /// The sentence under the title.
    pub lead: Lead,
    /// How long the code still works.
    pub life: String,
    /// What is said above the field.
    pub note: String,
    /// How the note looks and sounds.
    pub note_tone: Tone,
    /// What stands between two ways to log in.
    pub or_label: String,
    /// The phone number in its field.
    pub phone: String,
    /// The text of the field while it is empty.
    pub placeholder: String,
    /// The button that asks for another code.
    pub resend_label: String,
    /// Whether the texts run from right to left.
    pub right_to_left: bool,
    /// The words of a social button, around the connection's name.
    pub social_label: Lead,
    /// Said to screen readers: what goes on.
    pub status: String,
    /// The address that was probably meant, in its sentence.
    pub suggestion: Lead,
    /// The button to the other channel, or to other ways than the last login's.
    pub switch_label: String,
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
    /// What happens by itself once the field is full.
    pub tip: String,
    /// The title.
    pub title: String,
    /// The link to the person's mail.
    pub webmail_label: String,
    /// Where that is.
    pub webmail_url: String,
}

/// What a person sees of `model`. Of a closed dialog: what it would open with, empty.
#[must_use]
pub fn view_model(model: &Model, dictionary: &Dictionary) -> ViewModel {
    let shared = &model.shared;
    let mut shown = ViewModel::default();
    let pen = Pen { shared, dictionary };
    pen.say(&mut shown.back_label, Key::Back);
    pen.say(&mut shown.close_label, Key::Close);
    put(&mut shown.language, dictionary.language());
    shown.right_to_left = is_right_to_left(dictionary.language());
    shown.can_close = shared.settings.closable;
    shown.can_go_back = true;
    shown.step = model.screen.step().unwrap_or_default();
    match &model.screen {
        Screen::Closed => shown.can_go_back = false,
        Screen::Email(screen) => {
            shown.can_go_back = false;
            ask::show(screen, &pen, &mut shown);
        }
        Screen::LastLogin(screen) => {
            shown.can_go_back = false;
            ask::show_last(screen, &pen, &mut shown);
        }
        Screen::Code(screen) => sent::show_code(screen, &pen, &mut shown),
        Screen::Link(screen) => sent::show_link(screen, &pen, &mut shown),
        Screen::SignedIn => ends::show_signed_in(&pen, &mut shown),
        Screen::Elsewhere => ends::show_elsewhere(&pen, &mut shown),
        Screen::Error(cause) => ends::show_error(*cause, &pen, &mut shown),
    }
    shown
}

/// Writes texts. Its methods stay functions, called with little more than a key: written out in
/// every place, they would be a tenth of the module.
struct Pen<'a> {
    shared: &'a Shared,
    dictionary: &'a Dictionary,
}

impl Pen<'_> {
    /// The text of `key`.
    #[inline(never)]
    fn say(&self, slot: &mut String, key: Key) {
        put(slot, self.dictionary.text(key));
    }

    /// The text of `key`, if it is so.
    #[inline(never)]
    fn say_if(&self, slot: &mut String, is_so: bool, key: Key) {
        if is_so {
            self.say(slot, key);
        }
    }

    /// The text of `key` around `value`.
    #[inline(never)]
    fn fill(&self, slot: &mut String, key: Key, value: &str) {
        *slot = self.dictionary.fill(key, value);
    }

    /// A sentence around `value`, which stands out; the whole sentence where it has no place for it.
    #[inline(never)]
    fn around(&self, lead: &mut Lead, key: Key, value: &str) {
        let (before, after) = self.dictionary.split(key);
        lead.before = before;
        if let Some(after) = after {
            put(&mut lead.strong, value);
            lead.after = after;
        }
    }

    /// The note above the field, and how it looks: the screen's own, else the page's.
    #[inline(never)]
    fn note(&self, shown: &mut ViewModel, note: Option<Note>) {
        let Some(note) = note else {
            if let Some(Flash { tone, text }) = &self.shared.flash {
                put(&mut shown.note, text);
                shown.note_tone = *tone;
            }
            return;
        };
        shown.note_tone = note.tone();
        let slot = &mut shown.note;
        let dictionary = self.dictionary;
        let key = match note {
            Note::RateLimited { seconds, .. } => {
                let wait = wait_words(seconds, dictionary);
                return self.fill(slot, Key::ErrorTooManyRequests, &wait);
            }
            Note::WrongCode { left } => {
                *slot = dictionary.count(Key::WrongCode, u64::from(left));
                return;
            }
            Note::CaptchaWanted => Key::BlankCaptcha,
            Note::CaptchaWrong => Key::ErrorInvalidCaptcha,
            Note::Expired => Key::ErrorCodeExpired,
            Note::Failed(cause) => cause.key(),
            Note::LinkResent => Key::Sent,
            Note::Newer => Key::CodeNewer,
            Note::Offline => Key::ErrorOffline,
            Note::Resent => Key::Resent,
            Note::Spent => Key::ErrorCodeSpent,
        };
        self.say(slot, key);
    }
}

/// Puts a text in its place.
#[inline(never)]
fn put(slot: &mut String, text: &str) {
    text.clone_into(slot);
}

fn is_waiting(phase: Phase) -> bool {
    phase != Phase::Idle
}
