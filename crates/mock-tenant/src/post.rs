//! Sends mails to an SMTP server or into a folder.

mod eml;

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{SmtpTransport, Transport as _};

pub(crate) use self::eml::EmlError;
use crate::clock::parse_rfc3339;
use crate::config::{SmtpCredentials, SmtpTls};
use crate::outbox::Message;

/// The time limit of each command to an SMTP server.
const PATIENCE: Duration = Duration::from_secs(10);
/// The port on which an SMTP connection begins with TLS (RFC 8314).
const SUBMISSIONS: u16 = 465;

/// The text of a mail as a file.
pub(crate) fn source(message: &Message) -> Result<String, EmlError> {
    let mail = eml::write(message, parse_rfc3339(&message.created_at))?;
    Ok(String::from_utf8_lossy(&mail.formatted()).into_owned())
}

/// The destination of a mail.
#[derive(Debug, Clone)]
pub(crate) enum Mailbag {
    Folder(PathBuf),
    Smtp(SmtpCredentials),
}

/// A mail that is not sent yet.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) to: Mailbag,
    pub(crate) message: Message,
    /// When it was sent, in milliseconds since the epoch.
    pub(crate) sent_ms: u64,
}

/// Why a mail was not sent. A login does not wait for the mail, so this error is only logged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PostError {
    #[error(transparent)]
    Eml(#[from] EmlError),
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

impl Outgoing {
    /// Whether sending waits for another computer.
    pub(crate) fn is_slow(&self) -> bool {
        matches!(self.to, Mailbag::Smtp(_))
    }

    /// Sends the mail, and waits until it is sent.
    pub(crate) fn send(&self) -> Result<(), PostError> {
        let mail = eml::write(&self.message, self.sent_ms)?;
        match &self.to {
            Mailbag::Folder(folder) => {
                let path = folder.join(format!("{}-{}.eml", self.sent_ms, self.message.id));
                write(folder, &path, &mail.formatted())
            }
            Mailbag::Smtp(server) => {
                let failed = |source| PostError::Smtp {
                    host: server.smtp_host.clone(),
                    port: server.smtp_port,
                    source,
                };
                let transport = transport(server).map_err(failed)?;
                transport.send(&mail).map(drop).map_err(failed)
            }
        }
    }
}

fn write(folder: &Path, path: &Path, mail: &[u8]) -> Result<(), PostError> {
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, mail))
        .map_err(|source| PostError::Folder {
            path: path.display().to_string(),
            source,
        })
}

/// The connection to an SMTP server: with TLS on port 465, or with STARTTLS. A password is never sent unencrypted, except to this
/// machine.
fn transport(server: &SmtpCredentials) -> Result<SmtpTransport, lettre::transport::smtp::Error> {
    let SmtpCredentials {
        smtp_host: host,
        smtp_port: port,
        smtp_user: user,
        smtp_pass: pass,
        smtp_tls,
    } = server;
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    let parameters = || TlsParameters::new(host.clone());
    let wanted = match *smtp_tls {
        SmtpTls::Auto if is_here => SmtpTls::None,
        SmtpTls::Auto if *port == SUBMISSIONS => SmtpTls::Tls,
        // A password needs encryption, even if the setting says otherwise.
        SmtpTls::Auto | SmtpTls::None if user.is_some() && !is_here => SmtpTls::StartTls,
        chosen => chosen,
    };
    let tls = match wanted {
        SmtpTls::Auto => Tls::Opportunistic(parameters()?),
        SmtpTls::None => Tls::None,
        SmtpTls::StartTls => Tls::Required(parameters()?),
        SmtpTls::Tls => Tls::Wrapper(parameters()?),
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
