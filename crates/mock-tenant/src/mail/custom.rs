//! The connection's own From, Subject and Body.

use serde_json::{Value, json};

use super::eml::address_of;
use super::{Composed, Occasion};
use crate::config::{Config, EmailProviderName, EmailTexts};
use crate::template::{Template, TemplateError};

/// The connection's own texts over the built-in ones.
///
/// As at Auth0 they take effect only with a provider of one's own and a sender that is not at auth0.com.
pub(super) fn compose(config: &Config, occasion: &Occasion<'_>, built_in: Composed) -> Composed {
    let texts = &occasion.connection.options.email;
    let is_own = config.email_provider.name != EmailProviderName::Outbox;
    if !is_own || texts.from.is_empty() {
        return built_in;
    }
    match fill(config, occasion, texts, &built_in.link) {
        Ok(own) if is_at_auth0(&own.from) => built_in,
        Ok(own) => own,
        Err(error) => {
            // The reader still gets a code.
            tracing::warn!(
                "connection {}: its mail template {error}; the built-in mail is sent",
                occasion.connection.name
            );
            built_in
        }
    }
}

/// The connection's own text message over the built-in one. Auth0 sends them through a provider of one's own alone, so here
/// they take effect at once.
pub(super) fn text_message(
    config: &Config,
    occasion: &Occasion<'_>,
    built_in: Composed,
) -> Composed {
    let options = &occasion.connection.options;
    if options.template.is_empty() {
        return built_in;
    }
    let text = if options.syntax == "liquid" {
        let mut context = context(config, occasion, &built_in.link);
        if let Some(context) = context.as_object_mut() {
            context.insert("password".to_owned(), occasion.code.into());
            context.insert("phone_number".to_owned(), occasion.address.into());
        }
        Template::parse(&options.template)
            .and_then(|template| template.render(&context, occasion.now_ms))
            .unwrap_or_else(|error| {
                tracing::warn!(
                    "connection {}: its template {error}; the built-in text is sent",
                    occasion.connection.name
                );
                built_in.text.clone()
            })
    } else {
        // What is filled in may hold another macro's name: the code comes last, and holds none.
        [
            ("@@application.name@@", occasion.client_name),
            (
                "@@request_language@@",
                occasion.request_language.unwrap_or_default(),
            ),
            ("@@phone_number@@", occasion.address),
            ("@@link@@", built_in.link.as_str()),
            ("@@password@@", occasion.code),
            ("@@code@@", occasion.code),
        ]
        .into_iter()
        .fold(options.template.clone(), |text, (name, value)| {
            text.replace(name, value)
        })
    };
    Composed { text, ..built_in }
}

/// As [`compose`], but with any texts and with any provider; a text that is empty keeps the built-in one.
pub(super) fn preview(
    config: &Config,
    occasion: &Occasion<'_>,
    texts: &EmailTexts,
    built_in: Composed,
) -> (Composed, Option<String>) {
    let own = match fill(config, occasion, texts, &built_in.link) {
        Ok(own) => own,
        Err(error) => return (built_in, Some(error.to_string())),
    };
    let mut shown = built_in;
    if !texts.from.is_empty() {
        shown.from = own.from;
    }
    if !texts.subject.is_empty() {
        shown.subject = own.subject;
    }
    if !texts.body.is_empty() {
        shown.html = own.html;
        shown.text = own.text;
    }
    (shown, None)
}

fn fill(
    config: &Config,
    occasion: &Occasion<'_>,
    texts: &EmailTexts,
    link: &str,
) -> Result<Composed, TemplateError> {
    let context = context(config, occasion, link);
    let fill = |template: &str| Template::parse(template)?.render(&context, occasion.now_ms);
    let html = fill(&texts.body)?;
    Ok(Composed {
        from: line(&fill(&texts.from)?),
        subject: line(&fill(&texts.subject)?),
        text: text_of(&html),
        html,
        link: link.to_owned(),
    })
}

/// Whether a sender's address is at auth0.com or below it.
fn is_at_auth0(from: &str) -> bool {
    let address = address_of(from).to_lowercase();
    let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let domain = domain.trim_end_matches('.');
    domain == "auth0.com" || domain.ends_with(".auth0.com")
}

/// One line: what stands in a header must not begin another.
fn line(text: &str) -> String {
    text.split(char::is_control)
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// All variables that Auth0 documents; null where a tenant has none.
fn context(config: &Config, occasion: &Occasion<'_>, link: &str) -> Value {
    let application = json!({"name": occasion.client_name, "client_id": occasion.client_id});
    let tenant = &config.tenant;
    json!({
        "code": occasion.code,
        "link": link,
        "send": occasion.send.as_str(),
        "operation": null,
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
    })
}

/// The organization that the person logs in to, with the fields that templates know.
fn organization(config: &Config, occasion: &Occasion<'_>) -> Option<Value> {
    let wanted = occasion.auth_params.get("organization")?.as_str()?;
    let organization = config.tenant.organization(wanted)?;
    Some(
        json!({"id": organization.id, "name": organization.name, "display_name": organization.display_name,
        "metadata": organization.metadata, "branding": organization.branding}),
    )
}

/// The text part: tags become line breaks, style and script go.
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("root@auth0.com", true)]
    #[case("App <root@auth0.com>", true)]
    #[case("App <root@MAIL.Auth0.com>", true)]
    #[case("App <root@auth0.com.>", true)]
    #[case("App <root@notauth0.com>", false)]
    #[case("App <auth0.com@example.com>", false)]
    #[case("root@auth0.com <login@example.com>", false)]
    #[case("", false)]
    fn senders_at_auth0(#[case] from: &str, #[case] expected: bool) {
        assert_eq!(is_at_auth0(from), expected);
    }
}
