//! Conversions between JavaScript's values and [`Value`].

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::wire::Value;

/// The greatest depth that is copied. No option and no response is as deep; the limit ends objects that contain themselves.
const MAX_DEPTH: u32 = 12;

/// The greatest number of values that are copied. No option and no response has as many; the limit ends objects such as
/// `window`, if a page passes it by mistake.
const MAX_VALUES: u32 = 20_000;

/// Copies a JavaScript value. Values that JSON does not have (functions, symbols) and values beyond the limits of depth and
/// number become [`Value::Undefined`]. An object with a `toJSON` method, such as a `Date`, is copied as that method's result.
#[must_use]
pub fn from_js(value: &JsValue) -> Value {
    let mut left = MAX_VALUES;
    copy(value, MAX_DEPTH, &mut left)
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
                    // The value of a getter that throws is undefined.
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

/// Makes a JavaScript value. Each member becomes an own property, also one with the name `__proto__`.
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
