//! Mails without a code: the notice about a block, and the test mail.

use super::{header_text, page, transport};
use crate::clock::rfc3339;
use crate::codes::Addressee;
use crate::outbox::Message;
use crate::paths::UNBLOCK;
use crate::response::escape;
use crate::state::Store;

/// Sends `to` a notice that their logins are blocked, with a link that lifts the block.
pub(crate) fn send_unblock(
    store: &mut Store,
    base_url: &str,
    to: &Addressee,
    ticket: &str,
    now_ms: u64,
) {
    let tenant = header_text(&store.config.tenant.friendly_name);
    let link = format!("{base_url}{UNBLOCK}?ticket={ticket}");
    let subject = "Your account has been blocked".to_owned();
    let lead = format!(
        "Too many logins of this address at {tenant} have failed, so further ones are refused. If it was you, lift the block and log in again."
    );
    let main = format!(
        r#"<p style="margin:0 0 24px"><a class="button" style="display:inline-block;padding:14px 22px;border-radius:12px;background:#1f5eff;color:#fff;font-weight:600;text-decoration:none" href="{link}">Lift the block</a></p>"#,
        link = escape(&link)
    );
    let footer = "If it was not you, you need do nothing: nobody got in.";
    let message = Message {
        id: store.random.token::<12>(),
        to: to.address.clone(),
        from: format!("\"{tenant}\" <no-reply@mock.localhost>"),
        html: page(&subject, &lead, &main, footer),
        text: format!("{lead}\r\n\r\n{link}\r\n\r\n{footer}\r\n"),
        subject,
        link,
        code: String::new(),
        connection: to.connection.clone(),
        request_language: None,
        created_at: rfc3339(now_ms),
        expires_at_ms: now_ms,
        client_id: String::new(),
        send: "notice".to_owned(),
        sent_ms: None,
    };
    transport::hand_over(store, message, now_ms);
}

/// A test mail, which shows that mails arrive.
pub(crate) fn test(store: &mut Store, to: &str, now_ms: u64) -> Message {
    let tenant = header_text(&store.config.tenant.friendly_name);
    let subject = format!("A test mail of {tenant}");
    let lead = "If you can read this, mail that your mock tenant sends arrives.";
    let footer =
        "Somebody pressed the button for it on the tenant's dashboard, or called its control API.";
    Message {
        id: store.random.token::<12>(),
        to: to.to_owned(),
        from: format!("\"{tenant}\" <no-reply@mock.localhost>"),
        html: page(&subject, lead, "", footer),
        text: format!("{lead}\r\n\r\n{footer}\r\n"),
        subject,
        link: String::new(),
        code: String::new(),
        connection: String::new(),
        request_language: None,
        created_at: rfc3339(now_ms),
        expires_at_ms: now_ms,
        client_id: String::new(),
        send: "notice".to_owned(),
        sent_ms: None,
    }
}
