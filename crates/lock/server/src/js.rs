//! What `server.mjs` calls: conversion and delegation, no decisions.

use latchkey_lock::i18n::find_language;
use latchkey_lock::options::{Options, read_flash};
use latchkey_lock::server::{Form, first_screen_by};
use latchkey_webauth::Value;
use latchkey_webauth::env::browser::from_js;
use leptos::prelude::RenderHtml;
use wasm_bindgen::prelude::*;

/// The first screen of a dialog with `options` (as for `Auth0LockPasswordless`), whose form goes to `action` with
/// `fields` (an object of texts) and is in the language of `words` (the content of its file). Nothing, where there is
/// no such screen. Throws an `Error` that says which argument is wrong.
#[wasm_bindgen(js_name = firstScreen)]
pub fn first_screen_of(
    options: &JsValue,
    action: &str,
    fields: &JsValue,
    words: &JsValue,
) -> Result<Option<String>, JsError> {
    let given = from_js(options);
    let nobody = Value::from("");
    let mut options = Options::read(&nobody, &nobody, &given)
        .map_err(|_| JsError::new("The first argument must be an `options` object."))?;
    speak(&mut options, &from_js(words))?;
    let flash = read_flash(&given).map_err(|error| JsError::new(error.message()))?;
    let fields = from_js(fields);
    let fields: Vec<_> = match &fields {
        Value::Object(members) => members
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect(),
        _ => Vec::new(),
    };
    let form = Form {
        action,
        fields: &fields,
        flash: flash.as_ref(),
    };
    Ok(first_screen_by(RenderHtml::to_html, &options, &form))
}

/// Lets the dialog speak the language of its options, as it will in the browser.
fn speak(options: &mut Options, words: &Value) -> Result<(), JsError> {
    let Some(wanted) = options.language.clone() else {
        return Ok(());
    };
    let dictionary = &mut options.dictionary;
    let Some(language) = find_language(&wanted) else {
        // The page's own words, in a language that is none of ours.
        if !dictionary.is_plain() {
            dictionary.call_language(&wanted);
        }
        return Ok(());
    };
    if language == "en" {
        return Ok(());
    }
    let Value::Array(texts) = words else {
        return Err(JsError::new(
            "`words` must be what the file of that `language` in the folder `languages` contains.",
        ));
    };
    if dictionary.speak(language, texts.iter().map(Value::as_str)) {
        Ok(())
    } else {
        Err(JsError::new(
            "`words` are of another version: use the folder `languages` of this one.",
        ))
    }
}
