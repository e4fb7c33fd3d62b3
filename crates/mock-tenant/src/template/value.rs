//! How values look, compare and count. A value is JSON; what is not defined is `null`.

use serde_json::{Number, Value};

/// As it stands in the text: nothing for null, a list without separators.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(number) => number_text(number),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect(),
        Value::Object(_) => "[object Object]".to_owned(),
    }
}

/// As JavaScript writes numbers: no `.0`.
fn number_text(number: &Number) -> String {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(float)) => float.to_string(),
        (None, None) => number.to_string(),
    }
}

/// Only null and false are false.
pub(super) fn is_truthy(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        other => !is_truthy(other) || is_empty(other),
    }
}

/// As JavaScript's `Number()`; None where that is not a number.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.trim().is_empty() => Some(0.0),
        Value::String(text) => text.trim().parse().ok(),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// A whole number, for counts and positions.
pub(super) fn whole(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and no text is that long"
    )]
    number(value).map(|float| float as i64)
}

/// A number as a value: whole where it is whole, null where it is none.
pub(super) fn from_number(float: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if float.fract() == 0.0 && float.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        return Value::from(float as i64);
    }
    Number::from_f64(float).map_or(Value::Null, Value::Number)
}

/// Equal in type and value, as `===`; numbers by value.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => left == right,
    }
}

/// Order of two values, if they have one. Null has none.
pub(super) fn order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => number(left)?.partial_cmp(&number(right)?),
    }
}

/// A part of a text or an element of a list; nothing contains anything when it is null.
pub(super) fn contains(whole: &Value, part: &Value) -> bool {
    match whole {
        Value::String(whole) => !part.is_null() && whole.contains(&text(part)),
        Value::Array(items) => items.iter().any(|item| equal(item, part)),
        _ => false,
    }
}

/// What touching a value costs, in steps.
pub(super) fn weight(value: &Value) -> u64 {
    match value {
        Value::String(text) => 1 + text.len() as u64 / 32,
        Value::Array(items) => 1 + items.iter().map(weight).sum::<u64>(),
        Value::Object(fields) => 1 + fields.values().map(weight).sum::<u64>(),
        _ => 1,
    }
}

/// A property or element; null where there is none.
pub(super) fn member(value: &Value, key: &Value) -> Value {
    let name = text(key);
    match value {
        Value::Object(fields) => match fields.get(&name) {
            Some(field) => field.clone(),
            None if name == "size" => Value::from(fields.len()),
            None => Value::Null,
        },
        Value::Array(items) => match name.as_str() {
            "size" => Value::from(items.len()),
            "first" => items.first().cloned().unwrap_or_default(),
            "last" => items.last().cloned().unwrap_or_default(),
            _ => element(items, key).cloned().unwrap_or_default(),
        },
        Value::String(text) if name == "size" => Value::from(text.chars().count()),
        _ => Value::Null,
    }
}

/// Negative positions count from the end.
fn element<'v>(items: &'v [Value], key: &Value) -> Option<&'v Value> {
    let position = if key.is_number() {
        whole(key)?
    } else {
        return None;
    };
    let from_end = usize::try_from(position.unsigned_abs()).ok()?;
    match usize::try_from(position) {
        Ok(position) => items.get(position),
        Err(_) => items.get(items.len().checked_sub(from_end)?),
    }
}
