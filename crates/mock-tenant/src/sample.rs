//! The sample web app to take home: for one application, with its keys filled in, as a zip.
//!
//! The files are those of the repository. `sample/` has links to their folders, because a published crate holds nothing from
//! beside its own folder; `cargo package` puts the files in the links' places. They are listed one by one, so that neither tests
//! nor what else is in those folders gets in; `tests/package/sample.test.mjs` finds one that is missing.

use std::io::{Cursor, Write as _};

use serde_json::json;
use url::Url;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::config::Client;

/// Where an application is, whose callbacks tell nothing.
const DEFAULT_ORIGIN: &str = "http://localhost:3000";

/// What the sample is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SampleKind {
    /// A regular web app with axum.
    Rust,
    /// The same with Express.
    Node,
    /// A single page, without a server of its own.
    Spa,
}

impl SampleKind {
    /// The name in an address: `rust`, `node` or `spa`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "rust" => Some(Self::Rust),
            "node" => Some(Self::Node),
            "spa" => Some(Self::Spa),
            _ => None,
        }
    }

    /// That name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Node => "node",
            Self::Spa => "spa",
        }
    }
}

/// Why there is no sample for an application.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SampleError {
    #[error(
        "application {0} has no client secret, which a server needs; take kind=spa, or give it a `client_secret`"
    )]
    NoSecret(String),
    #[error(
        "application {0} has a client secret, which a page cannot keep; take kind=rust or kind=node, or make an application of the type spa"
    )]
    Secret(String),
    #[error("the zip cannot be written: {0}")]
    Zip(#[from] ZipError),
}

type File = (&'static str, &'static str);

macro_rules! files {
    ($from:literal, $to:literal: $($name:literal)*) => {
        &[$((concat!($to, $name), include_str!(concat!("../sample/", $from, $name)))),*]
    };
}

const WWW: &[File] = files!("www/", "www/":
    "callback-fragment.js" "custom-ui-link.html" "custom-ui-link.js" "custom-ui-sms.html" "custom-ui-sms.js" "custom-ui.html"
    "custom-ui.js" "favicon.svg" "form.js" "inbox.js" "inline.html" "inline.js" "lock-link.html" "lock-link.js" "lock-page.js"
    "lock-sms.html" "lock-sms.js" "lock.html" "lock.js" "site.css");

const TEMPLATES: &[File] = files!("templates/", "templates/":
    "code.html" "fragment.html" "inbox.html" "layout.html" "logged-in.html" "logged-out.html" "notice.html" "problem.html");

const RUST: &[File] = files!("src/", "src/":
    "address.rs" "callback.rs" "cli.rs" "clock.rs" "code_page.rs" "config.rs" "cookies.rs" "email_address.rs" "env_file.rs" "error.rs"
    "finish.rs" "headers.rs" "home.rs" "http.rs" "id_token.rs" "lib.rs" "limits.rs" "local_path.rs" "login_config.rs"
    "login_form.rs" "logout.rs" "main.rs" "oidc.rs" "own_site.rs" "pages.rs" "passwordless.rs" "pending_login.rs" "random.rs"
    "requester.rs" "session.rs" "state.rs" "static_files.rs" "store.rs" "transaction.rs" "verification_code.rs"
    "words.rs" "words/callback.rs" "words/code.rs");

const NODE: &[File] = files!("node/", "":
    "app.mjs" "callback.mjs" "cookies.mjs" "headers.mjs" "limits.mjs" "local-path.mjs" "login-form.mjs" "pages.mjs"
    "problems.mjs" "server.mjs" "sessions.mjs" "settings.mjs" "state.mjs" "tenant.mjs" "transactions.mjs");

const SPA: &[File] = files!("spa/", "": "app.js" "index.html" "package.json");

/// The sample for `client` of the tenant at `domain`, as a zip.
pub(crate) fn zip(client: &Client, domain: &str, kind: SampleKind) -> Result<Vec<u8>, SampleError> {
    let id = || client.client_id.clone();
    let secret = match (kind, &client.client_secret) {
        (SampleKind::Spa, None) => "",
        (SampleKind::Spa, Some(_)) => return Err(SampleError::Secret(id())),
        (_, None) => return Err(SampleError::NoSecret(id())),
        (_, Some(secret)) => secret.expose(),
    };
    let mut writer = Writer::new(kind);
    let origin = origin(client);
    match kind {
        SampleKind::Rust => {
            writer.add("Cargo.toml", include_str!("../sample/rust/cargo.toml"))?;
            writer.add("package.json", include_str!("../sample/rust/package.json"))?;
            for (path, text) in RUST {
                // The tests stay in the repository.
                writer.add(path, &text.replace("#[cfg(test)]\nmod tests;\n\n", ""))?;
            }
        }
        SampleKind::Node => {
            writer.add("package.json", include_str!("../sample/node/package.json"))?;
            writer.add_all(NODE)?;
        }
        SampleKind::Spa => {
            writer.add_all(SPA)?;
            writer.add("site.css", include_str!("../sample/www/site.css"))?;
            writer.add("favicon.svg", include_str!("../sample/www/favicon.svg"))?;
            writer.add("config.js", &page_settings(client, domain, &origin))?;
        }
    }
    if kind != SampleKind::Spa {
        writer.add_all(TEMPLATES)?;
        writer.add_all(WWW)?;
        writer.add(".env", &env_file(client, secret, domain, &origin))?;
        writer.add(".env.example", include_str!("../sample/env.example"))?;
    }
    writer.add(".gitignore", "/node_modules\n/target\n.env\n")?;
    writer.add("README.md", &readme(client, domain, &origin, kind))?;
    writer.finish()
}

/// Where the application is: the origin of its first callback that is at this machine, or else of its first one.
fn origin(client: &Client) -> String {
    let mut urls = client
        .callbacks
        .iter()
        .filter_map(|callback| Url::parse(callback).ok());
    let first = urls.clone().next();
    urls.find(|url| url.host_str() == Some("localhost"))
        .or(first)
        .map(|url| url.origin().ascii_serialization())
        .filter(|origin| origin != "null")
        .unwrap_or_else(|| DEFAULT_ORIGIN.to_owned())
}

fn port(origin: &str) -> u16 {
    let url = Url::parse(origin).ok();
    url.and_then(|url| url.port_or_known_default())
        .unwrap_or(3000)
}

/// The settings of a server.
fn env_file(client: &Client, secret: &str, domain: &str, origin: &str) -> String {
    let id = &client.client_id;
    let port = port(origin);
    format!(
        "# .env.example says what each of these is.\nAUTH0_DOMAIN={domain}\nAUTH0_CLIENT_ID={}\nAUTH0_CLIENT_SECRET={}\nBASE_URL={origin}\nPORT={port}\n",
        quoted(id),
        quoted(secret)
    )
}

/// A value as both readers of `.env` take it letter by letter.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    if value.chars().all(is_plain) {
        value.to_owned()
    } else {
        let quote = if value.contains('\'') { '"' } else { '\'' };
        format!("{quote}{value}{quote}")
    }
}

/// The settings of a page, which has no environment. The SDK puts `https://` in front of a domain without a scheme.
fn page_settings(client: &Client, domain: &str, origin: &str) -> String {
    let settings = json!({
        "domain": domain.strip_prefix("https://").unwrap_or(domain),
        "clientID": client.client_id,
        "redirectUri": format!("{origin}/"),
    });
    format!(
        "// The application's settings at the tenant. Nothing in it is secret.\nwindow.latchkeySample = {settings:#};\n"
    )
}

/// Three commands, what to do without the npm registry, and what the tenant has to know.
fn readme(client: &Client, domain: &str, origin: &str, kind: SampleKind) -> String {
    let name = if client.name.is_empty() {
        &client.client_id
    } else {
        &client.name
    };
    let (title, start, settings) = match kind {
        SampleKind::Rust => (
            "a regular web app in Rust",
            "cargo run".to_owned(),
            "`.env`",
        ),
        SampleKind::Node => (
            "a regular web app in Node",
            "npm start".to_owned(),
            "`.env`",
        ),
        SampleKind::Spa => (
            "a single page",
            format!("npm start -- --port {}", port(origin)),
            "`config.js`",
        ),
    };
    let callback = if kind == SampleKind::Spa {
        format!("{origin}/")
    } else {
        format!("{origin}/callback")
    };
    format!(
        "# {name}: {title}\n\n\
         ```sh\nnpx latchkey-mock-tenant --port {tenant}   # in a terminal of its own, unless it runs already\n\
         npm install   # brings the login pages' scripts: the npm package `latchkey`\n\
         {start}\n```\n\n\
         Until Latchkey is on the npm registry, both come from a clone of https://github.com/latchkey-login/latchkey in the folder beside \
         this one. There, `cargo run -p latchkey-mock-tenant -- --port {tenant}` starts the tenant, and `npm pack` packs `latchkey`; here, \
         `npm install ../latchkey/latchkey-*.tgz` takes the place of `npm install`.\n\n\
         Open {origin}, log in with any e-mail address, and read the code at {domain}/_mock/inbox.\n\n\
         The keys of the application `{id}` are in {settings}. Another tenant, such as your own at Auth0, takes its place there; nothing \
         else changes. Its lists for the application need {callback} (Allowed Callback URLs), {origin} (Allowed Web Origins, Allowed \
         Origins) and {origin}/ (Allowed Logout URLs), and Cross-Origin Authentication has to be on.\n",
        id = client.client_id,
        tenant = port(domain),
    )
}

/// Writes a zip whose files are in one folder.
struct Writer {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    folder: String,
}

impl Writer {
    fn new(kind: SampleKind) -> Self {
        Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
            folder: format!("latchkey-sample-{}", kind.name()),
        }
    }

    fn add(&mut self, path: &str, text: &str) -> Result<(), SampleError> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip
            .start_file(format!("{}/{path}", self.folder), options)?;
        self.zip
            .write_all(text.as_bytes())
            .map_err(ZipError::from)?;
        Ok(())
    }

    fn add_all(&mut self, files: &[File]) -> Result<(), SampleError> {
        files
            .iter()
            .try_for_each(|(path, text)| self.add(path, text))
    }

    fn finish(self) -> Result<Vec<u8>, SampleError> {
        Ok(self.zip.finish()?.into_inner())
    }
}
