//! The class behind `Auth0LockPasswordless` in `js/`. It converts and delegates; every decision is elsewhere
//! in this crate.

mod payload;

use js_sys::Array;
use latchkey_webauth::env::browser::from_js;
use latchkey_webauth::{Error, Value};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::failure::failure_from;
use crate::model::{Event, Person};
use crate::options::{Options, read_flash};
use crate::runtime::Dialog;
use crate::service::{Page, PageService};
use payload::payload;

/// One dialog, with the options that it was made with.
#[wasm_bindgen]
#[derive(Debug)]
pub struct LockHandle {
    dialog: Dialog,
    client_id: Value,
    domain: Value,
    page: Page,
    /// The address of the script's folder, which has the folder `languages`.
    base: String,
}

#[wasm_bindgen]
impl LockHandle {
    /// Makes a closed dialog. `request_options` are options of the SDK. `page` is the JavaScript side of the
    /// dialog. `base` is the address of the folder that has the folder `languages`, unless an option names
    /// another one. `files` are the language files that have loaded already, as pairs of address and content.
    ///
    /// # Errors
    /// An `Error` with the message of Lock or auth0.js if an argument has the wrong type.
    #[wasm_bindgen(constructor)]
    pub fn new(
        client_id: &JsValue,
        domain: &JsValue,
        options: &JsValue,
        request_options: &JsValue,
        page: Page,
        base: String,
        files: &Array,
    ) -> Result<LockHandle, JsError> {
        let (client_id, domain) = (from_js(client_id), from_js(domain));
        let read = read(&client_id, &domain, &from_js(options), &base)?;
        for pair in files.iter().map(|pair| Array::from(&pair)) {
            if let Some(address) = pair.get(0).as_string() {
                Dialog::know_language(address, from_js(&pair.get(1)));
            }
        }
        let service = PageService::new(from_js(request_options), page.clone())
            .map_err(|error| thrown(&error))?;
        let listener = page.clone();
        let on_event = move |event: Event| listener.emit(event.name(), &payload(&event));
        let dialog = Dialog::with(Box::new(service), read, Box::new(on_event));
        Ok(Self {
            dialog,
            client_id,
            domain,
            page,
            base,
        })
    }

    /// Opens the dialog. `options`, if defined, are the complete options for this showing.
    ///
    /// # Errors
    /// An `Error` as of [`LockHandle::new`].
    pub fn show(&self, options: &JsValue) -> Result<(), JsError> {
        if !options.is_undefined() {
            self.configure(options)?;
        }
        self.dialog.show();
        Ok(())
    }

    /// Opens the dialog in the place of the painted first screen, with the complete options for this showing.
    ///
    /// # Errors
    /// An `Error` as of [`LockHandle::new`].
    #[wasm_bindgen(js_name = takeOver)]
    pub fn take_over(&self, options: &JsValue, painted: HtmlElement) -> Result<(), JsError> {
        self.configure(options)?;
        self.dialog.take_over(painted);
        Ok(())
    }

    /// Handles a message from another dialog of this browser that arrived before this dialog could listen.
    pub fn receive(&self, text: &str) {
        self.dialog.receive(text);
    }

    /// Closes the dialog. Does nothing while it is closed.
    pub fn hide(&self) {
        self.dialog.hide();
    }

    /// Closes the dialog for good.
    pub fn destroy(&self) {
        self.dialog.destroy();
    }

    /// The dialog's element. `None` while the dialog is closed.
    #[must_use]
    pub fn root(&self) -> Option<HtmlElement> {
        self.dialog.root()
    }

    /// Reports whether the page shows a captcha to solve.
    pub fn captcha(&self, is_there: bool) {
        self.dialog.reporter().captcha(is_there);
    }

    /// Reports the content of a language file. `undefined` means that it could not be loaded.
    pub fn language(&self, version: u32, file: &JsValue) {
        let file = (!file.is_undefined()).then(|| from_js(file));
        self.dialog.reporter().language(version, file);
    }

    /// Reports the picture's address and the name that the page has for the owner of `email`. Empty where it
    /// has none.
    pub fn person(&self, email: String, image: String, name: String) {
        let person = Person { email, image, name };
        self.dialog.reporter().person(person);
    }

    /// Reports that the person is logged in, or with `error` why not.
    pub fn verified(&self, version: u32, error: &JsValue) {
        let result = match from_js(error) {
            Value::Undefined => Ok(()),
            error => Err(failure_from(error)),
        };
        self.dialog.reporter().verified(version, result);
    }

    /// Applies the options of one showing.
    fn configure(&self, options: &JsValue) -> Result<(), JsError> {
        let options = from_js(options);
        let read = read(&self.client_id, &self.domain, &options, &self.base)?;
        self.dialog
            .replace_options(read)
            .map_err(|error| thrown(&error))?;
        match read_flash(&options) {
            Ok(flash) => self.dialog.set_flash(flash),
            Err(error) => self.page.refuse_flash(error.message()),
        }
        Ok(())
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

/// Making a client has only this kind of error. Formatting every kind would add 1 KB to the wasm.
fn thrown(error: &Error) -> JsError {
    JsError::new(match error {
        Error::InvalidOptions(text) => text,
        _ => "The options do not make a client.",
    })
}
