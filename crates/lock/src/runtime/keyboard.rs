//! Keeps the dialog above an on-screen keyboard that covers the page instead of shrinking it.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::page::{Dom, avoid_keyboard};

/// As long as it lives, the dialog makes room for keyboards.
pub(super) struct Keyboard(Function);

impl Keyboard {
    pub(super) fn avoid(root: &Dom) -> Self {
        Self(avoid_keyboard(root))
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        // It takes a listener away, which cannot fail.
        let _ = self.0.call0(&JsValue::NULL);
    }
}
