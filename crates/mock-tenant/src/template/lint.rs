//! Warns about mail templates that can produce a mail without the code.

use latchkey_liquid::{Budget, MAX_STEPS, Template, TemplateError};
use serde_json::{Value, json};

/// The budget for rendering one template in all cases. It is enough for ten renderings at the limit, or hundreds of usual ones.
const STEPS: u64 = 10 * MAX_STEPS;

/// The placeholder for the code and the link in these renderings.
const CODE: &str = "\u{1}code\u{1}";
const LINK: &str = "\u{1}link\u{1}";

/// The languages with which every template is rendered. The texts in the template are also tried as languages.
const LANGUAGES: [&str; 4] = [
    "en-GB,en-US;q=0.9,en;q=0.8",
    "fr-FR,fr;q=0.9",
    "de-DE",
    "tlh",
];

/// The greatest number of texts in the template that are tried as languages.
const MAX_TEXTS: usize = 40;

/// A probable mistake in a template.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "text")]
#[non_exhaustive]
pub enum Warning {
    /// The template cannot be parsed or rendered.
    Unusable(String),
    /// In this case the mail has no code, although the person needs one.
    NoCode(String),
    /// In this case the mail has no link, although the person needs one.
    NoLink(String),
    /// The template uses a filter that does not exist and has no effect.
    UnknownFilter(String),
}

/// The probable mistakes in `template`, the body of a mail.
#[must_use]
pub fn lint(template: &str) -> Vec<Warning> {
    let parsed = match Template::parse(template) {
        Ok(parsed) => parsed,
        Err(error) => return vec![Warning::Unusable(error.to_string())],
    };
    let texts = parsed.compared_texts();
    let texts = texts.iter().take(MAX_TEXTS).map(String::as_str);
    let languages: Vec<Option<&str>> = [None]
        .into_iter()
        .chain(LANGUAGES.into_iter().chain(texts).map(Some))
        .collect();
    let mut warnings: Vec<Warning> = parsed
        .unknown_filters()
        .into_iter()
        .map(|(line, name)| Warning::UnknownFilter(format!("line {line}: `{name}`")))
        .collect();
    let mut budget = Budget::of(STEPS);
    for (send, mark) in [("code", CODE), ("link", LINK)] {
        match missing(&parsed, &languages, (send, mark), &mut budget) {
            Ok(None) => {}
            Ok(Some(case)) if send == "code" => warnings.push(Warning::NoCode(case)),
            Ok(Some(case)) => warnings.push(Warning::NoLink(case)),
            Err(error) => return vec![Warning::Unusable(error.to_string())],
        }
    }
    warnings
}

/// A description of the first case in which `mark` is missing.
fn missing(
    parsed: &Template,
    languages: &[Option<&str>],
    (send, mark): (&str, &str),
    budget: &mut Budget,
) -> Result<Option<String>, TemplateError> {
    for language in languages {
        for full in [true, false] {
            let context = context(send, *language, full);
            // A mail for a link may have the link or the code, which the link contains. A mail for a code needs the code itself.
            let text = parsed.render_within(&context, 0, budget)?;
            if !text.contains(mark) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::no_else(
        "{% if request_language contains 'dutch' %}{{ code }} {{ link }}{% elsif request_language contains 'fr-FR' %}{{ code }} {{ link }}{% endif %}",
        true
    )]
    #[case::with_else(
        "{% if request_language contains 'dutch' %}{{ code }} {{ link }}{% else %}{{ code }} {{ link }}{% endif %}",
        false
    )]
    #[case::one_branch_forgets(
        "{% if request_language contains 'fr' %}Bonjour{% else %}{{ code }} {{ link }}{% endif %}",
        true
    )]
    #[case::by_send(
        "{% if send == 'link' %}{{ link }}{% else %}{{ code }}{% endif %}",
        false
    )]
    #[case::plain("{{ code }} {{ link }}", false)]
    #[case::typo("{{ cod }}", true)]
    fn the_linter_finds_mails_without_their_code(#[case] template: &str, #[case] expected: bool) {
        let warnings = lint(template);
        let found = warnings.iter().any(|w| matches!(w, Warning::NoCode(_)));
        assert_eq!(found, expected, "{warnings:?}");
    }

    #[test]
    fn the_linter_names_broken_templates_and_unknown_filters() {
        assert!(matches!(
            lint("{% if %}").as_slice(),
            [Warning::Unusable(_)]
        ));
        assert_eq!(
            lint("{{ code | upcse }}{{ link }}"),
            [Warning::UnknownFilter("line 1: `upcse`".to_owned())]
        );
    }

    /// A slow template is rendered in hundreds of cases, which the budget has to limit.
    #[test]
    fn all_cases_together_have_one_budget() {
        let slow = "{% for i in (1..20000) %}{% endfor %}{{ code }} {{ link }}";
        let warnings = lint(slow);
        assert!(
            matches!(warnings.as_slice(), [Warning::Unusable(_)]),
            "{warnings:?}"
        );
    }
}
