//! What the browser knows about languages: `Intl`.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::browser::window;
use crate::i18n::{Formats, NamedCountry, Unit};

/// The browser's knowledge, as functions for the dictionary.
pub(crate) const FORMATS: Formats = Formats {
    plural,
    duration,
    countries,
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

fn countries(language: &str, codes: &[&'static str]) -> Vec<NamedCountry> {
    let format_of = format("DisplayNames", language, &[("type", "region")]);
    let name = |code: &str| call(format_of.as_ref()?, "of", &[code.into()])?.as_string();
    let named = codes.iter().map(|code| {
        let name = name(code).unwrap_or_else(|| (*code).to_owned());
        // The browser sorts, too; a tab comes before every letter, and a sort of our own would be larger than all of this.
        JsValue::from([&*name, "\t", code].concat())
    });
    let named: Array = named.collect();
    let compare = format("Collator", language, &[])
        .and_then(|collator| Reflect::get(&collator, &"compare".into()).ok());
    // In place.
    let _ = call(&named, "sort", &[compare.unwrap_or_default()]);
    named
        .iter()
        .filter_map(|entry| split(&entry.as_string()?, codes))
        .collect()
}

/// The name and the code of an entry, which ends in the code.
fn split(entry: &str, codes: &[&'static str]) -> Option<NamedCountry> {
    let (name, code) = entry.split_once('\t')?;
    let code = codes.iter().find(|known| **known == code)?;
    Some((name.to_owned(), code))
}

/// The country that the browser's language belongs to, as its ISO 3166 code.
pub(crate) fn home_country() -> Option<String> {
    let language = preferred_languages().into_iter().next()?;
    let locale = make("Locale", &[language.into()])?;
    let full = call(&locale, "maximize", &[])?;
    Reflect::get(&full, &"region".into()).ok()?.as_string()
}

/// Counts here are small: seconds, tries.
fn number(count: u64) -> JsValue {
    JsValue::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// What `new Intl.CLASS([language, "en"], options).METHOD(value)` gives.
fn text(
    class: &str,
    language: &str,
    options: &[(&str, &str)],
    method: &str,
    value: JsValue,
) -> Option<String> {
    call(&format(class, language, options)?, method, &[value])?.as_string()
}

/// `new Intl.CLASS([language, "en"], options)`, in the digits that the dialog uses everywhere.
fn format(class: &str, language: &str, options: &[(&str, &str)]) -> Option<JsValue> {
    let bag = Object::new();
    for (name, value) in [("numberingSystem", "latn")].iter().chain(options) {
        Reflect::set(&bag, &(*name).into(), &(*value).into()).ok()?;
    }
    let languages = Array::of2(&language.into(), &"en".into());
    make(class, &[languages.into(), bag.into()])
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
