//! What `Auth0LockPasswordless` in `js/` is made of: conversion and delegation, no decisions.

mod payload;

use js_sys::Function;
use latchkey_webauth::env::browser::from_js;
use latchkey_webauth::{Error, Value};
use wasm_bindgen::prelude::*;

use crate::failure::failure_from;
use crate::model::Event;
use crate::options::{Options, read_flash};
use crate::runtime::Dialog;
use crate::service::Facade;
use payload::payload;

/// One dialog, and what it was made with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct LockHandle {
    dialog: Dialog,
    client_id: Value,
    domain: Value,
    more: Function,
    /// Where the script is, and beside it the folder `languages`.
    base: String,
}

#[wasm_bindgen]
impl LockHandle {
    /// Makes a closed dialog. `emit(name, payload)` is told what happens. Throws an `Error` with
    /// Lock's words when an argument has the wrong type. `more(name, version, order)` does what is
    /// loaded on demand, and calls `answer`. `base` is where the folder `languages` is, unless an option
    /// says otherwise.
    #[wasm_bindgen(constructor)]
    pub fn new(
        client_id: &JsValue,
        domain: &JsValue,
        options: &JsValue,
        emit: Function,
        more: Function,
        base: String,
    ) -> Result<LockHandle, JsError> {
        // A function is no object, nor is it nothing.
        let is_given = !options.is_undefined();
        let (client_id, domain, options) = (from_js(client_id), from_js(domain), from_js(options));
        let options = match options {
            Value::Undefined if is_given => Value::Null,
            options => options,
        };
        let read = read(&client_id, &domain, &options, &base)?;
        let on_event = move |event: Event| {
            // What the page's code throws is reported by the facade.
            let _ = emit.call2(&JsValue::NULL, &event.name().into(), &payload(&event));
        };
        let service = Box::new(Facade(more.clone()));
        let dialog = Dialog::with(service, read, Box::new(on_event));
        Ok(Self {
            dialog,
            client_id,
            domain,
            more,
            base,
        })
    }

    /// Opens the dialog: as it was made, or with all `options` as they are for this one showing.
    pub fn show(&self, options: &JsValue) -> Result<(), JsError> {
        let mut flash = Ok(None);
        if !options.is_undefined() {
            let options = from_js(options);
            flash = read_flash(&options);
            let read = read(&self.client_id, &self.domain, &options, &self.base)?;
            self.dialog
                .replace_options(read)
                .map_err(|error| thrown(&error))?;
        }
        match flash {
            Ok(flash) => self.dialog.set_flash(flash),
            Err(error) => Facade(self.more.clone()).call("flash", 0, &[error.message()]),
        }
        self.dialog.show();
        Ok(())
    }

    /// What `more` was told to do by that name is done: well, or `told` is the error. Of `avatar`, it is
    /// what is known: `{ email, image, name }`.
    pub fn answer(&self, name: &str, version: u32, told: &JsValue) {
        let answers = self.dialog.answers();
        let told = from_js(told);
        if name == "avatar" {
            return answers.person(&told);
        }
        let result = match told {
            Value::Undefined => Ok(()),
            error => Err(failure_from(error)),
        };
        match name {
            "captcha" => answers.captcha(result.is_ok()),
            "start" => answers.started(version, result),
            _ => answers.verified(version, result),
        }
    }

    /// The words of a language are there, or `file` is undefined.
    pub fn language(&self, version: u32, file: &JsValue) {
        let file = (!file.is_undefined()).then(|| from_js(file));
        self.dialog.answers().language(version, file);
    }

    /// Closes the dialog.
    pub fn hide(&self) {
        self.dialog.hide();
    }

    /// Closes the dialog for good.
    pub fn destroy(&self) {
        self.dialog.destroy();
    }
}

fn read(
    client_id: &Value,
    domain: &Value,
    options: &Value,
    base: &str,
) -> Result<Options, JsError> {
    let mut read =
        Options::read(client_id, domain, options).map_err(|error| JsError::new(error.message()))?;
    if read.language_base_url.is_empty() {
        base.clone_into(&mut read.language_base_url);
    }
    Ok(read)
}

/// The one kind of error that making a client has. Formatting all of them would cost 1 KB.
fn thrown(error: &Error) -> JsError {
    JsError::new(match error {
        Error::InvalidOptions(text) => text,
        _ => "The options do not make a client.",
    })
}
