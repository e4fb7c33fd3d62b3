//! A Leptos app with two login dialogs: one logs in without leaving the page, the other redirects to the
//! tenant.
//!
//! ```sh
//! RUSTFLAGS='--cfg getrandom_backend="wasm_js"' cargo build -p latchkey-lock --example leptos_app \
//!     --features component --target wasm32-unknown-unknown
//! wasm-bindgen --target web --no-typescript --out-dir app \
//!     target/wasm32-unknown-unknown/debug/examples/leptos_app.wasm
//! ```
//!
//! A page loads it with `<script type="module">import init from './app/leptos_app.js'; init();</script>`. The
//! environment variables `AUTH0_DOMAIN` and `AUTH0_CLIENT_ID` are read while compiling. Without them the app
//! uses the mock tenant (`cargo run -p latchkey-mock-tenant`), which expects the page on port 3000.
//!
//! Built natively, the app prints its HTML as a server would, with the dialogs closed.

use latchkey_lock::component::LockDialog;
use latchkey_lock::i18n::Key;
use latchkey_lock::model::{By, Event};
use latchkey_lock::options::{Connections, Options};
use latchkey_webauth::AuthorizationResult;
use leptos::prelude::*;

/// The options of both dialogs. `page` is the page's own address, because the tenant redirects only to
/// addresses that its client lists.
fn options(page: &str, state: Option<String>) -> Options {
    let domain = option_env!("AUTH0_DOMAIN").unwrap_or("http://localhost:4000");
    let client_id = option_env!("AUTH0_CLIENT_ID").unwrap_or("latchkey-spa");
    let mut options = Options::new(client_id, domain);
    options.config.redirect_uri = Some(page.to_owned());
    options.config.response_type = Some("token id_token".to_owned());
    // The tenant issues captchas only to pages that have a `state`.
    options.config.state = state;
    options.connections = Connections::allowed(["email", "sms"]);
    options.dictionary.say(Key::Title, "Log in to the example");
    options
}

/// A greeting with the name that the ID token has for the person.
fn greeting(result: &AuthorizationResult) -> String {
    let name = result.id_token_payload().member("name").as_str();
    format!("Hello {}", name.unwrap_or("stranger"))
}

/// A page with two login buttons, a dialog for each, and a line that shows the outcome.
#[component]
fn App(
    /// The page's own address, which is the redirect URI.
    page: String,
    /// A random `state`, new for each visit.
    state: Option<String>,
    /// The line that the page shows.
    message: RwSignal<String>,
) -> impl IntoView {
    let (here, away) = (RwSignal::new(false), RwSignal::new(false));
    let on_event = move |event: Event| {
        if event == Event::Cancelled(By::Person) {
            message.set("Maybe later, then.".to_owned());
        }
    };
    let on_authenticated = move |result: AuthorizationResult| message.set(greeting(&result));
    let leaving = options(&page, state);
    let mut staying = leaving.clone();
    staying.settings.in_place = true;
    staying.autoclose = true;
    view! {
        <main>
            <p role="status">{move || message.get()}</p>
            <button on:click=move |_| here.set(true)>"Log in"</button>
            <button on:click=move |_| away.set(true)>"Log in at the tenant"</button>
        </main>
        <LockDialog options=staying open=here on_event on_authenticated />
        <LockDialog options=leaving open=away on_event />
    }
}

/// The line that the page shows before anybody logs in.
fn welcome() -> RwSignal<String> {
    RwSignal::new("Nobody is logged in.".to_owned())
}

#[cfg(target_arch = "wasm32")]
fn main() {
    let page = window().location().origin().unwrap_or_default() + "/";
    let state = window().crypto().ok().map(|crypto| crypto.random_uuid());
    leptos::mount::mount_to_body(move || {
        let message = welcome();
        leptos::task::spawn_local(finish_login(options(&page, None), message));
        view! { <App page state message /> }
    });
}

/// Finishes a login that left the page, if the page's address holds an authorization response.
#[cfg(target_arch = "wasm32")]
async fn finish_login(options: Options, message: RwSignal<String>) {
    use latchkey_webauth::Client;
    use latchkey_webauth::env::browser::BrowserEnv;

    let response = match Client::new(options.config, BrowserEnv::new()) {
        Ok(client) => client.handle_redirect_callback().await,
        Err(error) => Err(error),
    };
    match response {
        Ok(Some(result)) => message.set(greeting(&result)),
        Ok(None) => {}
        Err(error) => message.set(error.text().to_owned()),
    }
}

/// Prints the page with its dialogs closed, as a server renders it.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "an example")]
fn main() {
    let page = "https://app.example.com/".to_owned();
    let app = view! { <App page state=None message=welcome() /> };
    println!("{}", app.to_html());
}
