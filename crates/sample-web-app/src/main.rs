//! Starts the sample web app.

use std::{
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
};

use latchkey_sample_web_app::{app, cli::Cli, config::SettingsErrors, env_file, state::AppState};
use tokio::net::TcpListener;

/// The reason why the app did not start. Each reason is written to stderr as one sentence, and the exit status is 2.
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
    Settings(#[from] SettingsErrors),
}

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            for sentence in error.to_string().lines() {
                eprintln!("latchkey-sample-web-app: {sentence}");
            }
            ExitCode::from(2)
        }
    }
}

fn start() -> Result<(), StartError> {
    // All threads share the environment, so it is changed while there is only one thread.
    env_file::load(env_file::NAME).map_err(SettingsErrors::from)?;
    match Cli::read(std::env::args_os()).map_err(SettingsErrors::from)? {
        Ok(cli) => tokio::runtime::Runtime::new()?.block_on(run(cli)),
        Err(text) => Ok(write!(io::stdout(), "{text}")?),
    }
}

async fn run(cli: Cli) -> Result<(), StartError> {
    // Errors in the settings are reported before the port is opened.
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
            "latchkey-sample-web-app: there is no folder {} yet, so the pages lack their scripts; npm run build makes it, and npm install latchkey brings it",
            settings.dist.display()
        );
    }
    let state = AppState::new(settings).map_err(|cause| StartError::Machine(cause.to_string()))?;
    writeln!(io::stdout(), "listening on http://localhost:{port}")?;
    // This makes the address of the connection available to each request.
    let service = app(state).into_make_service_with_connect_info::<SocketAddr>();
    Ok(axum::serve(listener, service).await?)
}
