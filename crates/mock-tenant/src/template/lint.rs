//! Warns of templates that can leave the reader without a code, before a reader is left without one.

use serde_json::{Value, json};

use super::expression::{Chain, Expression};
use super::parser::Node;
use super::{Template, TemplateError, filters};

/// Stands for the code and the link while a template is tried.
const CODE: &str = "\u{1}code\u{1}";
const LINK: &str = "\u{1}link\u{1}";

/// Languages that every template is tried with; each text in the template is tried as well.
const LANGUAGES: [&str; 4] = [
    "en-GB,en-US;q=0.9,en;q=0.8",
    "fr-FR,fr;q=0.9",
    "de-DE",
    "tlh",
];

/// How many of the template's own texts are tried as languages.
const MAX_TEXTS: usize = 40;

/// Something about a template that is likely wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "text")]
#[non_exhaustive]
pub enum Warning {
    /// It is no template.
    Unusable(String),
    /// In this case the mail has no code, though a code was asked for.
    NoCode(String),
    /// In this case the mail has no link, though a link was asked for.
    NoLink(String),
    /// A filter that does not exist, and so does nothing.
    UnknownFilter(String),
}

/// Everything that is likely wrong with `template`, the body of a mail.
#[must_use]
pub fn lint(template: &str) -> Vec<Warning> {
    let parsed = match Template::parse(template) {
        Ok(parsed) => parsed,
        Err(error) => return vec![Warning::Unusable(error.to_string())],
    };
    let mut found = Found::default();
    found.nodes(&parsed.0);
    found.texts.truncate(MAX_TEXTS);
    let texts = found.texts.iter().map(String::as_str);
    let languages: Vec<Option<&str>> = [None]
        .into_iter()
        .chain(LANGUAGES.into_iter().chain(texts).map(Some))
        .collect();
    let mut warnings: Vec<Warning> = found
        .filters
        .into_iter()
        .map(Warning::UnknownFilter)
        .collect();
    for (send, mark) in [("code", CODE), ("link", LINK)] {
        match missing(&parsed, &languages, send, mark) {
            Ok(None) => {}
            Ok(Some(case)) if send == "code" => warnings.push(Warning::NoCode(case)),
            Ok(Some(case)) => warnings.push(Warning::NoLink(case)),
            Err(error) => return vec![Warning::Unusable(error.to_string())],
        }
    }
    warnings
}

/// The first case in which `mark` is missing, in words.
fn missing(
    parsed: &Template,
    languages: &[Option<&str>],
    send: &str,
    mark: &str,
) -> Result<Option<String>, TemplateError> {
    for language in languages {
        for full in [true, false] {
            let context = context(send, *language, full);
            // The link holds the code, so either will do for a link; a code must be seen.
            if !parsed.render(&context, 0)?.contains(mark) {
                let language = language.map_or("no language header".to_owned(), |l| {
                    format!("the language header {l}")
                });
                let bare = if full {
                    ""
                } else {
                    " and nothing optional set"
                };
                return Ok(Some(format!("send is {send}, with {language}{bare}")));
            }
        }
    }
    Ok(None)
}

fn context(send: &str, language: Option<&str>, full: bool) -> Value {
    let text = |text: &str| if full { Value::from(text) } else { Value::Null };
    let application = json!({"name": "App", "client_id": "app"});
    json!({
        "code": CODE, "link": LINK, "send": send, "operation": null, "request_language": language,
        "application": application, "client": application, "connection": {"name": "email"},
        "user": {"email": "ada@example.com"}, "tenant": "mock", "friendly_name": text("Mock"),
        "support_email": text("help@example.com"), "support_url": text("https://example.com"),
        "organization": null, "custom_domain": null,
    })
}

/// Texts and unknown filters of a template.
#[derive(Default)]
struct Found {
    texts: Vec<String>,
    filters: Vec<String>,
}

impl Found {
    fn nodes(&mut self, nodes: &[Node]) {
        use super::expression::Condition;
        fn condition(found: &mut Found, tested: &Condition) {
            match tested {
                Condition::Value(value) => found.expression(value),
                Condition::Not(inner) => condition(found, inner),
                Condition::And(left, right) | Condition::Or(left, right) => {
                    condition(found, left);
                    condition(found, right);
                }
                Condition::Compare(left, _, right) => {
                    found.expression(left);
                    found.expression(right);
                }
            }
        }
        for node in nodes {
            match node {
                Node::Output(chain) | Node::Assign(_, chain) => self.chain(chain),
                Node::Capture(_, body) => self.nodes(body),
                Node::If(branches, otherwise) => {
                    for (tested, body) in branches {
                        condition(self, tested);
                        self.nodes(body);
                    }
                    self.nodes(otherwise);
                }
                Node::Case(_, whens, otherwise) => {
                    for (values, body) in whens {
                        for value in values {
                            self.expression(value);
                        }
                        self.nodes(body);
                    }
                    self.nodes(otherwise);
                }
                Node::For(repeat) | Node::TableRow(repeat) => {
                    self.nodes(&repeat.body);
                    self.nodes(&repeat.otherwise);
                }
                Node::Text(_)
                | Node::Cycle(..)
                | Node::Increment(_)
                | Node::Decrement(_)
                | Node::Break
                | Node::Continue
                | Node::Debug => {}
            }
        }
    }

    fn chain(&mut self, chain: &Chain) {
        for filter in &chain.filters {
            if !filters::NAMES.contains(&filter.name.as_str()) {
                self.filters
                    .push(format!("line {}: `{}`", chain.line, filter.name));
            }
        }
    }

    fn expression(&mut self, expression: &Expression) {
        if let Expression::Literal(Value::String(text)) = expression
            && !self.texts.contains(text)
        {
            self.texts.push(text.clone());
        }
    }
}
