//! The page in which the faults happen.

use js_sys::Function;
use latchkey_webauth::Value;
use latchkey_webauth::env::browser::from_js;
use wasm_bindgen::JsValue;

/// Runs `body` as JavaScript.
pub(crate) fn js(body: &str) -> JsValue {
    Function::new_no_args(body)
        .call0(&JsValue::UNDEFINED)
        .unwrap()
}

/// Restores the functions of the page that a test has replaced.
pub(crate) fn unspoil() {
    js("globalThis.real ??= { fetch,
            crypto: Object.getOwnPropertyDescriptor(window, 'crypto'),
            localStorage: Object.getOwnPropertyDescriptor(window, 'localStorage') };
        globalThis.fetch = real.fetch;
        for (const name of ['crypto', 'localStorage']) Object.defineProperty(window, name, real[name]);
        delete crypto.subtle;
        delete document.cookie");
}

/// Replaces `fetch` by a function with the parameter `request`. The requests of both adapters are recorded in the same form.
pub(crate) fn script_fetch(body: &str) {
    js(&format!(
        "globalThis.asked = []; globalThis.aborted = 0;
         globalThis.fetch = async (input, init) => {{
             const request = new Request(input, init);
             if (request.signal.aborted) throw request.signal.reason;
             asked.push({{ method: request.method, url: request.url, credentials: request.credentials,
                 headers: Object.fromEntries(request.headers), body: await request.clone().text() }});
             {body}
         }};"
    ));
}

pub(crate) fn asked() -> Value {
    from_js(&js("return asked"))
}
