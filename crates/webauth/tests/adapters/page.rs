//! The page that a fault happens in.

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

/// Puts the page's own things back, whatever the test before has come to.
pub(crate) fn unspoil() {
    js("globalThis.real ??= { fetch,
            crypto: Object.getOwnPropertyDescriptor(window, 'crypto'),
            localStorage: Object.getOwnPropertyDescriptor(window, 'localStorage') };
        globalThis.fetch = real.fetch;
        for (const name of ['crypto', 'localStorage']) Object.defineProperty(window, name, real[name]);
        delete crypto.subtle;
        delete document.cookie");
}

/// Replaces `fetch` by a function of `request`. Both adapters' requests are recorded in the same form.
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
