//! A message whose templates are not rendered yet. It has all data that they need, so that they can be rendered without the lock.

use serde_json::{Value, json};

use super::{Composed, Occasion, Purpose, built_in};
use crate::config::{Config, EmailProviderName, EmailTexts, Strategy};
use crate::sender::{self, mailbox};
use crate::template::{Template, TemplateError};

/// A message before its templates are rendered. Rendering takes time, so it happens without the tenant's lock.
#[derive(Debug)]
pub(crate) struct Draft {
    built_in: Composed,
    texts: Texts,
    context: Value,
    connection: String,
    now_ms: u64,
}

/// The connection's own templates, if they are used.
#[derive(Debug)]
enum Texts {
    BuiltIn,
    /// For mails. As at Auth0 they are used only with a custom provider and a sender outside auth0.com.
    Mail(EmailTexts),
    /// For text messages. Auth0 always sends them through a custom provider, so they are always used.
    Liquid(String),
    /// For text messages, in the syntax `md_with_macros`.
    Macros(String),
}

impl Draft {
    /// The message of `occasion`.
    pub(crate) fn of(config: &Config, base_url: &str, occasion: &Occasion<'_>) -> Self {
        let options = &occasion.connection.options;
        let is_own = config.email_provider.name != EmailProviderName::Outbox;
        let texts = match occasion.connection.strategy {
            Strategy::Sms if options.template.is_empty() => Texts::BuiltIn,
            Strategy::Sms if options.syntax == "liquid" => Texts::Liquid(options.template.clone()),
            Strategy::Sms => Texts::Macros(options.template.clone()),
            _ if is_own && !options.email.from.is_empty() => Texts::Mail(options.email.clone()),
            _ => Texts::BuiltIn,
        };
        Self::with(config, base_url, occasion, texts)
    }

    /// The mail of `occasion` with `texts`, even if they would not be used.
    pub(crate) fn of_mail(
        config: &Config,
        base_url: &str,
        occasion: &Occasion<'_>,
        texts: EmailTexts,
    ) -> Self {
        Self::with(config, base_url, occasion, Texts::Mail(texts))
    }

    fn with(config: &Config, base_url: &str, occasion: &Occasion<'_>, texts: Texts) -> Self {
        let built_in = built_in(config, base_url, occasion);
        Self {
            context: context(config, occasion, &built_in.link),
            built_in,
            texts,
            connection: occasion.connection.name.clone(),
            now_ms: occasion.now_ms,
        }
    }

    /// Whether rendering may take so long that it should run on another thread.
    fn is_slow(&self) -> bool {
        !matches!(self.texts, Texts::BuiltIn)
    }

    /// [`Draft::compose`] on another thread, so that it delays no request.
    pub(crate) async fn compose_apart(self) -> Composed {
        let fallback = self.built_in.clone();
        if !self.is_slow() {
            return fallback;
        }
        let written = tokio::task::spawn_blocking(move || self.compose()).await;
        written.unwrap_or(fallback)
    }

    /// [`Draft::preview`] on another thread, so that it delays no request.
    pub(crate) async fn preview_apart(self) -> (Composed, Option<String>) {
        let fallback = (self.built_in.clone(), None);
        let written = tokio::task::spawn_blocking(move || self.preview()).await;
        written.unwrap_or(fallback)
    }

    /// Renders the message. If a template fails, that is logged and the built-in text is used, so that the person still gets a code.
    pub(crate) fn compose(self) -> Composed {
        let (own, problem) = self.written();
        if let Some(problem) = problem {
            let name = &self.connection;
            tracing::warn!("connection {name}: its template {problem}; the built-in text is sent");
        }
        match &self.texts {
            Texts::Mail(_) if sender::is_at_auth0(&own.from) => self.built_in,
            _ => own,
        }
    }

    /// Renders the message. Also returns why the connection's own templates cannot be used, if so.
    pub(crate) fn preview(self) -> (Composed, Option<String>) {
        self.written()
    }

    fn written(&self) -> (Composed, Option<String>) {
        let written = match &self.texts {
            Texts::BuiltIn => Ok(self.built_in.clone()),
            Texts::Mail(texts) => self.mail(texts),
            Texts::Liquid(template) => self.fill(template).map(|text| self.with_text(text)),
            Texts::Macros(template) => Ok(self.with_text(self.replaced(template))),
        };
        match written {
            Ok(own) if own.html.is_empty() || mailbox(&own.from).is_some() => (own, None),
            Ok(own) => {
                let problem = format!("has a sender that is no address: {}", own.from);
                (self.built_in.clone(), Some(problem))
            }
            Err(error) => (self.built_in.clone(), Some(error.to_string())),
        }
    }

    fn with_text(&self, text: String) -> Composed {
        Composed {
            text,
            ..self.built_in.clone()
        }
    }

    fn fill(&self, template: &str) -> Result<String, TemplateError> {
        Template::parse(template)?.render(&self.context, self.now_ms)
    }

    /// The mail with `texts`. An empty text is replaced by the built-in one.
    fn mail(&self, texts: &EmailTexts) -> Result<Composed, TemplateError> {
        let mut own = self.built_in.clone();
        if !texts.from.is_empty() {
            own.from = line(&self.fill(&texts.from)?);
        }
        if !texts.subject.is_empty() {
            own.subject = line(&self.fill(&texts.subject)?);
        }
        if !texts.body.is_empty() {
            own.html = self.fill(&texts.body)?;
            own.text = text_of(&own.html);
        }
        Ok(own)
    }

    /// `template` with its macros replaced. A value may contain the name of another macro, so the code, which contains none, comes last.
    fn replaced(&self, template: &str) -> String {
        let pointer = |path: &str| self.context.pointer(path).and_then(Value::as_str);
        [
            ("@@application.name@@", "/application/name"),
            ("@@request_language@@", "/request_language"),
            ("@@phone_number@@", "/phone_number"),
            ("@@link@@", "/link"),
            ("@@password@@", "/code"),
            ("@@code@@", "/code"),
        ]
        .into_iter()
        .fold(template.to_owned(), |text, (name, path)| {
            text.replace(name, pointer(path).unwrap_or_default())
        })
    }
}

/// `text` without line breaks, so that it cannot begin another header.
fn line(text: &str) -> String {
    text.split(char::is_control)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// All variables that Auth0 documents. Those without a value are null.
fn context(config: &Config, occasion: &Occasion<'_>, link: &str) -> Value {
    let application = json!({"name": occasion.client_name, "client_id": occasion.client_id});
    let tenant = &config.tenant;
    let (code, send, operation) = match occasion.purpose {
        Purpose::Login { code, send } => (Some(code), Some(send.as_str()), None),
        Purpose::ChangeEmail => (None, None, Some("change_email")),
    };
    let mut context = json!({
        "code": code,
        "link": Some(link).filter(|link| !link.is_empty()),
        "send": send,
        "operation": operation,
        "request_language": occasion.request_language,
        "application": application,
        "client": application,
        "connection": {"name": occasion.connection.name},
        "user": {"email": occasion.address},
        "tenant": tenant.name,
        "friendly_name": tenant.friendly_name,
        "support_email": tenant.support_email,
        "support_url": tenant.support_url,
        "organization": organization(config, occasion),
        "custom_domain": tenant.custom_domain,
    });
    if occasion.connection.strategy == Strategy::Sms
        && let Some(context) = context.as_object_mut()
    {
        context.insert("password".to_owned(), code.into());
        context.insert("phone_number".to_owned(), occasion.address.into());
    }
    context
}

/// The organization of the login, with the fields for templates.
fn organization(config: &Config, occasion: &Occasion<'_>) -> Option<Value> {
    let wanted = occasion.auth_params.get("organization")?.as_str()?;
    let organization = config.tenant.organization(wanted)?;
    Some(
        json!({"id": organization.id, "name": organization.name, "display_name": organization.display_name,
        "metadata": organization.metadata, "branding": organization.branding}),
    )
}

/// The plain text of a mail: the HTML without styles and scripts, and with line breaks in the place of tags.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (inner, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = inner
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        rest = after;
        if matches!(name.as_str(), "style" | "script" | "title") {
            rest = after
                .find(&format!("</{name}"))
                .and_then(|at| after.get(at..))
                .unwrap_or("");
        } else if !matches!(name.as_str(), "b" | "strong" | "i" | "em" | "span" | "a") {
            text.push('\n');
        }
    }
    text.push_str(rest);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    crate::template::unescape(&lines.collect::<Vec<_>>().join("\r\n"))
}
