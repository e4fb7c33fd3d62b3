//! The filters that Auth0 documents. On what is not defined they work as on nothing, and never fail.

use serde_json::Value;

use super::value::{self, from_number, is_truthy, number, order, text, whole};
use super::{MAX_OUTPUT, TemplateError, date};
use crate::mail::encode_component;

/// All names, for the linter.
pub(super) const NAMES: [&str; 48] = [
    "abs",
    "append",
    "at_least",
    "at_most",
    "capitalize",
    "ceil",
    "compact",
    "concat",
    "date",
    "default",
    "divided_by",
    "downcase",
    "escape",
    "escape_once",
    "first",
    "floor",
    "join",
    "json",
    "last",
    "lstrip",
    "map",
    "minus",
    "modulo",
    "newline_to_br",
    "plus",
    "prepend",
    "remove",
    "remove_first",
    "replace",
    "replace_first",
    "reverse",
    "round",
    "rstrip",
    "size",
    "slice",
    "sort",
    "sort_natural",
    "split",
    "strip",
    "strip_html",
    "strip_newlines",
    "sum",
    "times",
    "truncate",
    "truncatewords",
    "uniq",
    "upcase",
    "url_encode",
];

/// What `name` makes of `input`; `input` itself where there is no such filter.
pub(super) fn apply(
    name: &str,
    input: Value,
    arguments: &[Value],
    now_ms: u64,
) -> Result<Value, TemplateError> {
    let null = Value::Null;
    let first = arguments.first().unwrap_or(&null);
    let second = arguments.get(1);
    let output = match name {
        "default" => {
            if is_truthy(&input) && !value::is_empty(&input) {
                input
            } else {
                first.clone()
            }
        }
        "json" => input.to_string().into(),
        "date" => date::format(&input, &text(first), now_ms).map_or(input, Value::from),
        "size" => value::member(&input, &"size".into()),
        "first" | "last" => value::member(&input, &name.into()),
        "slice" => slice(&input, first, second),
        "abs" | "ceil" | "floor" | "round" | "plus" | "minus" | "times" | "divided_by"
        | "modulo" | "at_least" | "at_most" => {
            arithmetic(name, &input, first, arguments.is_empty())
        }
        "join" | "concat" | "map" | "reverse" | "sort" | "sort_natural" | "uniq" | "compact"
        | "sum" => list(name, input, first),
        "split" => split(&text(&input), &text(first)),
        _ => match of_text(name, &text(&input), arguments)? {
            Some(output) => output.into(),
            None => input,
        },
    };
    match &output {
        Value::String(text) if text.len() > MAX_OUTPUT => Err(TemplateError::OutputTooLong),
        _ => Ok(output),
    }
}

fn arithmetic(name: &str, input: &Value, argument: &Value, alone: bool) -> Value {
    let (Some(a), Some(b)) = (number(input), number(argument)) else {
        return Value::Null;
    };
    from_number(match name {
        "abs" => a.abs(),
        "ceil" => a.ceil(),
        "floor" => a.floor(),
        "round" if alone => a.round(),
        "round" => {
            let scale = 10_f64.powf(b.clamp(0.0, 15.0));
            (a * scale).round() / scale
        }
        "plus" => a + b,
        "minus" => a - b,
        "times" => a * b,
        "divided_by" => a / b,
        "modulo" => a % b,
        "at_least" => a.max(b),
        _ => a.min(b),
    })
}

fn list(name: &str, input: Value, argument: &Value) -> Value {
    let mut items = match input {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        other => vec![other],
    };
    match name {
        "join" => {
            let separator = if argument.is_null() {
                " ".to_owned()
            } else {
                text(argument)
            };
            return items
                .iter()
                .map(text)
                .collect::<Vec<_>>()
                .join(&separator)
                .into();
        }
        "sum" => return from_number(items.iter().filter_map(number).sum()),
        "concat" => items.extend(argument.as_array().cloned().unwrap_or_default()),
        "map" => {
            items = items
                .iter()
                .map(|item| value::member(item, argument))
                .collect();
        }
        "reverse" => items.reverse(),
        "sort" => items.sort_by(|a, b| order(a, b).unwrap_or(std::cmp::Ordering::Equal)),
        "sort_natural" => items.sort_by_cached_key(|item| text(item).to_lowercase()),
        "compact" => items.retain(|item| !item.is_null()),
        _ => {
            let mut seen = std::collections::HashSet::new();
            items.retain(|item| seen.insert(item.to_string()));
        }
    }
    Value::Array(items)
}

/// Trailing empty parts are dropped, as in Ruby.
fn split(input: &str, separator: &str) -> Value {
    let mut parts: Vec<String> = if separator.is_empty() {
        input.chars().map(String::from).collect()
    } else {
        input.split(separator).map(str::to_owned).collect()
    };
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts.into()
}

/// `slice: start, length`, of texts and lists; a negative start counts from the end.
fn slice(input: &Value, start: &Value, length: Option<&Value>) -> Value {
    let (start, length) = (
        whole(start).unwrap_or(0),
        length.map_or(Some(1), whole).unwrap_or(1),
    );
    let bounds = |size: usize| {
        let from_end = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
        let from = usize::try_from(start).unwrap_or_else(|_| size.saturating_sub(from_end));
        (from, usize::try_from(length).unwrap_or(0))
    };
    if let Value::Array(items) = input {
        let (from, count) = bounds(items.len());
        return items.iter().skip(from).take(count).cloned().collect();
    }
    let input = text(input);
    let (from, count) = bounds(input.chars().count());
    input
        .chars()
        .skip(from)
        .take(count)
        .collect::<String>()
        .into()
}

/// Filters from text to text; None for a name that is not there.
fn of_text(name: &str, input: &str, arguments: &[Value]) -> Result<Option<String>, TemplateError> {
    let argument = |index: usize| arguments.get(index).map(text).unwrap_or_default();
    let count = |fallback: usize| {
        arguments
            .first()
            .and_then(whole)
            .map_or(fallback, |n| usize::try_from(n).unwrap_or(0))
    };
    let ellipsis = || {
        if arguments.len() > 1 {
            argument(1)
        } else {
            "...".to_owned()
        }
    };
    Ok(Some(match name {
        "append" => input.to_owned() + &argument(0),
        "prepend" => argument(0) + input,
        "capitalize" => {
            let mut chars = input.chars();
            let first: String = chars
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .collect();
            first + &chars.as_str().to_lowercase()
        }
        "downcase" => input.to_lowercase(),
        "upcase" => input.to_uppercase(),
        "escape" => escape(input),
        "escape_once" => escape(&unescape(input)),
        "newline_to_br" => input.replace("\r\n", "\n").replace('\n', "<br />\n"),
        "strip_newlines" => input.replace(['\r', '\n'], ""),
        "strip" => input.trim().to_owned(),
        "lstrip" => input.trim_start().to_owned(),
        "rstrip" => input.trim_end().to_owned(),
        "strip_html" => strip_html(input),
        "remove" | "remove_first" | "replace" | "replace_first" => {
            let replacement = if name.starts_with("replace") {
                argument(1)
            } else {
                String::new()
            };
            let pattern = argument(0);
            let times = if name.ends_with("_first") {
                1
            } else {
                usize::MAX
            };
            let found = if pattern.is_empty() {
                input.chars().count() + 1
            } else {
                input.matches(&pattern).count()
            };
            if found.min(times).saturating_mul(replacement.len()) > MAX_OUTPUT {
                return Err(TemplateError::OutputTooLong);
            }
            input.replacen(&pattern, &replacement, times)
        }
        "truncate" => {
            let (length, ellipsis) = (count(50), ellipsis());
            if input.chars().count() <= length {
                return Ok(Some(input.to_owned()));
            }
            let kept = length.saturating_sub(ellipsis.chars().count());
            input.chars().take(kept).collect::<String>() + &ellipsis
        }
        "truncatewords" => {
            let (length, words): (_, Vec<&str>) =
                (count(15).max(1), input.split_whitespace().collect());
            if words.len() <= length {
                return Ok(Some(words.join(" ")));
            }
            words.into_iter().take(length).collect::<Vec<_>>().join(" ") + &ellipsis()
        }
        // Unlike JavaScript's own encoding, a space becomes a plus.
        "url_encode" => encode_component(input).replace("%20", "+"),
        _ => return Ok(None),
    }))
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&#34;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

pub(crate) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn strip_html(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|c| {
            let keep = !inside && *c != '<';
            inside = if inside { *c != '>' } else { *c == '<' };
            keep
        })
        .collect()
}
