//! The view model: every text and flag that the view shows.

use crate::model::state::note::Tone;
use crate::model::state::screen::ScreenKind;
use crate::model::state::secret::Secret;

/// A sentence with an emphasized value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// The text before the value.
    pub before: String,
    /// The emphasized value.
    pub strong: String,
    /// The text after the value.
    pub after: String,
}

/// The texts and flags of a screen. The view omits an element whose text is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent fact of the screen"
)]
pub struct ViewModel {
    /// Address of the person's picture, which replaces the logo.
    pub avatar: String,
    /// Label of the back button.
    pub back_label: String,
    /// Whether a request is in flight. Fields are disabled, and the button shows a spinner.
    pub busy: bool,
    /// Whether there is a back button.
    pub can_go_back: bool,
    /// Whether there is a close button.
    pub can_close: bool,
    /// Whether another code or link may be requested now.
    pub can_resend: bool,
    /// Whether the screen has a captcha.
    pub captcha: bool,
    /// Label of the close button.
    pub close_label: String,
    /// The digits in the code field.
    pub code: Secret,
    /// The country of the phone number, as its ISO 3166 code.
    pub country: String,
    /// Label of the list of countries.
    pub country_label: String,
    /// The text in the e-mail field.
    pub email: String,
    /// Label of the field.
    pub field_label: String,
    /// Label of the button for a person who has a code although the request got no response.
    pub have_code_label: String,
    /// The hint under the field that says what is wrong with it.
    pub hint: String,
    /// Whether the field is marked as invalid, by a hint or by the note.
    pub invalid: bool,
    /// The language of the texts, a BCP 47 tag.
    pub language: String,
    /// The recipient of the last login, or the name of its social connection.
    pub last_login: String,
    /// The sentence under the title.
    pub lead: Sentence,
    /// The remaining life of the code, as text.
    pub life: String,
    /// The note above the field.
    pub note: String,
    /// The tone of the note.
    pub note_tone: Tone,
    /// The text between the field and the social buttons.
    pub or_label: String,
    /// The text in the phone number field.
    pub phone: String,
    /// The placeholder of the field.
    pub placeholder: String,
    /// Label of the resend button.
    pub resend_label: String,
    /// Whether the texts run from right to left.
    pub right_to_left: bool,
    /// Label of a social button, around the connection's name.
    pub social_label: Sentence,
    /// The status that screen readers announce.
    pub status: String,
    /// The question about a slip, with the address that was probably meant.
    pub suggestion: Sentence,
    /// Label of the second button, such as the one for the other channel. Empty: there is no second button.
    pub switch_label: String,
    /// The kind of the screen.
    pub screen: ScreenKind,
    /// Label of the main button.
    pub submit_label: String,
    /// The terms.
    pub terms: String,
    /// Whether the terms are ticked.
    pub terms_accepted: bool,
    /// Whether the terms have a checkbox.
    pub terms_box: bool,
    /// The hint under the checkbox that says that it has to be ticked.
    pub terms_hint: String,
    /// The tip that a full code submits itself.
    pub tip: String,
    /// The title.
    pub title: String,
    /// Label of the link to the person's mail.
    pub webmail_label: String,
    /// Address of that link.
    pub webmail_url: String,
}
