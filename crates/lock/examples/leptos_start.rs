//! The app of the documentation's page "Start with Rust and Leptos" (`docs/site/start-rust.md`), as it stands there: a test
//! compares the two, and logs in with this one.

use latchkey_lock::component::LockDialog;
use latchkey_lock::options::{Connections, Options};
use latchkey_webauth::AuthorizationResult;
use leptos::prelude::*;

#[component]
fn App() -> impl IntoView {
    let open = RwSignal::new(false);
    let said = RwSignal::new("Nobody is logged in.".to_owned());
    let mut options = Options::new("latchkey-spa", "http://localhost:4000");
    options.config.redirect_uri = Some("http://localhost:3000/".to_owned());
    options.config.response_type = Some("token id_token".to_owned());
    options.connections = Connections::allowed(["email"]);
    options.settings.in_place = true; // nobody leaves the page
    options.autoclose = true;
    let on_authenticated = move |result: AuthorizationResult| {
        let email = result.id_token_payload().member("email").as_str();
        said.set(format!("Hello {}", email.unwrap_or("stranger")));
    };
    view! {
        <h1>"My app"</h1>
        <p role="status">{move || said.get()}</p>
        <button on:click=move |_| open.set(true)>"Log in"</button>
        <LockDialog options open on_authenticated />
    }
}

fn main() {
    leptos::mount::mount_to_body(App);
}
