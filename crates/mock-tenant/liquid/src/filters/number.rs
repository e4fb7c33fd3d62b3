//! The filters for numbers. As in `LiquidJS`, another value counts as 0.

use serde_json::Value;

use crate::value::{from_number, number};

pub(super) const NAMES: [&str; 12] = [
    "abs",
    "at_least",
    "at_most",
    "ceil",
    "divided_by",
    "floor",
    "minus",
    "modulo",
    "plus",
    "round",
    "times",
    "to_integer",
];

pub(super) fn apply(name: &str, input: &Value, argument: Option<&Value>) -> Value {
    let read = |value: &Value| number(value).unwrap_or(0.0);
    let a = read(input);
    let b = argument.map_or(0.0, read);
    from_number(match name {
        "abs" => a.abs(),
        "ceil" => a.ceil(),
        "floor" => a.floor(),
        "round" => round(a, b),
        "plus" => a + b,
        "minus" => a - b,
        "times" => a * b,
        "divided_by" => a / b,
        // The result has the sign of the divisor.
        "modulo" => ((a % b) + b) % b,
        "at_least" => a.max(b),
        "at_most" => a.min(b),
        _ => a.trunc(),
    })
}

/// Rounds to `places` decimals, halves away from 0.
fn round(number: f64, places: f64) -> f64 {
    let scale = 10_f64.powf(places.clamp(0.0, 15.0).trunc());
    (number * scale).round() / scale
}
