//! A Rust web app that logs people in by a code in an e-mail. It has no server: it uses PKCE and redeems the authorization
//! code itself.
//!
//! ```sh
//! cargo build -p latchkey-webauth --example web_app --features fake,pkce --target wasm32-unknown-unknown
//! wasm-bindgen --target web --no-typescript --out-dir web_app \
//!     target/wasm32-unknown-unknown/debug/examples/web_app.wasm
//! ```
//!
//! A page then loads it with `<script type="module">import init from './web_app/web_app.js'; init();</script>`. The compiler
//! reads `AUTH0_DOMAIN` and `AUTH0_CLIENT_ID` from the environment. Without them the app uses the mock tenant
//! (`cargo run -p latchkey-mock-tenant`), and the page has to be served on port 3000.
//!
//! Everything but [`main`] is plain Rust that uses the page through [`Env`], so it can be tested natively with
//! `env::fake::FakeEnv`.

use latchkey_webauth::{
    AuthorizationResult, Client, Config, Env, Error, ErrorKind, LoginOptions, Send, StartOptions,
};

/// How the app talks to the person.
trait Talk {
    /// Asks for a line of text. Returns `None` if the person cancels.
    fn ask(&self, question: &str) -> Option<String>;
    /// Shows a text.
    fn say(&self, text: &str);
}

/// The settings of this app. `page` is its own address, to which the tenant sends the person back.
fn settings(page: &str) -> Config {
    let domain = option_env!("AUTH0_DOMAIN").unwrap_or("http://localhost:4000");
    let client_id = option_env!("AUTH0_CLIENT_ID").unwrap_or("latchkey-spa");
    let mut config = Config::new(domain, client_id);
    config.redirect_uri = Some(page.to_owned());
    config.response_type = Some("code".to_owned());
    config.scope = Some("openid profile email".to_owned());
    // No server redeems the code, so the client has to prove that it began the login (RFC 7636).
    config.extra = vec![("pkce".to_owned(), true.into())];
    config
}

/// Finishes a login if the page's address has an authorization response, otherwise begins one.
async fn run<E: Env>(client: &Client<E>, talk: &impl Talk) -> Result<(), Error> {
    match client.handle_redirect_callback().await? {
        Some(result) => greet(&result, talk),
        None => log_in(client, talk).await?,
    }
    Ok(())
}

fn greet(result: &AuthorizationResult, talk: &impl Talk) {
    let email = result.id_token_payload().member("email");
    talk.say(&format!("Hello {}", email.as_str().unwrap_or("stranger")));
}

async fn log_in<E: Env>(client: &Client<E>, talk: &impl Talk) -> Result<(), Error> {
    let Some(email) = talk.ask("Your e-mail address") else {
        return Ok(());
    };
    client
        .passwordless_start(StartOptions {
            connection: "email".to_owned(),
            send: Some(Send::Code),
            email: Some(email.clone()),
            ..StartOptions::default()
        })
        .await?;
    while let Some(code) = talk.ask("The code in the mail") {
        let outcome = client
            .passwordless_login(LoginOptions {
                connection: "email".to_owned(),
                email: Some(email.clone()),
                verification_code: code.into(),
                ..LoginOptions::default()
            })
            .await;
        match outcome {
            // After a wrong code the person can try again.
            Err(error) if error.kind() == ErrorKind::InvalidCode => talk.say(error.text()),
            // The page is being left for the tenant, which sends the person back to it.
            outcome => return outcome,
        }
    }
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn main() {
    use latchkey_webauth::env::browser::BrowserEnv;

    struct Page(web_sys::Window);

    impl Talk for Page {
        fn ask(&self, question: &str) -> Option<String> {
            self.0.prompt_with_message(question).ok()?
        }

        fn say(&self, text: &str) {
            // This fails only if the page may not show dialogs, so there is no other way to show the error.
            drop(self.0.alert_with_message(text));
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the app's own page")]
    let Some(window) = web_sys::window() else {
        return;
    };
    let page = window.location().origin().unwrap_or_default();
    wasm_bindgen_futures::spawn_local(async move {
        let talk = Page(window);
        let outcome = match Client::new(settings(&[&page, "/"].concat()), BrowserEnv::new()) {
            Ok(client) => run(&client, &talk).await,
            Err(error) => Err(error),
        };
        if let Err(error) = outcome {
            talk.say(error.text());
        }
    });
}

/// Natively there is no page, so the example runs with scripted responses (`--features fake,pkce`).
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "an example")]
fn main() {
    use latchkey_webauth::env::fake::{self, FakeEnv};

    struct Console;

    impl Talk for Console {
        fn ask(&self, question: &str) -> Option<String> {
            println!("{question}?");
            Some(
                if question.contains("mail") {
                    "a@b.co"
                } else {
                    "123456"
                }
                .to_owned(),
            )
        }

        fn say(&self, text: &str) {
            println!("{text}");
        }
    }

    let env = FakeEnv::new();
    env.respond(200, "{}");
    env.respond(200, r#"{"login_ticket":"T","co_verifier":"V","co_id":"I"}"#);
    let outcome = Client::new(settings("https://app.example.com/"), env.clone())
        .map(|client| fake::run(run(&client, &Console)));
    println!("{outcome:?}: the page goes to {:?}", env.navigations());
}
