//! How messages leave: every provider but one also leaves a copy in the outbox.

use std::net::IpAddr;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Address, SmtpTransport, Transport as _};
use serde_json::json;

use super::eml;
use crate::config::{EmailProviderName, SmtpCredentials};
use crate::logs::{Caller, Event, Type};
use crate::outbox::Message;
use crate::state::{AppState, Store};

/// How long one step of an SMTP exchange may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The port on which SMTP speaks TLS from the first byte (RFC 8314).
const SUBMISSIONS: u16 = 465;

/// A mail on its way to an SMTP server.
#[derive(Debug)]
pub(crate) struct Outgoing {
    to: SmtpCredentials,
    message: Message,
    mail: String,
}

/// Why a mail did not leave. Login does not wait for mail, so this goes to the log alone.
#[derive(Debug, thiserror::Error)]
enum PostError {
    #[error("{0} is no address that SMTP takes")]
    Address(String),
    #[error("email_provider is set to fail")]
    Fails,
    #[error("{path}: {source}; check email_provider.folder")]
    Folder {
        path: String,
        source: std::io::Error,
    },
    #[error("{host}:{port}: {source}; check email_provider.credentials")]
    Smtp {
        host: String,
        port: u16,
        source: lettre::transport::smtp::Error,
    },
}

/// Hands `message` to the provider. What takes time is left in `store.outgoing`, which [`AppState::announce`] sends.
pub(crate) fn hand_over(store: &mut Store, message: Message, now_ms: u64) {
    let provider = &store.config.email_provider;
    let is_mail = !message.html.is_empty();
    let outcome = match provider.name {
        EmailProviderName::Smtp if is_mail => {
            store.outgoing.push(Outgoing {
                to: provider.credentials.clone(),
                mail: eml::write(&message, now_ms),
                message: message.clone(),
            });
            Ok(())
        }
        EmailProviderName::File if is_mail => write(&provider.folder, &message, now_ms),
        EmailProviderName::Fail => Err(PostError::Fails),
        EmailProviderName::File | EmailProviderName::Outbox | EmailProviderName::Smtp => Ok(()),
    };
    if let Err(error) = &outcome {
        note(store, &message, error, now_ms);
    }
    // A message that a failing provider swallowed is nowhere to be read.
    if !matches!(outcome, Err(PostError::Fails)) {
        store.outbox.push(message);
    }
}

fn write(folder: &std::path::Path, message: &Message, now_ms: u64) -> Result<(), PostError> {
    let path = folder.join(format!("{now_ms}-{}.eml", message.id));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, eml::write(message, now_ms)))
        .map_err(|source| PostError::Folder {
            path: path.display().to_string(),
            source,
        })
}

/// Sends what waits, beside the requests. Called without the store's lock.
pub(crate) fn send_all(state: &AppState, waiting: Vec<Outgoing>) {
    for outgoing in waiting {
        let state = state.clone();
        let send = move || {
            if let Err(error) = outgoing.send() {
                let now_ms = state.now_ms();
                note(&mut state.store(), &outgoing.message, &error, now_ms);
                state.announce();
            }
        };
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(send)),
            Err(_) => drop(std::thread::spawn(send)),
        }
    }
}

impl Outgoing {
    fn send(&self) -> Result<(), PostError> {
        let address = |text: &str| {
            text.parse::<Address>()
                .map_err(|_| PostError::Address(text.to_owned()))
        };
        let from = address(&eml::address_of(&self.message.from))?;
        let to = address(&self.message.to)?;
        let envelope = Envelope::new(Some(from), vec![to])
            .map_err(|_| PostError::Address(self.message.to.clone()))?;
        let failed = |source| PostError::Smtp {
            host: self.to.smtp_host.clone(),
            port: self.to.smtp_port,
            source,
        };
        let transport = self.transport().map_err(failed)?;
        transport
            .send_raw(&envelope, self.mail.as_bytes())
            .map_err(failed)?;
        Ok(())
    }

    /// TLS from the first byte on port 465, or by STARTTLS; a password never travels in the clear, save within this machine.
    fn transport(&self) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
        let SmtpCredentials {
            smtp_host: host,
            smtp_port: port,
            smtp_user: user,
            smtp_pass: pass,
        } = &self.to;
        let is_here =
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        let parameters = || TlsParameters::new(host.clone());
        let tls = match (*port, user) {
            _ if is_here => Tls::None,
            (SUBMISSIONS, _) => Tls::Wrapper(parameters()?),
            (_, Some(_)) => Tls::Required(parameters()?),
            (_, None) => Tls::Opportunistic(parameters()?),
        };
        let mut builder = SmtpTransport::builder_dangerous(host)
            .port(*port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let Some(user) = user {
            let pass = pass.as_ref().map_or("", |pass| pass.expose());
            builder = builder.credentials(Credentials::new(user.clone(), pass.to_owned()));
        }
        Ok(builder.build())
    }
}

/// Logs that a message could not be sent.
fn note(store: &mut Store, message: &Message, error: &PostError, now_ms: u64) {
    tracing::warn!("mail {}: {error}", message.id);
    let event = Event {
        description: "Failed to send notification",
        connection: &message.connection,
        client_id: &message.client_id,
        user_name: &message.to,
        details: json!({"error": error.to_string()}),
        ..Event::new(Type::Fn)
    };
    store
        .logs
        .push(&event, &Caller::default(), &mut store.random, now_ms);
}
