//! A Leptos app that logs people in with the dialog, without leaving the page.
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
//! On a server it renders the page without the dialog (`--features component,leptos/ssr`).

use latchkey_lock::component::LockDialog;
use latchkey_lock::i18n::Key;
use latchkey_lock::model::{By, Event};
use latchkey_lock::options::{Connections, Options};
use latchkey_webauth::AuthorizationResult;
use leptos::prelude::*;

/// The settings of this app. `page` is its own address: the tenant answers to no other.
fn options(page: String, state: Option<String>) -> Options {
    let domain = option_env!("AUTH0_DOMAIN").unwrap_or("http://localhost:4000");
    let client_id = option_env!("AUTH0_CLIENT_ID").unwrap_or("latchkey-spa");
    let mut options = Options::new(client_id, domain);
    options.config.redirect_uri = Some(page);
    options.config.response_type = Some("token id_token".to_owned());
    // The tenant gives captchas to pages with a state.
    options.config.state = state;
    options.connections = Connections::allowed(["email", "sms"]);
    options.dictionary.say(Key::Title, "Log in to the example");
    options.settings.in_place = true;
    options.autoclose = true;
    options
}

/// A page with a button, the dialog behind it, and what came of it.
#[component]
fn App(
    /// The page's own address.
    page: String,
    /// A random text, new for each visit.
    state: Option<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let said = RwSignal::new("Nobody is logged in.".to_owned());
    let on_event = move |event: Event| {
        if event == Event::Cancelled(By::Person) {
            said.set("Maybe later, then.".to_owned());
        }
    };
    let on_authenticated = move |result: AuthorizationResult| {
        // The address, or the number.
        let name = result.id_token_payload().member("name").as_str();
        said.set(format!("Hello {}", name.unwrap_or("stranger")));
    };
    view! {
        <main>
            <p role="status">{move || said.get()}</p>
            <button on:click=move |_| open.set(true)>"Log in"</button>
        </main>
        <LockDialog options=options(page, state) open on_event on_authenticated />
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    let page = window().location().origin().unwrap_or_default() + "/";
    let state = window().crypto().ok().map(|crypto| crypto.random_uuid());
    leptos::mount::mount_to_body(move || view! { <App page state /> });
}

/// On a server nobody logs in: the page is rendered, and the dialog comes with the browser.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "an example")]
fn main() {
    let page = "https://app.example.com/".to_owned();
    println!("{}", view! { <App page state=None /> }.to_html());
}
