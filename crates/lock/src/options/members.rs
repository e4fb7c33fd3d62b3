//! Reads members of a page's options object. A value of another type counts as missing.

use latchkey_webauth::Value;

/// A member of an object. It is a function of its own because the search, inlined at every use, would be most
/// of this module's code.
#[inline(never)]
pub(super) fn member<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.member(name)
}

/// A text that is not empty.
#[inline(never)]
pub(super) fn text(value: &Value) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A boolean.
#[inline(never)]
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        _ => None,
    }
}

/// A whole number from 1 to the seconds of a year.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be within a year in seconds"
)]
pub(super) fn whole(value: &Value) -> Option<u64> {
    value
        .as_f64()
        .filter(|number| (1.0..=31_536_000.0).contains(number))
        .map(|number| number as u64)
}
