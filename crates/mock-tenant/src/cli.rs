//! The command line: every failure to start is one sentence on stderr and exit status 2.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, ConfigError, Preset, load};
use crate::serve::{serve, serve_tls};
use crate::state::{AppState, Dialog, NoEntropy, Options};
use crate::tls::{Tls, TlsError};

/// An Auth0 passwordless tenant on one's own machine, for tests and development.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port to listen on; 0 picks a free one.
    #[arg(long, default_value_t = 4000)]
    port: u16,

    /// Address to listen on. The control API answers loopback callers alone, whatever this is.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,

    /// TOML or JSON file with the Management API's field names, laid over the built-in tenant.
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
        .with_max_level(level)
        .with_target(false)
        .init();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(StartError::Runtime)
        .and_then(|runtime| {
            let outcome = runtime.block_on(listen(arguments));
            // Open event streams and long polls must not hold up the end.
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
    let Arguments {
        host, port, seed, ..
    } = arguments;
    let listener = tokio::net::TcpListener::bind((host.as_str(), port))
        .await
        .map_err(|source| match source.kind() {
            std::io::ErrorKind::AddrInUse => StartError::PortTaken { port },
            _ => StartError::Bind { host, port, source },
        })?;
    let port = listener.local_addr().map_err(StartError::Serve)?.port();
    let scheme = if tls.is_some() { "https" } else { "http" };
    let base_url = format!("{scheme}://localhost:{port}");
    if seed.is_some() {
        tracing::warn!("--seed is set: codes and keys are predictable; use it for tests alone");
    }
    let state = AppState::new(Options {
        base_url: base_url.clone(),
        config,
        clock: Box::new(SystemClock),
        dialog,
        ca_pem: tls.as_ref().map(|tls| tls.ca_pem().to_owned()),
        seed,
    })?;
    let mut stdout = std::io::stdout();
    // Who started this program may have closed its output; the server is useful all the same.
    let _ = writeln!(stdout, "listening on {base_url}").and_then(|()| stdout.flush());
    tokio::select! {
        outcome = served(listener, tls, state) => outcome.map_err(StartError::Serve),
        () = stopped() => Ok(()),
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

async fn served(
    listener: tokio::net::TcpListener,
    tls: Option<Tls>,
    state: AppState,
) -> std::io::Result<()> {
    match tls {
        Some(tls) => serve_tls(listener, &tls, state).await,
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

/// Ends with Ctrl-C or, on UNIX, a termination signal.
async fn stopped() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
