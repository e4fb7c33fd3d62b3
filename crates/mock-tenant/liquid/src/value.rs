//! Converts and compares values. A value is JSON, and an undefined value is `null`.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::{MAX_OUTPUT, TemplateError};

/// The text of a value. Null is empty, and the elements of a list have no separators.
pub(crate) fn text(value: &Value) -> Result<String, TemplateError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        other => joined(std::slice::from_ref(other), "", ""),
    }
}

/// The texts of `items`, joined by `separator`. The elements of a list among the items are joined by `inner`.
pub(crate) fn joined(
    items: &[Value],
    separator: &str,
    inner: &str,
) -> Result<String, TemplateError> {
    let mut out = String::new();
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            push(&mut out, separator)?;
        }
        match item {
            Value::Null => {}
            Value::Bool(flag) => push(&mut out, if *flag { "true" } else { "false" })?,
            Value::Number(number) => push(&mut out, &number_text(number))?,
            Value::String(text) => push(&mut out, text)?,
            Value::Array(items) => push(&mut out, &joined(items, inner, inner)?)?,
            Value::Object(_) => push(&mut out, "[object Object]")?,
        }
    }
    Ok(out)
}

/// Appends `text`, unless the result would exceed the limit.
pub(crate) fn push(out: &mut String, text: &str) -> Result<(), TemplateError> {
    if out.len() + text.len() > MAX_OUTPUT {
        return Err(TemplateError::OutputTooLong);
    }
    out.push_str(text);
    Ok(())
}

/// A number as JavaScript writes it, without `.0`.
fn number_text(number: &Number) -> String {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => whole.to_string(),
        (None, Some(float)) => float.to_string(),
        (None, None) => number.to_string(),
    }
}

/// Whether a value is true. Only null and false are not.
pub(crate) fn is_truthy(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty(),
        other => !is_truthy(other) || is_empty(other),
    }
}

/// The number of a value, as JavaScript's `Number()` gives it. `None` if that is not a number.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Null => Some(0.0),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.trim().is_empty() => Some(0.0),
        Value::String(text) => text.trim().parse().ok(),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// The whole number of a value, for counts and positions.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and no text is that long"
    )]
    number(value).map(|float| float as i64)
}

/// A value of a number. A whole number becomes an integer.
pub(crate) fn from_number(float: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if float.fract() == 0.0 && float.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        return Value::from(float as i64);
    }
    Number::from_f64(float).map_or_else(
        // JSON has no infinity and no NaN. These are JavaScript's texts for them.
        || {
            Value::from(if float.is_nan() {
                "NaN"
            } else if float > 0.0 {
                "Infinity"
            } else {
                "-Infinity"
            })
        },
        Value::Number,
    )
}

/// Whether two values are equal in type and value, as JavaScript's `===`. Numbers are compared by value.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => left == right,
    }
}

/// The order of two values, if they have one. Null has none.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::String(a), Value::String(b)) => Some(a.cmp(b)),
        _ => number(left)?.partial_cmp(&number(right)?),
    }
}

/// A total order for sorting: numbers, then texts, then all other values in their given order, and null last.
pub(crate) fn sorting(left: &Value, right: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Number(_) => 0,
        Value::String(_) => 1,
        Value::Null => 3,
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => 2,
    };
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => {
            let float = |number: &Number| number.as_f64().unwrap_or(0.0);
            float(a).total_cmp(&float(b))
        }
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => rank(left).cmp(&rank(right)),
    }
}

/// Whether a text contains a text, or a list an element. Null contains nothing and is contained in nothing.
pub(crate) fn contains(whole: &Value, part: &Value) -> Result<bool, TemplateError> {
    Ok(match whole {
        Value::String(whole) => !part.is_null() && whole.contains(&text(part)?),
        Value::Array(items) => items.iter().any(|item| equal(item, part)),
        _ => false,
    })
}

/// The number of steps for reading a value.
pub(crate) fn weight(value: &Value) -> u64 {
    match value {
        Value::String(text) => 1 + text.len() as u64 / 32,
        Value::Array(items) => 1 + items.iter().map(weight).sum::<u64>(),
        Value::Object(fields) => 1 + fields.values().map(weight).sum::<u64>(),
        _ => 1,
    }
}

/// A property or an element of a value. Null if there is none.
pub(crate) fn member<'v>(value: &'v Value, key: &Value) -> Cow<'v, Value> {
    let found = match (value, key) {
        (Value::Object(fields), Value::String(name)) => fields.get(name),
        (Value::Object(fields), Value::Number(number)) => fields.get(&number_text(number)),
        (Value::Array(items), Value::String(name)) => match name.as_str() {
            "first" => items.first(),
            "last" => items.last(),
            _ => None,
        },
        (Value::Array(items), Value::Number(_)) => element(items, key),
        _ => None,
    };
    match found {
        Some(found) => Cow::Borrowed(found),
        None if key == "size" => Cow::Owned(size(value).map_or(Value::Null, Value::from)),
        None => Cow::Owned(Value::Null),
    }
}

/// The number of characters, elements or fields of a value.
pub(crate) fn size(value: &Value) -> Option<usize> {
    match value {
        Value::String(text) => Some(text.chars().count()),
        Value::Array(items) => Some(items.len()),
        Value::Object(fields) => Some(fields.len()),
        _ => None,
    }
}

/// An element of a list. A negative index counts from the end.
fn element<'v>(items: &'v [Value], key: &Value) -> Option<&'v Value> {
    let position = whole(key)?;
    let from_end = usize::try_from(position.unsigned_abs()).ok()?;
    match usize::try_from(position) {
        Ok(position) => items.get(position),
        Err(_) => items.get(items.len().checked_sub(from_end)?),
    }
}
