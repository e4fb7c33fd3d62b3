//! The tenant's settings, with the Management API's own field names.
//!
//! Settings that Auth0 does not have are in [`TenantSettings`], and their documentation says "Mock only".

mod check;
mod client;
mod connection;
mod defaults;
mod load;
mod scope;
mod tenant;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(crate) use self::check::Check;
pub use self::client::{
    AppType, AuthMethod, Client, ClientAuthenticationMethods, Credential, JwtConfiguration,
    OrganizationUsage, PrivateKeyJwt, RefreshTokenSettings, RotationType, SigningAlgorithm,
    TokenAlgorithm,
};
pub use self::connection::{Connection, ConnectionOptions, EmailTexts, Strategy, Totp};
pub(crate) use self::defaults::DEFAULT_APP_URL;
pub use self::defaults::Preset;
#[cfg(test)]
pub(crate) use self::defaults::{AUTHORIZATION_CODE_S, DISTINCT_CODE_ERRORS, LOGIN_TICKET_S};
pub use self::load::{ConfigError, load};
pub(crate) use self::load::{merge_patch, parse, parse_config};
pub use self::tenant::{
    AttackProtection, BotDetection, ChallengePolicy, CustomDomain, ErrorPage, Flags, Organization,
    Rule, TenantSettings,
};
use crate::secret::Secret;

/// A longer lifetime of codes causes a warning, in seconds.
const LONGEST_LIFE_S: u64 = 600;
/// A shorter code causes a warning, in digits.
const SHORTEST_CODE: u8 = 6;

/// The content of a configuration file. A missing section has the built-in content.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Config {
    /// Tenant-wide settings.
    pub tenant: TenantSettings,
    /// Applications.
    pub clients: Vec<Client>,
    /// Connections, such as `email` and `sms`.
    pub connections: Vec<Connection>,
    /// How mail is sent.
    pub email_provider: EmailProvider,
    /// People who exist from the start.
    pub users: Vec<UserSeed>,
}

/// How mail is sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailProvider {
    /// The provider. The outbox keeps a copy with every provider but `fail`.
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
    /// Default 1025, the port of tools that catch mail. With 465 the connection begins with TLS.
    pub smtp_port: u16,
    /// User name. Without it there is no authentication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_user: Option<String>,
    /// Password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smtp_pass: Option<Secret>,
    /// Mock only: how the connection is encrypted. Default by port and host.
    pub smtp_tls: SmtpTls,
}

/// How a connection with an SMTP server is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// On port 465 the connection begins with TLS. To this machine it is not encrypted. Otherwise it uses STARTTLS: always if there
    /// is a password, and if the server offers it otherwise.
    #[default]
    Auto,
    /// Not encrypted. With a password STARTTLS is used all the same, except to this machine.
    None,
    /// STARTTLS. If the server does not offer it, the mail is not sent.
    StartTls,
    /// The connection begins with TLS (RFC 8314).
    Tls,
}

impl Default for SmtpCredentials {
    fn default() -> Self {
        Self {
            smtp_host: "localhost".to_owned(),
            smtp_port: 1025,
            smtp_user: None,
            smtp_pass: None,
            smtp_tls: SmtpTls::default(),
        }
    }
}

/// Names of e-mail providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailProviderName {
    /// Kept in memory. As at Auth0 without a custom provider, the connection's From, Subject and Body are ignored.
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
    /// Display name. Default: the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether logging in is forbidden.
    pub blocked: bool,
    /// A fixed `user_id`, with or without the provider as its prefix. Default: random.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Names of the person's roles. A custom claim can show them to applications: `"{{ user.roles }}"`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Metadata that the person may change.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub user_metadata: Map<String, Value>,
    /// Metadata of the application about the person, such as roles and plans.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub app_metadata: Map<String, Value>,
    /// Mock only: claims of the person's own tokens; see [`TenantSettings::claims`].
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
}

impl UserSeed {
    /// The name of the connection. Without one it follows from the address.
    pub(crate) fn connection_name(&self) -> &str {
        let fallback = if self.email.is_none() { "sms" } else { "email" };
        self.connection.as_deref().unwrap_or(fallback)
    }
}

impl Config {
    /// Warnings about settings that are weaker than OWASP ASVS 5.0 recommends (6.5.4, 6.5.5 and 10.4.3).
    pub(crate) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        for connection in &self.connections {
            let Totp { time_step, length } = connection.options.totp;
            let name = &connection.name;
            if time_step > LONGEST_LIFE_S {
                warnings.push(format!(
                    "the codes of connection `{name}` live for {time_step} s; {LONGEST_LIFE_S} s at most are advised"
                ));
            }
            if length < SHORTEST_CODE {
                warnings.push(format!(
                    "the codes of connection `{name}` have {length} digits; {SHORTEST_CODE} or more are advised"
                ));
            }
        }
        let life_s = self.tenant.authorization_code_lifetime_s;
        if life_s > LONGEST_LIFE_S {
            warnings.push(format!(
                "authorization codes live for {life_s} s; {LONGEST_LIFE_S} s at most are advised"
            ));
        }
        warnings
    }

    /// The client named `client_id`.
    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|c| c.client_id == client_id)
    }

    /// The connection named `name`.
    pub(crate) fn connection(&self, name: &str) -> Option<&Connection> {
        self.connections.iter().find(|c| c.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(600, 6, 600, &[])]
    #[case(601, 6, 60, &["live for 601 s"])]
    #[case(180, 4, 60, &["have 4 digits"])]
    #[case(180, 6, 601, &["authorization codes live for 601 s"])]
    fn what_is_weak_is_warned_of(
        #[case] life_s: u64,
        #[case] length: u8,
        #[case] code_life_s: u64,
        #[case] expected: &[&str],
    ) {
        let mut config = Config::default();
        config.connections.truncate(1);
        config.connections[0].options.totp = Totp {
            time_step: life_s,
            length,
        };
        config.tenant.authorization_code_lifetime_s = code_life_s;
        let warnings = config.warnings();
        assert_eq!(warnings.len(), expected.len(), "{warnings:?}");
        for (warning, text) in warnings.iter().zip(expected) {
            assert!(warning.contains(text), "{warning}");
        }
    }
}
