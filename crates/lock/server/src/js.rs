//! The functions behind `server.mjs`. They convert and delegate; every decision is in `latchkey-lock`.

use latchkey_lock::i18n::find_language;
use latchkey_lock::options::{Options, read_flash};
use latchkey_lock::server::{Form, first_screen_by};
use latchkey_webauth::Value;
use latchkey_webauth::env::browser::from_js;
use leptos::prelude::RenderHtml;
use wasm_bindgen::prelude::*;

/// Renders the first screen of a dialog with `options` (as for `Auth0LockPasswordless`). Its form posts to
/// `action` with `fields`, an object of strings. `texts` is the content of the language's file. Returns
/// nothing for a dialog whose first screen only a browser can render. Throws an `Error` that names the wrong
/// argument.
#[wasm_bindgen(js_name = firstScreen)]
pub fn first_screen_of(
    options: &JsValue,
    action: &str,
    fields: &JsValue,
    texts: &JsValue,
) -> Result<Option<String>, JsError> {
    let page_options = from_js(options);
    let no_client = Value::from("");
    let mut options = Options::read(&no_client, &no_client, &page_options)
        .map_err(|_| JsError::new("The first argument must be an `options` object."))?;
    choose_language(&mut options, &from_js(texts))?;
    let flash = read_flash(&page_options).map_err(|error| JsError::new(error.message()))?;
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

/// Switches the dictionary to the language of the options, as the dialog does in the browser.
fn choose_language(options: &mut Options, texts: &Value) -> Result<(), JsError> {
    let Some(wanted) = options.language.clone() else {
        return Ok(());
    };
    let dictionary = &mut options.dictionary;
    let Some(language) = find_language(&wanted) else {
        // The page brought its own texts in a language that the dialog has no file for.
        if !dictionary.is_plain() {
            dictionary.call_language(&wanted);
        }
        return Ok(());
    };
    if language == "en" {
        return Ok(());
    }
    let Value::Array(entries) = texts else {
        return Err(JsError::new(
            "`words` must be what the file of that `language` in the folder `languages` contains.",
        ));
    };
    if dictionary.speak(language, entries.iter().map(Value::as_str)) {
        Ok(())
    } else {
        Err(JsError::new(
            "`words` are of another version: use the folder `languages` of this one.",
        ))
    }
}
