//! The entry points of the fuzz targets. Their assertions hold for every input. `cargo test` runs them with random inputs, and the
//! targets in `fuzz/` with inputs that libFuzzer generates.

use serde_json::{Value, json};
use url::Url;

use crate::config::{parse, parse_config};
use crate::outbox::Message;
use crate::request::Params;
use crate::snapshot::{Snapshot, Taken, VERSION};
use crate::template::{MAX_OUTPUT, Template, lint};
use crate::urls::{Scope, callback_allowed, check_entry, logout_allowed, origin_allowed};
use crate::users::Users;

/// Matches a URL with an allow-list entry; the first line break separates them. An allowed URL has the entry's scheme, port and
/// parent domain, and no misleading characters.
///
/// # Panics
/// If the matcher allows another URL.
pub fn urls(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (entry, sent) = text.split_once('\n').unwrap_or(("", &text));
    let metadata = [("public_a".to_owned(), "shop.example".to_owned())].into();
    let scope = Scope {
        organization: Some("acme"),
        metadata: Some(&metadata),
        ..Scope::default()
    };
    let list = [entry.to_owned()];
    let callback = callback_allowed(&list, sent, &scope);
    let logout = logout_allowed(&list, sent, &scope);
    let origin = origin_allowed(&list, sent, &scope);
    if check_entry(entry).is_err() || !(callback || logout || origin) {
        return;
    }
    // The placeholders are replaced by their values, so that the same rules apply to the entry.
    let entry = entry
        .replace("{organization_name}", "acme")
        .replace("{custom_domain.metadata.public_a}", "shop.example");
    let (Ok(entry), Ok(sent_url)) = (Url::parse(&entry), Url::parse(sent)) else {
        assert!(!callback, "allowed what is no URL: {sent:?}");
        return;
    };
    assert_eq!(entry.scheme(), sent_url.scheme(), "another scheme");
    assert_eq!(entry.port(), sent_url.port(), "another port");
    assert!(sent_url.username().is_empty() && sent_url.password().is_none());
    // Browsers treat a backslash before the query as a slash. In the query it is a plain character, which logout URLs may have.
    let bare = sent.split(['?', '#']).next().unwrap_or_default();
    assert!(!sent.contains(['\t', '\n', '\r']) || !entry.has_host());
    assert!(!bare.contains('\\') || !entry.has_host());
    let parent = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        host.split_once('.').map(|(_, parent)| parent.to_owned())
    };
    assert_eq!(parent(&entry), parent(&sent_url), "another site");
}

/// Parses, renders and lints a mail template within the limits.
///
/// # Panics
/// If the output of a template exceeds the limit.
pub fn template(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let context = json!({"code": "123456", "link": "https://example.com/?a=b", "send": "code", "request_language": "fr-FR",
        "application": {"name": "App"}, "user": {"email": "ada@example.com"}, "list": [1, 2, [3]], "nothing": null});
    if let Ok(template) = Template::parse(&text)
        && let Ok(output) = template.render(&context, 1_795_424_400_000)
    {
        assert!(output.len() <= MAX_OUTPUT);
    }
    // The linter renders a template hundreds of times, so it runs only for every eighth input.
    if text.len() < 2_000 && data.iter().fold(0_u8, |sum, b| sum.wrapping_add(*b)) % 8 == 0 {
        let _ = lint(&text);
    }
}

/// Restores a snapshot, and writes and reads it again if it is accepted.
///
/// # Panics
/// If an accepted snapshot cannot be written, or a written one cannot be read.
pub fn snapshot(data: &[u8]) {
    let Ok(given) = serde_json::from_slice::<Value>(data) else {
        return;
    };
    // The configuration is also tried by itself, because random inputs hardly ever are a whole snapshot.
    let config = given.pointer("/state/config").unwrap_or(&given).clone();
    if let Ok((config, _)) = parse_config(config) {
        let written = serde_json::to_value(&config);
        let again = written.map(parse_config);
        assert!(matches!(again, Ok(Ok(_))), "{again:?}");
    }
    for users in [given.pointer("/state/users"), Some(&given)]
        .into_iter()
        .flatten()
    {
        if let Ok(users) = serde_json::from_value::<Users>(users.clone()) {
            assert!(
                users
                    .all()
                    .iter()
                    .all(|user| !format!("{user:?}").is_empty())
            );
        }
    }
    if let Ok((snapshot, _)) = parse::<Snapshot>(given) {
        let taken = Taken {
            version: VERSION,
            clock: snapshot.clock,
            keys: &snapshot.keys,
            state: &snapshot.state,
        };
        let again = serde_json::to_value(&taken).map(parse::<Snapshot>);
        assert!(
            matches!(again, Ok(Ok(_))),
            "a snapshot that was read cannot be written and read again"
        );
    }
}

/// Makes a mail of a sender, a subject and a body, which are separated by line breaks. An accepted mail has only the expected headers.
///
/// # Panics
/// If the input adds a header, or a line is too long for SMTP.
pub fn mail(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut parts = text.splitn(3, '\n');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let message = Message {
        id: "id".to_owned(),
        to: "ada@example.com".to_owned(),
        from: part(),
        subject: part(),
        html: part(),
        text: text.to_string(),
        code: String::new(),
        link: String::new(),
        connection: String::new(),
        request_language: None,
        created_at: "2026-11-23T09:00:00.000Z".to_owned(),
        expires_at_ms: 0,
        client_id: String::new(),
        send: "notice".to_owned(),
        sent_ms: None,
    };
    let _ = crate::sender::check(&message.from);
    let Ok(mail) = crate::post::source(&message) else {
        return;
    };
    assert!(mail.is_ascii(), "a letter that SMTP does not take");
    assert!(
        mail.lines().all(|line| line.len() <= 998),
        "a line that SMTP does not take"
    );
    let (head, _) = mail.split_once("\r\n\r\n").unwrap_or((&mail, ""));
    let names = head
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']));
    let names: Vec<&str> = names
        .map(|line| line.split(':').next().unwrap_or_default())
        .collect();
    let known = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    for name in &names {
        assert!(known.contains(name), "a header of somebody else's: {name}");
    }
    assert_eq!(
        names.len(),
        known.len(),
        "a header is missing or doubled: {names:?}"
    );
}

/// Parses a form or a query. If it is accepted, each name has one value, and writing and parsing it again returns the same.
///
/// # Panics
/// If a parameter is lost or doubled.
pub fn form(data: &[u8]) {
    let _ = Params::json(data);
    let Ok(params) = Params::form(data) else {
        return;
    };
    let mut written = url::form_urlencoded::Serializer::new(String::new());
    for name in params.names() {
        let value = params.value(name).and_then(|value| value.as_str());
        written.append_pair(name, value.unwrap_or_default());
    }
    let again = Params::form(written.finish().as_bytes());
    let same = again.is_ok_and(|again| {
        again.names().count() == params.names().count()
            && params
                .names()
                .all(|name| again.value(name) == params.value(name))
    });
    assert!(same, "a parameter changed on the way");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_backslash_in_a_query_is_a_character() {
        urls(b"http://a/\nhttp://a/?\\");
    }

    /// libFuzzer found the first and the second of these. No line of a mail may be longer than 998 bytes.
    #[test]
    fn a_long_text_without_blanks_makes_no_long_line() {
        let long = "\\".repeat(3000);
        mail(format!("{long} <a@example.com>\nSubject\nBody").as_bytes());
        mail(format!("a@example.com\n{long}\nBody").as_bytes());
        mail(format!("a@example.com\n{long}ü{long}\nBody").as_bytes());
        mail(format!("ü{long} <a@example.com>\nSubject\n{long}").as_bytes());
        mail(format!("{}@example.com\nSubject\nBody", "a".repeat(3000)).as_bytes());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn urls_hold(entry in "https?://[a-z*.-]{1,12}(\\.example\\.com|:3000)?/?[a-z/]{0,6}", tail in "[ -~\\t\\n]{0,20}") {
            urls(format!("{entry}\n{entry}{tail}").as_bytes());
            urls(format!("{entry}\n{tail}{entry}").as_bytes());
        }

        #[test]
        fn any_bytes_hold(data in prop::collection::vec(any::<u8>(), 0..120)) {
            urls(&data);
            template(&data);
            form(&data);
            snapshot(&data);
            mail(&data);
        }

        #[test]
        fn templates_hold(text in "(\\{\\{ (code|list|user\\.email|nothing) (\\| (upcase|append: 'x'|slice: 0, 2|split: ',') )?\\}\\}|\\{% (if|for x in|assign y =|unless|case) (code|list|nothing) %\\}|\\{% (endif|endfor|else|endunless|endcase) %\\}|[a-z<>]{1,4}){0,12}") {
            template(text.as_bytes());
        }

        #[test]
        fn mails_hold(from in "[ -~\\r\u{e9}]{0,20}(<[a-z]{1,4}@[a-z]{1,4}\\.co>)?", subject in "\\PC{0,90}", body in "[ -~\\r\\n]{0,40}") {
            mail(format!("{from}\n{subject}\n{body}").as_bytes());
        }

        #[test]
        fn forms_hold(text in "([a-c%+=&0-9;]|%[0-9a-fA-F]{2}){0,40}") {
            form(text.as_bytes());
        }
    }
}
