//! The view model: every text, state and choice that the view shows.

use crate::model::state::note::Tone;
use crate::model::state::screen::Step;
use crate::model::state::secret::Secret;

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
    /// Whether a response is awaited: the fields are fixed, and the button shows the turning ring.
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
    /// The button for a code that came though no answer did.
    pub have_code_label: String,
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
    /// The word between two ways to log in.
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
    /// What screen readers are told about what is under way.
    pub status: String,
    /// The question about a slip; the address that was probably meant stands out.
    pub suggestion: Lead,
    /// The button to the other channel, to other ways than the last login's, or to another account.
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
    /// Says that a full code is checked without a press of the button.
    pub tip: String,
    /// The title.
    pub title: String,
    /// The link to the person's mail.
    pub webmail_label: String,
    /// Where that is.
    pub webmail_url: String,
}
