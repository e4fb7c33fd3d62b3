//! E-mail providers: a session with an SMTP server, refusals, unreachable servers, and the failing provider.

use std::time::Duration;

use rstest::rstest;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::tenant::{Tenant, start_body};

const ADA: &str = "ada@example.com";

/// Starts an SMTP server for one mail. Returns its port and a task with all input of the client. The command `refuse` gets a 550
/// response.
async fn server(refuse: Option<&'static str>) -> (u16, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let mut heard = String::new();
        let mut in_data = false;
        write.write_all(b"220 test ESMTP\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            heard.push_str(&line);
            heard.push('\n');
            let verb = line.split([' ', ':']).next().unwrap_or_default();
            let answer = match verb {
                "." if in_data => {
                    in_data = false;
                    "250 kept\r\n"
                }
                _ if in_data => continue,
                verb if refuse == Some(verb) => "550 no\r\n",
                "EHLO" => "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n",
                "AUTH" => "235 welcome\r\n",
                "DATA" => {
                    in_data = true;
                    "354 go on\r\n"
                }
                "QUIT" => "221 bye\r\n",
                _ => "250 ok\r\n",
            };
            write.write_all(answer.as_bytes()).await.unwrap();
            if verb == "QUIT" {
                break;
            }
        }
        heard
    });
    (port, heard)
}

fn tenant(port: u16, credentials: &Value) -> Tenant {
    let mut credentials = credentials.clone();
    credentials["smtp_host"] = "127.0.0.1".into();
    credentials["smtp_port"] = port.into();
    let texts = json!({"syntax": "liquid", "from": "{{ application.name }} <login@example.com>", "subject": "Grüße {{ application.name }}",
        "body": "<p>{{ code }}</p>\n<p>.dot</p>"});
    let connection = json!({"name": "email", "options": {"email": texts}});
    Tenant::with(
        json!({"email_provider": {"name": "smtp", "credentials": credentials}, "connections": [connection]}),
    )
}

async fn last_log(tenant: &Tenant, kind: &str) -> Value {
    for _ in 0..200 {
        let logs = tenant.get("/_mock/logs", &[]).await.json();
        if let Some(log) = logs
            .as_array()
            .unwrap()
            .iter()
            .find(|log| log["type"] == kind)
        {
            return log.clone();
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("no log entry of type {kind}");
}

#[rstest]
#[case(json!({}), None)]
// base64 of "\0mailer\0pass"
#[case(json!({"smtp_user": "mailer", "smtp_pass": "pass"}), Some("AUTH PLAIN AG1haWxlcgBwYXNz"))]
#[tokio::test]
async fn a_mail_is_delivered_over_smtp(#[case] credentials: Value, #[case] auth: Option<&str>) {
    let (port, heard) = server(None).await;
    let tenant = tenant(port, &credentials);
    let code = tenant.code_for(ADA).await;
    let heard = tokio::time::timeout(Duration::from_secs(10), heard)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        heard.lines().find(|line| line.starts_with("AUTH")),
        auth,
        "{heard}"
    );
    assert!(heard.contains("MAIL FROM:<login@example.com>"), "{heard}");
    let readers: Vec<_> = heard
        .lines()
        .filter(|line| line.starts_with("RCPT"))
        .collect();
    assert_eq!(readers, ["RCPT TO:<ada@example.com>"]);
    let (_, mail) = heard.split_once("DATA\n").unwrap();
    let mail = mail_parser::MessageParser::default().parse(mail).unwrap();
    assert_eq!(mail.subject(), Some("Grüße Latchkey sample"));
    let html = mail.body_html(0).unwrap();
    assert!(
        html.contains(&code) && html.contains("<p>.dot</p>"),
        "{html}"
    );
    assert!(mail.body_text(0).unwrap().contains(&code));
}

#[rstest]
#[case::sender("MAIL")]
#[case::reader("RCPT")]
#[case::mail("DATA")]
#[tokio::test]
async fn an_smtp_refusal_is_logged_and_the_login_continues(#[case] verb: &'static str) {
    let (port, _heard) = server(Some(verb)).await;
    let tenant = tenant(port, &json!({}));
    let code = tenant.code_for(ADA).await;
    let log = last_log(&tenant, "fn").await;
    let text = log["details"]["error"].as_str().unwrap();
    assert!(text.contains("email_provider.credentials"), "{text}");
    assert!(!log.to_string().contains(&code));
}

#[tokio::test]
async fn an_unreachable_server_is_logged() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let tenant = tenant(port, &json!({}));
    tenant.code_for(ADA).await;
    assert_eq!(last_log(&tenant, "fn").await["user_name"], ADA);
}

#[tokio::test]
async fn a_failing_provider_drops_mail_and_refuses_text_messages() {
    let tenant = Tenant::with(json!({"email_provider": {"name": "fail"}}));
    let reply = tenant.post("/passwordless/start", &start_body(ADA)).await;
    assert_eq!(reply.status, 200, "Auth0 sends mail after it has answered");
    assert_eq!(tenant.get("/_mock/outbox", &[]).await.json(), json!([]));
    assert_eq!(
        last_log(&tenant, "fn").await["details"]["error"],
        "email_provider is set to fail"
    );
    let sms = json!({"client_id": "latchkey-web", "connection": "sms", "phone_number": "+493012345678", "send": "code"});
    tenant.post("/passwordless/start", &sms).await.assert(
        400,
        &json!({"error": "sms_provider_error", "error_description": "email_provider is set to fail (Code: 30008)"}),
    );
}
