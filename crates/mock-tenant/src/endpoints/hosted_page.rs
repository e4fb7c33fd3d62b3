//! Renders the hosted login page as escaped HTML.

use crate::config::{Connection, Strategy};
use crate::hosted::Sent;
use crate::mail::{Send, encode_component};
use crate::paths::LOGIN;
use crate::response::escape;

/// The stage of the login, by what the person has to do.
#[derive(Debug)]
pub(super) enum Stage {
    /// Enter an address or a number.
    Address {
        /// The index of the connection. `None`: the first one.
        chosen: Option<usize>,
        typed: String,
        /// The captcha to solve, as a `data:` URL.
        captcha: Option<String>,
    },
    /// Enter the code.
    Code { address: String, connection: String },
    /// Open the link in the message.
    Link { address: String, connection: String },
}

impl Stage {
    /// The stage after a message was sent.
    pub(super) fn sent(sent: &Sent) -> Self {
        let address = sent.address.clone();
        let connection = sent.connection.clone();
        match sent.send {
            Send::Code => Self::Code {
                address,
                connection,
            },
            Send::Link => Self::Link {
                address,
                connection,
            },
        }
    }
}

/// The data of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) state: &'a str,
    pub(super) client_name: &'a str,
    pub(super) connections: &'a [Connection],
    /// IDs and names of the people with a button to log in as them.
    pub(super) people: &'a [(String, String)],
    pub(super) stage: &'a Stage,
    pub(super) problem: Option<&'a str>,
}

impl Page<'_> {
    /// The values of the page's template: title, lead and body.
    pub(super) fn render(&self) -> [(&'static str, String); 3] {
        let (title, lead, main) = match self.stage {
            Stage::Address {
                chosen,
                typed,
                captcha,
            } => (
                format!("Log in to {}", self.client_name),
                "We send you a code. No password needed.".to_owned(),
                self.address(*chosen, typed, captcha.as_deref()),
            ),
            Stage::Code {
                address,
                connection,
            } => (
                "Enter the code".to_owned(),
                format!("We sent it to <b>{}</b>.", escape(address)),
                self.code(address, connection),
            ),
            Stage::Link {
                address,
                connection,
            } => (
                "Open the link".to_owned(),
                format!(
                    "We sent it to <b>{}</b>. Open it in this browser.",
                    escape(address)
                ),
                again(self.state, address, connection, "link", "Send a new link"),
            ),
        };
        let problem = self.problem.map_or_else(String::new, |text| {
            let text = escape(text);
            format!(r#"<p class="problem" id="problem" role="alert">{text}</p>"#)
        });
        [
            ("title", escape(&title)),
            ("lead", lead),
            ("body", format!("{problem}{main}")),
        ]
    }

    fn address(&self, chosen: Option<usize>, typed: &str, captcha: Option<&str>) -> String {
        let chosen = self.connections.get(chosen.unwrap_or(0));
        let others = self
            .connections
            .iter()
            .filter(|c| chosen.is_none_or(|chosen| chosen.name != c.name));
        let links: String = others.map(|c| other(self.state, c)).collect();
        let fields = chosen.map_or_else(String::new, |c| {
            address_fields(c, typed, self.described(), captcha)
        });
        format!("{}{links}{}", self.form(&fields), self.log_in_as())
    }

    fn code(&self, address: &str, connection: &str) -> String {
        let described = self.described();
        let form = self.form(&format!(
            r#"<input type="hidden" name="step" value="code"><label for="code">Code</label>
<input class="input digits" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="24" required autofocus{described}>
<button class="button">Log in</button>"#
        ));
        let again = again(self.state, address, connection, "code", "Send a new code");
        form + &again
    }

    /// A button for each known person to log in as them, for development.
    fn log_in_as(&self) -> String {
        if self.people.is_empty() {
            return String::new();
        }
        let buttons = self.people.iter().map(|(id, name)| {
            let (id, name) = (escape(id), escape(name));
            format!(r#"<button class="link" name="user_id" value="{id}">{name}</button>"#)
        });
        let buttons = buttons.collect::<Vec<_>>().concat();
        let state = escape(self.state);
        format!(
            r#"<form class="people" method="post" action="{LOGIN}"><input type="hidden" name="state" value="{state}"><input type="hidden" name="step" value="as"><fieldset><legend>Log in as</legend>{buttons}</fieldset></form>"#
        )
    }

    fn form(&self, inner: &str) -> String {
        let state = escape(self.state);
        format!(
            r#"<form method="post" action="{LOGIN}"><input type="hidden" name="state" value="{state}">{inner}</form>"#
        )
    }

    /// The attribute that connects a field with the error above it.
    fn described(&self) -> &'static str {
        if self.problem.is_none() {
            ""
        } else {
            r#" aria-describedby="problem" aria-invalid="true""#
        }
    }
}

/// The dialog with its data. A link with `state` and `connection` leads to the plain form.
pub(super) fn dialog(state: &str, connection: &str, data: &serde_json::Value) -> String {
    // Without this, `</script>` in a value would end the element.
    let data = data.to_string().replace('<', "\\u003c");
    let other = format!(
        "{LOGIN}?state={}&amp;connection={}",
        escape(state),
        escape(&encode_component(connection))
    );
    format!(
        r#"<div id="dialog" hidden></div><p class="muted foot"><a href="{other}">Other ways to log in</a></p>
<script type="application/json" id="login-data">{data}</script><script src="/assets/lock.min.js" defer></script><script src="/assets/login.js" defer></script>"#
    )
}

/// The captcha and its field. The alternative text says that the inbox shows the letters, for people who cannot see them.
fn captcha_fields(image: &str) -> String {
    format!(
        r#"<label for="captcha">Letters in the picture</label>
<img class="captcha" src="{}" width="240" height="80" alt="A picture of six letters. The mock tenant's inbox tells what they are.">
<input class="input" id="captcha" name="captcha" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12" required>"#,
        escape(image)
    )
}

fn address_fields(
    connection: &Connection,
    typed: &str,
    described: &str,
    captcha: Option<&str>,
) -> String {
    let captcha = captcha.map_or_else(String::new, captcha_fields);
    let name = escape(&connection.name);
    let typed = escape(typed);
    let (label, kind, link) = match connection.strategy {
        Strategy::Sms => (
            "Phone number",
            r#"type="tel" autocomplete="tel" placeholder="+49 30 123456""#,
            "",
        ),
        Strategy::Email | Strategy::Database => (
            "E-mail address",
            r#"type="email" autocomplete="email" placeholder="ada@example.com""#,
            r#"<button class="button plain" name="send" value="link">Send a link instead</button>"#,
        ),
    };
    format!(
        r#"<input type="hidden" name="connection" value="{name}"><label for="address">{label}</label>
<input class="input" id="address" name="address" {kind} value="{typed}" required autofocus{described}>
{captcha}<button class="button" name="send" value="code">Send a code</button>{link}"#
    )
}

/// A link to another connection.
fn other(state: &str, connection: &Connection) -> String {
    let text = match connection.strategy {
        Strategy::Sms => "Use your phone instead",
        Strategy::Email | Strategy::Database => "Use your e-mail address instead",
    };
    format!(
        r#"<p><a href="{LOGIN}?state={}&amp;connection={}">{text}</a></p>"#,
        escape(state),
        escape(&encode_component(&connection.name))
    )
}

/// The buttons to send the message again, and to use another address.
fn again(state: &str, address: &str, connection: &str, send: &str, text: &str) -> String {
    let name = escape(&encode_component(connection));
    let (state, address, connection) = (escape(state), escape(address), escape(connection));
    format!(
        r#"<form class="again" method="post" action="{LOGIN}"><input type="hidden" name="state" value="{state}"><input type="hidden" name="connection" value="{connection}"><input type="hidden" name="address" value="{address}"><button class="link" name="send" value="{send}">{text}</button><a href="{LOGIN}?state={state}&amp;connection={name}">Use another address</a></form>"#
    )
}
