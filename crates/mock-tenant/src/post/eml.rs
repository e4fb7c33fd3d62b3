//! Makes a mail in the format of RFC 5322, with the content type multipart/alternative. lettre encodes headers and bodies.

use std::time::{Duration, SystemTime};

use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use crate::address::in_ascii;
use crate::outbox::Message;
use crate::sender::{mailbox, parse_address};

/// The longest subject of a mail, in characters. A header line holds 998 bytes (RFC 5322 section 2.1.1), and a subject without
/// blanks cannot be folded.
const LONGEST_SUBJECT: usize = 900;

/// Why a message cannot be written as a mail.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EmlError {
    #[error("{0} is no address that mails take")]
    Address(String),
    #[error("the mail cannot be written: {0}")]
    Build(#[from] lettre::error::Error),
}

/// The header `Auto-Submitted: auto-generated` (RFC 3834), so that vacation notices do not reply.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The mail of `message`, dated `now_ms` (milliseconds since the epoch).
pub(super) fn write(message: &Message, now_ms: u64) -> Result<lettre::Message, EmlError> {
    let from = mailbox(&message.from).ok_or_else(|| EmlError::Address(message.from.clone()))?;
    let to = in_ascii(&message.to).and_then(|to| parse_address(&to));
    let to = to.ok_or_else(|| EmlError::Address(message.to.clone()))?;
    let date = SystemTime::UNIX_EPOCH + Duration::from_millis(now_ms);
    let subject: String = message
        .subject
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_SUBJECT)
        .collect();
    // The boundary does not depend on chance, so that a run can be repeated.
    let parts = MultiPart::builder()
        .kind(lettre::message::MultiPartKind::Alternative)
        .boundary(format!("latchkey-{}", message.id))
        .singlepart(SinglePart::plain(message.text.clone()))
        .singlepart(SinglePart::html(message.html.clone()));
    Ok(lettre::Message::builder()
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(subject)
        .date(date)
        .message_id(Some(format!("<{}@mock.localhost>", message.id)))
        .header(AutoSubmitted)
        .multipart(parts)?)
}

#[cfg(test)]
mod tests {
    use crate::tests::tenant::{Tenant, start_body};
    use rstest::rstest;
    use serde_json::json;

    async fn sent(folder: &std::path::Path, from: &str, name: &str) -> (serde_json::Value, String) {
        let connection = json!({"name": "email", "options": {"email": {"syntax": "liquid", "from": from,
            "subject": "{{ application.name }}", "body": "<html><p>Code <b>{{ code }}</b></p><p>{{ request_language | default: 'none' }}</p></html>"}}});
        let client = json!({"client_id": "latchkey-web", "name": name});
        let tenant = Tenant::with(json!({"email_provider": {"name": "file", "folder": folder},
            "connections": [connection], "clients": [client]}));
        let reply = tenant
            .post("/passwordless/start", &start_body("ada@example.com"))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        (tenant.last_message("ada@example.com").await, text)
    }

    #[rstest]
    #[case("plain", "App", "{{ application.name }} <login@example.com>")]
    #[case(
        "crlf",
        "A\r\nBcc: eve@example.com\r\n\r\nbody",
        "{{ application.name }} <login@example.com>"
    )]
    #[case(
        "quoted",
        "Grüße \"<b@c.d>\", \\",
        "{{ application.name }} <login@example.com>"
    )]
    #[tokio::test]
    async fn a_mail_has_one_reader_and_both_parts(
        #[case] case: &str,
        #[case] name: &str,
        #[case] from: &str,
    ) {
        let folder =
            std::env::temp_dir().join(format!("latchkey-eml-{case}-{}", std::process::id()));
        let (message, text) = sent(&folder, from, name).await;
        let mail = mail_parser::MessageParser::default().parse(&text).unwrap();
        let to: Vec<_> = mail
            .to()
            .unwrap()
            .iter()
            .map(|a| a.address.as_deref())
            .collect();
        assert_eq!(to, [Some("ada@example.com")], "{text}");
        assert!(mail.bcc().is_none() && mail.cc().is_none());
        let code = message["code"].as_str().unwrap();
        assert!(mail.body_html(0).unwrap().contains(code));
        assert_eq!(mail.body_text(0).unwrap(), format!("Code {code}\r\nnone"));
        assert_eq!(mail.header_values("To").count(), 1);
    }

    #[tokio::test]
    async fn a_sender_at_auth0_gets_the_built_in_mail() {
        let folder =
            std::env::temp_dir().join(format!("latchkey-eml-auth0-{}", std::process::id()));
        let (message, _) = sent(&folder, "App <root@auth0.com>", "App").await;
        assert_eq!(message["subject"], "Your code for App");
    }
}
