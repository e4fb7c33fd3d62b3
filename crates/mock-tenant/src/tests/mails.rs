//! Mails, parsed by another library.

use mail_parser::MessageParser;
use serde_json::{Value, json};

use super::tenant::{Tenant, start_body};

/// The mail that a start sends with the templates `texts`, as JSON and as source.
async fn sent(case: &str, texts: Value) -> (Value, String) {
    let folder = std::env::temp_dir().join(format!("latchkey-mails-{case}-{}", std::process::id()));
    let tenant = Tenant::with(json!({"email_provider": {"name": "file", "folder": folder},
        "connections": [{"name": "email", "options": {"email": texts}}]}));
    let reply = tenant
        .post("/passwordless/start", &start_body("ada@example.com"))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let file = std::fs::read_dir(&folder).unwrap().next();
    let text = std::fs::read_to_string(file.unwrap().unwrap().path()).unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    (tenant.last_message("ada@example.com").await, text)
}

fn header<'t>(mail: &'t str, name: &str) -> &'t str {
    let start = format!("{name}: ");
    mail.lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap()
}

/// Regression: headers were cut into encoded words of eleven letters, which Python's parser joined with spaces.
#[tokio::test]
async fn ascii_headers_are_not_encoded() {
    let texts = json!({"from": "{{ application.name }} <login@example.com>", "body": "{{ code }}"});
    let (_, mail) = sent("plain", texts).await;
    assert_eq!(
        header(&mail, "From"),
        "\"Latchkey sample\" <login@example.com>"
    );
    assert_eq!(header(&mail, "Subject"), "Your code for Latchkey sample");
    assert_eq!(header(&mail, "Date"), "Mon, 23 Nov 2026 09:00:00 +0000");
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
}

#[tokio::test]
async fn non_ascii_headers_are_decoded_to_the_original() {
    let subject = "Grüße aus Köln, 東京 und Ελλάδα: Ihr Code für die längste Anwendung der Welt";
    let texts = json!({"from": "Käthe Müller-Lüdenscheidt <login@example.com>", "subject": subject, "body": "<p>ü {{ code }}</p>"});
    let (_, mail) = sent("letters", texts).await;
    assert!(mail.is_ascii());
    assert!(mail.lines().all(|line| line.len() <= 998));
    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.subject().unwrap(), subject);
    let from = parsed.from().unwrap().first().unwrap();
    assert_eq!(from.name().unwrap(), "Käthe Müller-Lüdenscheidt");
    assert!(parsed.body_html(0).unwrap().contains("ü"));
}

/// Regression: the example template renders an empty mail for a third language, and such a mail was dropped silently.
#[tokio::test]
async fn an_empty_body_is_sent() {
    let texts = json!({"from": "App <login@example.com>", "body": "{% if request_language contains 'dutch' %}{{ code }}{% endif %}"});
    let (message, mail) = sent("empty", texts).await;
    assert_eq!(message["html"], "");
    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.body_html(0).unwrap().trim(), "");
}

#[tokio::test]
async fn an_invalid_sender_is_refused_when_it_is_saved() {
    let tenant = Tenant::new();
    for from in ["not an address", "App <login>", "{% if"] {
        let patch = json!({"options": {"email": {"from": from}}});
        let reply = tenant
            .send(super::tenant::request(
                axum::http::Method::PATCH,
                "/_mock/connections/email",
                &[],
                &patch.to_string(),
            ))
            .await;
        assert_eq!(reply.status, 400, "{from}");
        let text = reply.json()["error_description"]
            .as_str()
            .unwrap()
            .to_owned();
        assert!(text.contains("options.email.from"), "{text}");
    }
}
