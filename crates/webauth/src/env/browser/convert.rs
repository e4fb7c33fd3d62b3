//! Between JavaScript's values and [`Value`].

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::wire::Value;

/// Deeper than any option or answer goes; a structure that contains itself ends here.
const DEPTH: u32 = 12;

/// More values than any option or answer has. A page's `window`, given by mistake, has no end.
const MOST: u32 = 20_000;

/// Copies a JavaScript value. What JSON cannot say (functions, symbols, what lies too deep) becomes
/// [`Value::Undefined`]; what says itself through `toJSON`, such as a `Date`, does so.
#[must_use]
pub fn from_js(value: &JsValue) -> Value {
    let mut left = MOST;
    copy(value, DEPTH, &mut left)
}

fn copy(value: &JsValue, depth: u32, left: &mut u32) -> Value {
    *left = left.saturating_sub(1);
    if let Some(text) = value.as_string() {
        Value::String(text)
    } else if let Some(number) = value.as_f64() {
        Value::Number(number)
    } else if let Some(flag) = value.as_bool() {
        Value::Bool(flag)
    } else if value.is_null() {
        Value::Null
    } else if !value.is_object() || depth == 0 || *left == 0 {
        Value::Undefined
    } else if let Some(items) = value.dyn_ref::<Array>() {
        Value::Array(
            items
                .iter()
                .map(|item| copy(&item, depth - 1, left))
                .collect(),
        )
    } else if let Some(json) = own_json(value) {
        copy(&json, depth - 1, left)
    } else {
        let names = Object::keys(value.unchecked_ref::<Object>());
        Value::Object(
            names
                .iter()
                .map(|name| {
                    // A getter that throws has no value.
                    let member = Reflect::get(value, &name).unwrap_or(JsValue::UNDEFINED);
                    let name = name.as_string().unwrap_or_default();
                    (name, copy(&member, depth - 1, left))
                })
                .collect(),
        )
    }
}

fn own_json(value: &JsValue) -> Option<JsValue> {
    let to_json = Reflect::get(value, &JsValue::from_str("toJSON")).ok()?;
    to_json.dyn_ref::<Function>()?.call0(value).ok()
}

/// Makes a JavaScript value. Members become own properties whatever their names, `__proto__` too.
#[must_use]
pub fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Undefined => JsValue::UNDEFINED,
        Value::Null => JsValue::NULL,
        Value::Bool(flag) => JsValue::from_bool(*flag),
        Value::Number(number) => JsValue::from_f64(*number),
        Value::String(text) => JsValue::from_str(text),
        Value::Array(items) => items.iter().map(to_js).collect::<Array>().into(),
        Value::Object(members) => {
            let entries: Array = members
                .iter()
                .map(|(name, value)| {
                    let entry = [JsValue::from_str(name), to_js(value)];
                    entry.into_iter().collect::<Array>()
                })
                .collect();
            Object::from_entries(&entries).map_or(JsValue::UNDEFINED, JsValue::from)
        }
    }
}
