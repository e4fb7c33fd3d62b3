//! The filters of `LiquidJS`. An undefined value is treated as empty and is never an error.

mod list;
mod number;
mod text;

use std::io::Write;

use serde_json::Value;

pub use self::text::unescape;
use crate::budget::Budget;
use crate::value::{self, is_truthy, size};
use crate::{MAX_OUTPUT, TemplateError, date};

/// The filters that are not in [`list`], [`number`] and [`text`].
const NAMES: [&str; 8] = [
    "date", "default", "first", "json", "jsonify", "last", "size", "slice",
];

/// The arguments of a filter.
#[derive(Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) positional: Vec<Value>,
    pub(crate) named: Vec<(String, Value)>,
}

impl Arguments {
    fn get(&self, index: usize) -> Option<&Value> {
        self.positional.get(index)
    }

    /// The argument at `index` as text. Empty if there is none.
    fn text(&self, index: usize) -> Result<String, TemplateError> {
        self.get(index).map_or(Ok(String::new()), value::text)
    }

    fn is_set(&self, name: &str) -> bool {
        let named = self.named.iter().find(|(known, _)| known == name);
        named.is_some_and(|(_, value)| is_truthy(value))
    }
}

/// Whether there is a filter `name`.
pub(crate) fn exists(name: &str) -> bool {
    let lists: [&[&str]; 4] = [&NAMES, &list::NAMES, &number::NAMES, &text::NAMES];
    lists.into_iter().any(|list| list.contains(&name))
}

/// Applies the filter `name` to `input`. Returns `input` if there is no such filter.
pub(crate) fn apply(
    name: &str,
    input: Value,
    arguments: &Arguments,
    now_ms: u64,
    budget: &mut Budget,
) -> Result<Value, TemplateError> {
    let null = Value::Null;
    let first = arguments.get(0).unwrap_or(&null);
    if number::NAMES.contains(&name) {
        return Ok(number::apply(name, &input, arguments.get(0)));
    }
    if list::NAMES.contains(&name) {
        return list::apply(name, input, arguments, budget);
    }
    Ok(match name {
        "default" => {
            let is_kept = match &input {
                Value::Bool(false) => arguments.is_set("allow_false"),
                other => is_truthy(other) && !value::is_empty(other),
            };
            if is_kept { input } else { first.clone() }
        }
        "json" | "jsonify" => json(&input, false)?.into(),
        "date" => match date::format(&input, &arguments.text(0)?, now_ms)? {
            Some(text) => text.into(),
            None => input,
        },
        // Unlike the property `size`, the filter works only for texts and lists.
        "size" if input.is_object() => 0.into(),
        "size" => size(&input).unwrap_or(0).into(),
        "first" | "last" => match &input {
            Value::Array(_) => value::member(&input, &name.into()).into_owned(),
            _ => Value::from(""),
        },
        "slice" => list::slice(&input, first, arguments.get(1))?,
        _ => match text::apply(name, &value::text(&input)?, arguments, budget)? {
            Some(output) => {
                budget.text(output.len())?;
                output.into()
            }
            None => input,
        },
    })
}

/// `value` as JSON, within the limit for texts.
pub(crate) fn json(value: &Value, pretty: bool) -> Result<String, TemplateError> {
    let mut out = Limited(Vec::new());
    let written = if pretty {
        serde_json::to_writer_pretty(&mut out, value)
    } else {
        serde_json::to_writer(&mut out, value)
    };
    written.map_err(|_| TemplateError::OutputTooLong)?;
    String::from_utf8(out.0).map_err(|_| TemplateError::OutputTooLong)
}

/// A buffer that fails if it would grow beyond the limit for texts.
struct Limited(Vec<u8>);

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_OUTPUT {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
