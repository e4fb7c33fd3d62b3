//! The service of dialogs on pages of JavaScript.
//!
//! Rust requests codes, logs in and leaves the page. JavaScript (`Tasks` in `js/tasks.mjs`) does what needs
//! JavaScript: it calls the page's own functions, shows captcha widgets and opens windows. It also loads the
//! module that reads authorization responses, which few pages need.

use latchkey_webauth::env::browser::{BrowserEnv, from_js};
use latchkey_webauth::{Client, Error, Value};
use wasm_bindgen::prelude::*;

use super::tenant::Tenant;
use super::{CaptchaTexts, Order, Reporter, Service, Verify};
use crate::failure::failure_from;
use crate::model::LastLogin;
use crate::options::Options;

#[wasm_bindgen]
extern "C" {
    /// The JavaScript side of one dialog. It reports through `LockHandle`.
    #[derive(Clone, Debug)]
    pub type Page;
    /// Calls the page's event listeners.
    #[wasm_bindgen(method)]
    pub(crate) fn emit(this: &Page, name: &str, payload: &JsValue);
    /// Reports a message of the page that cannot be shown.
    #[wasm_bindgen(method, js_name = refuseFlash)]
    pub(crate) fn refuse_flash(this: &Page, description: &str);
    #[wasm_bindgen(method)]
    fn avatar(this: &Page, email: &str);
    #[wasm_bindgen(method, js_name = loadLanguage)]
    fn load_language(this: &Page, version: u32, address: &str);
    #[wasm_bindgen(method, js_name = showCaptcha)]
    fn show_captcha(this: &Page, texts: &JsValue);
    #[wasm_bindgen(method, js_name = logInHere)]
    fn log_in_here(this: &Page, version: u32, connection: &str, to: &str, code: &str);
    #[wasm_bindgen(method, js_name = logInBySession)]
    fn log_in_by_session(this: &Page, version: u32, connection: &str, to: Option<&str>);
    #[wasm_bindgen(method, js_name = logInInWindow)]
    fn log_in_in_window(this: &Page, version: u32, connection: &str);
    /// Runs the page's hook before the browser leaves. Rejects with an error object if the page refuses.
    #[wasm_bindgen(method, catch, js_name = beforeLeaving)]
    async fn before_leaving(this: &Page) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn cancel(this: &Page);
}

/// The SDK's client, and the JavaScript side.
pub(crate) struct PageService {
    tenant: Tenant,
    page: Page,
}

impl PageService {
    /// `request_options` are options of the SDK, under their JavaScript names.
    ///
    /// # Errors
    /// [`Error::InvalidOptions`] if they do not make a client.
    pub(crate) fn new(request_options: Value, page: Page) -> Result<Self, Error> {
        let client = Client::from_options(request_options, BrowserEnv::new())?;
        Ok(Self {
            tenant: Tenant::new(client),
            page,
        })
    }

    fn authorize(&self, version: u32, connection: &str, options: &Options, reporter: Reporter) {
        if options.settings.in_place {
            return self.page.log_in_in_window(version, connection);
        }
        let page = self.page.clone();
        let before = async move {
            let hook = page.before_leaving().await;
            hook.map(|_| ())
                .map_err(|error| failure_from(from_js(&error)))
        };
        self.tenant
            .authorize(version, connection, options, before, reporter);
    }

    fn log_in_here(&self, verify: &Verify, options: &Options) {
        let Verify { version, to, code } = verify;
        let connection = options.connections.name(to.channel());
        self.page
            .log_in_here(*version, connection, to.text(), code.reveal());
    }

    fn log_in_by_session(&self, version: u32, login: &LastLogin, options: &Options) {
        let (connection, to) = match login {
            LastLogin::Code(to) => (options.connections.name(to.channel()), Some(to.text())),
            LastLogin::Social(connection) => (&**connection, None),
        };
        self.page.log_in_by_session(version, connection, to);
    }
}

impl Service for PageService {
    /// The parameters of requests stay those of the constructor, as in Lock.
    fn configure(&self, _: &Options) -> Result<(), Error> {
        Ok(())
    }

    fn begin(&self, order: Order<'_>, options: &Options, reporter: Reporter) {
        match order {
            Order::Authorize {
                version,
                connection,
            } => self.authorize(version, connection, options, reporter),
            Order::Avatar { email } => self.page.avatar(email),
            Order::Captcha(texts) => self.page.show_captcha(&labels(texts)),
            Order::Language { version, address } => self.page.load_language(version, address),
            Order::Session { version, login } => self.log_in_by_session(version, &login, options),
            Order::Start(start) => self.tenant.start(start, options, reporter),
            Order::Verify(verify) if options.settings.in_place => {
                self.log_in_here(&verify, options);
            }
            Order::Verify(verify) => self.tenant.verify(verify, options, reporter),
        }
    }

    fn cancel(&self) {
        self.tenant.cancel();
        self.page.cancel();
    }
}

/// The texts of a captcha as an object: `Labels` in `js/captcha.mjs`.
fn labels(texts: CaptchaTexts<'_>) -> JsValue {
    let CaptchaTexts {
        id,
        language,
        label,
        code,
        math,
        reload,
    } = texts;
    let members = [
        ("id", id),
        ("language", language),
        ("label", label),
        ("code", code),
        ("math", math),
        ("reload", reload),
    ];
    let members = members.map(|(name, text)| (name.to_owned(), Value::from(text)));
    latchkey_webauth::env::browser::to_js(&Value::Object(members.into()))
}
