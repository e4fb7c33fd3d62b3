//! A mail as a file: multipart/alternative, every part and every foreign header encoded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::clock::rfc3339;
use crate::outbox::Message;

/// The mail in the form of RFC 5322.
pub(crate) fn write(message: &Message, now_ms: u64) -> String {
    let boundary = format!("latchkey-{}", message.id);
    let name = match message.from.rsplit_once('<') {
        Some((name, _)) => name.trim().trim_matches('"'),
        None => "",
    };
    let address = address_of(&message.from);
    let part = |kind: &str, body: &str| {
        format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            folded(body)
        )
    };
    format!(
        "From: {} <{address}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@mock.localhost>\r\n\
         Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"{boundary}\"\r\n\r\n{}{}--{boundary}--\r\n",
        words(name),
        message.to,
        words(&message.subject),
        date(now_ms),
        message.id,
        part("plain", &message.text),
        part("html", &message.html),
    )
}

/// The address in a `From`: what stands in angle brackets, or all of it.
pub(crate) fn address_of(from: &str) -> String {
    let address = from.rsplit_once('<').map_or(from, |(_, rest)| rest);
    let plain = |c: &char| c.is_ascii_graphic() && !",;<>\"".contains(*c);
    address.chars().filter(plain).collect()
}

/// Lines of 76 characters.
fn folded(body: &str) -> String {
    let encoded: Vec<char> = STANDARD.encode(body).chars().collect();
    let lines: Vec<String> = encoded
        .chunks(76)
        .map(|line| line.iter().collect())
        .collect();
    lines.join("\r\n")
}

/// Encoded words of RFC 2047: whatever `text` holds, it stays this header's value.
fn words(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let words = chars.chunks(11).map(|chunk| {
        format!(
            "=?utf-8?B?{}?=",
            STANDARD.encode(chunk.iter().collect::<String>())
        )
    });
    words.collect::<Vec<_>>().join("\r\n ")
}

/// `23 Nov 2026 09:00:00 +0000`
fn date(now_ms: u64) -> String {
    let text = rfc3339(now_ms);
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let month = part(5, 7).parse::<usize>().unwrap_or(1).saturating_sub(1);
    let names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let name = names.get(month * 3..month * 3 + 3).unwrap_or("Jan");
    format!(
        "{} {name} {} {} +0000",
        part(8, 10),
        part(0, 4),
        part(11, 19)
    )
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
    #[case("sender", "Grüße", "x <login@example.com>\r\nTo: eve@example.com")]
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
