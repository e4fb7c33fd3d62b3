//! Passes messages to the provider. The outbox keeps a copy with every provider but `fail`.

use crate::config::EmailProviderName;
use crate::outbox::Message;
use crate::post::{Mailbag, Outgoing, PostError};
use crate::state::Store;

/// Passes `message` to the provider. Mails to an SMTP server or a folder wait in `store.outgoing`, until `AppState::announce` sends
/// them.
pub(crate) fn hand_over(store: &mut Store, message: Message, now_ms: u64) {
    let kept = message.clone();
    match address(store, message, now_ms) {
        Ok(outgoing) => store.outgoing.extend(outgoing),
        Err(error) => store.note_unsent(&kept, &error, now_ms),
    }
}

/// Puts `message` into the outbox, and makes a mail of it if the provider sends to an SMTP server or a folder.
///
/// With the provider `fail` the message is lost.
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
