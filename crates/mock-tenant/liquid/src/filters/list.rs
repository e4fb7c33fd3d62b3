//! The filters for lists. Another value counts as a list with one element, and an undefined value as an empty list.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{Arguments, json as to_json};
use crate::TemplateError;
use crate::budget::Budget;
use crate::value::{
    self, equal, from_number, is_truthy, joined, member, number, sorting, text, whole,
};

pub(super) const NAMES: [&str; 21] = [
    "array_to_sentence_string",
    "compact",
    "concat",
    "find",
    "find_index",
    "group_by",
    "has",
    "join",
    "map",
    "pop",
    "push",
    "reject",
    "reverse",
    "shift",
    "sort",
    "sort_natural",
    "split",
    "sum",
    "uniq",
    "unshift",
    "where",
];

pub(super) fn apply(
    name: &str,
    input: Value,
    arguments: &Arguments,
    budget: &mut Budget,
) -> Result<Value, TemplateError> {
    if name == "split" {
        return split(&text(&input)?, &arguments.text(0)?, budget);
    }
    let mut items = match input {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        other => vec![other],
    };
    let null = Value::Null;
    let property = arguments.get(0).unwrap_or(&null);
    let of = |item: &Value| match property {
        Value::Null => item.clone(),
        property => member(item, property).into_owned(),
    };
    // `where: "kind"` selects elements that have the property, and `where: "kind", "a"` those whose property has the value.
    let fits = |item: &Value| match arguments.get(1) {
        None => is_truthy(&of(item)),
        Some(wanted) => equal(&of(item), wanted),
    };
    match name {
        "join" | "array_to_sentence_string" => return join(name, &items, arguments),
        "sum" => {
            return Ok(from_number(
                items.iter().filter_map(|item| number(&of(item))).sum(),
            ));
        }
        "find" => {
            return Ok(items
                .into_iter()
                .find(|item| fits(item))
                .unwrap_or_default());
        }
        "find_index" => return Ok(items.iter().position(fits).map_or(Value::Null, Value::from)),
        "has" => return Ok(items.iter().any(fits).into()),
        "group_by" => return group(&items, of, budget),
        "concat" => items.extend(property.as_array().cloned().unwrap_or_default()),
        "push" => items.push(property.clone()),
        "unshift" => items.insert(0, property.clone()),
        "pop" => drop(items.pop()),
        "shift" => drop((!items.is_empty()).then(|| items.remove(0))),
        "map" => items = items.iter().map(of).collect(),
        "where" => items.retain(fits),
        "reject" => items.retain(|item| !fits(item)),
        "reverse" => items.reverse(),
        "sort" | "sort_natural" => sort(name, &mut items, of, budget)?,
        "compact" => items.retain(|item| !of(item).is_null()),
        _ => uniq(&mut items, of)?,
    }
    Ok(Value::Array(items))
}

fn join(name: &str, items: &[Value], arguments: &Arguments) -> Result<Value, TemplateError> {
    if name == "join" {
        let separator = match arguments.get(0) {
            None | Some(Value::Null) => " ".to_owned(),
            Some(separator) => text(separator)?,
        };
        return Ok(joined(items, &separator, ",")?.into());
    }
    Ok(match items {
        [] => Value::from(""),
        [one] => text(one)?.into(),
        [before @ .., last] => {
            let comma = if before.len() > 1 { "," } else { "" };
            let before = joined(before, ", ", ",")?;
            let sentence = [before, format!("{comma} and "), text(last)?].map(Value::from);
            joined(&sentence, "", "")?.into()
        }
    })
}

/// Sorts a list. It spends more than one step for each element, because sorting touches elements several times.
fn sort(
    name: &str,
    items: &mut Vec<Value>,
    of: impl Fn(&Value) -> Value,
    budget: &mut Budget,
) -> Result<(), TemplateError> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items.drain(..) {
        let mut key = of(&item);
        budget.spend(value::weight(&key).saturating_mul(16))?;
        if name == "sort_natural" && !key.is_null() {
            key = text(&key)?.to_lowercase().into();
        }
        keyed.push((key, item));
    }
    keyed.sort_by(|(a, _), (b, _)| sorting(a, b));
    items.extend(keyed.into_iter().map(|(_, item)| item));
    Ok(())
}

fn uniq(items: &mut Vec<Value>, of: impl Fn(&Value) -> Value) -> Result<(), TemplateError> {
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for item in items.drain(..) {
        if seen.insert(to_json(&of(&item), false)?) {
            kept.push(item);
        }
    }
    *items = kept;
    Ok(())
}

fn group(
    items: &[Value],
    of: impl Fn(&Value) -> Value,
    budget: &mut Budget,
) -> Result<Value, TemplateError> {
    let mut groups: Vec<(Value, Vec<Value>)> = Vec::new();
    for item in items {
        let name = of(item);
        budget.spend_count(groups.len())?;
        match groups.iter_mut().find(|(known, _)| equal(known, &name)) {
            Some((_, members)) => members.push(item.clone()),
            None => groups.push((name, vec![item.clone()])),
        }
    }
    let groups = groups
        .into_iter()
        .map(|(name, items)| json!({"name": name, "items": items}));
    Ok(groups.collect())
}

/// Splits a text. As in Ruby, empty texts at the end are dropped.
fn split(input: &str, separator: &str, budget: &mut Budget) -> Result<Value, TemplateError> {
    let count = if separator.is_empty() {
        input.chars().count()
    } else {
        input.matches(separator).count() + 1
    };
    budget.spend_count(count)?;
    let mut parts: Vec<String> = if separator.is_empty() {
        input.chars().map(String::from).collect()
    } else {
        input.split(separator).map(str::to_owned).collect()
    };
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    Ok(parts.into())
}

/// `slice: start, length` for texts and lists. As in JavaScript, a negative start or end counts from the end.
pub(super) fn slice(
    input: &Value,
    start: &Value,
    length: Option<&Value>,
) -> Result<Value, TemplateError> {
    let start = whole(start).unwrap_or(0);
    let length = length.map_or(Some(1), whole).unwrap_or(1);
    let bounds = |size: usize| {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let start = if start < 0 {
            start.saturating_add(size)
        } else {
            start
        };
        let from_end = |at: i64| {
            if at < 0 {
                at.saturating_add(size).max(0)
            } else {
                at
            }
        };
        let (from, to) = (from_end(start), from_end(start.saturating_add(length)));
        let count = usize::try_from(to.saturating_sub(from)).unwrap_or(0);
        (usize::try_from(from).unwrap_or(0), count)
    };
    if let Value::Array(items) = input {
        let (from, count) = bounds(items.len());
        return Ok(items.iter().skip(from).take(count).cloned().collect());
    }
    let input = text(input)?;
    let (from, count) = bounds(input.chars().count());
    Ok(input
        .chars()
        .skip(from)
        .take(count)
        .collect::<String>()
        .into())
}
