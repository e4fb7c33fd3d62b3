//! The command line. If the tenant cannot start, it prints one sentence to stderr and exits with status 2.

use std::io::{IsTerminal as _, Write as _};
use std::net::Ipv6Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use tokio::net::TcpListener;

use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, ConfigError, Preset, load};
use crate::control::snapshot;
use crate::persist::{self, Folder, PersistError};
use crate::secret::Secret;
use crate::serve::{serve, serve_tls};
use crate::state::{AppState, Dialog, NoEntropy, Options};
use crate::tls::{Tls, TlsError};

/// The default address to listen on.
const DEFAULT_HOST: &str = "127.0.0.1";
/// The shortest accepted token for the control API, in characters.
const MIN_TOKEN: usize = 16;

/// An Auth0 passwordless tenant on one's own machine, for tests and development.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 picks a free one.
    #[arg(long, default_value_t = 4000)]
    port: u16,

    /// Address to listen on; the default is `localhost` by IPv4 and IPv6. The control API answers this machine alone,
    /// whatever this is, without --control-token.
    #[arg(long, default_value = DEFAULT_HOST)]
    host: String,

    /// Where others reach the tenant, such as <https://tenant.example.com>: issuer, links and discovery say so.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,

    /// Open the control API and its dashboard to callers elsewhere who send this as `Authorization: Bearer TOKEN`.
    #[arg(
        long,
        value_name = "TOKEN",
        env = "MOCK_TENANT_CONTROL_TOKEN",
        hide_env_values = true
    )]
    control_token: Option<String>,

    /// Folder that keeps people, keys, applications and settings over a restart.
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,

    /// File that all of the tenant is written to at the end, as by GET /_mock/snapshot. It is as secret as the tenant.
    #[arg(long, value_name = "FILE")]
    export: Option<PathBuf>,

    /// TOML or JSON file with the Management API's field names, laid over the built-in tenant; or a snapshot, whose
    /// configuration is taken.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Generation of tenants to resemble.
    #[arg(long, value_enum, default_value_t)]
    preset: Preset,

    /// Origin of the application: where the built-in clients' callbacks and origins point.
    #[arg(long, value_name = "URL", default_value = crate::config::DEFAULT_APP_URL)]
    app_url: String,

    /// Repeat a run: the same codes, identifiers and keys. Whoever knows N can forge them.
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// Serve over TLS, with a certificate authority of this run: trust the one at /_mock/ca.pem.
    #[arg(long)]
    tls: bool,

    /// Folder with Latchkey's lock.min.js and lock.more.js: the hosted login page then shows our own dialog.
    #[arg(long, value_name = "DIR")]
    dist: Option<PathBuf>,

    /// Log every request to stderr.
    #[arg(long, short)]
    verbose: bool,
}

/// Why the tenant did not start.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("--app-url {0} is not an http or https origin; write it as http://localhost:3000")]
    AppUrl(String),
    #[error("{host}:{port} cannot be listened on: {source}; check --host and --port")]
    Bind {
        host: String,
        port: u16,
        source: std::io::Error,
    },
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("{}: {source}; build it with `npm run build`, or leave --dist out", path.display())]
    Dist {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    #[error(
        "--control-token is too short; give it {MIN_TOKEN} characters or more, e.g. of `openssl rand -hex 16`"
    )]
    ControlToken,
    #[error("{}: {problem}; check the path given to --export", path.display())]
    Export { path: PathBuf, problem: String },
    #[error(transparent)]
    Persist(#[from] PersistError),
    #[error(
        "--public-url {0} is not an http or https origin; write it as https://tenant.example.com"
    )]
    PublicUrl(String),
    #[error("port {port} is taken; stop what listens there or choose another with --port")]
    PortTaken { port: u16 },
    #[error("the server stopped: {0}")]
    Serve(std::io::Error),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("the async runtime did not start: {0}")]
    Runtime(std::io::Error),
}

/// Runs the program until Ctrl-C.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let level = if arguments.verbose {
        tracing::Level::DEBUG
    } else {
        tracing::Level::INFO
    };
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_max_level(level)
        .with_target(false)
        .init();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(StartError::Runtime)
        .and_then(|runtime| {
            let outcome = runtime.block_on(listen(arguments));
            // Open event streams and long polls must not delay the end.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "latchkey-mock-tenant: {error}");
            ExitCode::from(2)
        }
    }
}

async fn listen(arguments: Arguments) -> Result<(), StartError> {
    let config = configuration(&arguments)?;
    let tls = if arguments.tls {
        Some(Tls::new(SystemClock.now_ms())?)
    } else {
        None
    };
    let dialog = match &arguments.dist {
        Some(folder) => Some(dialog(folder)?),
        None => None,
    };
    let folder = match &arguments.state {
        Some(path) => Some(Folder::open(path)?),
        None => None,
    };
    let control_token = control_token(&arguments)?;
    let public_url = public_url(&arguments)?;
    let listeners = bind(&arguments.host, arguments.port).await?;
    let address = listeners.first.local_addr().map_err(StartError::Serve)?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let local_url = format!("{scheme}://localhost:{}", address.port());
    if arguments.seed.is_some() {
        tracing::warn!("--seed is set: codes and keys are predictable; use it for tests alone");
    }
    let state = AppState::new(Options {
        base_url: public_url.clone().unwrap_or_else(|| local_url.clone()),
        config,
        clock: Box::new(SystemClock),
        dialog,
        ca_pem: tls.as_ref().map(|tls| tls.ca_pem().to_owned()),
        control_token,
        seed: arguments.seed,
    })?;
    if let Some(folder) = &folder {
        folder.load(&state)?;
    }
    let stopped = stopped();
    let mut stdout = std::io::stdout();
    // The parent process may have closed the output. The server runs all the same.
    let _ = writeln!(stdout, "listening on {local_url}").and_then(|()| stdout.flush());
    if let Some(public_url) = public_url {
        tracing::info!("others reach it at {public_url}, which is in its links and its issuer");
    }
    let outcome = tokio::select! {
        outcome = listeners.serve(tls, &state) => outcome.map_err(StartError::Serve),
        () = keep(folder.as_ref(), &state) => Ok(()),
        () = stopped => Ok(()),
    };
    if let Some(folder) = &folder {
        folder.write(&state, None).await?;
    }
    if let Some(path) = &arguments.export {
        export(path, &state).await?;
    }
    outcome
}

/// Writes changes into the folder, if there is one, until it is dropped.
async fn keep(folder: Option<&Folder>, state: &AppState) {
    if let Some(folder) = folder {
        folder.keep(state).await;
    }
    std::future::pending::<()>().await;
}

async fn export(path: &std::path::Path, state: &AppState) -> Result<(), StartError> {
    let failed = |problem: String| StartError::Export {
        path: path.to_owned(),
        problem,
    };
    let document = snapshot::document(state).await;
    let document = document.map_err(|error| failed(error.to_string()))?;
    persist::replace(path, document.to_string().as_bytes())
        .map_err(|error| failed(error.to_string()))
}

fn control_token(arguments: &Arguments) -> Result<Option<Secret>, StartError> {
    match &arguments.control_token {
        Some(token) if token.chars().count() < MIN_TOKEN => Err(StartError::ControlToken),
        token => Ok(token.as_ref().map(Secret::new)),
    }
}

fn public_url(arguments: &Arguments) -> Result<Option<String>, StartError> {
    let Some(given) = &arguments.public_url else {
        return Ok(None);
    };
    let url = given.trim_end_matches('/');
    let is_origin = crate::urls::origin_of(url).is_some_and(|origin| origin == url);
    if is_origin {
        Ok(Some(url.to_owned()))
    } else {
        Err(StartError::PublicUrl(given.clone()))
    }
}

/// The sockets: one for the requested address and, with the default address, one for the IPv6 loopback address.
struct Listeners {
    first: TcpListener,
    second: Option<TcpListener>,
}

async fn bind(host: &str, port: u16) -> Result<Listeners, StartError> {
    let first = TcpListener::bind((host, port))
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => StartError::PortTaken { port },
            _ => StartError::Bind {
                host: host.to_owned(),
                port,
                source,
            },
        })?;
    let port = first.local_addr().map_err(StartError::Serve)?.port();
    let is_default = host == DEFAULT_HOST || host == "localhost";
    // Some programs resolve localhost to `::1` first. On a machine without IPv6 the second socket is left out.
    let second = if is_default {
        let beside = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await;
        beside
            .inspect_err(|error| tracing::debug!("[::1]:{port}: {error}; IPv4 alone is served"))
            .ok()
    } else {
        None
    };
    Ok(Listeners { first, second })
}

impl Listeners {
    async fn serve(self, tls: Option<Tls>, state: &AppState) -> std::io::Result<()> {
        let second = async {
            match self.second {
                Some(listener) => served(listener, tls.as_ref(), state.clone()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            outcome = served(self.first, tls.as_ref(), state.clone()) => outcome,
            outcome = second => outcome,
        }
    }
}

fn dialog(folder: &std::path::Path) -> Result<Dialog, StartError> {
    let read = |name| {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(script) => Ok(script.into()),
            Err(source) => Err(StartError::Dist { path, source }),
        }
    };
    Ok(Dialog {
        script: read("lock.min.js")?,
        more: read("lock.more.js")?,
    })
}

async fn served(listener: TcpListener, tls: Option<&Tls>, state: AppState) -> std::io::Result<()> {
    match tls {
        Some(tls) => serve_tls(listener, tls, state).await,
        None => serve(listener, state).await,
    }
}

fn configuration(arguments: &Arguments) -> Result<Config, StartError> {
    let app_url = arguments.app_url.trim_end_matches('/');
    let is_origin = crate::urls::origin_of(app_url).is_some_and(|origin| origin == app_url);
    if !is_origin {
        return Err(StartError::AppUrl(arguments.app_url.clone()));
    }
    let Some(path) = &arguments.config else {
        return Ok(Config::builtin(arguments.preset, app_url));
    };
    let (config, unknown) = load(path, arguments.preset, app_url)?;
    for field in unknown {
        tracing::warn!(
            "{}: field `{field}` is not known to the mock and is ignored",
            path.display()
        );
    }
    for warning in config.warnings() {
        tracing::warn!("{}: {warning}", path.display());
    }
    Ok(config)
}

/// Completes at Ctrl-C or a termination signal. Signals that come before the future is awaited count, too, because a parent process
/// may end the program as soon as it listens.
#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    async move {
        let [interrupt, terminate] = signals.map(async |signal| match signal {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        });
        tokio::select! {
            () = interrupt => {}
            () = terminate => {}
        }
    }
}

/// Completes at Ctrl-C.
#[cfg(not(unix))]
async fn stopped() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
