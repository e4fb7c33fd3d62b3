//! What the browser knows about languages: `Intl`.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::window;
use crate::i18n::{Formats, Unit};

/// The browser's knowledge, as functions for the dictionary.
pub(crate) const FORMATS: Formats = Formats {
    plural,
    duration,
    country,
};

/// The languages that the person prefers, best first.
pub(crate) fn preferred_languages() -> Vec<String> {
    let languages = window().map(|window| window.navigator().languages());
    languages.map_or_else(Vec::new, |languages| {
        languages
            .iter()
            .filter_map(|language| language.as_string())
            .collect()
    })
}

fn plural(language: &str, count: u64) -> String {
    text("PluralRules", language, &[], "select", number(count))
        .unwrap_or_else(|| "other".to_owned())
}

fn duration(language: &str, count: u64, unit: Unit) -> String {
    let options = [("style", "unit"), ("unit", unit), ("unitDisplay", "long")];
    text("NumberFormat", language, &options, "format", number(count))
        .unwrap_or_else(|| (Formats::default().duration)(language, count, unit))
}

fn country(language: &str, code: &str) -> String {
    text(
        "DisplayNames",
        language,
        &[("type", "region")],
        "of",
        code.into(),
    )
    .unwrap_or_else(|| code.to_owned())
}

/// Counts here are small: seconds, tries.
fn number(count: u64) -> JsValue {
    JsValue::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// `new Intl.CLASS([language, "en"], options).METHOD(value)`, in the digits that the dialog uses
/// everywhere.
fn text(
    class: &str,
    language: &str,
    options: &[(&str, &str)],
    method: &str,
    value: JsValue,
) -> Option<String> {
    let bag = Object::new();
    for (name, value) in [("numberingSystem", "latn")].iter().chain(options) {
        Reflect::set(&bag, &(*name).into(), &(*value).into()).ok()?;
    }
    let languages = Array::of2(&language.into(), &"en".into());
    let format = make(class, &[languages.into(), bag.into()])?;
    call(&format, method, &[value])?.as_string()
}

fn make(class: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class: Function = Reflect::get(&intl, &class.into()).ok()?.dyn_into().ok()?;
    // Throws for a language tag that is none.
    Reflect::construct(&class, &arguments.iter().collect()).ok()
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
    method.apply(object, &arguments.iter().collect()).ok()
}
