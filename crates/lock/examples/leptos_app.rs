//! A Leptos app that logs people in with the dialog, in both ways: without leaving the page, and by way of the tenant.
//!
//! ```sh
//! RUSTFLAGS='--cfg getrandom_backend="wasm_js"' cargo build -p latchkey-lock --example leptos_app \
//!     --features component --target wasm32-unknown-unknown
//! wasm-bindgen --target web --no-typescript --out-dir app \
//!     target/wasm32-unknown-unknown/debug/examples/leptos_app.wasm
//! ```
//!
//! A page then loads it with `<script type="module">import init from './app/leptos_app.js'; init();</script>`. Without
//! `AUTH0_DOMAIN` and `AUTH0_CLIENT_ID` in the compiler's environment, domain and client are those of the mock tenant
//! (`cargo run -p latchkey-mock-tenant`); serve the page on port 3000 then.
//!
//! On a server it renders the page, with its dialogs closed.

use latchkey_lock::component::LockDialog;
use latchkey_lock::i18n::Key;
use latchkey_lock::model::{By, Event};
use latchkey_lock::options::{Connections, Options};
use latchkey_webauth::AuthorizationResult;
use leptos::prelude::*;

/// The settings of this app. `page` is its own address: the tenant answers to no other.
fn options(page: &str, state: Option<String>) -> Options {
    let domain = option_env!("AUTH0_DOMAIN").unwrap_or("http://localhost:4000");
    let client_id = option_env!("AUTH0_CLIENT_ID").unwrap_or("latchkey-spa");
    let mut options = Options::new(client_id, domain);
    options.config.redirect_uri = Some(page.to_owned());
    options.config.response_type = Some("token id_token".to_owned());
    // The tenant gives captchas to pages with a state.
    options.config.state = state;
    options.connections = Connections::allowed(["email", "sms"]);
    options.dictionary.say(Key::Title, "Log in to the example");
    options
}

/// Who logged in: the address, or the number.
fn greeting(result: &AuthorizationResult) -> String {
    let name = result.id_token_payload().member("name").as_str();
    format!("Hello {}", name.unwrap_or("stranger"))
}

/// A page with two buttons, a dialog behind each, and what came of it.
#[component]
fn App(
    /// The page's own address.
    page: String,
    /// A random text, new for each visit.
    state: Option<String>,
    /// What the page says.
    said: RwSignal<String>,
) -> impl IntoView {
    let (here, away) = (RwSignal::new(false), RwSignal::new(false));
    let on_event = move |event: Event| {
        if event == Event::Cancelled(By::Person) {
            said.set("Maybe later, then.".to_owned());
        }
    };
    let on_authenticated = move |result: AuthorizationResult| said.set(greeting(&result));
    let leaving = options(&page, state);
    let mut staying = leaving.clone();
    staying.settings.in_place = true;
    staying.autoclose = true;
    view! {
        <main>
            <p role="status">{move || said.get()}</p>
            <button on:click=move |_| here.set(true)>"Log in"</button>
            <button on:click=move |_| away.set(true)>"Log in at the tenant"</button>
        </main>
        <LockDialog options=staying open=here on_event on_authenticated />
        <LockDialog options=leaving open=away on_event />
    }
}

/// What the page says to who comes.
fn welcome() -> RwSignal<String> {
    RwSignal::new("Nobody is logged in.".to_owned())
}

#[cfg(target_arch = "wasm32")]
fn main() {
    let page = window().location().origin().unwrap_or_default() + "/";
    let state = window().crypto().ok().map(|crypto| crypto.random_uuid());
    leptos::mount::mount_to_body(move || {
        let said = welcome();
        leptos::task::spawn_local(come_back(options(&page, None), said));
        view! { <App page state said /> }
    });
}

/// Finishes a login that left the page, if the page's address is the answer to one.
#[cfg(target_arch = "wasm32")]
async fn come_back(options: Options, said: RwSignal<String>) {
    use latchkey_webauth::Client;
    use latchkey_webauth::env::browser::BrowserEnv;

    let answer = match Client::new(options.config, BrowserEnv::new()) {
        Ok(client) => client.handle_redirect_callback().await,
        Err(error) => Err(error),
    };
    match answer {
        Ok(Some(result)) => said.set(greeting(&result)),
        Ok(None) => {}
        Err(error) => said.set(error.text().to_owned()),
    }
}

/// On a server nobody logs in: the page is rendered, with its dialogs closed.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "an example")]
fn main() {
    let page = "https://app.example.com/".to_owned();
    let app = view! { <App page state=None said=welcome() /> };
    println!("{}", app.to_html());
}
