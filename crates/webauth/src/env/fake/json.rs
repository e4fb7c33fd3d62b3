//! JSON as a browser writes and parses it.

use crate::wire::{Params, Value};

/// Writes JSON as `JSON.stringify` does: members keep their order, and `undefined` members are left out.
#[must_use]
pub fn json(value: &Value) -> Option<String> {
    let joined =
        |parts: Vec<String>, open: &str, close: &str| [open, &parts.join(","), close].concat();
    Some(match value {
        Value::Undefined => return None,
        Value::Null => "null".into(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        Value::Array(items) => joined(
            items
                .iter()
                .map(|item| json(item).unwrap_or("null".into()))
                .collect(),
            "[",
            "]",
        ),
        Value::Object(members) => joined(members.iter().filter_map(member).collect(), "{", "}"),
    })
}

fn member((name, value): &(String, Value)) -> Option<String> {
    Some(
        [
            &serde_json::Value::from(name.as_str()).to_string(),
            ":",
            &json(value)?,
        ]
        .concat(),
    )
}

/// Parses JSON. Returns `None` if `text` is not JSON.
pub(super) fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text)
        .ok()
        .map(|value| from_json(&value))
}

fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(flag) => Value::Bool(*flag),
        serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
        serde_json::Value::String(text) => Value::String(text.clone()),
        serde_json::Value::Array(items) => Value::Array(items.iter().map(from_json).collect()),
        serde_json::Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), from_json(value)))
                .collect::<Params>(),
        ),
    }
}
