//! Composes messages: the magic link, and the mail or text message with code and link.

mod draft;
pub(crate) mod notice;
pub(crate) mod transport;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use self::draft::Draft;
use crate::config::{Config, Connection, Strategy};
use crate::paths::VERIFY_REDIRECT;
use crate::response::escape;

/// The characters that `encodeURIComponent` does not encode.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// `text`, encoded as `encodeURIComponent` does.
pub(crate) fn encode_component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Whether the person types a code or opens a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Send {
    Code,
    Link,
}

impl Send {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Link => "link",
        }
    }
}

/// The purpose of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Purpose<'a> {
    /// A login.
    Login { code: &'a str, send: Send },
    /// A notice that the person's e-mail address was changed. In templates `operation` says so.
    ChangeEmail,
}

/// The data of a message.
#[derive(Debug)]
pub(crate) struct Occasion<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) client_id: &'a str,
    pub(crate) client_name: &'a str,
    pub(crate) address: &'a str,
    pub(crate) purpose: Purpose<'a>,
    /// The language header, by which templates choose the language.
    pub(crate) request_language: Option<&'a str>,
    /// The tenant's time, in milliseconds since the epoch.
    pub(crate) now_ms: u64,
    pub(crate) auth_params: &'a Map<String, Value>,
}

/// A message ready to send.
#[derive(Debug, Clone)]
pub(crate) struct Composed {
    pub(crate) from: String,
    pub(crate) subject: String,
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) link: String,
}

/// The magic link. Its parameters are the connection's, which the request's override, and those for the code and the address.
fn link(base_url: &str, occasion: &Occasion<'_>, code: &str) -> String {
    let mut params = occasion.connection.options.auth_params.clone();
    for (name, value) in occasion.auth_params {
        params.insert(name.clone(), value.clone());
    }
    let by_phone = occasion.connection.strategy == Strategy::Sms;
    for (name, value) in [
        ("verification_code", code),
        ("connection", occasion.connection.name.as_str()),
        ("client_id", occasion.client_id),
        (
            if by_phone { "phone_number" } else { "email" },
            occasion.address,
        ),
    ] {
        params.shift_remove(name);
        params.insert(name.to_owned(), value.into());
    }
    let query: Vec<String> = params
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            format!("{}={}", encode_component(name), encode_component(&value))
        })
        .collect();
    format!("{base_url}{VERIFY_REDIRECT}?{}", query.join("&"))
}

/// The message with the built-in texts.
fn built_in(config: &Config, base_url: &str, occasion: &Occasion<'_>) -> Composed {
    let app = header_text(occasion.client_name);
    let (code, send) = match occasion.purpose {
        Purpose::Login { code, send } => (code, send),
        Purpose::ChangeEmail => return changed_address(&app),
    };
    let link = link(base_url, occasion, code);
    let life = life_text(occasion.connection.options.totp.time_step);
    if occasion.connection.strategy == Strategy::Sms {
        let text = match send {
            Send::Code => format!("{code} is your code for {app}. It works for {life}."),
            Send::Link => format!("Log in to {app}: {link} (works for {life})"),
        };
        return Composed {
            from: config.tenant.friendly_name.clone(),
            subject: String::new(),
            html: String::new(),
            text,
            link,
        };
    }
    let footer = format!(
        "You get this mail because someone entered this address at {app}. If that was not you, you need do nothing."
    );
    let (subject, lead, html_main, text_main) = match send {
        Send::Code => (
            format!("Your code for {app}"),
            format!("Enter this code to log in to {app}. It works once, for {life}."),
            format!(
                r#"<p style="margin:0 0 24px;font:700 36px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.18em" class="code">{}</p>"#,
                escape(code)
            ),
            code.to_owned(),
        ),
        Send::Link => (
            format!("Log in to {app}"),
            format!("Use this link to log in to {app}. It works once, for {life}."),
            format!(
                r#"<p style="margin:0 0 20px"><a class="button" style="display:inline-block;padding:14px 22px;border-radius:12px;background:#1f5eff;color:#fff;font-weight:600;text-decoration:none" href="{link}">Log in to {app}</a></p><p style="margin:0 0 24px;font-size:13px;overflow-wrap:anywhere" class="quiet">Or copy this address into your browser:<br>{link}</p>"#,
                link = escape(&link),
                app = escape(&app)
            ),
            link.clone(),
        ),
    };
    Composed {
        from: format!("\"{app}\" <no-reply@mock.localhost>"),
        html: page(&subject, &lead, &html_main, &footer),
        text: format!("{lead}\r\n\r\n{text_main}\r\n\r\n{footer}\r\n"),
        subject,
        link,
    }
}

/// The mail to the new address of a person.
fn changed_address(app: &str) -> Composed {
    let subject = format!("Your e-mail address at {app} was changed");
    let lead = format!("From now on you log in to {app} with this address.");
    let footer = "If you did not ask for this, tell whoever runs the application.";
    Composed {
        from: format!("\"{app}\" <no-reply@mock.localhost>"),
        html: page(&subject, &lead, "", footer),
        text: format!("{lead}\r\n\r\n{footer}\r\n"),
        subject,
        link: String::new(),
    }
}

/// The HTML of a mail. Texts from outside are escaped. Styles are inline because some mail programs ignore style sheets.
fn page(title: &str, lead: &str, main: &str, footer: &str) -> String {
    let (title, lead, footer) = (escape(title), escape(lead), escape(footer));
    format!(
        r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{title}</title>
<style>:root{{color-scheme:light dark}}@media (prefers-color-scheme:dark){{body{{background:#101319!important;color:#eef1f6!important}}.card{{background:#171b23!important;border-color:#2a313d!important}}.quiet{{color:#a6b0c0!important}}}}</style></head>
<body style="margin:0;padding:24px 16px;background:#f3f5f8;color:#14181f;font:400 16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div class="card" style="max-width:480px;margin:0 auto;padding:28px;border:1px solid #e2e6ec;border-radius:16px;background:#fff">
<h1 style="margin:0 0 8px;font-size:20px;line-height:1.3">{title}</h1>
<p style="margin:0 0 20px">{lead}</p>
{main}
<p class="quiet" style="margin:0;font-size:13px;color:#566072">{footer}</p>
</div></body></html>
"#
    )
}

/// `text` for a mail header, without line breaks and quotes.
fn header_text(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\\' | '<' | '>'))
        .take(120)
        .collect()
}

fn life_text(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (1, 0) => "one minute".to_owned(),
        (minutes, 0) => format!("{minutes} minutes"),
        (0, seconds) => format!("{seconds} seconds"),
        (minutes, seconds) => format!("{minutes} minutes and {seconds} seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn composed(client_name: &str, send: Send, auth_params: &Value) -> Composed {
        let config = Config::default();
        let occasion = Occasion {
            connection: config.connection("email").unwrap(),
            client_id: "latchkey-web",
            client_name,
            address: "ada+1@example.com",
            purpose: Purpose::Login {
                code: "012345",
                send,
            },
            request_language: None,
            now_ms: 0,
            auth_params: auth_params.as_object().unwrap(),
        };
        Draft::of(&config, "http://localhost:4000", &occasion).compose()
    }

    #[test]
    fn the_link_has_the_connections_parameters_then_the_requests_then_the_code() {
        let params = json!({"response_type": "code", "redirect_uri": "http://localhost:3000/callback",
            "scope": "openid email", "state": "a b~.", "verification_code": "evil", "client_id": "evil"});
        assert_eq!(
            composed("App", Send::Link, &params).link,
            "http://localhost:4000/passwordless/verify_redirect?scope=openid%20email&response_type=code\
             &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fcallback&state=a%20b~.&verification_code=012345\
             &connection=email&client_id=latchkey-web&email=ada%2B1%40example.com"
        );
    }

    #[test]
    fn a_code_mail_shows_the_code_in_both_parts_and_no_link() {
        let mail = composed("App", Send::Code, &json!({}));
        assert!(mail.html.contains("012345") && mail.text.contains("012345"));
        assert!(!mail.html.contains("verify_redirect") && !mail.text.contains("verify_redirect"));
        assert!(
            !mail.subject.contains("012345"),
            "subjects show on locked screens"
        );
        assert!(mail.text.contains("for 3 minutes"));
    }

    #[test]
    fn names_can_break_neither_headers_nor_html() {
        let mail = composed("<script>\r\nBcc: x\"", Send::Link, &json!({}));
        assert!(!mail.html.contains("<script>"));
        for header in [&mail.subject, &mail.from] {
            assert!(!header.contains(['\r', '\n']), "{header}");
        }
        assert_eq!(mail.from, "\"scriptBcc: x\" <no-reply@mock.localhost>");
    }
}
