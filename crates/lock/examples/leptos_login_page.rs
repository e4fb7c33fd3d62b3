//! A login page that a server renders with Leptos, with the dialog in it.
//!
//! The page works before any script has loaded: its form posts to `/login`. When the script has loaded, the
//! dialog replaces the form and keeps what was typed.
//!
//! ```sh
//! cargo run -p latchkey-lock --example leptos_login_page --features component > page.html
//! RUSTFLAGS='--cfg getrandom_backend="wasm_js"' cargo build -p latchkey-lock --example leptos_login_page \
//!     --features component --target wasm32-unknown-unknown
//! wasm-bindgen --target web --no-typescript --out-dir . \
//!     target/wasm32-unknown-unknown/debug/examples/leptos_login_page.wasm
//! ```
//!
//! Build both with the same flags: `--cfg erase_components` changes the markers in the HTML that Leptos
//! hydrates by. Serve the folder on port 3000, beside the mock tenant (`cargo run -p latchkey-mock-tenant`).
//! A real server would render the page with `leptos_axum` or `leptos_actix` instead of printing it.

use latchkey_lock::component::LockDialog;
use latchkey_lock::options::Options;
use latchkey_lock::view::FormTarget;
use latchkey_webauth::AuthorizationResult;
use leptos::prelude::*;

fn options() -> Options {
    let domain = option_env!("AUTH0_DOMAIN").unwrap_or("http://localhost:4000");
    let mut options = Options::new("latchkey-spa", domain);
    options.language = Some("en".to_owned());
    options.config.redirect_uri = Some(address());
    options.config.response_type = Some("token id_token".to_owned());
    options.settings.in_place = true;
    options
}

/// The page's own address, because the tenant redirects only to addresses that its client lists.
fn address() -> String {
    #[cfg(target_arch = "wasm32")]
    return window().location().origin().unwrap_or_default() + "/";
    #[cfg(not(target_arch = "wasm32"))]
    "http://localhost:3000/".to_owned()
}

/// The login page, the same on the server and in the browser.
#[component]
fn LoginPage() -> impl IntoView {
    let said = RwSignal::new("Nobody is logged in.".to_owned());
    let open = RwSignal::new(true);
    let form = FormTarget {
        action: "/login".to_owned(),
        // Fields that the server gets back with the form: a CSRF token, the `state` of the login.
        fields: vec![("token".to_owned(), "a1b2c3".to_owned())],
    };
    let on_authenticated = move |result: AuthorizationResult| {
        let name = result.id_token_payload().member("name").as_str();
        said.set(format!("Hello {}", name.unwrap_or("stranger")));
    };
    view! {
        <main>
            <h1>"Members only"</h1>
            <LockDialog options=options() open inline=true form on_authenticated />
            <p role="status">{move || said.get()}</p>
        </main>
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    leptos::mount::hydrate_body(|| view! { <LoginPage /> });
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "an example")]
fn main() {
    let page = Owner::new().with(|| view! { <LoginPage /> }.to_html());
    println!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Log in</title><style>{}</style><body>{page}\
         <script type=\"module\">import init from './leptos_login_page.js'; init();</script>",
        latchkey_lock::css::CSS
    );
}
