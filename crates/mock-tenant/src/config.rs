//! The tenant's settings, with the Management API's own field names.
//!
//! What has no counterpart at Auth0 (the mock's own switches) stands in [`TenantSettings`] and says so.

mod client;
mod connection;
mod defaults;
mod load;
mod tenant;

use serde::{Deserialize, Serialize};

pub use self::client::{
    AppType, AuthMethod, Client, ClientAuthenticationMethods, Credential, OrganizationUsage,
    PrivateKeyJwt, RefreshTokenSettings, RotationType, SigningAlgorithm,
};
pub use self::connection::{Connection, ConnectionOptions, EmailTexts, Strategy, Totp};
pub(crate) use self::defaults::DEFAULT_APP_URL;
pub use self::defaults::Preset;
pub(crate) use self::load::{Check, merge_patch, parse};
pub use self::load::{ConfigError, load};
pub use self::tenant::{
    AttackProtection, BotDetection, ChallengePolicy, CustomDomain, Flags, Organization, Rule,
    TenantSettings,
};
use crate::secret::Secret;

/// Everything a configuration file can say. A section that is left out keeps its built-in content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Tenant-wide settings.
    pub tenant: TenantSettings,
    /// Applications.
    pub clients: Vec<Client>,
    /// Where people come from: `email`, `sms`.
    pub connections: Vec<Connection>,
    /// How mail leaves.
    pub email_provider: EmailProvider,
    /// People who exist from the start.
    pub users: Vec<UserSeed>,
}

/// How mail leaves.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailProvider {
    /// Whatever this says, the outbox keeps a copy.
    pub name: EmailProviderName,
    /// For `smtp`: the server.
    pub credentials: SmtpCredentials,
    /// Mock only, for `file`: the folder that mails are written to. Default `mails`.
    pub folder: std::path::PathBuf,
}

impl Default for EmailProvider {
    fn default() -> Self {
        Self {
            name: EmailProviderName::Outbox,
            credentials: SmtpCredentials::default(),
            folder: "mails".into(),
        }
    }
}

/// An SMTP server, with the Management API's field names.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct SmtpCredentials {
    /// Default `localhost`.
    pub smtp_host: String,
    /// Default 1025, where tools that catch mail listen; 465 speaks TLS from the first byte.
    pub smtp_port: u16,
    /// User name; left out: no authentication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_user: Option<String>,
    /// Password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_pass: Option<Secret>,
}

impl Default for SmtpCredentials {
    fn default() -> Self {
        Self {
            smtp_host: "localhost".to_owned(),
            smtp_port: 1025,
            smtp_user: None,
            smtp_pass: None,
        }
    }
}

/// Names of e-mail providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailProviderName {
    /// Kept in memory. As at Auth0 without a provider of one's own, the connection's From, Subject and Body are ignored.
    Outbox,
    /// Written to a folder as `.eml` files, with the connection's own texts.
    File,
    /// Sent to an SMTP server, with the connection's own texts.
    Smtp,
    /// Mock only: nothing can be sent. Mail is lost and logged, text messages are refused.
    Fail,
}

/// A person who exists from the start.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct UserSeed {
    /// Connection; default `email`, or `sms` when only a number is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connection: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Number in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Display name; default the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether logging in is forbidden.
    pub blocked: bool,
}

impl UserSeed {
    /// The connection, by the address where none is named.
    pub(crate) fn connection_name(&self) -> &str {
        let fallback = if self.email.is_none() { "sms" } else { "email" };
        self.connection.as_deref().unwrap_or(fallback)
    }
}

impl Config {
    /// The client named `client_id`.
    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|c| c.client_id == client_id)
    }

    /// The connection named `name`.
    pub(crate) fn connection(&self, name: &str) -> Option<&Connection> {
        self.connections.iter().find(|c| c.name == name)
    }
}
