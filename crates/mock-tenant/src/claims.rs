//! Custom claims, as an Action would add them: Liquid templates with `user` and `client` as variables.
//!
//! They are rendered while the tenant's lock is held, so all claims of a token share one small budget.

use latchkey_liquid::{Budget, Template};
use serde_json::{Map, Value};

/// The budget for all claims of one token, in steps of the Liquid engine. It is used up after some milliseconds.
const STEPS: u64 = 10_000;

/// The claims that the tenant makes itself. Custom claims cannot have these names.
const RESERVED: [&str; 22] = [
    "acr",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "azp",
    "c_hash",
    "cnf",
    "exp",
    "gty",
    "iat",
    "iss",
    "jti",
    "nbf",
    "nonce",
    "org_id",
    "org_name",
    "permissions",
    "s_hash",
    "scope",
    "sid",
    "sub",
];

/// Why claims cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClaimError {
    #[error(
        "is made by the tenant itself; choose a name of your own, such as https://example.com/{0}"
    )]
    Reserved(String),
    #[error("is no Liquid: {0}")]
    Template(#[from] latchkey_liquid::TemplateError),
}

/// Checks `claims`. The error has the name of the first claim that cannot be used, and the reason.
pub(crate) fn check(claims: &Map<String, Value>) -> Result<(), (String, ClaimError)> {
    for (name, value) in claims {
        if RESERVED.contains(&name.as_str()) {
            return Err((name.clone(), ClaimError::Reserved(name.clone())));
        }
        check_texts(value).map_err(|error| (name.clone(), error))?;
    }
    Ok(())
}

fn check_texts(value: &Value) -> Result<(), ClaimError> {
    match value {
        Value::String(text) => Template::parse(text).map(drop).map_err(ClaimError::from),
        Value::Array(items) => items.iter().try_for_each(check_texts),
        Value::Object(fields) => fields.values().try_for_each(check_texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

/// The claims of all `sources`, rendered with `context`. A claim of a later source replaces one of the same name.
pub(crate) fn fill(sources: [&Map<String, Value>; 3], context: &Value) -> Map<String, Value> {
    let mut budget = Budget::of(STEPS);
    let mut made = Map::new();
    for (name, value) in sources.into_iter().flatten() {
        let value = filled(value, context, &mut budget);
        made.insert(name.clone(), value);
    }
    made
}

/// `value` with its texts rendered. A text that is only one variable becomes the variable's value with its type, so that
/// `{{ user.app_metadata.roles }}` is a list.
fn filled(value: &Value, context: &Value, budget: &mut Budget) -> Value {
    match value {
        Value::String(text) => match alone(text, context) {
            Some(value) => value.clone(),
            None => Template::parse(text)
                .and_then(|template| template.render_within(context, 0, budget))
                .map_or_else(
                    |error| {
                        tracing::warn!("a claim {error}; it is left empty");
                        Value::Null
                    },
                    Value::from,
                ),
        },
        Value::Array(items) => items
            .iter()
            .map(|item| filled(item, context, budget))
            .collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), filled(value, context, budget)))
            .collect(),
        other => other.clone(),
    }
}

/// The value of `{{ a.b.c }}`, if the text is nothing else and the variable exists.
fn alone<'v>(text: &str, context: &'v Value) -> Option<&'v Value> {
    let path = text.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut value = context;
    for step in path.split('.') {
        if step.is_empty() || !step.chars().all(is_name) {
            return None;
        }
        value = value.get(step)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_text_that_is_one_value_keeps_its_type() {
        let context = json!({"user": {"app_metadata": {"roles": ["admin"], "seats": 3}}});
        let made = |text: &str| filled(&text.into(), &context, &mut Budget::of(STEPS));
        assert_eq!(made("{{ user.app_metadata.roles }}"), json!(["admin"]));
        assert_eq!(made("{{ user.app_metadata.seats }}"), json!(3));
        assert_eq!(
            made("{{ user.app_metadata.seats }} seats"),
            json!("3 seats")
        );
        assert_eq!(made("{{ user.nothing }}"), json!(""));
    }

    #[test]
    fn claims_of_the_standard_are_refused() {
        let claims = json!({"sub": "x"});
        let (name, error) = check(claims.as_object().unwrap()).unwrap_err();
        assert_eq!(name, "sub");
        assert!(
            error.to_string().contains("https://example.com/sub"),
            "{error}"
        );
    }
}
