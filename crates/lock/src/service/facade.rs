//! The services of the JavaScript facade in `js/`.

use js_sys::Function;
use latchkey_webauth::Error;
use wasm_bindgen::JsValue;

use super::{Answers, Order, Service};
use crate::options::Options;

/// A function of a name, a version and an order, as lines. It answers through `LockHandle`.
pub(crate) struct Facade(pub(crate) Function);

impl Facade {
    /// What the facade throws it reports itself.
    pub(crate) fn call(&self, name: &str, version: u32, order: &[&str]) {
        let order = order.join("\n");
        let _ = (self.0).call3(&JsValue::NULL, &name.into(), &version.into(), &order.into());
    }
}

impl Service for Facade {
    /// The facade reads them itself.
    fn configure(&self, _: &Options) -> Result<(), Error> {
        Ok(())
    }

    fn begin(&self, order: Order<'_>, options: &Options, _: Answers) {
        match order {
            Order::Avatar { email } => self.call("avatar", 0, &[email]),
            Order::Language { version, address } => self.call("language", version, &[address]),
            Order::Authorize {
                version,
                connection,
            } => self.call("social", version, &[connection]),
            Order::Captcha { texts } => self.call("captcha", 0, &texts),
            Order::Session { version, way } => {
                self.call("session", version, &[&options.connections.write_way(&way)]);
            }
            Order::Start {
                version,
                to,
                link,
                captcha,
                language,
            } => {
                let connection = options.connections.name(to.channel());
                let send = if link { "link" } else { "code" };
                let captcha = captcha.as_deref().unwrap_or_default();
                let order = [connection, to.text(), send, language, captcha];
                self.call("start", version, &order);
            }
            Order::Verify { version, to, code } => {
                let connection = options.connections.name(to.channel());
                self.call("login", version, &[connection, to.text(), code.reveal()]);
            }
        }
    }

    fn cancel(&self) {
        self.call("cancel", 0, &[]);
    }
}
