//! Some on-screen keyboards cover the page and do not shrink it. This module keeps the dialog above them.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::page::{Dom, avoid_keyboard};

/// Makes room for on-screen keyboards until it is dropped.
pub(super) struct Keyboard(Function);

impl Keyboard {
    pub(super) fn avoid(root: &Dom) -> Self {
        Self(avoid_keyboard(root))
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // The function only removes listeners. That cannot fail.
        let _ = self.0.call0(&JsValue::NULL);
    }
}
