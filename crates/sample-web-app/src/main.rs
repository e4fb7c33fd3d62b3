//! Starts the sample web app.

use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
};

use latchkey_sample_web_app::{app, cli::Cli, config::SettingsError, state::AppState};
use tokio::net::TcpListener;

/// Why the app did not start. One sentence goes to stderr, and the exit status is 2.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("cannot listen on {host}:{port}: {cause}; choose another with --port or PORT")]
    Listen {
        host: String,
        port: u16,
        cause: String,
    },
    #[error("the randomness or TLS of this machine does not work: {0}")]
    Machine(String),
    #[error("cannot serve: {0}")]
    Serve(#[from] io::Error),
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("latchkey-sample-web-app: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), StartError> {
    let cli = match Cli::read(std::env::args_os())? {
        Ok(cli) => cli,
        Err(text) => return Ok(write!(io::stdout(), "{text}")?),
    };
    // The settings that need no port are wrong before the port is taken.
    let (host, port) = (cli.host.clone(), cli.port);
    cli.clone().settings(port)?;
    let listen_error = |cause: io::Error| StartError::Listen {
        host: host.clone(),
        port,
        cause: match cause.kind() {
            io::ErrorKind::AddrInUse => "another program uses that port".to_owned(),
            io::ErrorKind::PermissionDenied => "that port needs more rights".to_owned(),
            _ => cause.to_string(),
        },
    };
    let listener = TcpListener::bind((host.as_str(), port))
        .await
        .map_err(listen_error)?;
    let port = listener.local_addr()?.port();
    let settings = cli.settings(port)?;
    if !settings.dist.is_dir() {
        eprintln!(
            "latchkey-sample-web-app: there is no folder {} yet, so the pages lack their scripts; npm run build makes it",
            settings.dist.display()
        );
    }
    let state = AppState::new(settings).map_err(|cause| StartError::Machine(cause.to_string()))?;
    writeln!(io::stdout(), "listening on http://localhost:{port}")?;
    // Each request knows the address it came from.
    let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}
