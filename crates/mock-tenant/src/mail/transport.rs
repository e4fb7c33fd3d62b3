//! How messages are handed to the provider: every provider but one also leaves a copy in the outbox.

use crate::config::EmailProviderName;
use crate::outbox::Message;
use crate::post::{Mailbag, Outgoing, PostError};
use crate::state::Store;

/// Hands `message` to the provider. Mail that leaves the program waits in `store.outgoing`, which `AppState::announce` sends.
pub(crate) fn hand_over(store: &mut Store, message: Message, now_ms: u64) {
    let kept = message.clone();
    match address(store, message, now_ms) {
        Ok(outgoing) => store.outgoing.extend(outgoing),
        Err(error) => store.note_unsent(&kept, &error, now_ms),
    }
}

/// Puts `message` into the outbox, and makes a mail of it where the provider takes mails out of this program.
///
/// A message that a failing provider swallows is nowhere to be read.
pub(crate) fn address(
    store: &mut Store,
    message: Message,
    now_ms: u64,
) -> Result<Option<Outgoing>, PostError> {
    let provider = &store.config.email_provider;
    let to = match provider.name {
        EmailProviderName::Fail => return Err(PostError::Fails),
        EmailProviderName::Smtp => Some(Mailbag::Smtp(provider.credentials.clone())),
        EmailProviderName::File => Some(Mailbag::Folder(provider.folder.clone())),
        EmailProviderName::Outbox => None,
    };
    let outgoing = to.filter(|_| message.is_mail()).map(|to| Outgoing {
        to,
        message: message.clone(),
        sent_ms: now_ms,
    });
    store.outbox.push(message);
    Ok(outgoing)
}
