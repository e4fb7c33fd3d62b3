//! The texts of notes. Each note says what happened and what to do.

use crate::i18n::Key;
use crate::model::failure::Cause;
use crate::model::state::note::{Flash, Note};
use crate::model::view_model::clock::wait_text;
use crate::model::view_model::shown::ViewModel;
use crate::model::view_model::writer::TextWriter;

/// Shows the dialog's note above the field, or else the page's own message.
pub(super) fn show(note: Option<Note>, writer: &TextWriter<'_>, shown: &mut ViewModel) {
    if let Some(note) = note {
        shown.note_tone = note.tone();
        shown.note = text_of(note, writer);
    } else if let Some(Flash { tone, text }) = &writer.shared.flash {
        shown.note_tone = *tone;
        shown.note.clone_from(text);
    }
}

fn text_of(note: Note, writer: &TextWriter<'_>) -> String {
    let dictionary = writer.dictionary;
    let key = match note {
        Note::RateLimited { seconds, .. } => {
            let wait = wait_text(seconds, dictionary);
            return dictionary.fill(Key::ErrorTooManyRequests, &wait);
        }
        Note::WrongCode { left } => return dictionary.count(Key::WrongCode, u64::from(left)),
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
    dictionary.text(key).to_owned()
}

impl Cause {
    /// The text that says what happened and what to do.
    #[must_use]
    pub fn key(self) -> Key {
        match self {
            Self::AccessDenied => Key::ErrorAccessDenied,
            Self::BlockedUser => Key::ErrorBlockedUser,
            Self::CaptchaRequired => Key::ErrorInvalidRecaptcha,
            Self::ClientMisconfigured => Key::ErrorClientMisconfigured,
            Self::CodeExpired => Key::ErrorCodeExpired,
            Self::ConnectionDisabled => Key::ErrorConnectionDisabled,
            Self::InvalidCode => Key::ErrorCodeSpent,
            Self::InvalidEmail => Key::ErrorBadEmail,
            Self::InvalidPhoneNumber => Key::ErrorBadPhone,
            Self::Network => Key::ErrorUnreachable,
            Self::OriginNotAllowed => Key::ErrorOriginNotAllowed,
            Self::PopupBlocked => Key::PopupBlocked,
            Self::PopupClosed => Key::PopupClosed,
            Self::RateLimited => Key::ErrorTooManyRequests,
            Self::ServerError => Key::ErrorServer,
            Self::SignupDisabled => Key::ErrorSignupDisabled,
            Self::StorageUnavailable => Key::ErrorStorageUnavailable,
            Self::ThirdPartyCookies => Key::ErrorThirdPartyCookies,
            Self::Timeout => Key::ErrorTimeout,
            Self::TooManyAttempts => Key::ErrorTooManyAttempts,
            Self::Unknown => Key::ErrorFallback,
        }
    }
}
