//! Reads the page's message above the field (`flashMessage` of `show`).

use latchkey_webauth::Value;

use super::members::member;
use crate::model::{Flash, Tone};

/// The message has an unknown type or no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidFlash;

impl InvalidFlash {
    /// The message for the developer.
    #[must_use]
    pub fn message(self) -> &'static str {
        "`flashMessage` needs a `type` (`error`, `success` or `info`) and a `text`."
    }
}

/// Reads `{type, text}`. Returns `None` if there is no message. The text is shown as text, while Lock takes
/// HTML here.
///
/// # Errors
/// [`InvalidFlash`] for an unknown type or a missing text.
pub fn read_flash(options: &Value) -> Result<Option<Flash>, InvalidFlash> {
    let message = member(options, "flashMessage");
    if !message.is_truthy() {
        return Ok(None);
    }
    let tone = match member(message, "type").as_str() {
        Some("error") => Tone::Error,
        Some("success") => Tone::Ok,
        Some("info") => Tone::Info,
        _ => return Err(InvalidFlash),
    };
    match member(message, "text").as_str() {
        Some(text) if !text.is_empty() => Ok(Some(Flash {
            tone,
            text: text.to_owned(),
        })),
        _ => Err(InvalidFlash),
    }
}
